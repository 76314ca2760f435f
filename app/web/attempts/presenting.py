"""What the pages of a quiz, a paper and its result show around the items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup

from app.domain.items import ItemType
from app.domain.paper import freeze_quiz
from app.domain.progress import reaches
from app.domain.quiz import Quiz
from app.models import Response
from app.models.exam import as_minutes
from app.operations.documents import Text, syllabus_of
from app.operations.progress import percentage
from app.operations.sittings import Sitting
from app.web.attempts.boxes import Box
from app.web.attempts.items import ItemView
from app.web.languages import current_language

ZERO = Decimal(0)
#: kinds of exams at which leaving the page is noted
WATCHED = frozenset({"mock", "exam"})


@dataclass(frozen=True, slots=True)
class GroupView:
    """A big question (大题) as drawn; ``number`` counts the groups that have a title."""

    number: int | None
    title: Markup
    stem: Markup
    items: Sequence[ItemView | Box]
    count: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper as its pages show it. ``client`` names the window that this page is shown in.

    ``one_at_a_time`` is what the paper begins with; the learner may choose. It cannot be handed in before
    ``earliest``.
    """

    client: str
    slug: str
    title: str
    minutes: int | None
    groups: Sequence[GroupView]
    one_at_a_time: bool = False
    earliest: datetime | None = None
    #: leaving the page is noted, for the invigilator
    is_watched: bool = False

    @property
    def takes_files(self) -> bool:
        """Whether an item asks for files."""
        return any(item.type == "upload" for item in self.numbered)

    @property
    def walks(self) -> bool:
        """Whether an item is a case to walk."""
        return any(item.type == "walk" for item in self.numbered)

    @property
    def numbered(self) -> Sequence[ItemView | Box]:
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
    def unanswered(self) -> Sequence[ItemView | Box]:
        """Those that have none."""
        return [item for item in self.numbered if not item.answered]

    @property
    def flagged(self) -> Sequence[ItemView | Box]:
        """Those that the learner wants to look at again."""
        return [item for item in self.numbered if item.flagged]

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
        pass_mark=quiz.needed / 100,
        module_title=next((module.title for module in modules if module.id == quiz.module), None),
        source=quiz.source,
        has_written=any(item.is_marked_by_person for item in quiz.items),
    )


def as_sat(paper: PaperView, sitting: Sitting, now: datetime) -> PaperView:
    """Present a paper as its sitting asks for it: an exam has a title and rules of its own."""
    if sitting.is_practice:
        return paper
    exam = sitting.exam
    earliest = as_minutes(exam.earliest_minutes)
    may_from = None if earliest is None else sitting.attempt.started_at + earliest
    return replace(
        paper,
        title=exam.title or paper.title,
        minutes=exam.minutes,
        one_at_a_time=exam.one_at_a_time,
        earliest=may_from if may_from is not None and may_from > now else None,
        is_watched=exam.kind in WATCHED,
    )


def show_result(sitting: Sitting, responses: Sequence[Response]) -> ResultView:
    """Present the result of a practice attempt; written answers do not count towards passing."""
    attempt = sitting.attempt
    items = sitting.items()
    written = [row for row in responses if items[row.item].is_marked_by_person]
    judged = [row for row in responses if not items[row.item].is_marked_by_person]
    share = percentage(attempt)
    marked = [row.score for row in written if row.score is not None]
    return ResultView(
        score=attempt.score,
        max=attempt.max,
        passed=None if share is None else reaches(share, sitting.quiz.needed, sitting.exam.pass_mark),
        objective_score=sum((row.score or ZERO for row in judged), ZERO),
        objective_max=sum((row.max for row in judged), ZERO),
        constructed_score=sum(marked, ZERO) if len(marked) == len(written) else None,
        constructed_max=sum((row.max for row in written), ZERO),
        to_mark=len(written) - len(marked),
        submitted_at=attempt.submitted_at,
        may_start=not sitting.offering.is_archived and sitting.document.retired_at is None,
    )
