"""What is stale: noted with the revision that made it so, settled by whoever looks at it or changes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.content.staleness import (
    Dependent,
    Text,
    Why,
    changes_that_matter,
    find_dependents,
    items_that_stand,
)
from app.models import Document, Exam, Offering, PaperRevision, Revision, Stale
from app.operations.documents import read_text

#: what a row is about: a text, an item of it, an exam, and the revision that its paper shows
About = tuple[int | None, str, int | None]


def note_stale(session: Session, document: Document, revision: Revision, now: datetime) -> None:
    """Note what may be wrong since a text has a new revision; settle what that revision looked at."""
    old = session.get(Revision, revision.parent_id) if revision.parent_id else None
    if old is None:
        return
    _settle_own(session, document, (old, revision), now)
    if not _differs(document, old, revision):
        return
    rows = {_about(row): row for row in session.scalars(_open().where(Stale.cause_id == document.id))}
    for about, (why, before) in _stale(session, document, (old, revision)).items():
        if about not in rows:
            session.add(_new(document, about, why, (before, revision.id, now)))
    for row in rows.values():
        _follow(session, document, row, revision, now)
    session.flush()


def _stale(
    session: Session, document: Document, pair: tuple[Revision, Revision]
) -> Mapping[About, tuple[Why, int]]:
    """Return what this change made stale, with the revision that it was made with."""
    old, new = pair
    found: dict[About, tuple[Why, int]] = {}
    for one in _dependents(session, document, pair):
        found[one.id, one.item, None] = (one.why, old.id)
    for exam_id, shown in _exams(session, document, new):
        found[None, "", exam_id] = (Why.PAPER, shown)
    return found


def _dependents(session: Session, document: Document, pair: tuple[Revision, Revision]) -> list[Dependent]:
    kind = Kind(document.kind)
    before, after = (read_text(one.source, kind).document for one in pair)
    if before is None or after is None:
        return []
    changed = Text(document.id, document.kind, document.slug, document.is_translation, after)
    return find_dependents(before, changed, list(_texts(session, document, pair[1])))


def _texts(session: Session, document: Document, new: Revision) -> Iterable[Text]:
    """Yield the other texts of the course; what was published at the same moment knows of the change."""
    statement = (
        select(Document, Revision)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == document.course_id, Document.id != document.id)
        .where(Document.retired_at.is_(None), Revision.created_at < new.created_at)
        .where(Document.kind.in_({Kind.QUIZ.value, document.kind}))
        .order_by(Document.id)
    )
    for row in session.execute(statement):
        text = read_text(row.Revision.source, Kind(row.Document.kind)).document
        if text is not None:
            one = row.Document
            yield Text(one.id, one.kind, one.slug, one.is_translation, text)


def _exams(session: Session, document: Document, new: Revision) -> Iterable[tuple[int, int]]:
    """Yield the exams that are set and not over, with the older revision that their paper shows."""
    statement = (
        select(Exam.id, Revision.id)
        .join(PaperRevision, PaperRevision.paper_id == Exam.paper_id)
        .join(Revision, Revision.id == PaperRevision.revision_id)
        .join(Offering, Offering.id == Exam.offering_id)
        .where(Revision.document_id == document.id, Revision.id != new.id)
        .where(Offering.course_id == document.course_id)
        .where(Exam.scheduled_at.is_not(None), Exam.released_at.is_(None), Exam.closes_at > new.created_at)
    )
    return ((row[0], row[1]) for row in session.execute(statement))


def _settle_own(session: Session, document: Document, pair: tuple[Revision, Revision], now: datetime) -> None:
    """Settle what was stale in a text that its authors have changed; untouched items wait on."""
    rows = session.scalars(_open().where(Stale.document_id == document.id)).all()
    if not rows:
        return
    before, after = (read_text(one.source, Kind(document.kind)).document for one in pair)
    stand = items_that_stand(before, after) if before is not None and after is not None else set()
    for row in rows:
        if row.item not in stand:
            row.settled_at, row.settled_by_id, row.how = now, pair[1].author_id, "changed"


def _follow(session: Session, document: Document, row: Stale, revision: Revision, now: datetime) -> None:
    """Let what was stale tell of the newest revision; what says again what it was made with, is right."""
    before = session.get_one(Revision, row.before_id)
    row.since_id, row.noted_at = revision.id, now
    if not _differs(document, before, revision):
        row.settled_at, row.settled_by_id, row.how = now, revision.author_id, "changed"


def _differs(document: Document, old: Revision, new: Revision) -> bool:
    before, after = (read_text(one.source, Kind(document.kind)).document for one in (old, new))
    return before is None or after is None or bool(changes_that_matter(before, after))


def _open() -> Select[Stale]:
    return select(Stale).where(Stale.settled_at.is_(None))


def _about(row: Stale) -> About:
    return row.document_id, row.item, row.exam_id


def _new(document: Document, about: About, why: Why, moment: tuple[int, int, datetime]) -> Stale:
    number, item, exam_id = about
    before, since, now = moment
    return Stale(
        course_id=document.course_id,
        why=why.value,
        document_id=number,
        item=item,
        exam_id=exam_id,
        cause_id=document.id,
        before_id=before,
        since_id=since,
        noted_at=now,
        how="",
    )
