"""The desk of the bank: tags, and questions that are kept out of new papers. The texts stay as they are."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.errors import BadTag
from app.domain.roles import Person
from app.models import ItemTag, RetiredItem
from app.operations import audit
from app.operations.bank_places import Question
from app.operations.bank_use import refresh_desks
from app.operations.offerings import check_running, take_turn

LONGEST_TAG, MOST_TAGS = 30, 12


def set_tags(
    session: Session, person: Person, question: Question, tags: Iterable[str], now: datetime
) -> None:
    """Give a question these tags and no others; the same tags again change nothing.

    :raises OfferingArchived: the course has no running offering.
    :raises BadTag: a tag is too long, or there are too many.
    """
    _hold(session, question)
    wanted = {tag for one in tags if (tag := " ".join(one.split()))}
    if len(wanted) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in wanted):
        raise BadTag(", ".join(sorted(wanted)))
    own = (ItemTag.document_id == question.document.id, ItemTag.item == question.row.item)
    known = set(session.scalars(select(ItemTag.tag).where(*own)))
    if known == wanted:
        return
    session.execute(delete(ItemTag).where(*own, ItemTag.tag.in_(known - wanted)))
    name = _name(question)
    session.add_all(ItemTag(**name, tag=tag, made_by_id=person.id, made_at=now) for tag in wanted - known)
    _tell(session, person, question, "question.tag", now)


def retire_question(session: Session, person: Person, question: Question, now: datetime) -> None:
    """Keep a question out of new papers and picks; a question that is retired already stays so.

    :raises OfferingArchived: the course has no running offering.
    """
    _hold(session, question)
    if session.get(RetiredItem, tuple(_name(question).values())) is not None:
        return
    session.add(RetiredItem(**_name(question), retired_by_id=person.id, retired_at=now))
    _tell(session, person, question, "question.retire", now)


def revive_question(session: Session, person: Person, question: Question, now: datetime) -> None:
    """Take a retired question back.

    :raises OfferingArchived: the course has no running offering.
    """
    _hold(session, question)
    row = session.get(RetiredItem, tuple(_name(question).values()))
    if row is None:
        return
    session.delete(row)
    _tell(session, person, question, "question.revive", now)


def _hold(session: Session, question: Question) -> None:
    check_running(question.place.offering)
    take_turn(session, question.place)


def _name(question: Question) -> dict[str, int | str]:
    return {"document_id": question.document.id, "item": question.row.item}


def _tell(session: Session, person: Person, question: Question, action: str, now: datetime) -> None:
    """Let the question be found by what is said of it now, and the log tell of it."""
    session.flush()
    refresh_desks(session, question.document.course_id, [question.row])
    own = (ItemTag.document_id == question.document.id, ItemTag.item == question.row.item)
    tags = session.scalars(select(ItemTag.tag).where(*own).order_by(ItemTag.tag))
    detail = {"quiz": question.document.slug, "item": question.row.item, "tags": ", ".join(tags)}
    place = question.place.offering.id
    audit.record(session, person, action, offering_id=place, detail=detail, now=now)
