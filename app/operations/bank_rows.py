"""The rows of the bank: derived from the head revisions of quizzes when they are published.

Whatever is missing or was read by an earlier version, a job reads anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.bank_entry import desk_tokens
from app.domain.bank_words import NONE, Mark
from app.domain.items import Item
from app.models import BankItem, BankText, Document, Revision
from app.operations.bank_desks import desks_of, follow_renamed
from app.operations.bank_reading import Reading, read_questions
from app.operations.bank_tokens import write_tokens
from app.operations.bank_use import has_unnoted, note_earlier
from app.operations.jobs import Write

#: raised whenever other rows or tokens would follow from the same text
BANK_VERSION = 1
#: the version of a text of which this one has taken in some questions only
BEGUN = -BANK_VERSION
#: questions of a large new quiz that one transaction takes in
SLICE = 60


@dataclass(frozen=True, slots=True)
class Since:
    """The revision that brought a question as it is, and who wrote it."""

    content_hash: str
    revision_id: int
    author_id: int | None


def bank_revision(session: Session, document: Document, revision: Revision) -> None:
    """Let the bank hold the questions of a quiz's new head revision; other texts have none.

    Those of a large new quiz are left to a job, which takes some at a time: no save waits for all of them.
    """
    if document.kind == Kind.QUIZ.value:
        _take_in(session, document, revision, most=0)


def _take_in(session: Session, document: Document, revision: Revision, most: int) -> int:
    """Bring the bank to a head revision; of a large quiz that it lacks, so many questions further.

    :returns: how many.
    """
    text = session.get(BankText, document.id)
    if text is not None and text.version != BANK_VERSION and not _is_begun(text, revision):
        forget_document(session, document)
        text = None
    readings = _readings(document, revision)
    known = {row.item: row for row in session.scalars(_rows(document.id))}
    renamed = ((one.item.was, one.item.id) for one in readings.values())
    follow_renamed(session, document.id, {was: name for was, name in renamed if was})
    if text is None or _is_begun(text, revision):
        since = _trace(session, document, revision) if most or len(readings) <= SLICE else {}
        if len(readings) > SLICE:
            return _take_some(session, (document, revision), since, known, most)
    else:
        before = {name: Since(row.content_hash, row.since_id, row.author_id) for name, row in known.items()}
        since = follow(before, revision, readings)
    _forget(session, [row for name, row in known.items() if name not in since])
    _write(session, (document, readings), since, known)
    _note_read(session, document, revision, BANK_VERSION)
    return len(readings)


def _is_begun(text: BankText, revision: Revision) -> bool:
    """Whether this version has taken in some of a revision's questions, and not all."""
    return text.version == BEGUN and text.revision_id == revision.id


def _take_some(
    session: Session,
    text: tuple[Document, Revision],
    since: Mapping[str, Since],
    known: Mapping[str, BankItem],
    most: int,
) -> int:
    """Write some more questions of a text; it is noted as read with the last of them."""
    document, revision = text
    wanted = [name for name in since if name not in known]
    some = {name: since[name] for name in wanted[:most]}
    if some:
        _write(session, (document, _readings(document, revision)), some, {})
        is_whole = len(some) == len(wanted)
        _note_read(session, document, revision, BANK_VERSION if is_whole else BEGUN)
    return len(some)


def _readings(document: Document, revision: Revision) -> Mapping[str, Reading]:
    return read_questions(revision.source, document.language, document.is_translation)


def forget_document(session: Session, document: Document) -> None:
    """Take the questions of a retired quiz out of the bank."""
    _forget(session, session.scalars(_rows(document.id)).all())
    session.execute(delete(BankText).where(BankText.document_id == document.id))


def follow(
    before: Mapping[str, Since], revision: Revision, readings: Mapping[str, Reading]
) -> dict[str, Since]:
    """Tell of the questions of the next revision since when each stands as it does."""
    found = {}
    for name, one in readings.items():
        last = before.get(name) or before.get(one.item.was or "")
        is_same = last is not None and last.content_hash == one.content_hash
        found[name] = last if last and is_same else Since(one.content_hash, revision.id, revision.author_id)
    return found


def prepare_fill(session: Session, instance: Path, arguments: Mapping[str, Any]) -> Write | None:
    """Read the next quiz that the bank lacks, before the turn to write; return what writes it."""
    row = session.execute(_waiting().limit(1)).first()
    if row is not None:
        _readings(row.Document, row.Revision)
    elif not has_unnoted(session):
        return None

    def write(session: Session, now: datetime) -> int:
        return fill_bank(session, arguments, now)

    return write


def fill_bank(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Take in the next quiz that the bank lacks or holds as it was read earlier; then earlier papers."""
    row = session.execute(_waiting().limit(1)).first()
    if row is None:
        return note_earlier(session)
    text = session.get(BankText, row.Document.id)
    if text is not None and text.version == BANK_VERSION:
        forget_document(session, row.Document)
    return max(1, _take_in(session, row.Document, row.Revision, SLICE))


def has_unread(session: Session, now: datetime) -> bool:
    """Whether there are quizzes that the bank lacks, or papers of which it does not know what they ask."""
    return session.execute(_waiting().limit(1)).first() is not None or has_unnoted(session)


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


def _rows(document_id: int) -> Select[BankItem]:
    """Select the questions of a text; nobody else writes them meanwhile."""
    held = select(BankItem).where(BankItem.document_id == document_id).order_by(BankItem.id)
    return held.with_for_update().execution_options(populate_existing=True)


def _trace(session: Session, document: Document, head: Revision) -> dict[str, Since]:
    """Go through the history of a text that the bank does not hold."""
    statement = select(Revision).where(Revision.document_id == document.id, Revision.number <= head.number)
    found: dict[str, Since] = {}
    for revision in session.scalars(statement.order_by(Revision.number)):
        found = follow(found, revision, _readings(document, revision))
    return found


def _write(
    session: Session,
    text: tuple[Document, Mapping[str, Reading]],
    since: Mapping[str, Since],
    known: Mapping[str, BankItem],
) -> None:
    """Write the rows of a text, then the tokens of those of which they are others."""
    document, readings = text
    rows, read = [], {}
    for position, (name, one) in enumerate(readings.items()):
        if name not in since:
            continue
        row = known.get(name) or _new_row(document, one.item)
        _describe(row, one)
        row.position, last = position, since[name]
        row.content_hash, row.since_id, row.author_id = last.content_hash, last.revision_id, last.author_id
        read[name] = one.tokens | {f"{Mark.AUTHOR}{row.author_id or NONE}", f"{Mark.QUIZ}{document.id}"}
        rows.append(row)
    session.add_all(rows)
    desks = desks_of(session, document.course_id, [(document.id, row.item, row.meaning) for row in rows])
    wanted = {item: read[item] | desk_tokens(desks[document.id, item]) for item in read}
    write_tokens(session, rows, wanted)


def _new_row(document: Document, item: Item) -> BankItem:
    return BankItem(document_id=document.id, course_id=document.course_id, item=item.id, tokens="")


def _describe(row: BankItem, one: Reading) -> None:
    row.type, row.stem, row.points = one.type, one.stem, one.points
    row.level, row.difficulty = one.whole.level, one.whole.difficulty
    row.topics, row.objectives = list(one.whole.topic), list(one.whole.objectives)
    row.is_shared, row.meaning = one.is_shared, one.meaning


def _forget(session: Session, rows: Sequence[BankItem]) -> None:
    write_tokens(session, rows, {row.item: set() for row in rows})
    for row in rows:
        session.delete(row)
    session.flush()


def _note_read(session: Session, document: Document, revision: Revision, version: int) -> None:
    row = session.get(BankText, document.id) or BankText(document_id=document.id)
    row.revision_id, row.version = revision.id, version
    session.add(row)
    session.flush()
