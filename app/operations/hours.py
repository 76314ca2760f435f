"""Class hours: those that were held in an offering, by module."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.roles import Person
from app.models import DeliveredHours
from app.operations.audit import record
from app.operations.offerings import Place, check_running

#: what PostgreSQL takes for an id
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Lesson:
    """Class hours of a module that were held on a day."""

    module: str
    hours: Decimal
    held_on: date
    note: str = ""


def record_hours(session: Session, place: Place, person: Person, lesson: Lesson, now: datetime) -> None:
    """Record delivered class hours.

    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    session.add(
        DeliveredHours(
            offering_id=place.offering.id,
            module=lesson.module,
            hours=lesson.hours,
            held_on=lesson.held_on,
            note=lesson.note.strip(),
            recorded_by_id=person.id,
            recorded_at=now,
        )
    )
    detail = {"module": lesson.module, "hours": str(lesson.hours), "on": lesson.held_on.isoformat()}
    record(session, person, "hours.record", offering_id=place.offering.id, detail=detail, now=now)


def remove_hours(session: Session, place: Place, person: Person, entry_id: int, now: datetime) -> None:
    """Take back a record of class hours; the audit log keeps what it said.

    :raises NotFound: this offering has no such record.
    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    entry = session.get(DeliveredHours, entry_id) if entry_id <= LARGEST_ID else None
    if entry is None or entry.offering_id != place.offering.id:
        raise NotFound(str(entry_id))
    detail = {"module": entry.module, "hours": str(entry.hours), "on": entry.held_on.isoformat()}
    record(session, person, "hours.remove", offering_id=place.offering.id, detail=detail, now=now)
    session.delete(entry)


def list_lessons(session: Session, offering_id: int) -> Sequence[DeliveredHours]:
    """Return the records of delivered hours, newest day first."""
    statement = select(DeliveredHours).where(DeliveredHours.offering_id == offering_id)
    return session.scalars(statement.order_by(DeliveredHours.held_on.desc(), DeliveredHours.id.desc())).all()


def delivered_by_module(session: Session, offering_id: int) -> Mapping[str, Decimal]:
    """Return the delivered class hours of an offering by module."""
    return delivered_by_offering(session, [offering_id])[offering_id]


def delivered_by_offering(
    session: Session, offering_ids: Collection[int]
) -> Mapping[int, Mapping[str, Decimal]]:
    """Return the delivered class hours of offerings by offering id and module, in one statement."""
    total = func.sum(DeliveredHours.hours, type_=DeliveredHours.hours.type)
    statement = (
        select(DeliveredHours.offering_id, DeliveredHours.module, total)
        .where(DeliveredHours.offering_id.in_(offering_ids))
        .group_by(DeliveredHours.offering_id, DeliveredHours.module)
    )
    found: dict[int, dict[str, Decimal]] = {offering_id: {} for offering_id in offering_ids}
    for offering_id, module, hours in session.execute(statement):
        found[offering_id][module] = hours
    return found
