"""Layouts: drawn from a seed, stored, and the way back to the file's order."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadAnswer, UnknownItem
from app.domain.items import ItemType
from app.domain.layout import (
    Layout,
    Place,
    draw_layout,
    draw_versions,
    layout_json,
    read_layout,
)
from app.domain.paper import Paper, PaperGroup, PaperItem
from app.domain.shown import to_file_order, to_shown_order

SINGLE, INFO, TEXT = ItemType.SINGLE, ItemType.INFO, ItemType.CONSTRUCTED
TYPES = {"s": SINGLE, "m": ItemType.MULTIPLE, "i": INFO, "t": TEXT}


def make_group(kinds, draw=None, shuffle=False, name="q"):
    """Return a group with an item a letter: single, multiple, info, text."""
    items = (
        PaperItem(f"{name}{n}", TYPES[kind], Decimal(1), options=4 if kind in "sm" else 0)
        for n, kind in enumerate(kinds, 1)
    )
    return PaperGroup(tuple(items), draw, shuffle)


def make_paper(*groups):
    return Paper(groups, {"zh": 1})


def keys(layout):
    return [place.key for place in layout.places]


papers = st.lists(
    st.builds(
        make_group,
        st.text("smit", min_size=1, max_size=8),
        st.none() | st.integers(1, 8),
        st.booleans(),
        st.just("q"),
    ),
    min_size=1,
    max_size=3,
).map(
    lambda groups: make_paper(
        *(
            PaperGroup(
                tuple(PaperItem(f"g{g}-{i.key}", i.type, i.points, None, i.options) for i in group.items),
                group.draw,
                group.shuffle,
            )
            for g, group in enumerate(groups)
        )
    )
)
seeds = st.text("0123456789abcdef", min_size=1, max_size=8)


@given(papers, seeds)
def test_the_same_seed_draws_the_same_and_what_is_stored_reads_the_same(paper, seed):
    layout = draw_layout(paper, seed)

    assert draw_layout(paper, seed) == layout
    assert read_layout(json.loads(json.dumps(layout_json(layout)))) == layout


@given(papers, seeds)
def test_as_many_are_drawn_as_was_said_each_once_and_numbered_from_one(paper, seed):
    layout = draw_layout(paper, seed)

    assert len(set(keys(layout))) == len(keys(layout))
    assert [p.number for p in layout.places if p.number] == list(
        range(1, 1 + sum(1 for p in layout.places if p.number))
    )
    for index, group in enumerate(paper.groups):
        there = [place for place in layout.places if place.group == index]
        scored = [item.key for item in group.items if item.type is not INFO]
        assert {place.key for place in there} <= {item.key for item in group.items}
        assert sum(place.number is not None for place in there) == min(group.draw or 99, len(scored))
        infos = [item.key for item in group.items if item.type is INFO]
        assert [place.key for place in there if place.number is None] == infos


@given(papers, seeds)
def test_the_order_of_options_is_a_permutation_and_the_files_own_without_shuffle(paper, seed):
    items = {item.key: (item, group) for group in paper.groups for item in group.items}

    for place in draw_layout(paper, seed).places:
        item, group = items[place.key]
        numbers = tuple(range(1, item.options + 1))
        assert tuple(sorted(place.order)) == numbers
        assert group.shuffle or place.order == numbers


def test_without_draw_and_shuffle_a_paper_is_as_the_file_says():
    layout = draw_layout(make_paper(make_group("siit"), make_group("m", name="r")), "7")

    assert keys(layout) == ["q1", "q2", "q3", "q4", "r1"]
    assert [place.number for place in layout.places] == [1, None, None, 2, 3]
    assert [place.group for place in layout.places] == [0, 0, 0, 0, 1]


def test_an_info_item_keeps_its_place_when_the_others_are_shuffled():
    orders = set()
    for seed in range(40):
        drawn = keys(draw_layout(make_paper(make_group("isisst", shuffle=True)), str(seed)))
        assert (drawn[0], drawn[2]) == ("q1", "q3")
        orders.add(tuple(drawn))

    assert len(orders) > 5


def test_what_is_drawn_without_shuffle_stands_in_the_files_order():
    for seed in range(20):
        drawn = keys(draw_layout(make_paper(make_group("ssssss", draw=3)), str(seed)))
        assert drawn == sorted(drawn)


def test_every_item_has_its_chance():
    counts = dict.fromkeys((f"q{n}" for n in range(1, 6)), 0)
    for seed in range(500):
        for key in keys(draw_layout(make_paper(make_group("sssss", draw=2)), f"{seed:032x}")):
            counts[key] += 1

    assert sum(counts.values()) == 1000
    assert all(150 < count < 250 for count in counts.values())


def test_every_option_comes_to_stand_first():
    paper = make_paper(make_group("s", shuffle=True))

    firsts = [draw_layout(paper, f"{seed:032x}").places[0].order[0] for seed in range(400)]

    assert all(60 < firsts.count(option) < 140 for option in (1, 2, 3, 4))


def test_equal_groups_of_one_paper_are_shuffled_each_for_itself():
    paper = make_paper(make_group("ssssss", shuffle=True), make_group("ssssss", shuffle=True, name="r"))
    first, second = keys(draw_layout(paper, "1"))[:6], keys(draw_layout(paper, "1"))[6:]

    assert [key[1:] for key in first] != [key[1:] for key in second]


@pytest.mark.parametrize(("kinds", "ways"), [("tt", 2), ("ttt", 6), ("s", 24), ("smsm", 24**5)])
def test_versions_of_a_paper_differ_as_long_as_it_can_be_laid_out_otherwise(kinds, ways):
    paper = make_paper(make_group(kinds, shuffle=True))

    for seed in range(100):
        versions = draw_versions(paper, f"exam {seed}", "ABCD")
        assert len({str(layout_json(one)) for one in versions}) == min(4, ways)
        assert versions == draw_versions(paper, f"exam {seed}", "ABCD")


def test_a_version_that_is_unlike_the_others_is_the_first_one_drawn():
    paper = make_paper(make_group("smsm", shuffle=True))

    assert draw_versions(paper, "exam", "AB") == [draw_layout(paper, "exam/A"), draw_layout(paper, "exam/B")]


def test_versions_of_a_paper_that_is_not_shuffled_are_alike():
    paper = make_paper(make_group("smsm"))

    assert draw_versions(paper, "exam", "ABCD") == [draw_layout(paper, "exam")] * 4


def test_the_layout_knows_where_an_item_stands():
    layout = draw_layout(make_paper(make_group("ss")), "1")

    assert layout.place("q2").number == 2
    with pytest.raises(UnknownItem):
        layout.place("q3")
    with pytest.raises(UnknownItem):
        Layout(()).place("q1")


PLACE = Place("q1", 0, 1, (3, 1, 2))
FREE = Place("q1", 0, 1)


@pytest.mark.parametrize(
    ("place", "shown", "filed"),
    [
        (PLACE, "1", "3"),
        (PLACE, ["1", "3"], ["3", "2"]),
        (PLACE, [], []),
        (PLACE, None, None),
        (FREE, "anything", "anything"),
        (FREE, True, True),
        (FREE, ["a", ""], ["a", ""]),
        (FREE, None, None),
    ],
)
def test_shown_positions_become_places_in_the_file_and_back(place, shown, filed):
    assert to_file_order(place, shown) == filed
    assert to_shown_order(place, filed) == shown


@given(st.permutations(range(1, 7)), st.lists(st.integers(1, 6).map(str), unique=True))
def test_the_way_to_the_file_and_back_leads_to_where_it_began(order, shown):
    place = Place("q1", 0, 1, tuple(order))

    assert to_shown_order(place, to_file_order(place, shown)) == shown
    assert to_file_order(place, to_shown_order(place, shown)) == shown


@pytest.mark.parametrize(
    "shown", ["0", "4", "", " 1", "01", "１", "x", 1, 1.0, True, {"1": "1"}, ["1", "4"], [["1"]], [None]]
)
def test_a_position_that_was_not_shown_is_refused(shown):
    with pytest.raises(BadAnswer):
        to_file_order(PLACE, shown)
