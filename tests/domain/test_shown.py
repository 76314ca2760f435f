"""Answers on their way from the order shown to one learner into that of the file, and back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import BadAnswer
from app.domain.items import CHOICE_TYPES, ItemType
from app.domain.keys import NumericKey
from app.domain.layout import Place, draw_layout, layout_json, read_layout
from app.domain.paper import Paper, PaperGroup, freeze_item
from app.domain.scoring import score
from app.domain.shown import to_file_order, to_shown_order
from tests.domain.builders import (
    make_calculated,
    make_cloze,
    make_matching,
    make_multiple,
    make_ordering,
    make_rating,
    make_single,
)
from tests.domain.item_strategies import ITEMS, answers_to, drawn_items, json_values
from tests.domain.test_variables import PRICE

seeds = st.text("0123456789abcdef", min_size=1, max_size=8)


def as_stored(answer):
    """Return an answer as text: what is no number equals itself, and true is not 1."""
    return json.dumps(answer, sort_keys=True)


def lay_out(item, seed, shuffle=True):
    """Return where an item stands in a paper of its own."""
    group = PaperGroup((freeze_item(item),), shuffle=shuffle)
    return draw_layout(Paper((group,), {"zh": 1}), seed).places[0]


@pytest.mark.parametrize("item_type", ItemType)
@settings(max_examples=50, deadline=None)
@given(st.data(), seeds, st.booleans())
def test_an_answer_comes_back_from_the_order_shown_as_it_was(item_type, data, seed, shuffle):
    item = data.draw(ITEMS[item_type])
    answer = data.draw(answers_to(item))
    place = lay_out(item, seed, shuffle)

    shown = to_shown_order(place, answer)

    assert to_file_order(place, shown) == answer
    assert to_shown_order(place, to_file_order(place, shown)) == shown


@settings(max_examples=200, deadline=None)
@given(drawn_items, seeds, st.booleans(), json_values)
def test_any_answer_is_turned_or_refused(item, seed, shuffle, answer):
    place = lay_out(item, seed, shuffle)

    for turn, back in ((to_file_order, to_shown_order), (to_shown_order, to_file_order)):
        try:
            turned = turn(place, answer)
        except BadAnswer:
            continue
        assert as_stored(back(place, turned)) == as_stored(answer)


@settings(max_examples=100, deadline=None)
@given(drawn_items, seeds, st.booleans())
def test_a_place_is_stored_and_read_as_it_was_drawn(item, seed, shuffle):
    group = PaperGroup((freeze_item(item),), shuffle=shuffle)
    layout = draw_layout(Paper((group,), {"zh": 1}), seed)

    assert read_layout(layout_json(layout)) == layout
    assert draw_layout(Paper((group,), {"zh": 1}), seed) == layout


@given(st.integers(2, 8), seeds, st.booleans())
def test_an_ordering_is_never_shown_in_the_right_order(count, seed, shuffle):
    item = make_ordering(count)
    place = lay_out(item, seed, shuffle)

    assert sorted(place.order) == list(range(1, count + 1))
    assert list(place.order) != sorted(place.order)
    as_shown = [str(position) for position in range(1, count + 1)]
    assert score(item, to_file_order(place, as_shown)).points == 0


@given(ITEMS[ItemType.MATCHING], seeds, st.booleans())
def test_the_rights_of_a_matching_are_never_shown_in_the_files_order(item, seed, shuffle):
    rights = item.key.rights
    place = lay_out(item, seed, shuffle)

    assert list(place.order) != sorted(place.order)
    assert {rights[number - 1] for number in place.order} == set(rights)
    assert len(place.order) == len(set(rights))


def test_equal_rights_are_shown_once():
    place = lay_out(make_matching("茅台=白酒", "青岛=啤酒", "五粮液=白 酒。", "=红酒"), "7")

    assert sorted(place.order) == [1, 2, 4]


def test_two_steps_have_one_order_to_be_shown_in():
    orders = {lay_out(make_ordering(2), str(seed)).order for seed in range(50)}

    assert orders == {(2, 1)}


def test_every_other_order_of_three_steps_comes_up():
    orders = {lay_out(make_ordering(3), str(seed)).order for seed in range(200)}

    assert len(orders) == 5


@pytest.mark.parametrize("item_type", sorted(CHOICE_TYPES))
@settings(max_examples=20, deadline=None)
@given(st.data(), seeds)
def test_options_stand_as_in_the_file_without_shuffle_and_are_a_permutation_with_it(item_type, data, seed):
    item = data.draw(ITEMS[item_type])
    numbers = list(range(1, len(item.options) + 1))

    assert list(lay_out(item, seed, shuffle=False).order) == numbers
    assert sorted(lay_out(item, seed, shuffle=True).order) == numbers


def test_each_dropdown_has_an_order_of_its_own_and_a_written_blank_none():
    options = " | ".join(["~甲", *"乙丙丁戊己"])
    places = [lay_out(make_cloze("24", options, options), str(seed)) for seed in range(20)]

    assert all(place.order == () for place in places)
    assert all(place.blanks[0] == () for place in places)
    assert all(sorted(order) == [1, 2, 3, 4, 5, 6] for place in places for order in place.blanks[1:])
    assert any(place.blanks[1] != place.blanks[2] for place in places)
    assert lay_out(make_cloze("24", options), "7", shuffle=False).blanks == ((), (1, 2, 3, 4, 5, 6))


def test_blanks_to_write_in_are_not_turned():
    place = lay_out(make_cloze("24", "红"), "7")

    assert place.blanks == ()
    assert to_file_order(place, ["2", "1"]) == ["2", "1"]


def test_an_item_with_variables_keeps_the_values_it_drew():
    item = make_calculated(NumericKey(value="X * 2"), PRICE)

    place = lay_out(item, "7")

    assert Decimal(100) <= Decimal(place.values["X"]) <= 900
    assert place.values == lay_out(item, "7").values
    assert len({lay_out(item, str(seed)).values["X"] for seed in range(50)}) > 5


def test_equal_variables_of_two_items_are_drawn_each_for_itself():
    item = freeze_item(make_calculated(NumericKey(value="X"), PRICE))
    group = PaperGroup((item, replace(item, key="q2")))

    layouts = [draw_layout(Paper((group,), {"zh": 1}), str(seed)) for seed in range(20)]

    assert any(one.places[0].values != one.places[1].values for one in layouts)


# positions 1, 2, 3 show what stands at 3, 1, 2 in the file; the answer as shown, and in the file's order
def place_of(item_type):
    return Place("q1", 0, 1, (3, 1, 2), item_type)


TURNED = [
    (ItemType.SINGLE, "1", "3"),
    (ItemType.WEIGHTED, "2", "1"),
    (ItemType.MULTIPLE, ["1", "2"], ["3", "1"]),
    (ItemType.ORDERING, ["2", "3", "1"], ["1", "2", "3"]),
    (ItemType.MATCHING, {"1": "2", "2": "1"}, {"1": "1", "2": "3"}),
    (ItemType.MATCHING, {"1": None, "2": ""}, {"1": None, "2": ""}),
    (ItemType.BEST_WORST, {"best": "1", "worst": "3"}, {"best": "3", "worst": "2"}),
    (ItemType.BEST_WORST, {"best": "1", "worst": None}, {"best": "3", "worst": None}),
    (ItemType.RATING, {"1": 5, "3": 2}, {"3": 5, "2": 2}),
    (ItemType.RATING, {}, {}),
]


@pytest.mark.parametrize(("item_type", "shown", "filed"), TURNED)
def test_positions_stand_where_the_answers_of_each_type_have_them(item_type, shown, filed):
    place = place_of(item_type)

    assert to_file_order(place, shown) == filed
    assert to_shown_order(place, filed) == shown


NOT_SHOWN = [
    (ItemType.WEIGHTED, "4"),
    (ItemType.ORDERING, ["1", "2", "4"]),
    (ItemType.MATCHING, {"1": "4"}),
    (ItemType.MATCHING, {"1": 1}),
    (ItemType.BEST_WORST, {"best": "4"}),
    (ItemType.RATING, {"4": 1}),
    (ItemType.RATING, {"best": 1}),
]


@pytest.mark.parametrize(("item_type", "shown"), NOT_SHOWN)
def test_what_was_not_shown_is_refused(item_type, shown):
    with pytest.raises(BadAnswer):
        to_file_order(place_of(item_type), shown)


def test_a_dropdown_takes_only_positions_that_it_shows():
    place = Place("q1", 0, 1, type=ItemType.BLANKS, blanks=((), (2, 1)))

    assert to_file_order(place, ["24", "1"]) == ["24", "2"]
    assert to_file_order(place, ["24"]) == ["24"]
    assert to_file_order(place, ["24", None]) == ["24", None]
    with pytest.raises(BadAnswer):
        to_file_order(place, ["24", "3"])


@pytest.mark.parametrize("item", [make_single(), make_multiple(), make_rating("4", "2", "1")])
def test_a_layout_stored_without_types_is_read_as_one_of_choices(item):
    stored = layout_json(draw_layout(Paper((PaperGroup((freeze_item(item),)),), {"zh": 1}), "7"))
    for place in stored["items"]:
        del place["type"], place["blanks"], place["values"]

    (place,) = read_layout(stored).places

    assert (place.type, place.blanks, place.values) == (ItemType.SINGLE, (), {})
