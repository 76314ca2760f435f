"""The effective deadline of an attempt: one function, which also tells how it came about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Any

ONE = Decimal(1)
HUNDREDTH = Decimal("0.01")
#: kinds of events that move the deadline of an attempt, each of which names the new one
MOVES = frozenset({"extend", "resume", "reopen", "end"})
NO_TIME = timedelta(0)
MINUTE = timedelta(minutes=1)


class StepKind(StrEnum):
    """What moved a deadline, in the order in which it is applied."""

    START = "start"
    DURATION = "duration"
    COHORT_FACTOR = "cohort_factor"
    COHORT_EXTRA = "cohort_extra"
    PERSONAL_FACTOR = "personal_factor"
    PERSONAL_EXTRA = "personal_extra"
    CLOSE = "close"
    EXTEND = "extend"
    PAUSE = "pause"
    REOPEN = "reopen"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: what it is, its own value (minutes, a factor), the deadline after it."""

    kind: StepKind
    value: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline with its derivation. ``at`` is None for what has no end."""

    at: datetime | None
    steps: Sequence[Step] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """When an exam is open, and how long one has. What is None does not limit."""

    opens: datetime | None = None
    closes: datetime | None = None
    duration: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody is allowed beyond the rules: more minutes, a factor on the duration, another window."""

    extra: timedelta = NO_TIME
    factor: Decimal = ONE
    opens: datetime | None = None
    closes: datetime | None = None

    def duration(self, duration: timedelta) -> timedelta:
        """Return the time that one has, in whole seconds, rounded in the person's favour."""
        return times(duration, self.factor) + self.extra

    def window(self, window: Window) -> Window:
        """Return the window that holds with this allowance.

        Who has more time than others may use it after the others' close, unless this window is an own one.
        """
        duration = None if window.duration is None else self.duration(window.duration)
        closes = self.closes
        if closes is None and window.closes is not None:
            closes = window.closes + self._more(window.duration)
        return Window(self.opens or window.opens, closes, duration)

    def _more(self, duration: timedelta | None) -> timedelta:
        """Return by how much a common close moves: an assignment without a duration gets the minutes."""
        return self.extra if duration is None else max(NO_TIME, self.duration(duration) - duration)


NO_ALLOWANCE = Allowance()


@dataclass(frozen=True, slots=True)
class Allowances:
    """The allowance of somebody's cohort and the personal one, which is added to it.

    A personal window takes the place of the cohort's, as that takes the place of the exam's.
    """

    cohort: Allowance = field(default=NO_ALLOWANCE)
    personal: Allowance = field(default=NO_ALLOWANCE)

    def window(self, window: Window) -> Window:
        """Return the window that holds for this person."""
        return self.personal.window(self.cohort.window(window))

    def duration(self, duration: timedelta) -> timedelta:
        """Return the time that this person has."""
        return self.personal.duration(self.cohort.duration(duration))


def times(duration: timedelta, factor: Decimal) -> timedelta:
    """Multiply a duration exactly, rounded up to whole seconds.

    >>> times(timedelta(minutes=50), Decimal("1.25"))
    datetime.timedelta(seconds=3750)
    """
    seconds = Decimal(int(duration.total_seconds())) * factor
    return timedelta(seconds=int(seconds.to_integral_value(ROUND_CEILING)))


def effective_deadline(window: Window, allowances: Allowances, started_at: datetime) -> Deadline:
    """Derive the deadline of an attempt that starts now: start, duration, allowances, close of the window.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> window = Window(nine, nine + timedelta(hours=1), timedelta(minutes=50))
    >>> found = effective_deadline(window, Allowances(), nine + timedelta(minutes=20))
    >>> found.at.strftime("%H:%M"), [str(step.kind) for step in found.steps]
    ('10:00', ['start', 'duration', 'close'])
    """
    own = allowances.window(window)
    steps = [Step(StepKind.START, "", started_at)]
    at: datetime | None = None
    if window.duration is not None:
        at = started_at + window.duration
        steps.append(Step(StepKind.DURATION, minutes_text(window.duration), at))
        for step, length in _allowed(window.duration, allowances):
            at = started_at + length
            steps.append(replace(step, at=at))
    if own.closes is not None and (at is None or own.closes < at):
        at = own.closes
        steps.append(Step(StepKind.CLOSE, "", at))
    return Deadline(at, tuple(steps))


def _allowed(duration: timedelta, allowances: Allowances) -> Iterable[tuple[Step, timedelta]]:
    """Yield what allowances do to the duration, step by step."""
    names = (
        (allowances.cohort, StepKind.COHORT_FACTOR, StepKind.COHORT_EXTRA),
        (allowances.personal, StepKind.PERSONAL_FACTOR, StepKind.PERSONAL_EXTRA),
    )
    for one, factor, extra in names:
        if one.factor != ONE:
            duration = times(duration, one.factor)
            yield Step(factor, str(one.factor), None), duration
        if one.extra:
            duration += one.extra
            yield Step(extra, minutes_text(one.extra), None), duration


def minutes_text(length: timedelta) -> str:
    """Write a length in minutes, as steps do: to the hundredth at most.

    >>> minutes_text(timedelta(minutes=50)), minutes_text(timedelta(seconds=90))
    ('50', '1.5')
    >>> minutes_text(timedelta(seconds=37)), minutes_text(timedelta(0))
    ('0.62', '0')
    """
    minutes = (Decimal(int(length.total_seconds())) / 60).quantize(HUNDREDTH)
    return f"{minutes.normalize():f}"


def told_deadline(events: Iterable[Mapping[str, Any]]) -> datetime | None:
    """Return the deadline that the events of an attempt tell of: the last one that moved it counts."""
    at: str | None = None
    for event in events:
        said = event["answer"]
        if event["kind"] == StepKind.START:
            at = said["steps"][-1]["at"] if len(said["steps"]) > 1 else None
        elif event["kind"] in MOVES:
            at = said["at"]
    return None if at is None else datetime.fromisoformat(at)


def steps_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Return steps as they stand in an event: no floats, instants as ISO texts."""
    return [
        {"kind": step.kind.value, "value": step.value, "at": step.at and step.at.isoformat()}
        for step in steps
    ]


def read_steps(stored: Iterable[Mapping[str, Any]]) -> list[Step]:
    """Read stored steps back."""
    return [
        Step(StepKind(one["kind"]), one["value"], one["at"] and datetime.fromisoformat(one["at"]))
        for one in stored
    ]
