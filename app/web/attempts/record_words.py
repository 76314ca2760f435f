"""What the events of an attempt are called in its record, and how its deadline came about, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from app.domain.deadline import Step, StepKind, read_steps
from app.domain.events import CONFLICT, LATE, SAVED, SUPERSEDED
from app.operations.records import Kept, said_by
from app.web.attempts.spans import countdown

#: kinds of events, as their own line names them
KINDS = {
    "start": _l("Began"),
    "answer": _l("Answered"),
    "commit": _l("Decision"),
    "check": _l("Checked"),
    "flag": _l("Marked to come back to"),
    "focus": _l("Came back to the page"),
    "blur": _l("Left the page"),
    "device": _l("Went on with another device"),
    "free_device": _l("Taken from its device"),
    "extend": _l("More time"),
    "pause": _l("Time stopped"),
    "resume": _l("Went on"),
    "end": _l("Ended by staff"),
    "reopen": _l("Opened again"),
    "void": _l("Voided"),
    "submit": _l("Submitted"),
    "accept_late": _l("Late answer accepted"),
    "reject_late": _l("Late answer not accepted"),
}
STATUSES = {
    SAVED: _l("Counted"),
    SUPERSEDED: _l("Overtaken by a newer one"),
    CONFLICT: _l("In conflict: another window had answered"),
    LATE: _l("Late: did not count"),
}


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """One step to the deadline, and the deadline after it."""

    text: str
    at: datetime | None


def kind_name(event: Kept) -> str:
    """Name what happened."""
    said = event.body["answer"]
    if event.kind == "submit" and said["cause"] == "deadline":
        return gettext("Closed by time")
    if event.kind == "extend" and said["value"].startswith("-"):
        return gettext("Time taken back")
    if event.kind == "flag" and said is False:
        return gettext("Mark taken off")
    return str(KINDS.get(event.kind, event.kind))


def status_name(status: str) -> str:
    """Name what became of an answer; nothing is said of what is only noted."""
    return str(STATUSES.get(status, ""))


def note_of(event: Kept, names: Mapping[str, str]) -> str:
    """Return what else an event of the server says: by how much, where from, by whom, why."""
    said = event.body["answer"]
    if event.body.get("client") is not None:
        return ""
    told = said if isinstance(said, dict) else {}
    by = said_by(event.body)
    parts = [
        _length(told["value"]) if told.get("value") else "",
        gettext("address %(address)s", address=told["address"]) if told.get("address") else "",
        gettext("by %(name)s", name=names.get(by, by)) if by else "",
        event.body.get("reason") or told.get("reason") or "",
    ]
    return " · ".join(part for part in parts if part)


def deadline_lines(events: Sequence[Kept]) -> list[DeadlineLine]:
    """Tell step by step how the deadline came about; nothing for an attempt without one."""
    lines: list[DeadlineLine] = []
    for event in events:
        said = event.body["answer"]
        if event.kind == StepKind.START:
            lines += [DeadlineLine(_step(step), step.at) for step in read_steps(said["steps"])]
        elif event.kind in MOVED:
            at = datetime.fromisoformat(said["at"]) if said.get("at") else None
            lines.append(DeadlineLine(MOVED[event.kind](said.get("value", "")), at))
    return lines if any(line.at for line in lines[1:]) else []


def _step(step: Step) -> str:
    """Tell one step of the derivation at the start."""
    texts: Mapping[StepKind, Callable[[], str]] = {
        StepKind.START: lambda: gettext("Began"),
        StepKind.DURATION: lambda: gettext("The exam lasts %(length)s", length=_length(step.value)),
        StepKind.COHORT_FACTOR: lambda: gettext("The class has %(factor)s times as long", factor=step.value),
        StepKind.COHORT_EXTRA: lambda: gettext(
            "For the class, added: %(length)s", length=_length(step.value)
        ),
        StepKind.PERSONAL_FACTOR: lambda: gettext(
            "This person has %(factor)s times as long", factor=step.value
        ),
        StepKind.PERSONAL_EXTRA: lambda: gettext(
            "For this person, added: %(length)s", length=_length(step.value)
        ),
        StepKind.CLOSE: lambda: gettext("The exam closes for this person"),
    }
    return texts[step.kind]()


def _extended(value: str) -> str:
    if value.startswith("-"):
        return gettext("Time taken back: %(length)s", length=_length(value[1:]))
    return gettext("More time: %(length)s", length=_length(value))


MOVED: Mapping[str, Callable[[str], str]] = {
    "extend": _extended,
    "resume": lambda value: gettext("Moved by the pause: %(length)s", length=_length(value)),
    "reopen": lambda value: gettext("Opened again for %(length)s", length=_length(value)),
    "end": lambda value: gettext("Ended by staff"),
}


def _length(minutes: str) -> str:
    """Write a number of minutes, as events have it."""
    number = abs(Decimal(minutes))
    if number == number.to_integral_value():
        return ngettext("%(num)s minute", "%(num)s minutes", int(number))
    return countdown(timedelta(seconds=float(number * 60)))
