"""A quiz: groups (大题) of items, and what follows from what is written in them."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from app.domain.items import Difficulty, Item, ItemType, Level
from app.domain.keys import ConstructedKey, Key, WeightedKey

ONE = Decimal(1)
DEFAULT_PASS = Decimal(60)


@dataclass(frozen=True, slots=True)
class Group:
    """A big question (大题) with an optional shared stem. The unnamed first group has no title."""

    title: str = ""
    stem: str = ""
    items: tuple[Item, ...] = ()
    each: Decimal | None = None
    draw: int | None = None
    shuffle: bool = False
    case: str | None = None
    objectives: tuple[str, ...] = ()
    level: Level | None = None
    difficulty: Difficulty | None = None
    topic: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz as written. Percentages are 0..100; minutes are whole or None."""

    title: str
    groups: tuple[Group, ...] = ()
    language: str = "zh"
    source: str = ""
    use: str = "practice"
    minutes: int | None = None
    pass_mark: Decimal | None = None
    module: str | None = None
    objectives: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    shuffle: bool = False
    multiple: str | None = None
    ordering: str | None = None
    syntax: str = ""
    format: str = ""

    @property
    def needed(self) -> Decimal:
        """The percentage that passes: as written, else the usual one."""
        return DEFAULT_PASS if self.pass_mark is None else self.pass_mark

    @property
    def items(self) -> Iterator[Item]:
        """Every item in text order."""
        return (item for group in self.groups for item in group.items)


def points_of(item: Item, group: Group) -> Decimal:
    """Return what the item is worth: its own points, the group's, those of its key, else 1.

    Of a key that is the sum of its marking points or its best weighted option.

    Info items are worth 0.
    """
    if item.type is ItemType.INFO:
        return Decimal(0)
    if item.points is not None:
        return item.points
    if group.each is not None:
        return group.each
    worth = points_of_key(item.key)
    return ONE if worth is None else worth


def points_of_key(key: Key) -> Decimal | None:
    """Return what a key says that its item is worth, None if it says nothing."""
    if isinstance(key, ConstructedKey) and key.points:
        return sum((point.points for point in key.points), Decimal(0))
    return max(key.weights) if isinstance(key, WeightedKey) else None


def scoring_of(item: Item, quiz: Quiz) -> str | None:
    """Return the scoring rule in force: the item's own, else the quiz's for its type, else none."""
    if item.scoring is not None:
        return item.scoring
    inherited = {ItemType.MULTIPLE: quiz.multiple, ItemType.ORDERING: quiz.ordering}
    return inherited.get(item.type)


def with_inherited(item: Item, group: Group, quiz: Quiz) -> Item:
    """Return the item with points, scoring, objectives, level, difficulty and topic filled in."""
    return replace(
        item,
        points=points_of(item, group),
        scoring=scoring_of(item, quiz),
        objectives=item.objectives or group.objectives or quiz.objectives,
        level=item.level or group.level,
        difficulty=item.difficulty or group.difficulty or quiz.difficulty,
        topic=item.topic or group.topic or quiz.topic,
    )


def without_retired(quiz: Quiz, retired: Set[str]) -> Quiz:
    """Return a quiz that draws no retired items, as far as enough others are left.

    What is asked whole, is asked whole: its author says what stands there.
    """
    return replace(quiz, groups=tuple(_drawing_less(group, retired) for group in quiz.groups))


def _drawing_less(group: Group, retired: Set[str]) -> Group:
    left = tuple(item for item in group.items if item.id not in retired)
    is_enough = group.draw is not None and sum(item.is_scored for item in left) >= group.draw
    return replace(group, items=left) if is_enough else group
