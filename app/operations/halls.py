"""Find exams: through the person who asks, with everything around them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.roles import SITE_TABLE, Permission, Person, Role
from app.models import Attempt, Course, Document, Exam, Offering


@dataclass(frozen=True, slots=True)
class Hall:
    """An exam with its quiz, and where it is held (考场)."""

    exam: Exam
    offering: Offering
    course: Course
    document: Document

    @property
    def title(self) -> str:
        """What the exam is called: as its setter named it, else as its quiz in its own language."""
        return self.exam.title or self.document.title


def get_hall(session: Session, person: Person, public: str, permission: Permission) -> Hall:
    """Return an exam over which a role of the person grants the permission.

    :raises NotFound: there is no such exam for this person.
    """
    row = session.execute(halls().where(Exam.public_id == public)).first()
    if row is None or not person.may(permission, row.Offering.id):
        raise NotFound(public)
    return Hall(row.Exam, row.Offering, row.Course, row.Document)


def find_hall(session: Session, public: str, *, holds: bool = False) -> Hall | None:
    """Return an exam whoever asks, held for this transaction or not: for commands."""
    query = halls().where(Exam.public_id == public)
    row = session.execute(query.with_for_update(of=Exam) if holds else query).first()
    return Hall(row.Exam, row.Offering, row.Course, row.Document) if row else None


def list_all_halls(session: Session) -> Sequence[Hall]:
    """Return every exam, the newest first: for commands."""
    return as_halls(session, halls().order_by(Exam.id.desc()))


def hold_hall(session: Session, person: Person, public: str, permission: Permission) -> Hall:
    """Return an exam as ``get_hall`` does, and hold it for this transaction.

    :raises NotFound: there is no such exam for this person.
    """
    held = select(Exam.id).where(Exam.public_id == public).with_for_update()
    session.execute(held)
    return get_hall(session, person, public, permission)


def open_hall(session: Session, person: Person, public: str) -> Hall:
    """Return a scheduled exam that a student may sit, or an author try as a preview.

    :raises NotFound: there is no such exam for this person, or it is a draft.
    """
    hall = get_hall(session, person, public, Permission.STUDY)
    membership = person.membership(hall.offering.id)
    is_student = membership is not None and membership.role is Role.STUDENT
    # the exam wall: whoever looks after students or marks them reads no paper beforehand
    if hall.exam.scheduled_at is None or not (is_student or person.may(Permission.AUTHOR, hall.offering.id)):
        raise NotFound(public)
    return hall


def list_halls(session: Session, offering_id: int) -> Sequence[Hall]:
    """Return the exams of an offering, the next one first; drafts come last."""
    order = (Exam.opens_at.is_(None), Exam.opens_at, Exam.id)
    return as_halls(session, halls().where(Exam.offering_id == offering_id).order_by(*order))


def list_halls_between(session: Session, person: Person, since: datetime, until: datetime) -> Sequence[Hall]:
    """Return the scheduled exams that are open at some time in a span, which the person may watch."""
    touches = (Exam.opens_at < until) & or_(Exam.closes_at.is_(None), Exam.closes_at >= since)
    query = halls().where(Exam.scheduled_at.is_not(None), touches, watched_by(person))
    return as_halls(session, query.order_by(Exam.opens_at, Exam.id))


def list_watched(session: Session, person: Person, limit: int) -> Sequence[Hall]:
    """Return the scheduled exams that the person may watch, those that open last first."""
    query = halls().where(Exam.scheduled_at.is_not(None), watched_by(person))
    return as_halls(session, query.order_by(Exam.opens_at.desc(), Exam.id.desc()).limit(limit))


def watched_by(person: Person) -> ColumnElement[bool]:
    """Select the exams that the person may watch: an officer all, others those of their offerings."""
    permission = Permission.INVIGILATE
    if person.site_role is not None and permission in SITE_TABLE[person.site_role]:
        return Exam.id.is_not(None)
    return Exam.offering_id.in_(person.offerings_where(permission))


def as_halls(session: Session, query: Select[Exam, Offering, Course, Document]) -> list[Hall]:
    """Run a query of halls."""
    return [Hall(row.Exam, row.Offering, row.Course, row.Document) for row in session.execute(query)]


def halls() -> Select[Exam, Offering, Course, Document]:
    """Select exams that somebody set, with what is around them."""
    return (
        select(Exam, Offering, Course, Document)
        .join(Offering, Offering.id == Exam.offering_id)
        .join(Course, Course.id == Offering.course_id)
        .join(Document, Document.id == Exam.document_id)
        .where(Exam.kind != "practice")
    )


def count_begun(session: Session, exam_ids: Iterable[int]) -> Mapping[int, int]:
    """Count the attempts at exams that are no previews, by exam id."""
    statement = (
        select(Attempt.exam_id, func.count())
        .where(Attempt.exam_id.in_(exam_ids), Attempt.is_preview.is_(False))
        .group_by(Attempt.exam_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
