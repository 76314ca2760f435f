"""How long a session lives and how long guessing has to wait."""

from datetime import datetime, timedelta

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(hours=24)
#: how stale the time of the last request may be in the table
SEEN_STEP = timedelta(minutes=10)

FREE_FAILURES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
#: failures older than this no longer count
FORGET_FAILURES = timedelta(hours=1)


def is_live(created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session of this age, last seen then, still lasts."""
    return now < created_at + ABSOLUTE and now < seen_at + IDLE


def is_stale(seen_at: datetime, now: datetime) -> bool:
    """Whether the time of the last request should be written again."""
    return now >= seen_at + SEEN_STEP


def wait_after(failures: int) -> timedelta:
    """Return how long after the last of so many failures the next try may come.

    >>> [wait_after(failures).total_seconds() for failures in (4, 5, 6, 7, 40)]
    [0.0, 30.0, 60.0, 120.0, 900.0]
    """
    if failures < FREE_FAILURES:
        return timedelta()
    doublings: int = min(failures - FREE_FAILURES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
