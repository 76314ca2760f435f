"""People as rules see them: an account with its places in offerings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from app.domain.roles import Membership, Person, Role, SiteRole
from app.domain.sign_in import is_live, is_stale
from app.models import Cohort, CohortAssistant, Enrolment, User, UserSession
from app.models.prepared import Prepared, as_instant
from app.operations.sessions import token_hash

IS_OWN_COHORT = and_(Cohort.id == CohortAssistant.cohort_id, Cohort.offering_id == Enrolment.offering_id)
PLACE = (Enrolment.offering_id, Enrolment.role, Cohort.id.label("cohort_id"))
#: one row a place and cohort, at least one: a person without any place has a row with nulls
SESSION = (
    select(
        UserSession.created_at.label("started_at"),
        UserSession.seen_at,
        User.id,
        User.public_id,
        User.login,
        User.name,
        User.site_role,
        User.must_change_password,
        *PLACE,
    )
    .join(User, User.id == UserSession.user_id)
    .outerjoin(Enrolment, Enrolment.user_id == User.id)
    .outerjoin(CohortAssistant, CohortAssistant.user_id == User.id)
    .outerjoin(Cohort, IS_OWN_COHORT)
    .where(
        UserSession.token_hash == bindparam("token_hash"),
        UserSession.revoked_at.is_(None),
        User.disabled_at.is_(None),
    )
    .order_by(Enrolment.offering_id)
)


class SignedInRow(NamedTuple):
    """A row of a session with its account and one place of it."""

    started_at: Any
    seen_at: Any
    id: int
    public_id: str
    login: str
    name: str
    site_role: str | None
    must_change_password: bool
    offering_id: int | None
    role: str | None
    cohort_id: int | None


def _row(started_at: Any, seen_at: Any, *rest: Any) -> SignedInRow:
    return SignedInRow(as_instant(started_at), as_instant(seen_at), *rest)


#: asked with every request
SIGNED_IN = Prepared(SESSION, _row)
MEMBERSHIPS = (
    select(*PLACE)
    .outerjoin(CohortAssistant, CohortAssistant.user_id == Enrolment.user_id)
    .outerjoin(Cohort, IS_OWN_COHORT)
    .where(Enrolment.user_id == bindparam("user_id"))
    .order_by(Enrolment.offering_id)
)

#: runs one prepared SELECT outside any transaction
LookUp = Callable[[Prepared[Any], dict[str, Any]], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person with a live session; ``is_stale`` asks for the time of this request to be noted."""

    person: Person
    is_stale: bool


def find_signed_in(look_up: LookUp, token: str, now: datetime) -> SignedIn | None:
    """Return the person of a session that still lasts, by one SELECT."""
    rows = look_up(SIGNED_IN, {"token_hash": token_hash(token)})
    if not rows or not is_live(rows[0].started_at, rows[0].seen_at, now):
        return None
    person = person_of(rows[0], [row for row in rows if row.offering_id is not None])
    return SignedIn(person, is_stale(rows[0].seen_at, now))


def load_person(session: Session, user: User) -> Person:
    """Return an account as the person whom rules ask."""
    return person_of(user, session.execute(MEMBERSHIPS, {"user_id": user.id}).all())


def person_of(account: Any, places: Iterable[Any]) -> Person:
    """Make the person of an account, or of a row like one, and of its places."""
    return Person(
        id=account.id,
        public_id=account.public_id,
        login=account.login,
        name=account.name,
        site_role=SiteRole(account.site_role) if account.site_role else None,
        must_change_password=account.must_change_password,
        memberships=gather(places),
    )


def gather(rows: Iterable[Any]) -> tuple[Membership, ...]:
    """Fold one row per cohort into one membership per offering."""
    cohorts: dict[tuple[int, str], set[int]] = {}
    for row in rows:
        found = cohorts.setdefault((row.offering_id, row.role), set())
        found.update({row.cohort_id} - {None})
    return memberships_of(cohorts)


def memberships_of(cohorts: Mapping[tuple[int, str], set[int]]) -> tuple[Membership, ...]:
    """Make memberships; only an assistant looks after cohorts."""
    return tuple(
        Membership(offering_id, Role(role), frozenset(ids) if role == Role.ASSISTANT else frozenset())
        for (offering_id, role), ids in cohorts.items()
    )
