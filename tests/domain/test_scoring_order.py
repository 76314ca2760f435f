"""Orderings and matchings: where each step stands, and which sides belong together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scoring import score, valid_scoring
from tests.domain.builders import make_matching, make_ordering
from tests.domain.exact import half_up

# the rule, the points, the order of the steps, and what it earns
ORDERS = [
    (None, "3", "1234", "3"),
    (None, "3", "1243", "0"),
    ("exact", "3", "1234", "3"),
    ("exact", "3", "2134", "0"),
    ("exact", "3", "4321", "0"),
    ("pairs", "3", "1234", "3"),
    ("pairs", "3", "1243", "1"),
    ("pairs", "3", "4123", "2"),
    ("pairs", "3", "2341", "2"),
    ("pairs", "3", "3412", "2"),
    ("pairs", "3", "1324", "0"),
    ("pairs", "3", "4321", "0"),
    ("pairs", "1", "1243", "0.33"),
    ("pairs", "1", "4123", "0.67"),
    ("pairs", "0.01", "4123", "0.01"),
    ("pairs", "0.01", "1243", "0"),
    ("pairs", "5", "12", "5"),
    ("pairs", "5", "21", "0"),
    ("exact", "5", "12", "5"),
    ("exact", "5", "21", "0"),
]


@pytest.mark.parametrize(("rule", "points", "order", "earned"), ORDERS)
def test_an_ordering_is_scored_by_its_rule(rule, points, order, earned):
    result = score(make_ordering(len(order), rule, points), list(order))

    assert result.points == Decimal(earned)
    assert result.maximum == Decimal(points)
    assert result.answered


def test_the_parts_of_an_ordering_tell_which_steps_stand_right():
    result = score(make_ordering(3, "pairs"), ["1", "3", "2"])

    assert [(part.name, part.answer, part.right, part.points) for part in result.parts] == [
        ("1", "1", True, Decimal(1)),
        ("2", "3", False, Decimal(0)),
        ("3", "2", False, Decimal(0)),
    ]


def test_the_points_of_a_step_are_rounded():
    result = score(make_ordering(3, points="1"), ["1", "3", "2"])

    assert [str(part.points) for part in result.parts] == ["0.33", "0.00", "0.00"]


@pytest.mark.parametrize("answer", [None, []])
@pytest.mark.parametrize("rule", ["exact", "pairs"])
def test_no_order_is_blank_and_earns_nothing(rule, answer):
    result = score(make_ordering(4, rule), answer)

    assert result.points == 0
    assert not result.answered


@pytest.mark.parametrize("rule", ["exact", "pairs"])
def test_these_rules_fit_an_ordering_and_nothing_else_does(rule):
    assert valid_scoring(rule, make_ordering())
    assert not valid_scoring(rule, make_matching("甲=1", "乙=2"))
    assert not valid_scoring("half", make_ordering())


@given(st.permutations("12345"))
def test_only_the_right_order_earns_everything(order):
    is_right = order == list("12345")

    assert (score(make_ordering(5, "exact"), order).points == 3) is is_right
    assert (score(make_ordering(5, "pairs"), order).points == 3) is is_right


# three pairs and a distractor, worth 3 points; what is chosen for the lefts 1, 2, 3, and what it earns
PAIRS = ("护顶=车门", "领位=餐厅", "值机=柜台", "=泳池")
MATCHES = {
    "every pair right": ({"1": "1", "2": "2", "3": "3"}, "3"),
    "two pairs right": ({"1": "1", "2": "2", "3": "4"}, "2"),
    "one pair right, two exchanged": ({"1": "1", "2": "3", "3": "2"}, "1"),
    "every pair wrong": ({"1": "2", "2": "3", "3": "1"}, "0"),
    "a distractor": ({"1": "4", "2": "2", "3": "3"}, "2"),
    "nothing but distractors": ({"1": "4", "2": "4", "3": "4"}, "0"),
    "one right side for every left": ({"1": "2", "2": "2", "3": "2"}, "1"),
    "one pair given, and right": ({"2": "2"}, "1"),
    "one pair given, and wrong": ({"2": "1"}, "0"),
    "one left cleared by null": ({"1": "1", "2": None, "3": "3"}, "2"),
    "one left cleared by nothing": ({"1": "1", "2": "", "3": "3"}, "2"),
    "one left cleared by a space": ({"1": "1", "2": " ", "3": "3"}, "2"),
    "lefts in another order": ({"3": "3", "1": "1", "2": "2"}, "3"),
}


@pytest.mark.parametrize(("answer", "earned"), MATCHES.values(), ids=MATCHES)
def test_a_matching_is_scored_pair_by_pair(answer, earned):
    result = score(make_matching(*PAIRS), answer)

    assert result.points == Decimal(earned)
    assert result.answered


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [("1", "0.33"), ("12", "0.67"), ("123", "1")],
    ids=["one of three", "two of three", "three of three"],
)
def test_thirds_of_a_matching_are_rounded_once_at_the_end(chosen, earned):
    item = make_matching(*PAIRS, points="1")

    assert score(item, {one: one for one in chosen}).points == Decimal(earned)


EQUAL = ("茅台=白酒", "青岛=啤酒", "五粮液=白酒", "=红酒")


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        ({"1": "1", "2": "2", "3": "3"}, 3),
        ({"1": "3", "2": "2", "3": "1"}, 3),
        ({"1": "1", "2": "2", "3": "1"}, 3),
        ({"1": "3", "2": "2", "3": "3"}, 3),
        ({"1": "2", "2": "3", "3": "1"}, 1),
    ],
)
def test_equal_right_sides_are_equally_right(answer, earned):
    assert score(make_matching(*EQUAL), answer).points == earned


@pytest.mark.parametrize("twin", ["白 酒", "白酒。", "白酒 "])
def test_right_sides_that_differ_only_in_typing_are_equal(twin):
    item = make_matching("茅台=白酒", f"五粮液={twin}", "青岛=啤酒")

    assert score(item, {"1": "2", "2": "1", "3": "3"}).points == 3


def test_lefts_are_counted_without_the_distractors_above_them():
    item = make_matching("=泳池", "护顶=车门", "=马厩", "值机=柜台", points="2")

    assert score(item, {"1": "2", "2": "4"}).points == 2
    assert score(item, {"1": "1", "2": "2"}).points == 0


def test_each_left_is_a_part_and_an_open_one_is_neither_right_nor_wrong():
    result = score(make_matching(*PAIRS), {"1": "1", "2": "4"})

    assert [(part.name, part.answer, part.right, part.points) for part in result.parts] == [
        ("1", "1", True, Decimal(1)),
        ("2", "4", False, Decimal(0)),
        ("3", "", None, Decimal(0)),
    ]


def test_the_points_of_a_pair_are_rounded_and_a_space_is_no_choice():
    result = score(make_matching(*PAIRS, points="1"), {"1": "1", "2": "4", "3": " "})

    assert [(part.right, str(part.points)) for part in result.parts] == [
        (True, "0.33"),
        (False, "0.00"),
        (None, "0.00"),
    ]


@pytest.mark.parametrize("answer", [None, {}, {"1": ""}, {"1": None, "2": " "}], ids=repr)
def test_no_pair_is_blank_and_earns_nothing(answer):
    result = score(make_matching(*PAIRS), answer)

    assert result.points == 0
    assert not result.answered


@pytest.mark.parametrize(
    ("count", "hits", "points", "earned"),
    [(12, 3, "2.5", "0.63"), (24, 3, "5", "0.63"), (24, 18, "0.5", "0.38"), (6, 3, "0.35", "0.18")],
)
def test_half_a_hundredth_that_is_the_sum_of_thirds_is_rounded_up(count, hits, points, earned):
    item = make_matching(*(f"左{n}=右{n}" for n in range(1, count + 1)), points=points)

    result = score(item, {str(n): str(n) for n in range(1, hits + 1)})

    assert result.points == Decimal(earned)


@given(st.integers(2, 30), st.integers(1, 2000), st.data())
def test_a_share_of_pairs_is_the_exact_share_rounded_half_up(count, cents, data):
    hits = data.draw(st.integers(1, count))
    points = Decimal(cents) / 100
    item = make_matching(*(f"左{n}=右{n}" for n in range(1, count + 1)), points=str(points))

    result = score(item, {str(n): str(n) for n in range(1, hits + 1)})

    assert result.points == half_up(points, hits, count)


@given(st.integers(2, 30), st.integers(1, 2000))
def test_a_share_of_neighbours_is_the_exact_share_rounded_half_up(count, cents):
    points = Decimal(cents) / 100
    order = [*range(2, count + 1), 1]

    result = score(make_ordering(count, "pairs", str(points)), [str(step) for step in order])

    assert result.points == half_up(points, count - 2, count - 1)
