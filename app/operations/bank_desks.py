"""What the desk and the exams say of questions: tags, what is retired, which exams ask them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from app.domain.bank_entry import Desk
from app.models import Exam, FrozenItem, ItemTag, Offering, RetiredItem

#: document and item
Name = tuple[int, str]


def desks_of(session: Session, course_id: int, wanted: Sequence[tuple[int, str, str]]) -> Mapping[Name, Desk]:
    """Return what is said of questions, each by its document, its name and its meaning."""
    documents = {document for document, _, _ in wanted}
    tags: dict[Name, list[str]] = {}
    tagged = select(ItemTag).where(ItemTag.document_id.in_(documents)).order_by(ItemTag.tag)
    for row in session.scalars(tagged):
        tags.setdefault((row.document_id, row.item), []).append(row.tag)
    retired = find_retired(session, documents)
    exams = _exams(session, course_id, wanted)
    return {
        (document, item): Desk(
            tags.get((document, item), ()),
            (document, item) in retired,
            sorted(exams.get((document, item), ())),
        )
        for document, item, _ in wanted
    }


def find_retired(session: Session, documents: Collection[int]) -> set[Name]:
    """Return the retired questions of texts."""
    statement = select(RetiredItem.document_id, RetiredItem.item)
    rows = session.execute(statement.where(RetiredItem.document_id.in_(documents)))
    return {(row.document_id, row.item) for row in rows}


def follow_renamed(session: Session, document_id: int, renamed: Mapping[str, str]) -> None:
    """Let what the desk said of questions stay with them under their new names."""
    for old, new in renamed.items():
        for table in (ItemTag, RetiredItem):
            said = select(table.item).where(table.document_id == document_id, table.item.in_((old, new)))
            if set(session.scalars(said)) == {old}:
                moved = update(table).where(table.document_id == document_id, table.item == old)
                session.execute(moved.values(item=new))


def asks(names: Sequence[tuple[int, str, str]]) -> ColumnElement[bool]:
    """Select what papers ask of these questions: what they are now, and what they were called before.

    :param names: of each its document, its name there and its meaning.
    """
    documents, items = {one[0] for one in names}, {one[1] for one in names}
    same_name = and_(FrozenItem.document_id.in_(documents), FrozenItem.item.in_(items))
    return or_(FrozenItem.meaning.in_({one[2] for one in names}), same_name)


def _exams(
    session: Session, course_id: int, wanted: Sequence[tuple[int, str, str]]
) -> dict[Name, set[tuple[int, date]]]:
    """Return the scheduled exams of a course that ask such questions, each with the day of its opening."""
    named = {(document, item) for document, item, _ in wanted}
    meaning_of: dict[str, list[Name]] = {}
    for document, item, meaning in wanted:
        meaning_of.setdefault(meaning, []).append((document, item))
    statement = (
        select(FrozenItem, Exam.id, Exam.opens_at)
        .join(Exam, Exam.paper_id == FrozenItem.paper_id)
        .join(Offering, Offering.id == Exam.offering_id)
        .where(asks(wanted), Offering.course_id == course_id)
        .where(Exam.scheduled_at.is_not(None), Exam.opens_at.is_not(None))
    )
    found: dict[Name, set[tuple[int, date]]] = {}
    for frozen, number, opens_at in session.execute(statement):
        assert opens_at is not None
        own = {(frozen.document_id, frozen.item)} & named
        for name in own | set(meaning_of.get(frozen.meaning, ())):
            found.setdefault(name, set()).add((number, opens_at.date()))
    return found
