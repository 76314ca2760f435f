"""The record of an attempt: everything that was kept of it, for whoever has to answer an appeal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadReceipt, NotFound
from app.domain.receipt import read_receipt
from app.domain.review import Aspect, Review, phase_of, read_matrix, review_of
from app.domain.roles import Person
from app.models import Attempt, Cohort, Document, Enrolment, Event, Paper, Presence, Receipt, Revision, User
from app.operations import audit
from app.operations.files import KeptFile, list_files
from app.operations.given_marks import MarkedResponse, list_marked_responses
from app.operations.halls import Hall
from app.operations.sittings import Sitting, get_sitting, open_sitting
from app.operations.verifying import Fault, verify_attempt

VIEW = "answers.view"


@dataclass(frozen=True, slots=True)
class PinnedText:
    """A text that the attempt is pinned to, with the number and hash of its revision."""

    kind: str
    slug: str
    language: str
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as it is stored: what was hashed, when it was received, its hash."""

    body: Mapping[str, Any]
    received_at: datetime
    hash: str

    @property
    def seq(self) -> int:
        """Where it stands in the chain."""
        seq: int = self.body["seq"]
        return seq

    @property
    def kind(self) -> str:
        """What kind of event it is."""
        kind: str = self.body["kind"]
        return kind


@dataclass(frozen=True, slots=True)
class GivenReceipt:
    """A receipt, byte by byte as it was given, and whether its signature verifies."""

    text: str
    given_at: datetime
    verifies: bool


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """Everything that was kept of an attempt. ``names`` are those of staff by public id.

    ``fault`` is the first thing that does not agree, None if everything does.
    """

    sitting: Sitting
    user: User
    cohort: str
    paper: str
    texts: Sequence[PinnedText]
    events: Sequence[Kept]
    receipts: Sequence[GivenReceipt]
    files: Sequence[KeptFile]
    names: Mapping[str, str]
    presence: Presence | None
    responses: Sequence[MarkedResponse]
    fault: Fault | None


def note_view(session: Session, person: Person, hall: Hall, public: str, moment: tuple[datetime, str]) -> int:
    """Note that somebody reads the answers of an attempt at the exam; return whose it is.

    :param moment: now, and the address that asks.
    :raises NotFound: the exam has no such attempt.
    """
    now, address = moment
    user_id = session.scalar(
        select(Attempt.user_id).where(Attempt.exam_id == hall.exam.id, Attempt.public_id == public)
    )
    if user_id is None:
        raise NotFound(public)
    about = audit.About(
        person_id=user_id,
        offering_id=hall.offering.id,
        detail={"exam": hall.exam.public_id, "attempt": public},
        address=address,
    )
    audit.record(session, person, VIEW, now=now, **about)
    return user_id


def read_record(session: Session, public: str, user_id: int, key: Ed25519PublicKey) -> AttemptRecord:
    """Return the record of a person's attempt.

    :param key: the key that receipts are verified with.
    :raises NotFound: this person has no such attempt.
    """
    sitting = get_sitting(session, public, user_id)
    attempt = sitting.attempt
    events = _events(session, attempt.id)
    return AttemptRecord(
        sitting=sitting,
        user=session.get_one(User, user_id),
        cohort=_cohort(session, sitting),
        paper=session.scalars(select(Paper.sha256).where(Paper.id == attempt.paper_id)).one(),
        texts=_texts(session, sitting),
        events=events,
        receipts=_receipts(session, attempt.id, key),
        files=list_files(session, attempt),
        names=_names(session, events),
        presence=session.get(Presence, attempt.id),
        responses=list_marked_responses(session, attempt.id),
        fault=verify_attempt(session, public),
    )


def read_own_record(
    session: Session, person: Person, public: str, key: Ed25519PublicKey, now: datetime
) -> tuple[AttemptRecord, Review]:
    """Return the record of the person's own attempt, once its exam shows the answers after its release.

    With it goes what else the exam shows by then.

    :raises NotFound: there is no such attempt, or its record is not shown.
    """
    sitting = open_sitting(session, person, public)
    exam, attempt = sitting.exam, sitting.attempt
    phase = phase_of(attempt.timing, attempt.submitted_at, exam.state(now), now)
    review = review_of(read_matrix(exam.review), phase)
    if exam.released_at is None or not review.shows(Aspect.ANSWERS):
        raise NotFound(public)
    return read_record(session, public, person.id, key), review


def _events(session: Session, attempt_id: int) -> Sequence[Kept]:
    statement = select(Event.body, Event.received_at, Event.hash).where(Event.attempt_id == attempt_id)
    rows = session.execute(statement.order_by(Event.seq))
    return [Kept(json.loads(row.body), row.received_at, row.hash) for row in rows]


def _cohort(session: Session, sitting: Sitting) -> str:
    statement = (
        select(Cohort.name)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.offering_id == sitting.offering.id, Enrolment.user_id == sitting.attempt.user_id)
    )
    return session.scalar(statement) or ""


def _texts(session: Session, sitting: Sitting) -> Sequence[PinnedText]:
    pinned = [sitting.revisions, *sitting.cases.values()]
    numbers = [revision.id for each in pinned for revision in each.values()]
    statement = (
        select(Document.kind, Document.slug, Document.language, Revision.number, Revision.content_hash)
        .join(Revision, Revision.document_id == Document.id)
        .where(Revision.id.in_(numbers))
        .order_by(Document.kind.desc(), Document.slug, Document.language.desc())
    )
    return [PinnedText(*row) for row in session.execute(statement)]


def _receipts(session: Session, attempt_id: int, key: Ed25519PublicKey) -> Sequence[GivenReceipt]:
    statement = select(Receipt).where(Receipt.attempt_id == attempt_id).order_by(Receipt.number)
    rows = session.scalars(statement)
    return [GivenReceipt(row.text, row.given_at, _verifies(row.text, key)) for row in rows]


def _verifies(text: str, key: Ed25519PublicKey) -> bool:
    try:
        read_receipt(text, key)
    except BadReceipt:
        return False
    return True


def _names(session: Session, events: Sequence[Kept]) -> Mapping[str, str]:
    """Return the names of those who gave orders, by public id."""
    people = {name for one in events if (name := said_by(one.body))}
    if not people:
        return {}
    rows = session.execute(select(User.public_id, User.name).where(User.public_id.in_(people)))
    return {row.public_id: row.name for row in rows}


def said_by(body: Mapping[str, Any]) -> str | None:
    """Return the public id of whoever gave the order that an event tells of."""
    said = body["answer"] if body.get("client") is None else None
    by = body.get("by") or (said.get("by") if isinstance(said, dict) else None)
    return by if isinstance(by, str) else None
