"""Credits of time: whom they would concern, whether one was given a moment ago, what they are called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import NotFound
from app.models import Attempt, CreditedAttempt, TimeCredit, User
from app.operations.halls import Hall
from app.operations.orders import Order
from app.operations.timekeeping import list_open_attempts

#: the same order within so short a time is one press of a button that was sent twice
TWICE = timedelta(seconds=60)
#: no id is greater
HIGHEST = 2**31 - 1
MAKER, UNDOER = aliased(User), aliased(User)


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A credit as it is listed, how many attempts it was given to, who gave it, who took it back."""

    credit: TimeCredit
    attempts: int
    maker: str | None
    undoer: str | None


@dataclass(frozen=True, slots=True)
class Concerned:
    """Public ids of attempts that were open at an instant: those that still are, those that ended since."""

    open: Sequence[str]
    ended: Sequence[str]


def list_credit_lines(session: Session, exam_id: int, number: int | None = None) -> Sequence[CreditLine]:
    """Return the credits of time at an exam, newest first, or one of them."""
    given = select(func.count()).where(CreditedAttempt.credit_id == TimeCredit.id).scalar_subquery()
    statement = (
        select(TimeCredit, given, MAKER.name, UNDOER.name)
        .outerjoin(MAKER, MAKER.id == TimeCredit.made_by_id)
        .outerjoin(UNDOER, UNDOER.id == TimeCredit.undone_by_id)
        .where(TimeCredit.exam_id == exam_id)
        .order_by(TimeCredit.id.desc())
    )
    if number is not None:
        statement = statement.where(TimeCredit.id == number)
    return [CreditLine(*row) for row in session.execute(statement)]


def get_credit_line(session: Session, exam_id: int, number: int) -> CreditLine:
    """Return a credit of time at an exam.

    :raises NotFound: the exam has no such credit.
    """
    found = list_credit_lines(session, exam_id, number) if number <= HIGHEST else ()
    if not found:
        raise NotFound(str(number))
    return found[0]


def list_concerned(session: Session, exam_id: int, open_at: datetime, now: datetime) -> Concerned:
    """Return whom a credit for all who were open at an instant would concern, and for whom it is too late."""
    still = [one for one in list_open_attempts(session, exam_id, open_at) if one.deadline_at is not None]
    ended = select(Attempt.public_id).where(
        Attempt.exam_id == exam_id,
        Attempt.is_preview.is_(False),
        Attempt.state.in_(("submitted", "scored")),
        Attempt.started_at <= open_at,
        Attempt.submitted_at > open_at,
    )
    over = [one.public_id for one in still if not one.timing.is_open(now)]
    return Concerned(
        open=[one.public_id for one in still if one.timing.is_open(now)],
        ended=[*over, *session.scalars(ended)],
    )


def find_twin(
    session: Session, hall: Hall, order: Order, minutes: int, chosen: Collection[str] | datetime
) -> TimeCredit | None:
    """Return the credit that the same person gave to the same people a moment ago, if there is one."""
    open_at, named = (chosen, ()) if isinstance(chosen, datetime) else (None, chosen)
    statement = select(TimeCredit).where(
        TimeCredit.exam_id == hall.exam.id,
        TimeCredit.minutes == minutes,
        TimeCredit.reason == order.reason,
        TimeCredit.made_by_id == (order.by.id if order.by else None),
        TimeCredit.open_at == open_at,
        TimeCredit.made_at > order.now - TWICE,
        TimeCredit.undone_at.is_(None),
    )
    found = session.scalars(statement).all()
    return next((one for one in found if open_at or _credited(session, one) == set(named)), None)


def list_credited(session: Session, credit: TimeCredit) -> Sequence[str]:
    """Return the public ids of the attempts that a credit was given to."""
    statement = (
        select(Attempt.public_id)
        .join(CreditedAttempt, CreditedAttempt.attempt_id == Attempt.id)
        .where(CreditedAttempt.credit_id == credit.id)
        .order_by(Attempt.id)
    )
    return session.scalars(statement).all()


def _credited(session: Session, credit: TimeCredit) -> set[str]:
    return set(list_credited(session, credit))
