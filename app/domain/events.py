"""Answer events: which of them an item's head moves to, and what is hashed of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SAVED = "saved"
SUPERSEDED = "superseded"
CONFLICT = "conflict"
REPLAYED = "replayed"

#: what makes two events with one id the same event
IDENTITY = ("id", "client", "n", "base", "kind", "item", "answer", "at")


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """One answer as a page sends it.

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
    kind: str = "answer"
    at: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the event as it stands in its hashed body."""
        return {name: getattr(self, name) for name in IDENTITY}


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


def fold(events: Iterable[Mapping[str, Any]]) -> dict[str, Head]:
    """Fold stored events (seq, kind, item, client, n, answer, status), in order, into heads by item."""
    heads: dict[str, Head] = {}
    for event in events:
        if event["kind"] == "answer" and event["status"] == SAVED:
            heads[event["item"]] = Head(event["seq"], event["client"], event["n"], event["answer"])
    return heads
