"""What the paper and the result show of each item. Keys leave this module only for the result."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from app.domain.items import ItemType
from app.domain.paper import freeze_quiz
from app.domain.quiz import DEFAULT_PASS, Quiz
from app.models import Response
from app.operations.attempts import Sitting
from app.operations.documents import Text, syllabus_of
from app.operations.progress import percentage
from app.web.languages import current_language

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option at the position shown. Key and feedback are None and empty before the result."""

    position: int
    html: Markup
    checked: bool
    is_key: bool | None = None
    feedback: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class BlankView:
    """One blank with what was written in it. The rest is for the result."""

    index: int
    value: str
    right: bool | None = None
    wordings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PointView:
    """A marking point of a constructed item, for the result."""

    points: Decimal
    html: Markup


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a paper. ``number`` is None for an info item.

    What stands behind ``answered`` is there for the result only; ``state`` is then right, partly, wrong,
    unanswered or to-mark.
    """

    key: str
    number: int | None
    type: str
    points: Decimal | None
    stem: Markup
    options: Sequence[OptionView]
    blanks: Sequence[BlankView]
    value: str | bool | None
    unit: str
    words: int | None
    seq: int
    event_id: str
    shown: str
    answered: bool
    state: str = ""
    score: Decimal | None = None
    max: Decimal | None = None
    explanation: Markup = field(default_factory=Markup)
    key_text: str = ""
    points_list: Sequence[PointView] = ()
    guidance: Sequence[Markup] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    """A big question (大题) as drawn; ``number`` counts the groups that have a title."""

    number: int | None
    title: Markup
    stem: Markup
    items: Sequence[ItemView]
    count: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper as its pages show it. ``client`` names the window that this page is shown in."""

    client: str
    slug: str
    title: str
    minutes: int | None
    groups: Sequence[GroupView]

    @property
    def numbered(self) -> Sequence[ItemView]:
        """The items that have a number."""
        return [item for group in self.groups for item in group.items if item.number is not None]

    @property
    def count(self) -> int:
        """How many items have a number."""
        return len(self.numbered)

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return sum(item.answered for item in self.numbered)

    @property
    def unanswered(self) -> Sequence[ItemView]:
        """Those that have none."""
        return [item for item in self.numbered if not item.answered]

    @property
    def max(self) -> Decimal:
        """Full marks."""
        return sum((group.points for group in self.groups), ZERO)


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result of an attempt, split into what a key judged and what a person has to mark.

    ``passed`` is None while there is nothing to judge by.
    """

    score: Decimal | None
    max: Decimal | None
    passed: bool | None
    objective_score: Decimal
    objective_max: Decimal
    constructed_score: Decimal | None
    constructed_max: Decimal
    to_mark: int
    submitted_at: datetime | None
    may_start: bool


@dataclass(frozen=True, slots=True)
class QuizView:
    """A quiz before it is taken. ``pass_mark`` is a share between 0 and 1."""

    slug: str
    title: str
    count: int
    max: Decimal
    minutes: int | None
    pass_mark: Decimal
    module_title: str | None
    source: str
    has_written: bool


def show_quiz(slug: str, quiz: Quiz, syllabus: Text | None) -> QuizView:
    """Present a quiz before it is taken; of a draw, what is drawn counts."""
    groups = freeze_quiz(quiz, {}).groups
    drawn = [(group, [item for item in group.items if item.type is not ItemType.INFO]) for group in groups]
    modules = syllabus_of(syllabus.revision(current_language())).modules if syllabus else ()
    return QuizView(
        slug=slug,
        title=quiz.title,
        count=sum(group.draw or len(items) for group, items in drawn),
        max=sum((item.points for group, items in drawn for item in items[: group.draw]), ZERO),
        minutes=quiz.minutes,
        pass_mark=(DEFAULT_PASS if quiz.pass_mark is None else quiz.pass_mark) / 100,
        module_title=next((module.title for module in modules if module.id == quiz.module), None),
        source=quiz.source,
        has_written=any(item.type is ItemType.CONSTRUCTED for item in quiz.items),
    )


def show_result(sitting: Sitting, responses: Sequence[Response]) -> ResultView:
    """Present the result of a practice attempt; written answers do not count towards passing."""
    attempt = sitting.attempt
    types = {key: item.type for key, item in sitting.items().items()}
    written = [row for row in responses if types[row.item] is ItemType.CONSTRUCTED]
    judged = [row for row in responses if types[row.item] is not ItemType.CONSTRUCTED]
    share = percentage(attempt)
    marked = [row.score for row in written if row.score is not None]
    return ResultView(
        score=attempt.score,
        max=attempt.max,
        passed=None if share is None else share >= sitting.exam.pass_mark,
        objective_score=sum((row.score or ZERO for row in judged), ZERO),
        objective_max=sum((row.max for row in judged), ZERO),
        constructed_score=sum(marked, ZERO) if len(marked) == len(written) else None,
        constructed_max=sum((row.max for row in written), ZERO),
        to_mark=len(written) - len(marked),
        submitted_at=attempt.submitted_at,
        may_start=not sitting.offering.is_archived,
    )
