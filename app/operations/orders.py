"""Orders of those who watch an exam: what each act needs, and what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadExam, NotFound
from app.domain.roles import Person
from app.domain.words import marked
from app.models import Attempt
from app.operations import audit
from app.operations.halls import Hall

MOST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Order:
    """An act of somebody who watches an exam: by whom (None: a command), why, when."""

    by: Person | None
    reason: str
    now: datetime


def check_order(order: Order, minutes: int = 1) -> None:
    if not order.reason.strip():
        raise BadExam(marked("Give the reason."))
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadExam(marked("Minutes are 1 to 600."))


def hold_attempt(session: Session, attempt: Attempt) -> Attempt:
    """Hold an attempt for this transaction, and read it anew."""
    session.refresh(attempt, with_for_update=True)
    return attempt


def hold_attempts(session: Session, attempts: Sequence[Attempt]) -> Sequence[Attempt]:
    """Hold attempts for this transaction, in the order that keeps holders apart, and read them anew."""
    statement = select(Attempt).where(Attempt.id.in_([attempt.id for attempt in attempts]))
    held = statement.order_by(Attempt.id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(held).all()


def hold_attempt_of(session: Session, hall: Hall, public: str) -> Attempt:
    """Hold an attempt at the exam for this transaction, and read it anew.

    :raises NotFound: the exam has no such attempt.
    """
    return hold_attempts_of(session, hall, [public])[0]


def hold_attempts_of(session: Session, hall: Hall, publics: Sequence[str]) -> Sequence[Attempt]:
    """Hold attempts at the exam for this transaction, and read them anew.

    :raises NotFound: the exam has no such attempt.
    """
    named = select(Attempt).where(Attempt.exam_id == hall.exam.id, Attempt.public_id.in_(publics))
    held = hold_attempts(session, session.scalars(named).all())
    for public in publics:
        if public not in {attempt.public_id for attempt in held}:
            raise NotFound(public)
    return held


def said(order: Order) -> dict[str, Any]:
    return {"reason": order.reason, "by": order.by and order.by.public_id}


def iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def tell(session: Session, order: Order, action: str, about: audit.About) -> None:
    audit.record(session, order.by, action, now=order.now, **about)


def about(hall: Hall, order: Order, told: dict[str, Any], person_id: int | None = None) -> audit.About:
    detail = {"exam": hall.exam.public_id, "reason": order.reason} | told
    return audit.About(person_id=person_id, offering_id=hall.offering.id, detail=detail)
