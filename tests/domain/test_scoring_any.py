"""What holds of every item and every answer: bounds, blanks, and orders that change nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import check_answer, is_blank
from app.domain.errors import BadAnswer
from app.domain.items import ItemType
from app.domain.keys import BestWorstKey, ChoiceKey, Key, MatchingKey, RatingKey, WeightedKey
from app.domain.scoring import score
from tests.domain.item_strategies import ITEMS, answered_items, answers_to, items, json_values

BLANKS: dict[ItemType, list[object]] = {
    ItemType.SINGLE: [None, "", " 　"],
    ItemType.MULTIPLE: [None, []],
    ItemType.TRUE_FALSE: [None],
    ItemType.BLANKS: [None, [], [""], [None], [" "]],
    ItemType.NUMERIC: [None, "", " "],
    ItemType.ORDERING: [None, []],
    ItemType.MATCHING: [None, {}, {"1": ""}, {"1": None}, {"1": " ", "2": None}],
    ItemType.BEST_WORST: [None, {}, {"best": ""}, {"best": None, "worst": " "}],
    ItemType.RATING: [None, {}, {"1": None}],
    ItemType.WEIGHTED: [None, "", " 　"],
    ItemType.CONSTRUCTED: [None, "", "\n"],
    ItemType.UPLOAD: [None, []],
    ItemType.WALK: [None, []],
    ItemType.INFO: [None],
}
AWAITING = {ItemType.CONSTRUCTED, ItemType.UPLOAD}


@settings(max_examples=400, deadline=None)
@given(items, json_values)
def test_any_answer_is_scored_within_bounds_or_refused(item, answer):
    try:
        result = score(item, answer)
    except BadAnswer:
        return

    assert result.points is None or 0 <= result.points <= result.maximum
    assert (result.points is None) == (item.type in AWAITING and result.answered)
    assert result.answered is (not is_blank(answer))
    assert result.answered or result.points == 0


@pytest.mark.parametrize("item_type", ItemType)
@settings(max_examples=50, deadline=None)
@given(st.data())
def test_an_answer_of_the_right_form_is_scored_within_bounds(item_type, data):
    item = data.draw(ITEMS[item_type])
    answer = data.draw(answers_to(item))

    check_answer(item, answer)
    result = score(item, answer)

    assert result.points is None or 0 <= result.points <= result.maximum
    assert result.points is None or result.points == round(result.points, 2)
    assert all(0 <= part.points <= result.maximum for part in result.parts)


@settings(deadline=None)
@given(answered_items)
def test_scoring_twice_gives_the_same(pair):
    item, answer = pair

    assert score(item, answer) == score(item, answer)


@pytest.mark.parametrize(
    ("item_type", "answer"),
    [(item_type, answer) for item_type, answers in BLANKS.items() for answer in answers],
    ids=str,
)
@settings(max_examples=10, deadline=None)
@given(st.data())
def test_a_blank_earns_nothing_and_is_not_answered(item_type, answer, data):
    result = score(data.draw(ITEMS[item_type]), answer)

    assert result.points == 0
    assert not result.answered
    assert result.parts == ()


def test_every_type_has_blank_forms():
    assert set(BLANKS) == set(ITEMS) == set(ItemType)


@st.composite
def reordered(draw, item):
    """Return the item with its options in another order, and old position -> new position."""
    order = draw(st.permutations(range(len(item.options))))
    places = {str(old + 1): str(new) for new, old in enumerate(order, start=1)}
    options = tuple(item.options[old] for old in order)
    key: Key = None
    match item.key:
        case ChoiceKey():
            key = ChoiceKey(options)
        case WeightedKey():
            key = WeightedKey(options, tuple(item.key.weights[old] for old in order))
        case BestWorstKey():
            best, worst = (int(places[str(place)]) for place in (item.key.best, item.key.worst))
            key = BestWorstKey(options, best, worst)
        case RatingKey():
            means = tuple(item.key.means[old] for old in order)
            key = replace(item.key, options=options, means=means)
    return replace(item, key=key), places


def moved(item, answer, places):
    """Return the answer with its positions moved with their options."""
    if isinstance(answer, str):
        return places[answer]
    if isinstance(answer, list):
        return [places[position] for position in answer]
    if item.type is ItemType.RATING:
        return {places[position]: rating for position, rating in answer.items()}
    return {name: places[position] for name, position in answer.items()}


@pytest.mark.parametrize(
    "item_type",
    [ItemType.SINGLE, ItemType.MULTIPLE, ItemType.WEIGHTED, ItemType.BEST_WORST, ItemType.RATING],
)
@settings(max_examples=50, deadline=None)
@given(st.data())
def test_the_order_of_options_never_changes_a_score(item_type, data):
    item = data.draw(ITEMS[item_type])
    answer = data.draw(answers_to(item))
    other, places = data.draw(reordered(item))

    assert score(other, moved(item, answer, places)).points == score(item, answer).points


@settings(max_examples=100, deadline=None)
@given(ITEMS[ItemType.MATCHING], st.data())
def test_the_order_of_pairs_never_changes_the_score_of_a_matching(item, data):
    answer = data.draw(answers_to(item))
    order = data.draw(st.permutations(range(len(item.key.pairs))))
    pairs = tuple(item.key.pairs[old] for old in order)
    lefts = [old for old, pair in enumerate(item.key.pairs) if pair.left]
    new_lefts = [old for old in order if item.key.pairs[old].left]
    other = {
        str(new_lefts.index(lefts[int(left) - 1]) + 1): right and str(order.index(int(right) - 1) + 1)
        for left, right in answer.items()
    }

    assert score(replace(item, key=MatchingKey(pairs)), other).points == score(item, answer).points


@settings(deadline=None)
@given(ITEMS[ItemType.MULTIPLE], st.permutations("1234"), st.integers(1, 4))
def test_the_order_of_choices_never_changes_the_score_of_a_multiple_response(item, order, count):
    chosen = order[:count]

    assert score(item, chosen) == score(item, sorted(chosen))


@settings(deadline=None)
@given(answered_items)
def test_the_order_of_names_in_an_answer_never_changes_a_score(pair):
    item, answer = pair
    turned = dict(reversed(answer.items())) if isinstance(answer, dict) else answer

    assert score(item, turned) == score(item, answer)
