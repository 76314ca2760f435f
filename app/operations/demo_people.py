"""Who the people of the demo courses are: a class of students, two instructors' roles, and site roles."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.roles import Role, SiteRole
from app.models import User


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
