"""The two-way table of a paper: modules by level and type, beside their share of class hours."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.domain.items import Difficulty, Level
from app.domain.quiz import Group, Quiz
from app.domain.specification import Tally, two_way_table
from app.domain.syllabus import Module, Objective, Syllabus
from tests.domain.builders import make_constructed, make_info, make_single, make_truth

SYLLABUS = Syllabus(
    "礼仪",
    Decimal(48),
    (
        Module("doors", "车门", Decimal(3), objectives=(Objective("1.1", "次序"),)),
        Module("smiles", "微笑", Decimal(1), objectives=(Objective("2.1", "微笑"),)),
        Module("joint", "联检"),
    ),
)
KNOW, MASTER = Level.KNOW, Level.MASTER


def named(item, name, **fields):
    return replace(item, id=name, points=None, **fields)


def table_of(*groups, **fields):
    return two_way_table(Quiz("卷", groups, **fields), SYLLABUS)


def cells(row):
    return {column: (tally.count, tally.worth) for column, tally in row.cells.items()}


def test_items_and_points_are_counted_by_module_level_and_type():
    one = named(make_single(), "a", objectives=("1.1",), level=KNOW)
    two = named(make_single(), "b", objectives=("2.1",), level=MASTER)
    three = named(make_constructed("8"), "c", objectives=("1.1",), level=MASTER)
    table = table_of(Group(items=(one, two, named(make_info(), "n")), each=Decimal(2)), Group(items=(three,)))

    assert table.columns == ((KNOW, "single"), (MASTER, "single"), (MASTER, "constructed"))
    assert table.levels == [(KNOW, 1), (MASTER, 2)]
    assert [row.module for row in table.rows] == ["doors", "smiles", "joint"]
    assert cells(table.rows[0]) == {(KNOW, "single"): (1, 2), (MASTER, "constructed"): (1, 8)}
    assert [row.total.worth for row in table.rows] == [10, 2, 0]
    assert (table.total.count, table.total.worth) == (3, 12)
    assert table.sums[MASTER, "single"] == Tally(Fraction(1), Fraction(2))


def test_a_modules_share_of_the_points_stands_beside_its_share_of_the_listed_hours():
    doors = named(make_single(), "a", objectives=("1.1",))
    table = table_of(Group(items=(doors, named(make_truth(), "b", objectives=("2.1",)))))

    assert [(row.share, row.hours_share) for row in table.rows] == [
        (Decimal("0.5"), Decimal("0.75")),
        (Decimal("0.5"), Decimal("0.25")),
        (0, None),
    ]


def test_what_belongs_to_no_module_comes_last():
    table = table_of(Group(items=(named(make_single(), "a"),)))

    assert (table.rows[-1].module, table.rows[-1].total.count) == (None, 1)
    assert two_way_table(Quiz("空"), None).rows == ()


def test_of_a_draw_everybody_gets_as_many_as_are_drawn():
    alike = tuple(named(make_single(), name, objectives=("1.1",), level=KNOW) for name in "abc")
    table = table_of(Group(items=alike, draw=2, each=Decimal("0.5")))

    assert cells(table.rows[0]) == {(KNOW, "single"): (2, 1)}
    assert not table.varies


def test_of_a_draw_among_several_cells_the_average_is_told_as_such():
    mixed = (named(make_single(), "a", level=KNOW), *(named(make_truth(), name) for name in "bc"))
    table = table_of(Group(items=mixed, draw=2))

    assert (table.sums[KNOW, "single"].count, table.sums[None, "true-false"].count) == (
        Decimal("0.67"),
        Decimal("1.33"),
    )
    assert table.total.count == 2
    assert table.varies


def test_difficulties_are_summed_up_beside_it():
    easy = named(make_single(), "a", difficulty=Difficulty.EASY)
    table = table_of(Group(items=(easy, named(make_truth(), "b"))))

    assert list(table.difficulties) == [Difficulty.EASY, None]


def test_the_expected_share_of_points_weighs_each_difficulty_by_its_points():
    rated = [
        named(make_single(), "a", difficulty=Difficulty.EASY),
        named(make_constructed("8"), "b", difficulty=Difficulty.HARD),
        named(make_truth(), "c"),
    ]

    table = table_of(Group("一", items=tuple(rated)))

    # 1 point at 80 %, 8 at 40 %; the third says nothing of itself
    assert (table.expected, table.estimated) == (Decimal("0.44"), Decimal(9) / 10)


def test_where_no_difficulty_is_set_nothing_is_expected():
    table = table_of(Group("一", items=(named(make_single(), "a"),)))

    assert (table.expected, table.estimated) == (None, 0)
    assert table_of(Group("一", items=())).estimated is None
