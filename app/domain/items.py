"""Items of a quiz: what is asked, what counts as right, and how much it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class ItemType(StrEnum):
    """The item types of the plain-text format, by their JSON names."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    BLANKS = "blanks"
    NUMERIC = "numeric"
    CONSTRUCTED = "constructed"
    INFO = "info"


class Level(StrEnum):
    """Requirement levels (要求层次) from low to high."""

    KNOW = "know"
    UNDERSTAND = "understand"
    FAMILIAR = "familiar"
    MASTER = "master"
    PROFICIENT = "proficient"


class Difficulty(StrEnum):
    """An author's estimate of difficulty (难度)."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class ConstructedKind(StrEnum):
    """Kinds of constructed answers: 名词解释, 简答, 论述, 案例分析."""

    TERM = "term"
    SHORT = "short"
    ESSAY = "essay"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice item; its position is its place in the tuple."""

    text: str
    is_key: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class MarkingPoint:
    """A marking point (评分要点): what earns how much."""

    points: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Options of a single or multiple item, in file order."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TruthKey:
    """Whether the statement of a true-false item is true."""

    value: bool


@dataclass(frozen=True, slots=True)
class BlanksKey:
    """Accepted wordings, blank by blank."""

    blanks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class NumericKey:
    """An inclusive range low..high of accepted values in ``unit``.

    ``value`` and ``tolerance``, ``low`` and ``high``, or ``value`` and ``places`` (rounded to so
    many decimals) are written; what is not written is None. Numbers are kept as typed in the file.
    """

    value: str | None = None
    tolerance: str | None = None
    low: str | None = None
    high: str | None = None
    places: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ConstructedKey:
    """What a marker looks for in a constructed answer."""

    points: tuple[MarkingPoint, ...] = ()
    guidance: tuple[str, ...] = ()


Key = ChoiceKey | TruthKey | BlanksKey | NumericKey | ConstructedKey | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item as written. Inherited values are never stored here; see ``quiz.points_of``."""

    id: str
    type: ItemType
    key: Key
    heading: str = ""
    body: str = ""
    explanation: str = ""
    hints: tuple[str, ...] = ()
    points: Decimal | None = None
    scoring: str | None = None
    any_order: bool = False
    kind: ConstructedKind | None = None
    words: int | None = None
    objectives: tuple[str, ...] = ()
    level: Level | None = None
    difficulty: Difficulty | None = None
    topic: tuple[str, ...] = ()
    was: str | None = None
    #: ``type=blanks`` was needed because the default reading would differ
    forced_type: bool = field(default=False)

    @property
    def stem(self) -> str:
        """Heading and body together, as Markdown."""
        return "\n\n".join(part for part in (self.heading, self.body) if part)

    @property
    def is_scored(self) -> bool:
        """Info items are shown, not scored and not numbered."""
        return self.type is not ItemType.INFO

    @property
    def options(self) -> Sequence[Option]:
        """The options of a choice item, else none."""
        return self.key.options if isinstance(self.key, ChoiceKey) else ()
