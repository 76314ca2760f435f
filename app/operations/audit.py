"""The audit log: rows written with the change they tell of, and their reading."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.roles import Person
from app.models import AuditRow, Course, Offering, User


class About(TypedDict, total=False):
    """Whom and what a row concerns; ``address`` is where the request came from."""

    person_id: int | None
    offering_id: int | None
    detail: dict[str, Any] | None
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the log as it is read, newest first."""

    id: int
    at: datetime
    action: str
    detail: dict[str, Any]
    address: str
    actor: str | None
    person: str | None
    course: str | None
    titles: dict[str, Any] | None
    term: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for. ``person`` is a login, as the actor or as the one concerned."""

    person: str = ""
    offering_id: int | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


ACTOR = aliased(User)
PERSON = aliased(User)


def record(
    session: Session, actor: Person | None, action: str, *, now: datetime, **about: Unpack[About]
) -> None:
    """Add a row to the log. ``actor`` is None for commands and for people who are not signed in."""
    session.add(row_of(actor, action, now=now, **about))
    session.flush()


def row_of(actor: Person | None, action: str, *, now: datetime, **about: Unpack[About]) -> AuditRow:
    """Return a row of the log, to be added with others."""
    return AuditRow(
        at=now,
        actor_id=actor and actor.id,
        action=action,
        person_id=about.get("person_id"),
        offering_id=about.get("offering_id"),
        detail=about.get("detail") or {},
        address=about.get("address", ""),
    )


def read_log(session: Session, wanted: Wanted, limit: int, before: int | None = None) -> list[Line]:
    """Return rows, newest first, those older than the row ``before``."""
    query = narrowed(log_query(), wanted).order_by(AuditRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.id < before)
    return [Line(*row) for row in session.execute(query)]


def log_query() -> Select[Any]:
    """Select what a line shows, with the names of people and offerings."""
    columns = (AuditRow.id, AuditRow.at, AuditRow.action, AuditRow.detail, AuditRow.address)
    return (
        select(*columns, ACTOR.login, PERSON.login, Course.slug, Course.titles, Offering.term)
        .outerjoin(ACTOR, ACTOR.id == AuditRow.actor_id)
        .outerjoin(PERSON, PERSON.id == AuditRow.person_id)
        .outerjoin(Offering, Offering.id == AuditRow.offering_id)
        .outerjoin(Course, Course.id == Offering.course_id)
    )


def narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Keep only the rows that were asked for."""
    conditions = [
        (wanted.person, or_(ACTOR.login == wanted.person, PERSON.login == wanted.person)),
        (wanted.offering_id, AuditRow.offering_id == wanted.offering_id),
        (wanted.action, AuditRow.action == wanted.action),
        (wanted.since, AuditRow.at >= wanted.since if wanted.since else None),
        (wanted.until, AuditRow.at < wanted.until if wanted.until else None),
    ]
    for given, condition in conditions:
        if given and condition is not None:
            query = query.where(condition)
    return query


def actions_recorded(session: Session) -> list[str]:
    """Return the actions that occur in the log, in the order of their names."""
    return list(session.scalars(select(AuditRow.action).distinct().order_by(AuditRow.action)))
