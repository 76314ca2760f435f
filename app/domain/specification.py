"""The two-way table (双向细目表) of a paper: modules by requirement level and question type."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from app.domain.bank import DIFFICULTY_ORDER, LEVEL_ORDER, module_of
from app.domain.items import Difficulty, Level
from app.domain.question_types import TYPE_ORDER, question_type
from app.domain.quiz import Group, Quiz, points_of, with_inherited
from app.domain.syllabus import Syllabus, listed_hours, modules_of

CENT = Decimal("0.01")
#: which share of the points (得分率) one expects of questions that an author calls so
EXPECTED: Mapping[Difficulty, Fraction] = {
    Difficulty.EASY: Fraction(4, 5),
    Difficulty.MEDIUM: Fraction(3, 5),
    Difficulty.HARD: Fraction(2, 5),
}
#: a requirement level, None where none is set, and a question type
Column = tuple[Level | None, str]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an item is counted."""

    module: str | None
    column: Column
    difficulty: Difficulty | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Items and points. Where items are drawn, those that a person gets on average."""

    items: Fraction = Fraction(0)
    points: Fraction = Fraction(0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.items + other.items, self.points + other.points)

    @property
    def count(self) -> Decimal:
        """The items, rounded to two decimals."""
        return _rounded(self.items)

    @property
    def worth(self) -> Decimal:
        """The points, rounded to two decimals."""
        return _rounded(self.points)


@dataclass(frozen=True, slots=True)
class Row:
    """A module's line; ``module`` None: of no module. Shares are 0..1, None where there is no whole."""

    module: str | None
    cells: Mapping[Column, Tally]
    total: Tally
    share: Decimal | None
    hours: Decimal | None = None
    hours_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TwoWayTable:
    """The table; ``difficulties`` holds the sums by difficulty, None where none is set.

    ``varies``: one person's paper may have other numbers than another's; these are the average.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sums: Mapping[Column, Tally]
    total: Tally
    difficulties: Mapping[Difficulty | None, Tally]
    varies: bool = False

    @property
    def levels(self) -> list[tuple[Level | None, int]]:
        """The levels in order, each with how many columns it has."""
        counts: dict[Level | None, int] = {}
        for level, _ in self.columns:
            counts[level] = counts.get(level, 0) + 1
        return list(counts.items())

    @property
    def expected(self) -> Decimal | None:
        """The share of points (0..1) that the class should earn; None where no difficulty is set.

        The mean of ``EXPECTED`` over the questions whose difficulty is set, each by its points.
        """
        worth = {one: tally.points for one, tally in self.difficulties.items() if one is not None}
        whole = sum(worth.values())
        return _rounded(sum(EXPECTED[one] * each for one, each in worth.items()) / whole) if whole else None

    @property
    def estimated(self) -> Decimal | None:
        """The share of points (0..1) that ``expected`` rests on."""
        unset = self.difficulties.get(None, Tally())
        return _share(self.total.points - unset.points, self.total.points)


def two_way_table(quiz: Quiz, syllabus: Syllabus | None) -> TwoWayTable:
    """Count a paper's items and points; every module of the syllabus has its row, also an empty one."""
    modules = modules_of(syllabus)
    groups = [(_chance(group), list(_tallies(group, quiz, modules))) for group in quiz.groups]
    by_spot: dict[_Spot, Tally] = defaultdict(Tally)
    for chance, tallies in groups:
        for spot, tally in tallies:
            by_spot[spot] += Tally(tally.items * chance, tally.points * chance)
    total = sum(by_spot.values(), Tally())
    columns = sorted({spot.column for spot in by_spot}, key=_place)
    return TwoWayTable(
        columns=tuple(columns),
        rows=tuple(_rows(by_spot, syllabus, total)),
        sums={column: _sum(by_spot, column=column) for column in columns},
        total=total,
        difficulties={
            one: tally
            for one in (*DIFFICULTY_ORDER, None)
            if (tally := sum((t for spot, t in by_spot.items() if spot.difficulty == one), Tally())).items
        },
        varies=any(chance < 1 and len(set(tallies)) > 1 for chance, tallies in groups),
    )


def _tallies(group: Group, quiz: Quiz, modules: Mapping[str, str]) -> Iterator[tuple[_Spot, Tally]]:
    for item in group.items:
        if item.is_scored:
            whole = with_inherited(item, group, quiz)
            module = module_of(whole, quiz, modules)
            spot = _Spot(module, (whole.level, question_type(whole)), whole.difficulty)
            yield spot, Tally(Fraction(1), Fraction(points_of(item, group)))


def _chance(group: Group) -> Fraction:
    """Return with which chance an item of the group is drawn."""
    scored = sum(item.is_scored for item in group.items)
    return Fraction(1) if group.draw is None or group.draw >= scored else Fraction(group.draw, scored)


def _rows(by_spot: Mapping[_Spot, Tally], syllabus: Syllabus | None, total: Tally) -> Iterator[Row]:
    hours = {module.id: module.hours for module in (syllabus.modules if syllabus else ())}
    listed = Fraction(listed_hours(syllabus)) if syllabus else Fraction(0)
    there = {spot.module for spot in by_spot}
    others = sorted(name for name in there if name is not None and name not in hours)
    for module in (*hours, *others, *([None] if None in there else [])):
        cells = {spot.column: _sum(by_spot, spot.column, module) for spot in by_spot if spot.module == module}
        tally = sum(cells.values(), Tally())
        own = hours.get(module) if module is not None else None
        yield Row(module, cells, tally, _share(tally.points, total.points), own, _share(own, listed))


def _sum(by_spot: Mapping[_Spot, Tally], column: Column, *modules: str | None) -> Tally:
    """Sum up a column, of one module or of all."""
    return sum(
        (
            tally
            for spot, tally in by_spot.items()
            if spot.column == column and (not modules or spot.module in modules)
        ),
        Tally(),
    )


def _share(part: Fraction | Decimal | None, whole: Fraction) -> Decimal | None:
    if part is None or not whole:
        return None
    share = Fraction(part) / whole
    return Decimal(share.numerator) / share.denominator


def _place(column: Column) -> tuple[int, int]:
    level, name = column
    return (len(LEVEL_ORDER) if level is None else LEVEL_ORDER.index(level)), TYPE_ORDER.index(name)


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(CENT, ROUND_HALF_UP)
