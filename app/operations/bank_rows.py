"""The rows of the bank: derived from the head revisions of quizzes when they are published.

Whatever is missing or was read by an earlier version, a job reads anew, see ``operations.bank_filling``.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.bank_entry import desk_tokens
from app.domain.bank_words import NONE, Mark
from app.domain.items import Item
from app.models import BankItem, BankText, Document, Revision
from app.operations.bank_desks import desks_of, follow_renamed
from app.operations.bank_history import Since, find_renamed, follow, trace
from app.operations.bank_reading import Reading, read_questions, read_standings
from app.operations.bank_tokens import write_tokens

#: raised whenever other rows or tokens would follow from the same text
BANK_VERSION = 1
#: the version of a text of which this one has taken in some questions only
BEGUN = -BANK_VERSION
#: questions that one transaction takes in, those of all revisions counted where it reads them too
SLICE = 60


def bank_revision(session: Session, document: Document, revision: Revision) -> None:
    """Let the bank hold the questions of a quiz's new head revision; other texts have none.

    Those of a large new quiz, or of one with a long history that comes back, are left to a job: no save
    waits for all of them.
    """
    if document.kind != Kind.QUIZ.value:
        return
    readings = readings_of(document, revision)
    standings = {name: one.standing for name, one in readings.items()}
    text = session.get(BankText, document.id)
    if text is None or text.version != BANK_VERSION:
        forget_document(session, document)
        follow_renamed(session, document.id, find_renamed(standings, _names_before(session, revision)))
        if revision.number * len(readings) <= SLICE:
            take_in(session, document, revision, trace(session, revision))
        return
    known = {row.item: row for row in session.scalars(_rows(document.id))}
    follow_renamed(session, document.id, find_renamed(standings, known))
    before = {name: Since(row.content_hash, row.since_id, row.author_id) for name, row in known.items()}
    _forget(session, [row for name, row in known.items() if name not in readings])
    _write(session, (document, readings), follow(before, revision, standings), known)
    _note_read(session, document, revision, BANK_VERSION)


def take_in(session: Session, document: Document, revision: Revision, since: Mapping[str, Since]) -> int:
    """Write some more questions of a head revision that the bank does not hold; return how many.

    It is noted as read with the last of them.

    :param since: its history, see ``operations.bank_history.trace``.
    """
    text = session.get(BankText, document.id, populate_existing=True)
    if text is not None and (text.version, text.revision_id) != (BEGUN, revision.id):
        forget_document(session, document)
    known = set(session.scalars(select(BankItem.item).where(BankItem.document_id == document.id)))
    wanted = [name for name in since if name not in known]
    some = {name: since[name] for name in wanted[:SLICE]}
    _write(session, (document, readings_of(document, revision)), some, {})
    _note_read(session, document, revision, BANK_VERSION if len(some) == len(wanted) else BEGUN)
    return len(some)


def _names_before(session: Session, revision: Revision) -> Collection[str]:
    """Return what the questions of the revision before are called, where the bank does not say it."""
    parent = session.get(Revision, revision.parent_id) if revision.parent_id else None
    return read_standings(parent.source) if parent is not None else ()


def readings_of(document: Document, revision: Revision) -> Mapping[str, Reading]:
    """Return the scored questions of a revision by id, read once."""
    return read_questions(revision.source, document.language, document.is_translation)


def forget_document(session: Session, document: Document) -> None:
    """Take the questions of a retired quiz out of the bank."""
    _forget(session, session.scalars(_rows(document.id)).all())
    session.execute(delete(BankText).where(BankText.document_id == document.id))


def _rows(document_id: int) -> Select[BankItem]:
    """Select the questions of a text; nobody else writes them meanwhile."""
    held = select(BankItem).where(BankItem.document_id == document_id).order_by(BankItem.id)
    return held.with_for_update().execution_options(populate_existing=True)


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
