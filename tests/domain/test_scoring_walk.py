"""Cases as items: the share of the best score that the case could give."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.answers import is_blank
from app.domain.case import SectionKind
from app.domain.errors import BadAnswer
from app.domain.items import Item, ItemType, with_case
from app.domain.scoring import score
from tests.domain.builders import (
    make_car_door,
    make_case,
    make_choice,
    make_decision,
    make_section,
    make_single,
    make_walk,
)


def make_two_decisions(*scores: tuple[str, str]):
    """Return a case of decisions in a row, each with two options that earn so much."""
    targets = [*(f"d{n}" for n in range(2, len(scores) + 1)), "end"]
    decisions = [
        make_decision(f"d{n}", make_choice(target, first), make_choice(target, second))
        for n, (target, (first, second)) in enumerate(zip(targets, scores, strict=True), start=1)
    ]
    return make_case(*decisions, make_section(SectionKind.ENDING, "end"))


# 先开哪一扇车门: 0 then -1 or 3, or 5 at once, so that 5 is the best; the item is worth 10 points
WALKS = {
    "the best way": (["2"], "10"),
    "a mistake that is repaired": (["1", "2"], "6"),
    "a mistake that is made worse scores below 0": (["1", "1"], "0"),
    "a walk that stopped after a choice of nothing": (["1"], "0"),
}


@pytest.mark.parametrize(("choices", "earned"), WALKS.values(), ids=WALKS)
def test_a_walk_earns_its_share_of_the_best_score(choices, earned):
    result = score(make_walk(make_car_door()), choices)

    assert result.points == Decimal(earned)
    assert result.maximum == 10
    assert result.answered


# options of each decision, choices, points of the item, and what is earned
SCORES = {
    "all of the best": ((("3", "1"), ("4", "0")), "11", "7", "7"),
    "a part of the best": ((("3", "1"), ("4", "0")), "21", "7", "5"),
    "an unfinished walk keeps what it earned": ((("3", "1"), ("4", "0")), "1", "7", "3"),
    "a loss counts against a gain": ((("3", "1"), ("4", "-2")), "12", "7", "1"),
    "losses beyond gains earn nothing": ((("3", "1"), ("4", "-2")), "22", "7", "0"),
    "thirds are rounded": ((("3", "1"),), "2", "1", "0.33"),
    "two thirds are rounded up": ((("3", "2"),), "2", "1", "0.67"),
    "half a hundredth is rounded up": ((("8", "1"),), "2", "1", "0.13"),
    "a best way that begins with a loss": ((("-1", "-2"), ("5", "0")), "11", "8", "8"),
    "scores with decimals": ((("1.5", "0.5"),), "2", "3", "1"),
    "a best score below 1": ((("0.5", "0.25"),), "2", "3", "1.5"),
}


@pytest.mark.parametrize(("scores", "choices", "points", "earned"), SCORES.values(), ids=SCORES)
def test_the_score_of_a_walk_is_scaled_to_the_points_of_the_item(scores, choices, points, earned):
    item = make_walk(make_two_decisions(*scores), points)

    assert score(item, list(choices)).points == Decimal(earned)


@pytest.mark.parametrize("best", ["0", "-1"])
def test_a_case_whose_best_score_is_not_above_0_earns_nothing(best):
    item = make_walk(make_two_decisions((best, "-3")))

    for choice in ("1", "2"):
        assert score(item, [choice]).points == 0


def test_a_question_between_decisions_takes_no_choice():
    case = make_case(
        make_decision("d1", make_choice(None, "1"), make_choice(None, "0")),
        make_section(SectionKind.QUESTION, "why"),
        make_decision("d2", make_choice("end", "1"), make_choice("end", "0")),
        make_section(SectionKind.ENDING, "end"),
    )

    assert score(make_walk(case), ["1", "1"]).points == 10
    assert score(make_walk(case), ["1", "2"]).points == 5


def test_a_walk_is_one_part_named_by_the_ending_it_came_to():
    item = make_walk(make_car_door())

    assert [(part.name, part.answer, part.points) for part in score(item, ["1", "2"]).parts] == [
        ("saved", ["1", "2"], Decimal(6))
    ]
    assert [part.name for part in score(item, ["1"]).parts] == [""]


@pytest.mark.parametrize("answer", [None, []])
def test_a_walk_that_never_began_is_blank(answer):
    result = score(make_walk(make_car_door()), answer)

    assert is_blank(answer)
    assert result.points == 0
    assert not result.answered


def test_a_walk_item_takes_its_case_when_it_is_used():
    written = Item("q1", ItemType.WALK, None, points=Decimal(10), walk="first-car-door")

    assert score(with_case(written, make_car_door()), ["2"]).points == 10
    with pytest.raises(BadAnswer, match="case"):
        score(written, ["2"])


def test_other_items_take_no_case():
    item = make_single()

    assert with_case(item, make_car_door()) == item


def test_points_that_are_not_written_are_one():
    item = replace(make_walk(make_car_door()), points=None)

    assert score(item, ["1", "2"]).points == Decimal("0.6")
