"""Enrolment: who is in an offering, in which role and cohort (班级)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from app.domain.accounts import tidy_name
from app.domain.errors import NotFound, OfferingArchived
from app.domain.roles import Person, Role
from app.models import Cohort, CohortAssistant, Course, Enrolment, Offering, User
from app.operations import audit


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in an offering: a student stands in the cohort, an assistant looks after it."""

    offering_id: int
    role: Role
    cohort: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A person's place as it is listed."""

    offering_public_id: str
    course: str
    titles: dict[str, Any]
    term: str
    role: Role
    cohorts: tuple[str, ...]
    is_archived: bool


def enrol(session: Session, user_id: int, seat: Seat, actor: Person | None, now: datetime) -> Enrolment:
    """Give a person a place in an offering, or move them to this one.

    A cohort is made when its name is new. An assistant looks after one more cohort each time.

    :raises NotFound: there is no such offering.
    :raises OfferingArchived: the offering takes no more changes.
    """
    offering = session.get(Offering, seat.offering_id)
    if offering is None:
        raise NotFound(str(seat.offering_id))
    if offering.is_archived:
        raise OfferingArchived(offering.public_id)
    cohort = take_cohort(session, offering.id, seat.cohort) if seat.cohort else None
    enrolment = take_seat(session, user_id, seat, now)
    enrolment.cohort_id = cohort.id if cohort and seat.role == Role.STUDENT else None
    session.flush()
    look_after(session, user_id, seat, cohort)
    detail = {"role": seat.role, "cohort": cohort.name if cohort else None}
    about = audit.About(person_id=user_id, offering_id=offering.id, detail=detail)
    audit.record(session, actor, "enrolment.set", now=now, **about)
    return enrolment


def take_seat(session: Session, user_id: int, seat: Seat, now: datetime) -> Enrolment:
    """Return the person's row in the offering, made if there is none, with its role."""
    enrolment = session.get(Enrolment, (seat.offering_id, user_id))
    if enrolment is None:
        enrolment = Enrolment(offering_id=seat.offering_id, user_id=user_id, enrolled_at=now)
        session.add(enrolment)
    enrolment.role = seat.role
    return enrolment


def take_cohort(session: Session, offering_id: int, name: str) -> Cohort:
    """Return the cohort of this name, made if there is none."""
    name = tidy_name(name)
    wanted = select(Cohort).where(Cohort.offering_id == offering_id, Cohort.name == name)
    cohort = session.scalar(wanted)
    if cohort is None:
        cohort = Cohort(offering_id=offering_id, name=name)
        session.add(cohort)
        session.flush()
    return cohort


def look_after(session: Session, user_id: int, seat: Seat, cohort: Cohort | None) -> None:
    """Let an assistant look after a cohort; any other role looks after none."""
    if seat.role != Role.ASSISTANT:
        leave_cohorts(session, user_id, seat.offering_id)
    elif cohort is not None and session.get(CohortAssistant, (cohort.id, user_id)) is None:
        session.add(CohortAssistant(cohort_id=cohort.id, user_id=user_id))
        session.flush()


def leave_cohorts(session: Session, user_id: int, offering_id: int) -> None:
    """Take a person's cohorts in an offering away."""
    own = select(Cohort.id).where(Cohort.offering_id == offering_id)
    session.execute(
        delete(CohortAssistant).where(CohortAssistant.user_id == user_id, CohortAssistant.cohort_id.in_(own)),
        execution_options={"synchronize_session": "fetch"},
    )


def instructor_names(session: Session, offering_id: int) -> Sequence[str]:
    """Return the names of those who teach in an offering, in the order in which they came."""
    statement = (
        select(User.name)
        .join(Enrolment, Enrolment.user_id == User.id)
        .where(Enrolment.offering_id == offering_id, Enrolment.role == Role.INSTRUCTOR.value)
        .order_by(Enrolment.enrolled_at, User.login)
    )
    return session.scalars(statement).all()


def withdraw(session: Session, user_id: int, offering_id: int, actor: Person | None, now: datetime) -> None:
    """Take a person's place in an offering away; what they did there stays.

    :raises NotFound: they have no place there.
    """
    enrolment = session.get(Enrolment, (offering_id, user_id))
    if enrolment is None:
        raise NotFound(str(offering_id))
    leave_cohorts(session, user_id, offering_id)
    session.delete(enrolment)
    about = audit.About(person_id=user_id, offering_id=offering_id, detail={"role": enrolment.role})
    audit.record(session, actor, "enrolment.withdraw", now=now, **about)


def list_seats(session: Session, user_id: int) -> list[Listed]:
    """Return a person's places, newest offering first."""
    rows = session.execute(
        select(Enrolment, Offering, Course, Cohort.name)
        .join(Offering, Offering.id == Enrolment.offering_id)
        .join(Course, Course.id == Offering.course_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.user_id == user_id)
        .order_by(Offering.starts_on.desc(), Course.slug)
    ).all()
    return [
        Listed(
            offering.public_id,
            course.slug,
            course.titles,
            offering.term,
            Role(enrolment.role),
            (cohort,) if cohort else cohorts_looked_after(session, user_id, offering.id),
            offering.is_archived,
        )
        for enrolment, offering, course, cohort in rows
    ]


def cohorts_looked_after(session: Session, user_id: int, offering_id: int) -> tuple[str, ...]:
    """Return the names of the cohorts that an assistant looks after in an offering."""
    return tuple(
        session.scalars(
            select(Cohort.name)
            .join(CohortAssistant, CohortAssistant.cohort_id == Cohort.id)
            .where(CohortAssistant.user_id == user_id, Cohort.offering_id == offering_id)
            .order_by(Cohort.name)
        )
    )


def get_current_offering(session: Session, course_slug: str) -> Offering:
    """Return a course's newest offering that is not archived.

    :raises NotFound: the course has none, or there is no such course.
    """
    offering = session.scalar(
        select(Offering)
        .join(Course, Course.id == Offering.course_id)
        .where(Course.slug == course_slug, Offering.archived_at.is_(None))
        .order_by(Offering.starts_on.desc(), Offering.id.desc())
        .limit(1)
    )
    if offering is None:
        raise NotFound(course_slug)
    return offering


def count_people(session: Session, offering_id: int) -> dict[str, int]:
    """Return how many people hold each role in an offering."""
    rows = session.execute(
        select(Enrolment.role, func.count())
        .where(Enrolment.offering_id == offering_id)
        .group_by(Enrolment.role)
    )
    return {role: number for role, number in rows}


@dataclass(frozen=True, slots=True)
class Running:
    """An offering that takes people."""

    id: int
    public_id: str
    course: str
    term: str
    titles: dict[str, Any]


def list_running(session: Session) -> list[Running]:
    """Return the offerings that are not archived, by course, newest first."""
    rows = session.execute(
        select(Offering.id, Offering.public_id, Course.slug, Offering.term, Course.titles)
        .join(Course, Course.id == Offering.course_id)
        .where(Offering.archived_at.is_(None))
        .order_by(Course.slug, Offering.starts_on.desc())
    )
    return [Running(*row) for row in rows]


def get_running(session: Session, public_id: str) -> Offering:
    """Return the offering with this public id if it takes changes.

    :raises NotFound: there is none.
    :raises OfferingArchived: it is read-only.
    """
    offering = session.scalar(select(Offering).where(Offering.public_id == public_id))
    if offering is None:
        raise NotFound(public_id)
    if offering.is_archived:
        raise OfferingArchived(public_id)
    return offering


def list_courses(session: Session) -> list[tuple[str, Running | None]]:
    """Return every course with each of its running offerings, or with None."""
    rows: Sequence[Any] = session.execute(
        select(Course.slug, Offering.id, Offering.public_id, Offering.term, Course.titles)
        .outerjoin(Offering, and_(Offering.course_id == Course.id, Offering.archived_at.is_(None)))
        .order_by(Course.slug, Offering.starts_on.desc())
    ).all()
    return [
        (slug, None if number is None else Running(number, public_id, slug, term, titles))
        for slug, number, public_id, term, titles in rows
    ]
