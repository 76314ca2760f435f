"""The job that brings the bank what it lacks, or holds as an earlier version read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.models import BankText, Course, Document, Revision
from app.operations.bank_history import Since, trace
from app.operations.bank_rows import BANK_VERSION, readings_of, take_in
from app.operations.bank_use import has_unnoted, note_earlier
from app.operations.courses import take_turns
from app.operations.jobs import Write


@dataclass(frozen=True, slots=True)
class Prepared:
    """A head revision that was read, with its history, before the turn to write."""

    document_id: int
    course_id: int
    revision_id: int
    since: Mapping[str, Since]


def prepare_fill(session: Session, instance: Path, arguments: Mapping[str, Any]) -> Write | None:
    """Read the next quiz that the bank lacks, before the turn to write; return what writes some of it.

    Where no quiz is left it notes what the next paper asks that an earlier version froze.
    """
    row = session.execute(_waiting().limit(1)).first()
    if row is None:
        return _write_earlier if has_unnoted(session) else None
    readings_of(row.Document, row.Revision)
    since = trace(session, row.Revision)
    prepared = Prepared(row.Document.id, row.Document.course_id, row.Revision.id, since)

    def write(session: Session, now: datetime) -> int:
        return _write(session, prepared)

    return write


def has_unread(session: Session, now: datetime) -> bool:
    """Whether there are quizzes that the bank lacks, or papers of which it does not know what they ask."""
    return session.execute(_waiting().limit(1)).first() is not None or has_unnoted(session)


def _write_earlier(session: Session, now: datetime) -> int:
    return note_earlier(session)


def _write(session: Session, prepared: Prepared) -> int:
    """Take in what was read; nothing if it was published anew, retired or taken in meanwhile.

    :returns: more than 0: the next slice looks whether anything is left.
    """
    # who publishes holds the course too
    take_turns(session, [session.get_one(Course, prepared.course_id)])
    wanted = _waiting().where(Document.id == prepared.document_id, Revision.id == prepared.revision_id)
    row = session.execute(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        return 1
    return max(1, take_in(session, row.Document, row.Revision, prepared.since))


def _waiting() -> Select[Document, Revision]:
    stale = or_(
        BankText.document_id.is_(None),
        BankText.revision_id != Revision.id,
        BankText.version != BANK_VERSION,
    )
    return (
        select(Document, Revision)
        .join(Revision, Revision.id == Document.head_revision_id)
        .outerjoin(BankText, BankText.document_id == Document.id)
        .where(Document.kind == Kind.QUIZ.value, Document.retired_at.is_(None), stale)
        .order_by(Document.id)
    )
