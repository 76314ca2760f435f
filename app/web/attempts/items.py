"""What the pages show of one item. Keys are there only where ``mode`` is key, or a review shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup

from app.domain.behaviour import Standing
from app.operations.files import KeptFile


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option or step at the position shown.

    ``rank`` is the place that the learner gave a step, ``rating`` the learner's, ``chosen_as`` best,
    worst or nothing. ``right`` judges what was given; what follows belongs to the key. Both are None or
    empty where they may not be seen.
    """

    position: int
    html: Markup
    checked: bool = False
    rank: int | None = None
    rating: int | None = None
    chosen_as: str = ""
    feedback: Markup = field(default_factory=Markup)
    right: bool | None = None
    is_key: bool | None = None
    place: int | None = None
    marked_as: str = ""
    points: Decimal | None = None
    mean: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BlankView:
    """One blank with what was written or chosen in it. The rest is for the review."""

    index: int
    value: str
    choices: Sequence[str] = ()
    right: bool | None = None
    wordings: Sequence[str] = ()
    #: what could be chosen and is wrong
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RightView:
    """A right side of a matching at the position shown, with its letter; ``text`` is without markup.

    ``number`` is its place in the file.
    """

    position: int
    letter: str
    html: Markup
    text: str
    number: int
    feedback: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class LeftView:
    """A left side of a matching with the position of the right chosen; the rest is for the review."""

    number: int
    html: Markup
    chosen: str
    chosen_html: Markup = field(default_factory=Markup)
    key_html: Markup = field(default_factory=Markup)
    feedback: Markup = field(default_factory=Markup)
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class StepView:
    """A section of a walked case. A decision holds its options; ``chosen`` is the one committed."""

    id: str
    kind: str
    title: Markup
    body: Markup
    options: Sequence[OptionView] = ()
    chosen: int | None = None
    is_current: bool = False
    reason: str = "no"


@dataclass(frozen=True, slots=True)
class PointView:
    """A marking point of a constructed item; ``awarded`` is None where no marker said so."""

    points: Decimal
    html: Markup
    awarded: bool | None = None


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a paper. ``number`` is None for an info item.

    ``asked_as`` is its question type (题型): ``type`` as papers tell it apart. ``mode`` is ask, review,
    key (what an author sees) or print. ``stem`` holds HTML with a cloze's blanks between. ``state`` is
    right, partly, wrong, unanswered, to-judge or to-mark where that is told, else empty. ``problem``
    says why an answer that was sent could not be kept.
    """

    key: str
    number: int | None
    type: str
    asked_as: str
    mode: str
    points: Decimal | None
    stem: Sequence[Markup | BlankView]
    seq: int | str = 0
    event_id: str = ""
    shown: str = "null"
    answered: bool = False
    flagged: bool = False
    problem: str = ""
    options: Sequence[OptionView] = ()
    blanks: Sequence[BlankView] = ()
    is_cloze: bool = False
    lefts: Sequence[LeftView] = ()
    rights: Sequence[RightView] = ()
    #: rights that match nothing, where the key may be seen
    spare: Sequence[RightView] = ()
    scale: Sequence[int] = ()
    value: str | bool | None = None
    unit: str = ""
    words: int | None = None
    files: Sequence[KeptFile] = ()
    #: names of all files of the attempt by SHA-256, those that are no part of the answer too
    known: Mapping[str, str] = field(default_factory=dict)
    accept: str = ""
    steps: Sequence[StepView] = ()
    #: a walk's decision that was sent and could not be committed: choice and reason
    typed: Mapping[str, str] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    hints: Sequence[Markup] = ()
    state: str = ""
    score: Decimal | None = None
    max: Decimal | None = None
    wrong_tries: int = 0
    explanation: Sequence[Markup | BlankView] = ()
    key_text: str = ""
    points_list: Sequence[PointView] = ()
    guidance: Sequence[Markup] = ()
    #: a review may leave the learner's own answer out
    shows_answer: bool = True
    #: what the marker wrote
    comment: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the item is no longer asked, and what may be told of it is there."""
        return self.mode in {"review", "key"}

    @property
    def wide_stem(self) -> bool:
        """Whether the stem holds blanks to fill in."""
        return any(isinstance(part, BlankView) for part in self.stem)
