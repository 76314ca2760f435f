"""Judge events one by one, as whoever holds their attempt: which is kept, which of them counts."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.answers import check_answer, is_blank
from app.domain.behaviour import Behaviour, standing
from app.domain.errors import (
    AttemptClosed,
    BadAnswer,
    EventMismatch,
    ItemSettled,
    NotFound,
    OfferingArchived,
    OtherDevice,
)
from app.domain.events import (
    ANSWER,
    BLUR,
    CHECK,
    COMMIT,
    FLAG,
    FOCUS,
    LATE,
    NOTED,
    REPLAYED,
    SAVED,
    AnswerEvent,
    Head,
    Receipt,
    fold,
    judge,
)
from app.domain.item_walk import check_decision
from app.domain.items import Item, ItemType
from app.domain.keys import WalkKey
from app.domain.roles import Person
from app.domain.scoring import best_score
from app.domain.shown import to_file_order
from app.domain.timing import Taking
from app.operations.documents import check_use
from app.operations.event_store import EventStore, Held, Known
from app.operations.events import next_row
from app.operations.files import check_files
from app.operations.pins import Pins


@dataclass(slots=True)
class Desk:
    """What is needed to judge events of one attempt that this transaction holds."""

    store: EventStore
    pins: Pins
    held: Held
    now: datetime
    #: hash of the sign-in that sends, where the attempt may be open on one device only
    device: str = ""
    has_moved: bool = False

    def item(self, key: str) -> Item:
        """Return an item of the attempt.

        :raises UnknownItem: its paper drew no such item.
        """
        return self.pins.items[self.pins.layout.place(key).key]


def open_desk(store: EventStore, pins: Pins, person: Person, moment: tuple[datetime, str]) -> Desk:
    """Hold a person's attempt.

    :param moment: when the request was received, and the device that sent it.
    :raises NotFound: this person has no such attempt, or may not see it any more.
    """
    held = store.hold(pins.public_id, person.id)
    if held is None:
        raise NotFound(pins.public_id)
    check_use(person, pins.offering_id, is_walled=held.is_walled)
    now, device = moment
    return Desk(store, pins, held, now, device)


def close_desk(desk: Desk) -> None:
    """Store how far the attempt has come."""
    if desk.has_moved:
        desk.store.move(desk.held)


def judge_event(desk: Desk, event: AnswerEvent) -> Receipt:
    """Append an event, or answer it with its first outcome if it is stored already.

    :raises Refusal: the rule that refuses it; nothing was written then.
    """
    same, last = desk.store.look(desk.held.id, event.id, event.item)
    if same is not None:
        return _replay(desk, event, same, last)
    taking = desk.held.timing.takes(desk.now)
    if taking is Taking.CLOSED:
        raise AttemptClosed(str(desk.held.id))
    if desk.held.is_archived:
        raise OfferingArchived(str(desk.held.id))
    if desk.held.device not in (None, desk.device):
        raise OtherDevice(str(desk.held.id))
    return SAVERS[event.kind](desk, event, last)


def _replay(desk: Desk, event: AnswerEvent, same: Known, last: Known | None) -> Receipt:
    """Answer an event that was stored before with its first outcome, also after the end."""
    if not event.is_in(json.loads(same.body)):
        raise EventMismatch(event.id)
    head = _walked(desk, event.item) if event.kind == COMMIT else as_head(last)
    return Receipt(REPLAYED, same.seq, same.hash, was=same.status, head=head)


def _save_answer(desk: Desk, event: AnswerEvent, last: Known | None) -> Receipt:
    item, place = desk.item(event.item), desk.pins.layout.place(event.item)
    if item.type is ItemType.WALK:
        raise BadAnswer("a walk is answered decision by decision")
    check_answer(item, to_file_order(place, event.answer))
    if item.type is ItemType.UPLOAD:
        check_files(desk.store.files(desk.held.id), item, event.answer)
    if _is_settled(desk, item):
        raise ItemSettled(event.item)
    head = as_head(last)
    receipt = _append(desk, event, judge(head, event), head)
    if receipt.status == SAVED:
        desk.held.answered += _counts(event.answer) - _counts(head.answer if head else None)
    return receipt


def _save_commit(desk: Desk, event: AnswerEvent, _last: Known | None) -> Receipt:
    item = desk.item(event.item)
    if not isinstance(item.key, WalkKey):
        raise BadAnswer("only a walk takes commits")
    head = _walked(desk, event.item)
    check_decision(item.key.case, head.answer if head else [], event.answer)
    receipt = _append(desk, event, SAVED, head)
    if receipt.status == SAVED and head is None:
        desk.held.answered += 1
    return receipt


def _save_note(desk: Desk, event: AnswerEvent, last: Known | None) -> Receipt:
    """Note a flag, or that the page gained or lost the focus."""
    if event.item:
        desk.item(event.item)
    return _append(desk, event, NOTED, as_head(last))


#: one line a kind of event that a page sends
SAVERS: Mapping[str, Callable[[Desk, AnswerEvent, Known | None], Receipt]] = {
    ANSWER: _save_answer,
    COMMIT: _save_commit,
    FLAG: _save_note,
    FOCUS: _save_note,
    BLUR: _save_note,
}


def _append(desk: Desk, event: AnswerEvent, status: str, head: Head | None) -> Receipt:
    """Add one link to the attempt's chain; what arrives after the close is kept as late."""
    held = desk.held
    if status != NOTED and held.timing.takes(desk.now) is Taking.LATE:
        status = LATE
    row = next_row(held, event.as_json() | {"status": status}, desk.now)
    desk.store.append(row)
    held.last_seq, held.head_hash, desk.has_moved = row["seq"], row["hash"], True
    return Receipt(status, row["seq"], row["hash"], head=head)


def as_head(known: Known | None) -> Head | None:
    """Return a stored answer as the head of its item."""
    if known is None:
        return None
    return Head(known.seq, known.client, known.n, json.loads(known.body)["answer"])


def _walked(desk: Desk, key: str) -> Head | None:
    """Return the head of a walk: the options of the decisions that were committed."""
    events = desk.store.events_of_item(desk.held.id, key)
    return fold(json.loads(known.body) for _, known in events).get(key)


def _is_settled(desk: Desk, item: Item) -> bool:
    """Whether an item was checked for the last time, where the attempt lets items be checked at all."""
    behaviour = Behaviour(desk.held.behaviour)
    if behaviour is Behaviour.DEFERRED:
        return False
    events = desk.store.events_of_item(desk.held.id, item.id)
    answers = [json.loads(known.body)["answer"] for kind, known in events if kind == CHECK]
    place = desk.pins.layout.place(item.id)
    scores = [best_score(desk.pins.wordings(item.id), to_file_order(place, one)) for one in answers]
    return standing(behaviour, item, [one.earned_all for one in scores]).is_settled


def _counts(answer: Any) -> int:
    return int(not is_blank(answer))
