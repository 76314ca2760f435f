"""The live board: where somebody stands, how much time is left, how much of it is extra."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.board import seat_state, time_left
from app.domain.deadline import Window
from app.domain.timing import Timing

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
HOUR = Window(NINE, NINE + timedelta(hours=2), timedelta(hours=1))


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("timing", "state"),
    [
        (None, "not_begun"),
        (Timing("open", None, TEN), "sitting"),
        (Timing("open", None, None), "sitting"),
        (Timing("open", None, TEN, paused_at=NINE), "paused"),
        (Timing("open", None, NINE), "closed_by_time"),
        (Timing("submitted", "person", TEN), "handed_in"),
        (Timing("scored", "person", TEN), "handed_in"),
        (Timing("scored", "deadline", NINE), "closed_by_time"),
        (Timing("voided", None, TEN), "voided"),
        (Timing("voided", "person", TEN), "voided"),
    ],
)
def test_where_somebody_stands_follows_from_the_time(timing, state):
    assert seat_state(timing, NINE + minutes(30)) == state


def test_the_time_left_stands_still_in_a_pause():
    paused = Timing("open", None, TEN, paused_at=NINE + minutes(20))

    assert [time_left(paused, NINE + minutes(n)) for n in (20, 50, 90)] == [minutes(40)] * 3


def test_no_time_is_left_after_the_end_and_any_without_one():
    assert time_left(Timing("open", None, TEN), TEN + minutes(1)) == timedelta(0)
    assert time_left(Timing("open", None, None), TEN) is None
