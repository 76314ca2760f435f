"""Answer events: which of them an item's head moves to, and what is hashed of each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SAVED = "saved"
SUPERSEDED = "superseded"
CONFLICT = "conflict"
REPLAYED = "replayed"
LATE = "late"
NOTED = "noted"

ANSWER = "answer"
COMMIT = "commit"
CHECK = "check"
FLAG = "flag"
FOCUS = "focus"
BLUR = "blur"
#: somebody decided about an answer that came after the end: it counts, or it does not
ACCEPT = "accept_late"
REJECT = "reject_late"

#: what makes two events with one id the same event
IDENTITY = ("id", "client", "n", "base", "kind", "item", "answer", "at")


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """One answer as a page sends it, the commit of a walk item's decision, or the check of an item.

    A flag holds true or false; the page's gain and loss of focus concern no item, theirs is "".

    ``id`` is the page's own, unique in the attempt; ``client`` names the window, whose ``n`` grows
    (None: a form without JavaScript, whose answers count in the order in which they arrive);
    ``base`` is the seq of the item's head that the window showed, 0 if none. Positions in ``answer``
    count in the order shown. ``at`` is the window's clock in milliseconds, never trusted.
    """

    id: str
    client: str
    n: int | None
    base: int
    item: str
    answer: Any
    kind: str = ANSWER
    at: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the event as it stands in its hashed body."""
        return {name: getattr(self, name) for name in IDENTITY} | {"item": self.item or None}

    def is_in(self, body: Mapping[str, Any]) -> bool:
        """Whether a stored body is that of this very event."""
        return {name: body.get(name) for name in IDENTITY} == self.as_json()


@dataclass(frozen=True, slots=True)
class Head:
    """The event that counts for an item."""

    seq: int
    client: str | None
    n: int | None
    answer: Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an event. ``was`` is the first outcome of a replayed one; ``head`` what counts."""

    status: str
    seq: int
    hash: str
    was: str | None = None
    head: Head | None = None

    @property
    def counts(self) -> bool:
        """Whether this event is what counts for its item now."""
        if self.status == REPLAYED:
            return self.head is not None and self.head.seq == self.seq
        return self.status == SAVED


def judge(head: Head | None, event: AnswerEvent) -> str:
    """Tell whether an event becomes its item's head (attempt protocol, order and conflict).

    It does if its window saw the present head: the same client with a higher ``n``, or another client
    whose ``base`` is at least the head's seq. Otherwise it is kept and does not count: superseded if
    the same client was overtaken, in conflict if another window answered in the meantime.
    """
    if head is None:
        return SAVED
    if event.client == head.client:
        return SAVED if event.n is None or head.n is None or event.n > head.n else SUPERSEDED
    return SAVED if event.base >= head.seq else CONFLICT


@dataclass(slots=True)
class Record:
    """What the events of an attempt amount to, by item: its head, the answers checked, the flags.

    ``rivals`` are answers in conflict with the head that nobody has settled yet.
    """

    heads: dict[str, Head] = field(default_factory=dict)
    rivals: dict[str, list[Head]] = field(default_factory=dict)
    checks: dict[str, list[Any]] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)


def fold_record(events: Iterable[Mapping[str, Any]]) -> Record:
    """Fold stored events (seq, kind, item, client, n, answer, status), in order."""
    record = Record()
    for event in events:
        if event["kind"] not in STEPS:
            continue
        if event["status"] in {SAVED, CONFLICT}:
            _settle(record, event)
        if event["status"] == CONFLICT:
            record.rivals.setdefault(event["item"], []).append(_head(event))
        elif event["status"] in {SAVED, NOTED}:
            STEPS[event["kind"]](record, event)
    return record


def _settle(record: Record, event: Mapping[str, Any]) -> None:
    """Let go of the rivals that an answer takes the place of: its own window's, and those that it knew of."""
    knows = event.get("base") or 0 if event["status"] == SAVED else 0
    rivals = record.rivals.pop(event["item"], [])
    left = [one for one in rivals if one.client != event["client"] and one.seq > knows]
    if left:
        record.rivals[event["item"]] = left


def _head(event: Mapping[str, Any]) -> Head:
    return Head(event["seq"], event["client"], event["n"], event["answer"])


def fold(events: Iterable[Mapping[str, Any]]) -> dict[str, Head]:
    """Fold stored events into heads by item."""
    return fold_record(events).heads


def _answer(record: Record, event: Mapping[str, Any]) -> None:
    record.heads[event["item"]] = _head(event)


def _commit(record: Record, event: Mapping[str, Any]) -> None:
    """A walk's answer grows by the option of each decision committed."""
    before = record.heads.get(event["item"])
    answer = [*(before.answer if before else ()), event["answer"]["choice"]]
    record.heads[event["item"]] = Head(event["seq"], event["client"], event["n"], answer)


def _check(record: Record, event: Mapping[str, Any]) -> None:
    record.checks.setdefault(event["item"], []).append(event["answer"])


def _flag(record: Record, event: Mapping[str, Any]) -> None:
    record.flags[event["item"]] = event["answer"]


#: what each kind of event that concerns an item does to the record
STEPS: Mapping[str, Callable[[Record, Mapping[str, Any]], None]] = {
    ANSWER: _answer,
    COMMIT: _commit,
    CHECK: _check,
    FLAG: _flag,
    ACCEPT: _answer,
}
