"""The live board of an exam: where each person stands who is expected, and how much time is left."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.deadline import NO_TIME
from app.domain.timing import ClosedBy, Timing

#: pages ask every 8 to 25 seconds; who was not heard of for so long has lost the connection
SILENT = timedelta(seconds=60)


class SeatState(StrEnum):
    """Where somebody stands in an exam, in the order in which a board lists them."""

    SITTING = "sitting"
    PAUSED = "paused"
    NOT_BEGUN = "not_begun"
    HANDED_IN = "handed_in"
    CLOSED_BY_TIME = "closed_by_time"
    VOIDED = "voided"


#: attempts that go on
GOING = frozenset({SeatState.SITTING, SeatState.PAUSED})
#: attempts that are over and can be opened again
OVER = frozenset({SeatState.HANDED_IN, SeatState.CLOSED_BY_TIME})


def seat_state(timing: Timing | None, now: datetime) -> SeatState:
    """Tell where somebody stands; without an attempt, nothing has begun.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> [str(seat_state(Timing("open", None, noon), noon + timedelta(seconds=s))) for s in (29, 30)]
    ['sitting', 'closed_by_time']
    """
    if timing is None:
        return SeatState.NOT_BEGUN
    if timing.state == "voided":
        return SeatState.VOIDED
    if timing.is_open(now):
        return SeatState.SITTING if timing.paused_at is None else SeatState.PAUSED
    return SeatState.HANDED_IN if timing.closed_by == ClosedBy.PERSON else SeatState.CLOSED_BY_TIME


def time_left(timing: Timing, now: datetime) -> timedelta | None:
    """Return the time that an open attempt has, which stands still in a pause; None for what has no end."""
    deadline = timing.shown_deadline(now)
    return None if deadline is None else max(NO_TIME, deadline - now)
