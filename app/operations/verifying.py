"""Verify what was kept of attempts: chains, copies in columns, counts, responses, receipts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.answers import is_blank
from app.domain.chain import genesis, link, salted
from app.domain.deadline import told_deadline
from app.domain.errors import BadReceipt
from app.domain.events import SAVED, fold_record
from app.domain.paper import manifest_hash
from app.domain.receipt import read_receipt
from app.models import Attempt, Event, Paper, User
from app.operations.closing import fold_responses
from app.operations.entering import START
from app.operations.events import COPIES, micros
from app.operations.receipts import list_receipts
from app.operations.scoring import list_responses
from app.operations.sittings import get_sitting, paper_of


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not agree in an attempt, and at which event, 0 if it is the attempt as a whole."""

    attempt: str
    seq: int
    what: str


#: what a receipt says of its hand-in
OWN = ("attempt", "person", "seq", "head")


def list_public_ids(session: Session) -> Sequence[str]:
    """Return the public ids of all attempts, in the order in which they were started."""
    return session.scalars(select(Attempt.public_id).order_by(Attempt.id)).all()


def verify_attempt(session: Session, public: str, key: Ed25519PublicKey | None = None) -> Fault | None:
    """Return the first fault of an attempt, None if everything agrees, or if there is no such attempt.

    :param key: the public key of the instance; without it receipts are compared, not their signatures.
    """
    row = session.execute(
        select(Attempt, Paper.sha256, User.public_id.label("person"))
        .join(Paper, Paper.id == Attempt.paper_id)
        .join(User, User.id == Attempt.user_id)
        .where(Attempt.public_id == public)
    ).first()
    if row is None:
        return None
    attempt: Attempt = row.Attempt
    statement = select(Event).where(Event.attempt_id == attempt.id).order_by(Event.seq)
    events = session.scalars(statement).all()
    beginning = genesis(public, salted(row.person, attempt.seed), row.sha256, attempt.layout)
    person = salted(row.person, attempt.seed)
    found = next(
        chain(
            _paper_faults(session.get_one(Paper, attempt.paper_id)),
            _chain_faults(events, beginning),
            _end_faults(session, attempt, events),
            _receipt_faults(list_receipts(session, attempt.id), (attempt, person), events, key),
        ),
        None,
    )
    return None if found is None else Fault(public, *found)


def _paper_faults(paper: Paper) -> Iterator[tuple[int, str]]:
    """Compare a paper with the name under which the chain begins, and the copy of its pass mark."""
    if manifest_hash(paper.manifest) != paper.sha256:
        yield 0, "the paper is not the one that the attempt began with"
    elif paper_of(paper.manifest).pass_mark != paper.pass_mark:
        yield 0, "pass_mark is not what the paper says"


def _chain_faults(events: Sequence[Event], beginning: str) -> Iterator[tuple[int, str]]:
    before = beginning
    for seq, event in enumerate(events, 1):
        if event.seq != seq:
            yield seq, "an event is missing"
        if event.prev_hash != before or event.hash != link(before, event.body):
            yield seq, "the chain is broken"
        yield from ((seq, what) for what in _copy_faults(event, json.loads(event.body)))
        before = event.hash


def _copy_faults(event: Event, body: dict[str, Any]) -> Iterator[str]:
    for column, name in COPIES.items():
        if body[name] != getattr(event, column):
            yield f"{column} is not what the hashed text says"
    if body["received_at"] != micros(event.received_at):
        yield "received_at is not what the hashed text says"


def _end_faults(session: Session, attempt: Attempt, events: Sequence[Event]) -> Iterator[tuple[int, str]]:
    """Compare what was folded of the events with them."""
    if attempt.last_seq != len(events) or (events and attempt.head_hash != events[-1].hash):
        yield len(events), "the attempt does not end where its events end"
    record = fold_record(json.loads(event.body) for event in events)
    answered = sum(not is_blank(head.answer) for head in record.heads.values())
    if attempt.answered != answered:
        yield 0, f"{attempt.answered} items are counted as answered, {answered} are"
    bodies = [json.loads(event.body) for event in events]
    if _was_set(events) and attempt.deadline_at != told_deadline(bodies):
        yield len(events), "the deadline is not what the events say"
    if attempt.state in {"submitted", "scored"}:
        yield from _response_faults(session, attempt, events)


def _was_set(events: Sequence[Event]) -> bool:
    """Whether the attempt is one at an exam that somebody set."""
    return bool(events) and events[0].kind == START


def _response_faults(
    session: Session, attempt: Attempt, events: Sequence[Event]
) -> Iterator[tuple[int, str]]:
    sitting = get_sitting(session, attempt.public_id, attempt.user_id)
    record = fold_record(json.loads(event.body) for event in events if event.status == SAVED)
    # rows that are only compared
    with session.no_autoflush:
        folded = {row.item: (row.answer, row.event_seq) for row in fold_responses(sitting, record.heads)}
    stored = {row.item: (row.answer, row.event_seq) for row in list_responses(session, attempt.id)}
    for item in folded.keys() | stored.keys():
        if folded.get(item) != stored.get(item):
            yield folded.get(item, (None, 0))[1], f"the response to {item} is not its last answer"


def _receipt_faults(
    receipts: Sequence[str],
    whose: tuple[Attempt, str],
    events: Sequence[Event],
    key: Ed25519PublicKey | None,
) -> Iterator[tuple[int, str]]:
    """Compare each receipt with its hand-in; early attempts at practice have none."""
    attempt, person = whose
    hand_ins = [event for event in events if event.kind == "submit"]
    if len(receipts) != len(hand_ins) and (receipts or _was_set(events)):
        yield len(events), f"{len(hand_ins)} hand-ins have {len(receipts)} receipts"
    for event, text in zip(hand_ins, receipts, strict=False):
        try:
            said = json.loads(text) if key is None else read_receipt(text, key)
        except BadReceipt as refusal:
            yield event.seq, f"the receipt is not genuine ({refusal})"
            continue
        if tuple(said[name] for name in OWN) != (attempt.public_id, person, event.seq, event.hash):
            yield event.seq, "the receipt is not of this hand-in"
