"""Points as markers type them, marking points that add up, the blind order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadMark
from app.domain.marking import (
    MarkFault,
    ScriptState,
    next_token,
    read_points,
    script_state,
    sum_awarded,
    token_of,
)
from app.domain.options import MarkingPoint

FOUR = Decimal(4)
POINTS = [MarkingPoint(Decimal(points), "point") for points in ("1.5", "2", "1")]


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("0", "0"),
        ("4", "4"),
        ("2.5", "2.5"),
        ("2.25", "2.25"),
        (" 3 ", "3"),
        ("３．５", "3.5"),
        ("1.500", "1.5"),
    ],
)
def test_points_are_read_as_they_are_typed(typed, points):
    assert read_points(typed, FOUR) == Decimal(points)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", MarkFault.EMPTY),
        ("　", MarkFault.EMPTY),
        ("1,5", MarkFault.COMMA),
        ("1，5", MarkFault.COMMA),
        ("-1", MarkFault.NEGATIVE),
        ("－1", MarkFault.NEGATIVE),
        ("NaN", MarkFault.NO_NUMBER),
        ("inf", MarkFault.NO_NUMBER),
        ("1e1", MarkFault.NO_NUMBER),
        ("0x1", MarkFault.NO_NUMBER),
        ("1.5.", MarkFault.NO_NUMBER),
        ("٣", MarkFault.NO_NUMBER),
        ("9" * 40, MarkFault.NO_NUMBER),
        ("4.01", MarkFault.TOO_MANY),
        ("1.005", MarkFault.TOO_FINE),
    ],
)
def test_what_is_no_number_of_points_is_refused_with_its_fault(typed, fault):
    with pytest.raises(BadMark) as refused:
        read_points(typed, FOUR)

    assert str(refused.value) == fault


@given(st.text(max_size=30))
def test_any_text_is_points_in_range_or_refused(typed):
    try:
        points = read_points(typed, FOUR)
    except BadMark:
        return

    assert 0 <= points <= 4
    assert points == points.quantize(Decimal("0.01"))


@pytest.mark.parametrize(("awarded", "points"), [([], "0"), ([1], "1.5"), ([1, 3], "2.5"), ([1, 2, 3], "4")])
def test_awarded_points_add_up_and_never_exceed_the_item(awarded, points):
    assert sum_awarded(POINTS, awarded, FOUR) == Decimal(points)


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_marking_point_that_is_not_there_cannot_be_awarded(number):
    with pytest.raises(BadMark):
        sum_awarded(POINTS, [number], FOUR)


def test_tokens_differ_by_item_attempt_and_exam():
    tokens = {token_of(exam, item, seed) for exam in "ab" for item in "xy" for seed in "12"}

    assert len(tokens) == 8
    assert token_of("a", "x", "1") in tokens


@pytest.mark.parametrize(
    ("has_score", "met", "state"),
    [
        (False, False, ScriptState.TO_MARK),
        (False, True, ScriptState.TO_MARK),
        (True, False, ScriptState.MARKED),
        (True, True, ScriptState.CONFLICT),
    ],
)
def test_a_response_without_a_score_waits_whatever_was_marked_before(has_score, met, state):
    assert script_state(has_score=has_score, is_in_conflict=met) is state


def test_the_next_response_goes_round_and_ends_with_the_last_one():
    assert [next_token("abcd", set("ac"), at) for at in "abcd"] == ["c", "c", "a", "a"]
    assert next_token("abcd", set(), "a") is None
