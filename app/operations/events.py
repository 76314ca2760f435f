"""Append events to an attempt's chain, and read them back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.chain import canonical_json, link
from app.domain.errors import EventMismatch
from app.domain.events import (
    ACCEPT,
    IDENTITY,
    NOTED,
    REPLAYED,
    SAVED,
    STEPS,
    AnswerEvent,
    Head,
    Receipt,
    Record,
    fold_record,
)
from app.models import Attempt, Event

#: column: what it is a copy of in the hashed body
COPIES = {
    "event_id": "id",
    "kind": "kind",
    "item": "item",
    "client_id": "client",
    "client_n": "n",
    "base": "base",
    "status": "status",
    "seq": "seq",
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class End(Protocol):
    """Where the chain of an attempt ends."""

    id: Any
    last_seq: Any
    head_hash: Any


def next_row(end: End, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the row of the next link of a chain, by column: the hashed body and the copies of it."""
    said = {**body, "seq": end.last_seq + 1, "received_at": micros(now)}
    text = canonical_json(said)
    return {column: said[name] for column, name in COPIES.items()} | {
        "attempt_id": end.id,
        "body": text,
        "received_at": now,
        "prev_hash": end.head_hash,
        "hash": link(end.head_hash, text),
    }


def micros(moment: datetime) -> int:
    """Return an instant as it is hashed: in whole microseconds since 1970."""
    return (moment - EPOCH) // MICROSECOND


def heads_of(session: Session, attempt_id: int) -> dict[str, Head]:
    """Return what counts at each item of an attempt, in one statement."""
    return record_of(session, attempt_id).heads


def record_of(session: Session, attempt_id: int) -> Record:
    """Return what the events of an attempt amount to, in one statement."""
    statement = select(Event.body).where(Event.attempt_id == attempt_id, Event.kind.in_(STEPS))
    return fold_record(json.loads(body) for body in session.scalars(statement.order_by(Event.seq)))


def find_receipt(session: Session, attempt_id: int, event: AnswerEvent) -> Receipt | None:
    """Return the outcome of an event that was stored before.

    :raises EventMismatch: its id was used with another body.
    """
    statement = select(Event).where(Event.attempt_id == attempt_id, Event.event_id == event.id)
    stored = session.scalar(statement)
    if stored is None:
        return None
    if not event.is_in(json.loads(stored.body)):
        raise EventMismatch(event.id)
    return Receipt(REPLAYED, stored.seq, stored.hash, was=stored.status)


def append_check(session: Session, attempt: Attempt, event: AnswerEvent, now: datetime) -> None:
    """Append that the learner asked whether an answer is right; the event holds that answer."""
    _append(session, attempt, event.as_json() | {"status": SAVED}, now)


def append_note(
    session: Session, attempt: Attempt, kind: str, now: datetime, said: Mapping[str, Any] | None = None
) -> Event:
    """Append an event of the server's own that concerns no item: the start, the hand-in, more time.

    :param said: what it says; no floats.
    """
    about = {"id": _own_name(attempt, kind), "kind": kind, "status": NOTED, "answer": said}
    return _append(session, attempt, dict.fromkeys(IDENTITY) | about, now)


def append_decision(
    session: Session,
    attempt: Attempt,
    kind: str,
    late: Mapping[str, Any],
    said: tuple[Mapping[str, Any], datetime],
) -> Event:
    """Append that somebody decided about a late answer.

    :param kind: ``ACCEPT`` or ``REJECT``.
    :param late: the body of the late event.
    :param said: the answer that counts from now on if there is one, the reason, who decided; and now.
    """
    status = SAVED if kind == ACCEPT else NOTED
    about = {"id": _own_name(attempt, kind), "kind": kind, "status": status}
    about |= {"item": late["item"], "base": late["seq"]}
    words, now = said
    return _append(session, attempt, dict.fromkeys(IDENTITY) | about | dict(words), now)


def _own_name(attempt: Attempt, kind: str) -> str:
    """Return the name of the server's next event: its colon stands in no name that a page can give."""
    return f"{kind}:{attempt.last_seq + 1}"


def _append(session: Session, attempt: Attempt, body: Mapping[str, Any], now: datetime) -> Event:
    """Add one link to the attempt's chain. It is written with the next question that the session asks.

    So what is done to many attempts is written in a few statements.
    """
    row = Event(**next_row(attempt, body, now))
    session.add(row)
    attempt.last_seq, attempt.head_hash = row.seq, row.hash
    return row
