"""Who is expected at an exam."""

from sqlalchemy import ColumnElement, and_, exists, or_

from app.domain.roles import Role
from app.models import Accommodation, Attempt, Enrolment, Exam


def expected_at(exam: Exam) -> ColumnElement[bool]:
    """Whether an enrolment is that of a student who is expected at an exam.

    Who joined the offering after it had closed is not absent from it; who sat it all the same, or has a time
    of their own, is expected.
    """
    is_student = and_(Enrolment.offering_id == exam.offering_id, Enrolment.role == Role.STUDENT.value)
    if exam.closes_at is None:
        return is_student
    own = or_(Accommodation.user_id == Enrolment.user_id, Accommodation.cohort_id == Enrolment.cohort_id)
    later = Accommodation.closes_at > Enrolment.enrolled_at
    granted = exists().where(Accommodation.exam_id == exam.id, own, later)
    sat = exists().where(Attempt.exam_id == exam.id, Attempt.user_id == Enrolment.user_id)
    were_there = or_(granted.correlate(Enrolment), sat.correlate(Enrolment))
    return and_(is_student, or_(Enrolment.enrolled_at < exam.closes_at, were_there))
