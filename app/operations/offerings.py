"""Offerings: a course in a term, where it is found from, its class hours, its next term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import BadName, NotFound, OfferingArchived
from app.domain.ids import public_id
from app.domain.roles import Membership, Permission, Person, Role
from app.domain.terms import Term, term_of
from app.models import Cohort, Course, Enrolment, Offering
from app.operations.courses import take_turns


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands: an offering of a course, and the role there."""

    offering: Offering
    course: Course
    membership: Membership

    @property
    def counts(self) -> bool:
        """Whether what is done here counts: only a student's work does, all else is a preview."""
        return self.membership.role is Role.STUDENT


def find_place(session: Session, person: Person, slug: str, today: date) -> Place | None:
    """Return the person's newest offering of a course that has begun, one to come only if none has.

    Offerings that run come before archived ones; those in which the person learns before others, where all
    that they do is a preview.
    """
    learning = [one.offering_id for one in person.memberships if one.role is Role.STUDENT]
    statement = (
        select(Offering, Course)
        .join(Course, Course.id == Offering.course_id)
        .where(Course.slug == slug, Offering.id.in_(person.offerings_where(Permission.STUDY)))
        .order_by(
            Offering.archived_at.is_not(None),
            Offering.id.not_in(learning),
            Offering.starts_on > today,
            Offering.starts_on.desc(),
            Offering.id.desc(),
        )
        .limit(1)
    )
    row = session.execute(statement).first()
    if row is None:
        return None
    membership = person.membership(row.Offering.id)
    return Place(row.Offering, row.Course, membership) if membership else None


def get_place(session: Session, person: Person, slug: str, today: date) -> Place:
    """Return where the person stands in a course.

    :raises NotFound: the person is in no offering of such a course.
    """
    place = find_place(session, person, slug, today)
    if place is None:
        raise NotFound(slug)
    return place


def get_offering(session: Session, person: Person, public: str, permission: Permission) -> Place:
    """Return an offering in which the person's role grants the permission.

    :raises NotFound: there is no such offering for this person.
    """
    statement = (
        select(Offering, Course)
        .join(Course, Course.id == Offering.course_id)
        .where(Offering.public_id == public, Offering.id.in_(person.offerings_where(permission)))
    )
    row = session.execute(statement).first()
    membership = person.membership(row.Offering.id) if row else None
    if row is None or membership is None:
        raise NotFound(public)
    return Place(row.Offering, row.Course, membership)


def list_places(session: Session, person: Person, permission: Permission) -> Sequence[Place]:
    """Return the offerings in which a role of the person grants the permission, newest first."""
    statement = (
        select(Offering, Course)
        .join(Course, Course.id == Offering.course_id)
        .where(Offering.id.in_(person.offerings_where(permission)))
        .order_by(Offering.archived_at.is_not(None), Offering.starts_on.desc(), Course.slug)
    )
    memberships = {one.offering_id: one for one in person.memberships}
    rows = session.execute(statement)
    return [Place(offering, course, memberships[offering.id]) for offering, course in rows]


def check_running(offering: Offering) -> None:
    """Refuse to change an archived offering.

    :raises OfferingArchived: the offering is read-only.
    """
    if offering.is_archived:
        raise OfferingArchived(offering.public_id)


def take_turn(session: Session, place: Place) -> None:
    """Let those who start something in a course pass one by one: each finds what the one before made."""
    take_turns(session, [place.course])


def create_offering(session: Session, course: Course, term: Term, now: datetime, chance: int) -> Offering:
    """Open an offering of a course in a term.

    :raises BadName: the term has no name, ends before it begins, or has this course already.
    """
    name = term.name.strip()
    same = select(Offering.id).where(Offering.course_id == course.id, Offering.term == name)
    if not name or term.ends_on < term.starts_on or session.scalar(same) is not None:
        raise BadName(name)
    offering = Offering(
        public_id=public_id(now, chance),
        course_id=course.id,
        term=name,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        created_at=now,
    )
    session.add(offering)
    session.flush()
    return offering


def ensure_offerings(session: Session, today: datetime, chance: int) -> None:
    """Open an offering in the present term for each course that never had one.

    :param today: the present moment in the site's time zone.
    """
    offered = select(Offering.course_id)
    term = term_of(today.date())
    courses = session.scalars(select(Course).where(Course.id.not_in(offered)).order_by(Course.id)).all()
    for number, course in enumerate(courses):
        create_offering(session, course, term, today, chance ^ number)


def copy_offering(session: Session, place: Place, term: Term, now: datetime, chance: int) -> Offering:
    """Copy an offering to another term: its instructors come along, its students and cohorts do not.

    :raises BadName: see ``create_offering``.
    """
    copy = create_offering(session, place.course, term, now, chance)
    copy.copied_from_id = place.offering.id
    staff = select(Enrolment).where(
        Enrolment.offering_id == place.offering.id, Enrolment.role == Role.INSTRUCTOR.value
    )
    for enrolment in session.scalars(staff):
        session.add(
            Enrolment(offering_id=copy.id, user_id=enrolment.user_id, role=enrolment.role, enrolled_at=now)
        )
    session.flush()
    return copy


def archive_offering(offering: Offering, now: datetime) -> None:
    """Make an offering read-only."""
    offering.archived_at = offering.archived_at or now


def reopen_offering(offering: Offering) -> None:
    """Take an offering back from the archive."""
    offering.archived_at = None


def list_cohorts(session: Session, place: Place) -> Sequence[Cohort]:
    """Return the cohorts that the person may look at: an assistant's own, else all."""
    statement = select(Cohort).where(Cohort.offering_id == place.offering.id).order_by(Cohort.name)
    if place.membership.role is Role.ASSISTANT:
        statement = statement.where(Cohort.id.in_(place.membership.cohorts))
    return session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many students and cohorts an offering has."""

    students: int
    cohorts: int


def count_people(session: Session, offering_ids: Sequence[int]) -> Mapping[int, Headcount]:
    """Count students and cohorts of offerings, in two statements."""
    student = Enrolment.role == Role.STUDENT.value
    students = select(Enrolment.offering_id, func.count()).where(student).group_by(Enrolment.offering_id)
    cohorts = select(Cohort.offering_id, func.count()).group_by(Cohort.offering_id)
    n_students = {row[0]: row[1] for row in session.execute(students)}
    n_cohorts = {row[0]: row[1] for row in session.execute(cohorts)}
    return {one: Headcount(n_students.get(one, 0), n_cohorts.get(one, 0)) for one in offering_ids}
