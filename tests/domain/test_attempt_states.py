"""The states of an attempt, and what time makes of them."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attempt_states import Act, AttemptState, after
from app.domain.errors import BadTransition
from app.domain.timing import ClosedBy, Taking, Timing

#: state, act -> the state after it; everything else is refused
ALLOWED = {
    ("open", "close"): "submitted",
    ("submitted", "score"): "scored",
    ("submitted", "reopen"): "open",
    ("scored", "reopen"): "open",
    ("open", "void"): "voided",
    ("submitted", "void"): "voided",
    ("scored", "void"): "voided",
}


@pytest.mark.parametrize(("state", "act"), [*product(AttemptState, Act)])
def test_an_act_leads_from_one_state_to_another_or_is_refused(state, act):
    wanted = ALLOWED.get((state.value, act.value))

    if wanted is None:
        with pytest.raises(BadTransition):
            after(state.value, act)
    else:
        assert after(state.value, act) == wanted


def test_nothing_leads_out_of_a_voided_attempt():
    assert all(state != "voided" for state, _ in ALLOWED)


def test_a_state_that_there_is_not_is_no_state():
    with pytest.raises(ValueError, match="shut"):
        after("shut", Act.CLOSE)


# what time makes of a state

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MS, SECOND = timedelta(milliseconds=1), timedelta(seconds=1)
GRACE, LATE = 30 * SECOND, 600 * SECOND


@pytest.mark.parametrize(
    ("state", "closed_by", "after_deadline", "taking"),
    [
        ("open", None, -MS, Taking.OPEN),
        ("open", None, GRACE - MS, Taking.OPEN),
        ("open", None, GRACE, Taking.LATE),
        ("open", None, GRACE + LATE - MS, Taking.LATE),
        ("open", None, GRACE + LATE, Taking.CLOSED),
        # the row was made to agree in the meantime: nothing changes for who sends
        ("submitted", "deadline", GRACE, Taking.LATE),
        ("scored", "deadline", GRACE + LATE - MS, Taking.LATE),
        ("submitted", "deadline", GRACE + LATE, Taking.CLOSED),
        # received before the close, but after somebody closed it: for the instructor to decide
        ("submitted", "deadline", GRACE - MS, Taking.LATE),
        ("submitted", "person", -MS, Taking.CLOSED),
        ("scored", "person", GRACE, Taking.CLOSED),
        ("voided", None, -MS, Taking.CLOSED),
        ("voided", "deadline", GRACE, Taking.CLOSED),
    ],
)
def test_what_is_received_counts_is_late_or_is_refused(state, closed_by, after_deadline, taking):
    assert Timing(state, closed_by, NOON).takes(NOON + after_deadline) is taking


def test_without_a_deadline_only_the_state_closes():
    later = NOON + timedelta(days=999)

    assert Timing("open", None, None).takes(later) is Taking.OPEN
    assert Timing("submitted", "person", None).takes(later) is Taking.CLOSED
    assert Timing("submitted", "deadline", None).takes(later) is Taking.CLOSED


def test_an_attempt_that_was_ended_takes_at_once_what_is_late():
    ended = Timing("submitted", "deadline", NOON, grace=0 * SECOND)

    assert [str(ended.takes(NOON + wait)) for wait in (0 * SECOND, LATE - MS, LATE)] == [
        "late",
        "late",
        "closed",
    ]


def test_time_stands_still_during_a_pause():
    paused = Timing("open", None, NOON, paused_at=NOON - 5 * SECOND)
    much_later = NOON + timedelta(hours=3)

    assert paused.takes(much_later) is Taking.OPEN
    assert not paused.is_over(much_later)
    assert paused.shown_state(much_later) == "open"
    assert paused.shown_deadline(much_later) == much_later + 5 * SECOND
    assert paused.shown_deadline(NOON - 5 * SECOND) == NOON


def test_a_clock_that_is_behind_the_pause_moves_no_deadline_back():
    paused = Timing("open", None, NOON, paused_at=NOON - 5 * SECOND)

    assert paused.shown_deadline(NOON - 6 * SECOND) == NOON


def test_a_pause_of_what_has_no_deadline_gives_it_none():
    assert Timing("open", None, None, paused_at=NOON).shown_deadline(NOON) is None


@pytest.mark.parametrize(
    ("state", "wait", "shown"),
    [
        ("open", GRACE - MS, "open"),
        ("open", GRACE, "submitted"),
        ("submitted", GRACE, "submitted"),
        # whether it was scored is told with the result, not before it is released
        ("scored", GRACE, "submitted"),
        ("voided", GRACE, "voided"),
    ],
)
def test_an_attempt_whose_time_is_over_is_shown_as_handed_in(state, wait, shown):
    assert Timing(state, None, NOON).shown_state(NOON + wait) == shown


timings = st.builds(
    Timing,
    state=st.sampled_from(list(AttemptState)).map(str),
    closed_by=st.none() | st.sampled_from(list(ClosedBy)).map(str),
    deadline=st.none() | st.just(NOON),
    grace=st.sampled_from([0 * SECOND, GRACE]),
    late_window=st.sampled_from([0 * SECOND, LATE]),
    paused_at=st.none() | st.just(NOON - SECOND),
)
waits = st.integers(-10_000, 1_000_000).map(lambda count: count * MS)


@given(timings, waits, waits)
def test_what_was_closed_once_is_never_taken_later(timing, wait, more):
    order = [Taking.OPEN, Taking.LATE, Taking.CLOSED]
    first, second = sorted([NOON + wait, NOON + more])

    assert order.index(timing.takes(first)) <= order.index(timing.takes(second))


@given(timings, waits)
def test_reading_and_writing_agree_whether_an_attempt_is_open(timing, wait):
    at = NOON + wait

    assert timing.is_open(at) is (timing.takes(at) is Taking.OPEN)
    assert timing.is_open(at) is (timing.shown_state(at) == "open")
