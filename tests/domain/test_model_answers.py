"""The answer that the key gives earns everything, whatever the type."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.items import ItemType
from app.domain.keys import ChoiceKey, NumericKey, RatingKey
from app.domain.model_answers import best_way, nearest_number, right_answer
from app.domain.reach import explore
from app.domain.scoring import score
from app.domain.scoring.result import rounded
from app.domain.walk import walk_choices
from tests.domain.builders import make_car_door, make_info, make_upload
from tests.domain.item_strategies import ITEMS
from tests.domain.test_reach import make_ladder, small_cases

SCORED = [one for one in ItemType if one not in {ItemType.INFO, ItemType.UPLOAD}]


@pytest.mark.parametrize("item_type", SCORED)
@settings(max_examples=60)
@given(st.data())
def test_it_earns_full_points(item_type, data):
    item = data.draw(ITEMS[item_type])

    result = score(item, right_answer(item))

    assert result.answered
    if item_type is ItemType.CONSTRUCTED:
        assert result.points is None
    elif isinstance(item.key, RatingKey):
        nearest = sum(abs(mean - round(mean)) for mean in item.key.means)
        span = (item.key.high - item.key.low) * len(item.key.means)
        assert result.points == rounded(result.maximum * (span - nearest) / span)
    elif isinstance(item.key, ChoiceKey) and item.scoring == "kprim":
        assert result.points in {result.maximum, rounded(result.maximum / 2)}
    else:
        assert result.points == result.maximum


def test_a_file_and_a_text_to_read_have_none():
    assert right_answer(make_upload()) is None
    assert right_answer(make_info()) is None


def test_the_best_way_through_a_case_earns_its_best():
    case = make_car_door()

    way = best_way(case)

    state = walk_choices(case, way)
    assert state.ended
    assert state.score == state.best


@given(small_cases(forward=True))
def test_so_does_that_through_any_case(case):
    assume(explore(case).is_sound)

    state = walk_choices(case, best_way(case))

    assert state.ended
    assert state.score == state.best


def test_decisions_of_which_each_doubles_the_ways_are_each_gone_through_once():
    case = make_ladder(rungs=20, dimensions=1)

    assert set(best_way(case)) == {1}


@pytest.mark.parametrize(
    ("key", "written"),
    [
        (NumericKey(value="45", tolerance="5"), "45"),
        (NumericKey(low="24", high="48"), "36"),
        (NumericKey(value="1 / 3", places=2), "0.33"),
        (NumericKey(value="100 * 0.14"), "14"),
        (NumericKey(low="0.001", high="0.002"), "0.002"),
    ],
)
def test_a_number_is_written_as_short_as_it_is_accepted(key, written):
    assert nearest_number(key) == written
    assert Decimal(written).is_finite()
