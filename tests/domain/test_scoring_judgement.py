"""Situational judgement: best and worst, ratings against a panel, options of unequal worth."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scoring import score, valid_scoring
from tests.domain.builders import make_best_worst, make_rating, make_weighted
from tests.domain.exact import half_up

# option 1 is best, 2 worst, 3 and 4 neither; the item is worth 2 points
BEST_AND_WORST = {
    "both right": ({"best": "1", "worst": "2"}, "2"),
    "best right, worst neither": ({"best": "1", "worst": "3"}, "1"),
    "worst right, best neither": ({"best": "4", "worst": "2"}, "1"),
    "both neither": ({"best": "3", "worst": "4"}, "0"),
    "both reversed": ({"best": "2", "worst": "1"}, "0"),
    "the worst as best": ({"best": "2", "worst": "3"}, "0"),
    "the best as worst": ({"best": "3", "worst": "1"}, "0"),
    "best alone, right": ({"best": "1"}, "1"),
    "worst alone, right": ({"worst": "2"}, "1"),
    "best alone, neither": ({"best": "3"}, "0"),
    "best alone, reversed": ({"best": "2"}, "0"),
    "worst alone, reversed": ({"worst": "1"}, "0"),
    "worst cleared by null": ({"best": "1", "worst": None}, "1"),
    "best cleared by nothing": ({"best": "", "worst": "2"}, "1"),
}


@pytest.mark.parametrize(("answer", "earned"), BEST_AND_WORST.values(), ids=BEST_AND_WORST)
def test_best_and_worst_earn_half_each(answer, earned):
    result = score(make_best_worst(best=1, worst=2), answer)

    assert result.points == Decimal(earned)
    assert result.answered


@pytest.mark.parametrize(("points", "half"), [("1", "0.5"), ("0.25", "0.13"), ("0.01", "0.01")])
def test_half_of_best_and_worst_is_rounded_up(points, half):
    assert score(make_best_worst(points=points), {"best": "1"}).points == Decimal(half)
    assert score(make_best_worst(points=points), {"best": "1", "worst": "2"}).points == Decimal(points)


def test_best_and_worst_are_parts_and_one_not_given_is_neither_right_nor_wrong():
    result = score(make_best_worst(), {"best": "1"})

    assert [(part.name, part.answer, part.right, part.points) for part in result.parts] == [
        ("best", "1", True, Decimal(1)),
        ("worst", "", None, Decimal(0)),
    ]


def test_the_points_of_best_and_worst_are_rounded_and_a_space_is_no_choice():
    result = score(make_best_worst(points="0.25"), {"best": "1", "worst": " "})

    assert [(part.right, str(part.points)) for part in result.parts] == [(True, "0.13"), (None, "0.00")]


def test_a_reversed_one_voids_the_points_of_the_other_but_not_its_verdict():
    result = score(make_best_worst(best=1, worst=2, count=3), {"best": "3", "worst": "1"})

    assert [(part.right, part.points) for part in result.parts] == [(False, Decimal(0))] * 2


@pytest.mark.parametrize("answer", [None, {}, {"best": ""}, {"best": None, "worst": " "}], ids=repr)
def test_neither_best_nor_worst_is_blank(answer):
    result = score(make_best_worst(), answer)

    assert result.points == 0
    assert not result.answered


# the panel's means, the scale, the ratings of options 1, 2, … and what they earn of 4 points
RATINGS = {
    "as the panel": (("4", "2"), (1, 5), {"1": 4, "2": 2}, "4"),
    "one step beside one mean": (("4", "2"), (1, 5), {"1": 3, "2": 2}, "3.5"),
    "one step beside both": (("4", "2"), (1, 5), {"1": 5, "2": 1}, "3"),
    "as far as can be": (("5", "1"), (1, 5), {"1": 1, "2": 5}, "0"),
    "one as far as can be, one right": (("5", "1"), (1, 5), {"1": 1, "2": 1}, "2"),
    "a fractional mean from below": (("4.2",), (1, 5), {"1": 4}, "3.8"),
    "a fractional mean from above": (("4.2",), (1, 5), {"1": 5}, "3.2"),
    "far from a fractional mean": (("4.2",), (1, 5), {"1": 1}, "0.8"),
    "half between two values": (("2.5",), (1, 5), {"1": 2}, "3.5"),
    "one of two not rated": (("4", "2"), (1, 5), {"1": 4}, "2"),
    "one of two cleared": (("4", "2"), (1, 5), {"1": 4, "2": None}, "2"),
    "the only one rated is far away": (("5", "1"), (1, 5), {"1": 1}, "0"),
    "one step on seven": (("4",), (1, 7), {"1": 5}, "3.33"),
    "the ends of seven": (("7", "1"), (1, 7), {"1": 1, "2": 7}, "0"),
    "five is not the end of seven": (("7",), (1, 7), {"1": 5}, "2.67"),
    "a scale from nought": (("0", "3"), (0, 3), {"1": 0, "2": 1}, "2.67"),
    "a scale of two": (("1.5",), (1, 2), {"1": 1}, "2"),
}


@pytest.mark.parametrize(("means", "scale", "answer", "earned"), RATINGS.values(), ids=RATINGS)
def test_a_rating_earns_by_its_distance_from_the_panel(means, scale, answer, earned):
    result = score(make_rating(*means, scale=scale), answer)

    assert result.points == Decimal(earned)
    assert result.answered


@pytest.mark.parametrize(
    ("means", "points", "answer", "earned"),
    [
        # 1 - 0.25 = 0.75 of 0.02 is 0.015, of 0.01 is 0.0075
        (("3",), "0.02", {"1": 4}, "0.02"),
        (("3",), "0.01", {"1": 4}, "0.01"),
        # three times 0.95 of a third: rounded each for itself it would be 0.96
        (("3.2", "3.2", "3.2"), "1", {"1": 3, "2": 3, "3": 3}, "0.95"),
        # (0.9 + 0.85) / 2 = 0.875
        (("3.4", "3.6"), "1", {"1": 3, "2": 3}, "0.88"),
    ],
)
def test_a_rating_is_rounded_half_up_once(means, points, answer, earned):
    assert score(make_rating(*means, points=points), answer).points == Decimal(earned)


def test_half_a_hundredth_of_a_rating_on_seven_is_rounded_up():
    # 1 - 4.75 / 6 of 3 points is 0.625; 1 - 5.5 / 6 of 1.5 points is 0.125
    assert score(make_rating("2.25", scale=(1, 7), points="3"), {"1": 7}).points == Decimal("0.63")
    three = make_rating("1.5", "1.5", "1.5", scale=(1, 7), points="1.5")
    assert score(three, {"1": 7, "2": 7, "3": 7}).points == Decimal("0.13")


def test_each_rating_is_a_part_and_a_missing_one_is_neither_right_nor_wrong():
    result = score(make_rating("4", "2.5", "1"), {"1": 4, "2": 2})

    assert [(part.name, part.answer, part.right) for part in result.parts] == [
        ("1", 4, True),
        ("2", 2, False),
        ("3", None, None),
    ]


@pytest.mark.parametrize("answer", [None, {}, {"1": None}, {"1": None, "2": None}], ids=repr)
def test_no_rating_is_blank_and_earns_nothing(answer):
    result = score(make_rating("4", "2"), answer)

    assert result.points == 0
    assert not result.answered


@given(
    st.lists(st.integers(100, 700), min_size=1, max_size=8),
    st.lists(st.none() | st.integers(1, 7), min_size=8, max_size=8),
    st.integers(1, 2000),
)
def test_a_rating_is_the_exact_mean_rounded_half_up(hundredths, ratings, cents):
    points = Decimal(cents) / 100
    item = make_rating(*(str(Decimal(mean) / 100) for mean in hundredths), scale=(1, 7), points=str(points))
    rated = list(zip(hundredths, ratings, strict=False))
    answer = {str(place): rating for place, (_, rating) in enumerate(rated, start=1)}

    result = score(item, answer)

    shares = (1 - abs(one - Fraction(mean, 100)) / 6 for mean, one in rated if one is not None)
    assert result.points == half_up(points, Fraction(sum(shares)), len(rated))


# what the options earn, the one that is chosen, and its points
WEIGHTS = [
    (("3", "1", "0"), "1", "3"),
    (("3", "1", "0"), "2", "1"),
    (("3", "1", "0"), "3", "0"),
    (("0", "2.5"), "2", "2.5"),
    (("0.25", "0.75", "1.5"), "1", "0.25"),
    (("2", "2", "1"), "1", "2"),
    (("2", "2", "1"), "2", "2"),
]


@pytest.mark.parametrize(("weights", "chosen", "earned"), WEIGHTS)
def test_a_weighted_option_earns_its_own_points(weights, chosen, earned):
    result = score(make_weighted(*weights), chosen)

    assert result.points == Decimal(earned)
    assert result.maximum == max(Decimal(weight) for weight in weights)
    assert result.answered


@pytest.mark.parametrize("answer", [None, "", "  "])
def test_no_weighted_option_is_blank(answer):
    result = score(make_weighted("3", "1"), answer)

    assert result.points == 0
    assert not result.answered


@pytest.mark.parametrize("rule", ["all", "half", "exact", "pairs", "kprim", "fixed:1"])
@pytest.mark.parametrize(
    "item", [make_best_worst(), make_rating("4"), make_weighted("2", "1")], ids=lambda item: item.type
)
def test_no_scoring_rule_fits_a_judgement(rule, item):
    assert not valid_scoring(rule, item)
