"""Take rosters in: accounts and places for all of their people at once, or for none of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.accounts import find_login, tidy_name
from app.domain.errors import LoginTaken, OfferingArchived
from app.domain.ids import public_id
from app.domain.roles import Person, Role
from app.domain.roster import Known, PlannedRow, RosterRow, Verdict, plan_roster
from app.models import AuditRow, Cohort, Enrolment, Offering, User
from app.operations import audit
from app.operations.accounts import issue_password
from app.operations.enrolment import take_cohort

#: logins that one statement asks for
ASKED = 500
#: changes that give a place, or another one
PLACING = frozenset({"cohort", "place"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What an account is made with that a roster asks for; without a hash it has no password yet."""

    password_hash: str
    chance: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person who has no password yet."""

    id: int
    login: str
    name: str
    class_name: str


def list_waiting(session: Session) -> Sequence[Waiting]:
    """Return the people who have no password yet, class by class."""
    statement = (
        select(User.id, User.login, User.name, User.class_name)
        .where(User.password_hash == "", User.disabled_at.is_(None))
        .order_by(User.class_name, User.login)
    )
    return [Waiting(*row) for row in session.execute(statement)]


def issue_first_password(
    session: Session, actor: Person, person: Waiting, password_hash: str, now: datetime
) -> bool:
    """Give a person a first password; whether nobody else has in the meantime."""
    user = session.get_one(User, person.id, with_for_update=True)
    if user.password_hash:
        return False
    issue_password(session, user, password_hash, actor, now)
    return True


def plan(session: Session, offering: Offering | None, rows: Sequence[RosterRow]) -> list[PlannedRow]:
    """Tell what each row would do now.

    :param offering: whose roster it is; None: the rows make accounts and no places.
    """
    logins = sorted({login for row in rows if (login := find_login(row.login))})
    known = dict(_known(session, offering.id if offering else 0, logins))
    return plan_roster(rows, known, enrols=offering is not None)


def _parts(logins: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return the logins in parts that one statement can ask for."""
    for start in range(0, len(logins), ASKED):
        yield logins[start : start + ASKED]


def _known(session: Session, offering_id: int, logins: Sequence[str]) -> Iterator[tuple[str, Known]]:
    own = and_(Enrolment.user_id == User.id, Enrolment.offering_id == offering_id)
    statement = (
        select(User, Enrolment.role, Cohort.name)
        .outerjoin(Enrolment, own)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
    )
    for some in _parts(logins):
        for user, role, cohort in session.execute(statement.where(User.login.in_(some))):
            yield (
                user.login,
                Known(
                    name=user.name,
                    class_name=user.class_name,
                    is_staff=user.site_role is not None,
                    is_disabled=user.is_disabled,
                    role=role,
                    cohort=cohort or "",
                ),
            )


def take_in(
    session: Session,
    actor: Person | None,
    offering: Offering | None,
    work: tuple[Sequence[PlannedRow], Mapping[str, Taken]],
    now: datetime,
) -> None:
    """Do what was planned: make accounts, mend names and classes, give places. Each stands in the audit log.

    :param work: the rows, none of them with a fault, and what new accounts are made with, by login.
    :raises LoginTaken: somebody was added since it was planned.
    :raises OfferingArchived: the offering takes no more changes.
    """
    rows, taken = work
    if offering is not None and offering.is_archived:
        raise OfferingArchived(offering.public_id)
    if any(row.verdict is Verdict.NEW and row.login not in taken for row in rows):
        raise LoginTaken
    people = _make_accounts(session, rows, taken, now) | _find_accounts(session, rows)
    done: list[AuditRow] = []
    for row in rows:
        done += _mend(actor, people[row.login], row, now)
    if offering is not None:
        done += _give_places(session, actor, offering, (rows, people), now)
    session.add_all(done)
    session.flush()


def _make_accounts(
    session: Session, rows: Sequence[PlannedRow], taken: Mapping[str, Taken], now: datetime
) -> dict[str, User]:
    made = {
        one.login: User(
            public_id=public_id(now, taken[one.login].chance),
            login=one.login,
            name=tidy_name(one.row.name),
            class_name=one.row.class_name,
            password_hash=taken[one.login].password_hash,
            must_change_password=True,
            created_at=now,
        )
        for one in rows
        if one.verdict is Verdict.NEW
    }
    try:
        with session.begin_nested():
            session.add_all(made.values())
    except IntegrityError as error:
        raise LoginTaken from error
    return made


def _find_accounts(session: Session, rows: Sequence[PlannedRow]) -> dict[str, User]:
    logins = [one.login for one in rows if one.verdict is not Verdict.NEW]
    found: dict[str, User] = {}
    for some in _parts(logins):
        found |= {user.login: user for user in session.scalars(select(User).where(User.login.in_(some)))}
    return found


def _mend(actor: Person | None, user: User, planned: PlannedRow, now: datetime) -> Iterator[AuditRow]:
    """Bring a person's name and class up to date, and tell what was done."""
    if planned.verdict is Verdict.NEW:
        detail: dict[str, object] = {"login": user.login, "site_role": None}
        yield audit.row_of(actor, "user.create", now=now, person_id=user.id, detail=detail)
    changes = {what: pair for what, pair in planned.changes.items() if what in {"name", "class"}}
    if changes:
        user.name = changes.get("name", ("", user.name))[1]
        user.class_name = changes.get("class", ("", user.class_name))[1]
        told = {what: list(pair) for what, pair in changes.items()}
        yield audit.row_of(actor, "user.change", now=now, person_id=user.id, detail=told)


def _give_places(
    session: Session,
    actor: Person | None,
    offering: Offering,
    work: tuple[Sequence[PlannedRow], Mapping[str, User]],
    now: datetime,
) -> Iterator[AuditRow]:
    """Give each person a place as a student; who has one is moved where the roster names another cohort."""
    rows, people = work
    names = {one.row.cohort for one in rows if one.row.cohort}
    cohorts = {name: take_cohort(session, offering.id, name) for name in sorted(names)}
    here = select(Enrolment).where(Enrolment.offering_id == offering.id)
    seats = {seat.user_id: seat for seat in session.scalars(here)}
    for one in rows:
        if one.verdict is not Verdict.NEW and not PLACING & set(one.changes):
            continue
        user = people[one.login]
        seat = seats.get(user.id)
        if seat is None:
            seat = Enrolment(offering_id=offering.id, user_id=user.id, enrolled_at=now)
            session.add(seat)
        seat.role = Role.STUDENT.value
        if one.row.cohort:
            seat.cohort_id = cohorts[one.row.cohort].id
        detail = {"role": Role.STUDENT.value, "cohort": one.row.cohort or None}
        about = audit.About(person_id=user.id, offering_id=offering.id, detail=detail)
        yield audit.row_of(actor, "enrolment.set", now=now, **about)
