"""What the audit log names: exams and offerings."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditRow, Course, Exam, Offering
from app.operations.audit import Line
from app.operations.enrolment import Running
from app.operations.halls import Hall, as_halls, halls


def exams_named(session: Session, lines: Iterable[Line]) -> list[Hall]:
    """Return the exams that lines of the log name, in one statement at most."""
    named = {str(line.detail["exam"]) for line in lines if line.detail.get("exam")}
    return as_halls(session, halls().where(Exam.public_id.in_(named))) if named else []


def courses_named(session: Session, lines: Iterable[Line]) -> list[Course]:
    """Return the courses that lines of the log name, in one statement at most."""
    named = {str(line.detail["course"]) for line in lines if line.detail.get("course")}
    return list(session.scalars(select(Course).where(Course.slug.in_(named)))) if named else []


def offerings_recorded(session: Session) -> list[Running]:
    """Return the offerings that occur in the log."""
    told = select(AuditRow.offering_id).where(AuditRow.offering_id.is_not(None)).distinct()
    rows = session.execute(
        select(Offering.id, Offering.public_id, Course.slug, Offering.term, Course.titles)
        .join(Course, Course.id == Offering.course_id)
        .where(Offering.id.in_(told))
        .order_by(Course.slug, Offering.starts_on.desc())
    )
    return [Running(*row) for row in rows]
