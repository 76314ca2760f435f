"""Items of a quiz: what is asked, what counts as right, and how much it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from app.domain.case import Case
from app.domain.keys import Key, OptionsKey, WalkKey
from app.domain.options import ConstructedKind, Option


class ItemType(StrEnum):
    """The item types of the plain-text format, by their JSON names."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    BLANKS = "blanks"
    NUMERIC = "numeric"
    ORDERING = "ordering"
    MATCHING = "matching"
    BEST_WORST = "best-worst"
    RATING = "rating"
    WEIGHTED = "weighted"
    CONSTRUCTED = "constructed"
    UPLOAD = "upload"
    WALK = "walk"
    INFO = "info"


#: types whose answers a person marks (主观题); the others are scored by their key (客观题)
MARKED_BY_PERSON = frozenset({ItemType.CONSTRUCTED, ItemType.UPLOAD})
#: types with options to choose among, which a group's shuffle puts into another order
CHOICE_TYPES = frozenset(
    {ItemType.SINGLE, ItemType.MULTIPLE, ItemType.WEIGHTED, ItemType.BEST_WORST, ItemType.RATING}
)


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


@dataclass(frozen=True, slots=True)
class Variable:
    """``@ X = 100..900 / 50``: a value drawn from low, low + step, … up to high, kept as typed."""

    name: str
    low: str
    high: str
    step: str = "1"


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
    #: types of file that an upload takes, by their usual ending
    file: tuple[str, ...] = ()
    #: slug of the case that a walk item walks
    walk: str | None = None
    variables: tuple[Variable, ...] = ()
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
    def is_marked_by_person(self) -> bool:
        """Whether a person marks the answers; a key scores those of the other types."""
        return self.type in MARKED_BY_PERSON

    @property
    def options(self) -> Sequence[Option]:
        """The options or steps of an item, else none."""
        return self.key.options if isinstance(self.key, OptionsKey) else ()


def with_case(item: Item, case: Case) -> Item:
    """Return a walk item with its case put in; other items take none and stay."""
    return replace(item, key=WalkKey(case)) if item.type is ItemType.WALK else item
