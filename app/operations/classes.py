"""The people of an offering, as its instructor looks after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import NotFound
from app.domain.roles import Person, Role
from app.models import Cohort, Enrolment, User
from app.operations.accounts import entrusted_to
from app.operations.enrolment import Seat, enrol, withdraw
from app.operations.hours import LARGEST_ID
from app.operations.offerings import Place, check_running, list_cohorts
from app.operations.rosters import Waiting

#: who teaches stands before who studies
ORDER = {Role.INSTRUCTOR: 0, Role.ASSISTANT: 1, Role.MARKER: 2, Role.STUDENT: 3}


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an offering. ``cohort`` is empty for who stands in none."""

    public_id: str
    login: str
    name: str
    class_name: str
    role: Role
    cohort: str
    is_disabled: bool
    has_password: bool


def list_members(
    session: Session, place: Place, text: str = "", cohort_id: int | None = None
) -> list[Member]:
    """Return the people whose number, name, class or pinyin holds the text, in the order of their numbers."""
    query = (
        select(User, Enrolment.role, Cohort.name)
        .join(Enrolment, Enrolment.user_id == User.id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.offering_id == place.offering.id)
        .order_by(case(ORDER, value=Enrolment.role), User.login)
    )
    if cohort_id is not None:
        query = query.where(Enrolment.cohort_id == min(cohort_id, LARGEST_ID))
    if text := text.strip().casefold():
        columns = (User.login, User.name, User.class_name, User.sounds)
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return [
        Member(
            public_id=user.public_id,
            login=user.login,
            name=user.name,
            class_name=user.class_name,
            role=Role(role),
            cohort=cohort or "",
            is_disabled=user.is_disabled,
            has_password=bool(user.password_hash),
        )
        for user, role, cohort in session.execute(query)
    ]


def list_class_names(session: Session, place: Place) -> list[str]:
    """Return the names of an offering's cohorts, and of the classes of who stands in none."""
    names = {cohort.name for cohort in list_cohorts(session, place)}
    if place.membership.role is not Role.ASSISTANT:
        statement = (
            select(User.class_name)
            .join(Enrolment, Enrolment.user_id == User.id)
            .where(Enrolment.offering_id == place.offering.id, Enrolment.role == Role.STUDENT)
            .where(Enrolment.cohort_id.is_(None), User.class_name != "")
        )
        names |= set(session.scalars(statement))
    return sorted(names)


def list_waiting_here(session: Session, teacher: Person, place: Place) -> Sequence[Waiting]:
    """Return the students of an offering who have no password yet and may get one from the teacher.

    As with one-time passwords, who has other roles too gets theirs from an administrator.
    """
    other = aliased(Enrolment)
    teaches = select(other.user_id).where(other.user_id == User.id, other.role != Role.STUDENT)
    statement = (
        select(User.id, User.login, User.name, User.class_name)
        .join(Enrolment, Enrolment.user_id == User.id)
        .where(
            Enrolment.offering_id == place.offering.id,
            Enrolment.role == Role.STUDENT,
            User.password_hash == "",
            User.disabled_at.is_(None),
            User.site_role.is_(None),
            ~teaches.correlate(User).exists(),
            entrusted_to(teacher, [place.offering.id]),
        )
        .order_by(User.class_name, User.login)
    )
    return [Waiting(*row) for row in session.execute(statement)]


def move_student(
    session: Session, actor: Person, place: Place, student: tuple[str, str], now: datetime
) -> User:
    """Put a student into a cohort of the offering, made if there is none of the name.

    :param student: the public id, and the cohort's name, "" for none.
    :raises NotFound: the offering has no such student.
    :raises BadName: no cohort can be called so.
    :raises OfferingArchived: the offering is read-only.
    """
    public, cohort = student
    user = _student(session, place, public)
    seat = Seat(place.offering.id, Role.STUDENT, cohort or None)
    enrol(session, user.id, seat, actor, now)
    return user


def withdraw_student(session: Session, actor: Person, place: Place, public: str, now: datetime) -> User:
    """Take a student's place away; what they did stays.

    :raises NotFound: the offering has no such student.
    :raises OfferingArchived: the offering is read-only.
    """
    user = _student(session, place, public)
    check_running(place.offering)
    withdraw(session, user.id, place.offering.id, actor, now)
    return user


def _student(session: Session, place: Place, public: str) -> User:
    statement = (
        select(User)
        .join(Enrolment, Enrolment.user_id == User.id)
        .where(
            User.public_id == public,
            Enrolment.offering_id == place.offering.id,
            Enrolment.role == Role.STUDENT,
        )
    )
    user = session.scalar(statement)
    if user is None:
        raise NotFound(public)
    return user
