"""Accounts: making them, shutting them, their names, site roles and passwords."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from app.domain.accounts import find_login, fold_login, tidy_name
from app.domain.errors import EnrolledByTeachers, LoginTaken, NotAllowed, NotFound
from app.domain.ids import public_id
from app.domain.roles import Permission, Person, Role, SiteRole
from app.models import AuditRow, Enrolment, Offering, User
from app.operations import audit
from app.operations.sessions import end_sessions


@dataclass(frozen=True, slots=True)
class NewUser:
    """What a new account is made of. A password that somebody else chose must be changed."""

    login: str
    name: str
    password_hash: str
    class_name: str = ""
    site_role: SiteRole | None = None
    must_change_password: bool = True


def create_user(session: Session, new: NewUser, actor: Person | None, now: datetime, chance: int) -> User:
    """Make an account.

    :raises BadName: the login or the name cannot be one.
    :raises LoginTaken: another person has this login.
    """
    user = User(
        public_id=public_id(now, chance),
        login=fold_login(new.login),
        name=tidy_name(new.name),
        class_name=new.class_name.strip(),
        password_hash=new.password_hash,
        site_role=new.site_role,
        must_change_password=new.must_change_password,
        created_at=now,
    )
    add_unless_taken(session, user)
    detail = {"login": user.login, "site_role": user.site_role}
    audit.record(session, actor, "user.create", person_id=user.id, detail=detail, now=now)
    return user


def add_unless_taken(session: Session, user: User) -> None:
    """Add an account; the unique login decides when two are added at once."""
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise LoginTaken from error


def find_user(session: Session, login: str) -> User | None:
    """Return the account with this login, as typed, if there is one."""
    return session.scalar(select(User).where(User.login == find_login(login)))


def get_user(session: Session, public_id: str) -> User:
    """Return the account with this public id.

    :raises NotFound: there is none.
    """
    user = session.scalar(select(User).where(User.public_id == public_id))
    if user is None:
        raise NotFound(public_id)
    return user


def search_users(session: Session, text: str, limit: int, offset: int = 0) -> list[User]:
    """Return the people whose login, name, class or pinyin holds the text, in the order of their logins."""
    query = select(User).order_by(User.login).limit(limit).offset(offset)
    if text := text.strip():
        columns = (User.login, User.name, User.class_name, User.sounds)
        query = query.where(
            or_(*(func.lower(column).contains(text.lower(), autoescape=True) for column in columns))
        )
    return list(session.scalars(query))


def has_admin(session: Session) -> bool:
    """Whether anybody can administer this instance."""
    admins = select(User.id).where(User.site_role == SiteRole.ADMIN, User.disabled_at.is_(None))
    return session.scalar(admins.limit(1)) is not None


def set_site_role(
    session: Session, user: User, role: SiteRole | None, actor: Person | None, now: datetime
) -> None:
    """Give a person a role on the whole site, or take it away.

    :raises NotAllowed: administrators do not change their own, so that one always remains.
    """
    refuse_oneself(user, actor)
    if user.site_role == role:
        return
    detail = {"before": user.site_role, "after": role}
    user.site_role = role
    audit.record(session, actor, "user.site_role", person_id=user.id, detail=detail, now=now)


def disable_user(session: Session, user: User, actor: Person | None, now: datetime) -> None:
    """Shut a person out at once, everywhere.

    :raises NotAllowed: nobody shuts themselves out.
    """
    refuse_oneself(user, actor)
    if user.is_disabled:
        return
    user.disabled_at = now
    end_sessions(session, user.id, now)
    audit.record(session, actor, "user.disable", person_id=user.id, now=now)


def enable_user(session: Session, user: User, actor: Person | None, now: datetime) -> None:
    """Let a disabled person sign in again."""
    if not user.is_disabled:
        return
    user.disabled_at = None
    audit.record(session, actor, "user.enable", person_id=user.id, now=now)


def refuse_oneself(user: User, actor: Person | None) -> None:
    """Let an administrator act on other people only."""
    if actor is not None and user.id == actor.id:
        raise NotAllowed


def issue_password(
    session: Session, user: User, password_hash: str, actor: Person | None, now: datetime
) -> None:
    """Set a one-time password; it must be changed at the next sign-in, and every session ends.

    :raises NotAllowed: one's own password is changed, not issued.
    """
    refuse_oneself(user, actor)
    user.password_hash = password_hash
    user.must_change_password = True
    end_sessions(session, user.id, now)
    audit.record(session, actor, "password.issue", person_id=user.id, now=now)


def get_own_student(session: Session, teacher: Person, public_id: str) -> User:
    """Return a student of this teacher for whom they may issue a password.

    :raises NotFound: no student of an offering that the teacher runs.
    :raises NotAllowed: the student has other roles too, which the password would open.
    :raises EnrolledByTeachers: nobody but teachers gave the student a place, and the account was there.
    """
    own = teacher.offerings_where(Permission.ISSUE_PASSWORD)
    user = get_user(session, public_id)
    places = session.execute(
        select(Enrolment.role, Enrolment.offering_id, Offering.archived_at)
        .join(Offering)
        .where(Enrolment.user_id == user.id)
    ).all()
    if not any(
        place.role == Role.STUDENT and place.offering_id in own and place.archived_at is None
        for place in places
    ):
        raise NotFound(public_id)
    if user.site_role is not None or any(place.role != Role.STUDENT for place in places):
        raise NotAllowed
    if session.scalar(select(User.id).where(User.id == user.id, entrusted_to(teacher, own))) is None:
        raise EnrolledByTeachers(public_id)
    return user


def entrusted_to(teacher: Person, own: Collection[int]) -> ColumnElement[bool]:
    """Select whom the administration made a student of the teacher, or whose account the teacher made.

    Else who teaches could enrol anybody, and sign in as them.
    """
    actor = aliased(User)
    by_administration = AuditRow.actor_id.is_(None) | (actor.site_role == SiteRole.ADMIN)
    as_student = AuditRow.detail["role"].as_string() == Role.STUDENT.value
    here = (AuditRow.action == "enrolment.set") & AuditRow.offering_id.in_(own)
    made = (AuditRow.action == "user.create") & (AuditRow.actor_id == teacher.id)
    about = select(AuditRow.id).outerjoin(actor, actor.id == AuditRow.actor_id)
    return (
        about.where(AuditRow.person_id == User.id, (here & by_administration & as_student) | made)
        .correlate(User)
        .exists()
    )
