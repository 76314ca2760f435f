"""The rows of the bank: derived from the head revisions of quizzes when they are published.

Whatever is missing or was read by an earlier version, a job reads anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from app.content.item_text import answer_text, item_hash, meaning_hash, stem_text
from app.content.parse import Kind
from app.domain.bank_entry import Entry, desk_tokens, text_tokens, without_desk
from app.domain.bank_words import NONE, Mark
from app.domain.items import Item
from app.domain.question_types import question_type
from app.domain.quiz import Group, Quiz, points_of, with_inherited
from app.models import BankItem, BankText, Document, Revision
from app.operations.bank_desks import desks_of, follow_renamed
from app.operations.bank_tokens import tokens_of, write_tokens
from app.operations.bank_use import has_unnoted, note_earlier
from app.operations.documents import quiz_of

#: raised whenever other rows or tokens would follow from the same text
BANK_VERSION = 1


@dataclass(frozen=True, slots=True)
class Since:
    """The revision that brought a question as it is, and who wrote it."""

    content_hash: str
    revision_id: int
    author_id: int | None


def bank_revision(session: Session, document: Document, revision: Revision) -> None:
    """Let the bank hold the questions of a quiz's new head revision; other texts have none."""
    if document.kind != Kind.QUIZ.value:
        return
    text = session.get(BankText, document.id)
    if text is not None and text.version != BANK_VERSION:
        forget_document(session, document)
    known = {row.item: row for row in session.scalars(_rows(document.id))}
    quiz = quiz_of(revision)
    follow_renamed(session, document.id, {item.was: item.id for item in quiz.items if item.was})
    if known:
        before = {name: Since(row.content_hash, row.since_id, row.author_id) for name, row in known.items()}
        since = follow(before, revision, quiz)
    else:
        since = _trace(session, document, revision)
    _forget(session, [row for name, row in known.items() if name not in since])
    _write(session, (document, quiz), since, known)
    _note_read(session, document, revision)


def forget_document(session: Session, document: Document) -> None:
    """Take the questions of a retired quiz out of the bank."""
    _forget(session, session.scalars(_rows(document.id)).all())
    session.execute(delete(BankText).where(BankText.document_id == document.id))


def follow(before: Mapping[str, Since], revision: Revision, quiz: Quiz) -> dict[str, Since]:
    """Tell of the questions of the next revision since when each stands as it does."""
    found = {}
    for item in _questions(quiz):
        digest = item_hash(item)
        last = before.get(item.id) or before.get(item.was or "")
        is_same = last is not None and last.content_hash == digest
        found[item.id] = last if last and is_same else Since(digest, revision.id, revision.author_id)
    return found


def fill_bank(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Read the next quiz that the bank lacks, or holds as an earlier version read it; then earlier papers."""
    row = session.execute(_waiting().limit(1)).first()
    if row is None:
        return note_earlier(session)
    forget_document(session, row.Document)
    bank_revision(session, row.Document, row.Revision)
    return 1


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
        found = follow(found, revision, quiz_of(revision))
    return found


def _write(
    session: Session,
    text: tuple[Document, Quiz],
    since: Mapping[str, Since],
    known: Mapping[str, BankItem],
) -> None:
    """Write the rows of a text, then the tokens of those of which they are others."""
    document, quiz = text
    pairs = [(item, group) for group in quiz.groups for item in group.items if item.is_scored]
    rows, read = [], {}
    for position, pair in enumerate(pairs):
        item = pair[0]
        row = known.get(item.id) or _new_row(document, item)
        before = _told(row)
        _describe(row, pair, quiz)
        row.position, last = position, since[item.id]
        row.content_hash, row.since_id, row.author_id = last.content_hash, last.revision_id, last.author_id
        read[row.item] = _read(row, (document, quiz), pair, is_told=before == _told(row))
        rows.append(row)
    session.add_all(rows)
    desks = desks_of(session, document.course_id, [(document.id, row.item, row.meaning) for row in rows])
    wanted = {item: read[item] | desk_tokens(desks[document.id, item]) for item in read}
    write_tokens(session, rows, wanted)


def _told(row: BankItem) -> tuple[object, ...]:
    """Return everything of a question that its tokens follow from, but for what holds for its whole text."""
    return row.content_hash, row.stem, row.topics, row.objectives, row.level, row.difficulty


def _read(row: BankItem, text: tuple[Document, Quiz], pair: tuple[Item, Group], *, is_told: bool) -> set[str]:
    """Return the tokens that follow from the text: those that are there where nothing of it changed."""
    document, quiz = text
    there = tokens_of(row)
    if is_told and Mark.USE + quiz.use in there:
        return without_desk(there)
    whole = with_inherited(*pair, quiz)
    answers = answer_text(whole)
    is_translation = document.is_translation
    entry = Entry(whole, row.type, row.stem, answers, document.language, is_translation, quiz.use)
    return text_tokens(entry) | {f"{Mark.AUTHOR}{row.author_id or NONE}", f"{Mark.QUIZ}{document.id}"}


def _new_row(document: Document, item: Item) -> BankItem:
    return BankItem(document_id=document.id, course_id=document.course_id, item=item.id, tokens="")


def _describe(row: BankItem, pair: tuple[Item, Group], quiz: Quiz) -> None:
    item, group = pair
    whole = with_inherited(item, group, quiz)
    row.type, row.stem = question_type(item), stem_text(item, group)
    row.points, row.level, row.difficulty = points_of(item, group), whole.level, whole.difficulty
    row.topics, row.objectives = list(whole.topic), list(whole.objectives)
    row.is_shared = bool(group.case or group.stem)
    row.meaning = meaning_hash(item)


def _questions(quiz: Quiz) -> Iterable[Item]:
    return (item for item in quiz.items if item.is_scored)


def _forget(session: Session, rows: Sequence[BankItem]) -> None:
    write_tokens(session, rows, {row.item: set() for row in rows})
    for row in rows:
        session.delete(row)
    session.flush()


def _note_read(session: Session, document: Document, revision: Revision) -> None:
    row = session.get(BankText, document.id) or BankText(document_id=document.id)
    row.revision_id, row.version = revision.id, BANK_VERSION
    session.add(row)
    session.flush()
