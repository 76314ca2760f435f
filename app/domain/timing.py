"""When an attempt takes answers: one rule for every read and every write.

An attempt whose time is over is closed by definition, whatever its row says; a sweeper only makes the
rows agree afterwards.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: hidden: what was sent in the last second and travelled for a while still counts
GRACE = timedelta(seconds=30)
#: how long after its close an attempt still keeps what arrives, for the instructor to decide
LATE_WINDOW = timedelta(minutes=10)


class Taking(StrEnum):
    """What becomes of an answer that is received now."""

    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


class ClosedBy(StrEnum):
    """Who ended an attempt."""

    PERSON = "person"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Timing:
    """What is stored of an attempt's time. Without a deadline it is open until it is handed in.

    While it is paused its time stands still.
    """

    state: str
    closed_by: str | None
    deadline: datetime | None
    grace: timedelta = GRACE
    late_window: timedelta = LATE_WINDOW
    paused_at: datetime | None = None

    @classmethod
    def stored(
        cls,
        state: str,
        closed_by: str | None,
        deadline: datetime | None,
        seconds: tuple[int, int],
        paused_at: datetime | None,
    ) -> "Timing":
        """Return what a row of attempts holds, the grace and the late window in ``seconds``."""
        grace, late_window = (timedelta(seconds=one) for one in seconds)
        return cls(state, closed_by, deadline, grace, late_window, paused_at)

    @property
    def closes_at(self) -> datetime | None:
        """The only instant that is compared with: answers received before it count."""
        return None if self.deadline is None else self.deadline + self.grace

    def is_over(self, now: datetime) -> bool:
        """Whether the time is over."""
        return self.paused_at is None and self.closes_at is not None and now >= self.closes_at

    def shown_deadline(self, now: datetime) -> datetime | None:
        """Return the deadline as it is told: during a pause it moves along with the time."""
        if self.deadline is None or self.paused_at is None:
            return self.deadline
        return self.deadline + max(timedelta(0), now - self.paused_at)

    def is_open(self, now: datetime) -> bool:
        """Whether the attempt takes answers that count."""
        return self.state == "open" and not self.is_over(now)

    def shown_state(self, now: datetime) -> str:
        """Return the state as it is told: an attempt that time has closed is submitted.

        Whether it was scored by now is told with its result, and not before that is released.
        """
        is_closed = self.state == "scored" or (self.state == "open" and self.is_over(now))
        return "submitted" if is_closed else self.state

    def takes(self, received_at: datetime) -> Taking:
        """Tell what becomes of an answer that was received at this instant.

        >>> from datetime import UTC
        >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        >>> timing = Timing("open", None, noon)
        >>> [str(timing.takes(noon + timedelta(seconds=s))) for s in (29, 30, 629, 630)]
        ['open', 'late', 'late', 'closed']
        """
        if self.is_open(received_at):
            return Taking.OPEN
        by_time = self.state == "open" or self.closed_by == ClosedBy.DEADLINE
        if self.state == "voided" or not by_time or self.closes_at is None:
            return Taking.CLOSED
        return Taking.LATE if received_at < self.closes_at + self.late_window else Taking.CLOSED
