"""Scoring of any item: bounds, blanks, and no surprise whatever is handed in."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import is_blank
from app.domain.errors import BadAnswer
from app.domain.items import Item, ItemType
from app.domain.keys import NumericKey
from app.domain.quiz import Group, Quiz, with_inherited
from app.domain.scoring import SCORERS, explain_match, score
from tests.domain.builders import (
    make_blanks,
    make_constructed,
    make_info,
    make_multiple,
    make_numeric,
    make_options,
    make_single,
    make_truth,
    make_upload,
)

RULES = ["all", "half", "share", "fixed:1.5", "signed", "kprim"]
ITEMS = [
    make_single(),
    *(make_multiple("123", rule) for rule in RULES),
    make_multiple("", "kprim"),
    make_truth(),
    make_blanks("护顶 | 护*服务", "12", "*"),
    make_blanks("红 | 绿", "红", "三两", any_order=True, points="1"),
    make_blanks("红", "绿", rule="all"),
    make_numeric(NumericKey(value="45", tolerance="5", unit="克")),
    make_numeric(NumericKey(low="-1", high="48")),
    make_numeric(NumericKey(value="3.14", places=2)),
    make_constructed(),
    make_info(),
]
items = st.sampled_from(ITEMS)
words = st.text(max_size=20) | st.sampled_from(
    ["1", "2", "3", "4", "5", "护顶", "红", "十二", "45克", "1/0", "*", "\ud800"]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | words
json_values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)


@settings(deadline=None)
@given(items, json_values)
def test_any_answer_is_scored_or_refused(item, answer):
    try:
        result = score(item, answer)
    except BadAnswer:
        return

    assert result.points is None or 0 <= result.points <= result.maximum
    assert result.answered is (not is_blank(answer))
    assert result.answered or result.points == 0


@settings(deadline=None)
@given(items, json_values)
def test_any_answer_is_explained_or_refused(item, answer):
    try:
        explanations = explain_match(item, answer)
    except BadAnswer:
        return

    assert all(one.name for one in explanations)


@settings(deadline=None)
@given(items.filter(lambda item: item.type is ItemType.BLANKS), st.lists(words, max_size=3))
def test_points_of_blanks_are_those_of_their_parts_but_for_rounding(item, answer):
    try:
        result = score(item, answer)
    except BadAnswer:
        return

    together = sum((part.points for part in result.parts), Decimal(0))
    assert result.points is not None
    assert abs(together - result.points) <= Decimal("0.01") * len(result.parts)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.type} {item.scoring or ''}")
def test_nothing_earns_nothing(item):
    result = score(item, None)

    assert result.points == 0
    assert not result.answered
    assert result.parts == ()


@pytest.mark.parametrize(
    ("item", "answer"),
    [(make_constructed("10"), "因为副驾驶座上的女宾是主宾。"), (make_upload("10"), ["0123456789abcdef" * 4])],
    ids=["constructed", "upload"],
)
def test_what_a_person_marks_waits_for_a_marker(item, answer):
    result = score(item, answer)

    assert result.points is None
    assert result.maximum == 10
    assert result.answered


@pytest.mark.parametrize("answer", ["", " \n　"])
def test_an_empty_constructed_answer_needs_no_marker(answer):
    result = score(make_constructed(), answer)

    assert result.points == 0
    assert not result.answered


@pytest.mark.parametrize("answer", [["text"], {"text": "x"}, True, 1])
def test_a_constructed_answer_of_another_form_is_refused(answer):
    with pytest.raises(BadAnswer, match="text"):
        score(make_constructed(), answer)


def test_an_info_item_is_worth_nothing():
    result = score(make_info(), None)

    assert result.points == 0
    assert result.maximum == 0
    assert not result.answered


@pytest.mark.parametrize(
    ("points", "half"), [("1", "0.5"), ("0.5", "0.25"), ("0.25", "0.13"), ("0.01", "0.01")]
)
def test_points_are_rounded_half_up_to_a_hundredth(points, half):
    result = score(make_blanks("红", "绿", points=points), ["红", "黄"])

    assert result.points == Decimal(half)


def test_thirds_add_up_because_only_the_end_is_rounded():
    result = score(make_blanks("红", "绿", "蓝", points="1"), ["红", "绿", "蓝"])

    assert result.points == 1
    assert [part.points for part in result.parts] == [Decimal("0.33")] * 3


def test_points_and_rule_come_from_group_and_quiz():
    item = Item("q1", ItemType.MULTIPLE, make_options(4, "12"))
    quiz = Quiz("礼仪", multiple="half")

    result = score(with_inherited(item, Group(each=Decimal(3)), quiz), ["1"])

    assert result.points == Decimal("1.5")
    assert result.maximum == 3


def test_the_rule_of_the_item_goes_before_that_of_the_quiz():
    item = make_multiple("12", "all")
    quiz = Quiz("礼仪", multiple="half")

    assert score(with_inherited(item, Group(), quiz), ["1"]).points == 0


def test_every_type_has_a_scorer():
    assert set(SCORERS) == set(ItemType) - {ItemType.INFO}
