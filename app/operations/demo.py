"""The people of the demo courses: a class of students, two instructors' roles, and site roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.roles import Role, SiteRole
from app.models import Offering, User
from app.operations.accounts import NewUser, create_user, find_user
from app.operations.enrolment import Seat, enrol, get_current_offering, list_running

COURSE = "ground-service"
#: the first one must be there
COURSES = (COURSE, "service-management", "key-accounts")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One person of the demo."""

    login: str
    name: str
    role: Role | None = None
    cohort: str | None = None
    site_role: SiteRole | None = None
    class_name: str = ""


PEOPLE = (
    DemoPerson("admin", "管理员", site_role=SiteRole.ADMIN),
    DemoPerson("chen", "陈老师", Role.INSTRUCTOR),
    DemoPerson("zhou", "助教小周", Role.ASSISTANT, "地勤1班"),
    DemoPerson("2023010101", "贺子宁", Role.STUDENT, "地勤1班", class_name="航空2301"),
    DemoPerson("2023010102", "林晓彤", Role.STUDENT, "地勤1班", class_name="航空2301"),
    DemoPerson("2023010203", "王一帆", Role.STUDENT, "地勤2班", class_name="航空2302"),
)


def missing_people(session: Session) -> list[DemoPerson]:
    """Return the people of the demo who have no account yet."""
    logins = set(session.scalars(select(User.login).where(User.login.in_(one.login for one in PEOPLE))))
    return [one for one in PEOPLE if one.login not in logins]


def demo_offerings(session: Session) -> list[Offering]:
    """Return the current offerings of the demo courses that were loaded.

    :raises NotFound: the first of them was not.
    """
    running = {one.course for one in list_running(session)}
    first = get_current_offering(session, COURSE)
    return [first, *(get_current_offering(session, one) for one in COURSES[1:] if one in running)]


def create_demo(session: Session, hashes: Mapping[str, str], now: datetime, chance: int) -> None:
    """Create the people of the demo whose password hashes are given, and enrol them.

    :param hashes: password hash by login.
    :raises NotFound: the demo course was not loaded.
    """
    offerings = demo_offerings(session)
    for number, one in enumerate(PEOPLE):
        if one.login not in hashes or find_user(session, one.login) is not None:
            continue
        new = NewUser(one.login, one.name, hashes[one.login], one.class_name, one.site_role, False)
        user = create_user(session, new, None, now, chance ^ number)
        if one.role is not None:
            for offering in offerings:
                enrol(session, user.id, Seat(offering.id, one.role, one.cohort), None, now)
