"""Append events to an attempt's chain, and read them back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.chain import canonical_json, link
from app.domain.errors import EventMismatch
from app.domain.events import IDENTITY, REPLAYED, AnswerEvent, Head, Receipt, fold, judge
from app.models import Attempt, Event

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def heads_of(session: Session, attempt_id: int) -> dict[str, Head]:
    """Return what counts at each item of an attempt, in one statement."""
    statement = (
        select(Event.body).where(Event.attempt_id == attempt_id, Event.kind == "answer").order_by(Event.seq)
    )
    return fold(json.loads(body) for body in session.scalars(statement))


def find_receipt(session: Session, attempt_id: int, event: AnswerEvent) -> Receipt | None:
    """Return the outcome of an event that was stored before.

    :raises EventMismatch: its id was used with another body.
    """
    statement = select(Event).where(Event.attempt_id == attempt_id, Event.event_id == event.id)
    stored = session.scalar(statement)
    if stored is None:
        return None
    body = json.loads(stored.body)
    if {name: body.get(name) for name in IDENTITY} != event.as_json():
        raise EventMismatch(event.id)
    return Receipt(REPLAYED, stored.seq, stored.hash, was=stored.status)


def append_answer(
    session: Session, attempt: Attempt, event: AnswerEvent, head: Head | None, now: datetime
) -> Receipt:
    """Append one answer to the chain; the caller holds the attempt's lock and has validated it."""
    status = judge(head, event)
    row = _append(session, attempt, event.as_json() | {"status": status}, now)
    return Receipt(status, row.seq, row.hash, head=head)


def append_note(session: Session, attempt: Attempt, kind: str, event_id: str, now: datetime) -> Event:
    """Append an event that concerns no item, such as the hand-in."""
    body = dict.fromkeys(IDENTITY) | {"id": event_id, "kind": kind, "status": "noted"}
    return _append(session, attempt, body, now)


def _append(session: Session, attempt: Attempt, body: Mapping[str, Any], now: datetime) -> Event:
    """Add one link to the attempt's chain."""
    seq = attempt.last_seq + 1
    text = canonical_json({**body, "seq": seq, "received_at": (now - EPOCH) // MICROSECOND})
    row = Event(
        attempt_id=attempt.id,
        seq=seq,
        event_id=body["id"],
        kind=body["kind"],
        item=body["item"],
        client_id=body["client"],
        client_n=body["n"],
        base=body["base"],
        status=body["status"],
        body=text,
        received_at=now,
        prev_hash=attempt.head_hash,
        hash=link(attempt.head_hash, text),
    )
    session.add(row)
    attempt.last_seq, attempt.head_hash = seq, row.hash
    session.flush()
    return row
