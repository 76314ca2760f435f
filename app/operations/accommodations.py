"""Accommodations: what people and cohorts are allowed beyond an exam's rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from app.domain.deadline import MINUTE, NO_ALLOWANCE, ONE, Allowance, Allowances
from app.domain.errors import BadExam, NotFound
from app.domain.roles import Person, Role
from app.domain.words import marked
from app.models import Accommodation, Cohort, Enrolment, User
from app.operations import audit
from app.operations.halls import Hall
from app.operations.offerings import check_running

MOST_FACTOR = Decimal(5)
MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Terms:
    """What is allowed, and why."""

    reason: str
    extra_minutes: int = 0
    factor: Decimal = ONE
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """An accommodation with the name of whom it is for: a person's or a cohort's."""

    row: Accommodation
    person: User | None
    cohort: Cohort | None


def allowances_of(session: Session, exam_id: int, user_id: int, cohort_id: int | None) -> Allowances:
    """Return what somebody in a cohort, or in none, is allowed at an exam, in one statement."""
    in_cohort = false() if cohort_id is None else Accommodation.cohort_id == cohort_id
    own = or_(Accommodation.user_id == user_id, in_cohort)
    rows = session.scalars(select(Accommodation).where(Accommodation.exam_id == exam_id, own)).all()
    return Allowances(
        cohort=next((row.allowance for row in rows if row.cohort_id is not None), NO_ALLOWANCE),
        personal=next((row.allowance for row in rows if row.user_id is not None), NO_ALLOWANCE),
    )


def list_granted(session: Session, exam_id: int) -> Sequence[Granted]:
    """Return the accommodations of an exam, those of cohorts first."""
    statement = (
        select(Accommodation, User, Cohort)
        .outerjoin(User, User.id == Accommodation.user_id)
        .outerjoin(Cohort, Cohort.id == Accommodation.cohort_id)
        .where(Accommodation.exam_id == exam_id)
        .order_by(Accommodation.user_id.is_not(None), Cohort.name, User.login)
    )
    return [Granted(*row) for row in session.execute(statement)]


def list_whom(session: Session, hall: Hall) -> tuple[Sequence[Cohort], Sequence[User]]:
    """Return the cohorts and the students of an exam's offering."""
    cohorts = select(Cohort).where(Cohort.offering_id == hall.offering.id).order_by(Cohort.name)
    students = (
        select(User)
        .join(Enrolment, Enrolment.user_id == User.id)
        .where(Enrolment.offering_id == hall.offering.id, Enrolment.role == Role.STUDENT.value)
        .order_by(User.login)
    )
    return session.scalars(cohorts).all(), session.scalars(students).all()


def find_whom(session: Session, hall: Hall, name: str) -> User | Cohort:
    """Return the student (``person-ID``) or the cohort (``class-ID``) that a form names.

    :raises NotFound: the offering has none of this name.
    """
    cohorts, students = list_whom(session, hall)
    named: dict[str, User | Cohort] = {f"class-{one.id}": one for one in cohorts}
    named |= {f"person-{one.id}": one for one in students}
    if name not in named:
        raise NotFound(name)
    return named[name]


def grant(
    session: Session, person: Person, hall: Hall, whom: User | Cohort, granted: tuple[Terms, datetime]
) -> Accommodation:
    """Allow a student or a cohort of the offering something; what they were allowed before is replaced.

    It concerns attempts that begin afterwards; open ones are extended on the live board.

    :param granted: the terms, and now.
    :raises NotFound: there is no such student or cohort in the offering.
    :raises OfferingArchived: the offering is read-only.
    :raises BadExam: the terms allow nothing, or do not fit together or to the exam's window.
    """
    terms, now = granted
    check_running(hall.offering)
    check_terms(terms)
    _check_window(hall, terms)
    _check_whom(session, hall, whom)
    is_person = isinstance(whom, User)
    column = Accommodation.user_id if is_person else Accommodation.cohort_id
    row = session.scalar(
        select(Accommodation).where(Accommodation.exam_id == hall.exam.id, column == whom.id)
    )
    if row is None:
        row = Accommodation(exam_id=hall.exam.id)
        session.add(row)
    row.user_id, row.cohort_id = (whom.id, None) if is_person else (None, whom.id)
    row.extra_minutes, row.factor = terms.extra_minutes, terms.factor
    row.opens_at, row.closes_at, row.reason = terms.opens_at, terms.closes_at, terms.reason
    row.made_by_id, row.made_at = person.id, now
    session.flush()
    _tell(session, person, hall, row, ("exam.accommodate", now))
    return row


def revoke(session: Session, person: Person, hall: Hall, number: int, now: datetime) -> None:
    """Take an accommodation back; attempts that began with it keep their deadline.

    :raises OfferingArchived: the offering is read-only.
    :raises NotFound: the exam has no such accommodation.
    """
    check_running(hall.offering)
    row = session.get(Accommodation, number)
    if row is None or row.exam_id != hall.exam.id:
        raise NotFound(str(number))
    _tell(session, person, hall, row, ("exam.accommodation_end", now))
    session.delete(row)
    session.flush()


def check_terms(terms: Terms) -> None:
    """Refuse terms that allow nothing or too much.

    :raises BadExam: with the sentence that says what is wrong.
    """
    opens, closes = terms.opens_at, terms.closes_at
    if not terms.reason.strip():
        raise BadExam(marked("Give the reason."))
    if not 0 <= terms.extra_minutes <= MOST_MINUTES or not _is_factor(terms.factor):
        raise BadExam(marked("More minutes are 0 to 1440, the factor is 1 to 5 with two decimals at most."))
    if not (terms.extra_minutes or terms.factor != ONE or opens or closes):
        raise BadExam(marked("Give more minutes, a factor or another window."))
    if opens and closes and closes <= opens:
        raise BadExam(marked("It closes before it opens."))


def _is_factor(factor: Decimal) -> bool:
    return factor.is_finite() and ONE <= factor <= MOST_FACTOR and factor == round(factor, 2)


def _check_window(hall: Hall, terms: Terms) -> None:
    """Refuse an own opening after the exam's close, or an own close before the exam's opening."""
    allowance = Allowance(terms.extra_minutes * MINUTE, terms.factor, terms.opens_at, terms.closes_at)
    own = allowance.window(hall.exam.window)
    if own.opens is not None and own.closes is not None and own.closes <= own.opens:
        raise BadExam(marked("It closes before it opens."))


def _check_whom(session: Session, hall: Hall, whom: User | Cohort) -> None:
    if isinstance(whom, Cohort):
        if whom.offering_id != hall.offering.id:
            raise NotFound(whom.name)
        return
    enrolment = session.get(Enrolment, (hall.offering.id, whom.id))
    if enrolment is None or enrolment.role != Role.STUDENT.value:
        raise NotFound(whom.login)


def _tell(
    session: Session, person: Person, hall: Hall, row: Accommodation, done: tuple[str, datetime]
) -> None:
    action, now = done
    cohort = session.get(Cohort, row.cohort_id) if row.cohort_id else None
    detail = {
        "exam": hall.exam.public_id,
        "cohort": cohort and cohort.name,
        "minutes": row.extra_minutes,
        "factor": str(row.factor),
        "opens": row.opens_at and row.opens_at.isoformat(),
        "closes": row.closes_at and row.closes_at.isoformat(),
        "reason": row.reason,
    }
    about = audit.About(person_id=row.user_id, offering_id=hall.offering.id, detail=detail)
    audit.record(session, person, action, now=now, **about)
