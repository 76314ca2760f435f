"""Change the time of those who sit an exam: more time, pause, an end, reopening. Each is an event."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from app.domain.deadline import StepKind, minutes_text
from app.domain.errors import BadExam, NotFound
from app.domain.words import marked
from app.models import Attempt, CreditedAttempt, Event, TimeCredit
from app.operations.events import append_note
from app.operations.halls import Hall
from app.operations.offerings import check_running
from app.operations.orders import Order, about, check_order, hold_attempts, iso, said, tell

RESUME = "resume"


def list_open_attempts(session: Session, exam_id: int, at: datetime) -> Sequence[Attempt]:
    """Return the attempts at an exam that were open at an instant and still are, previews left out."""
    statement = select(Attempt).where(
        Attempt.exam_id == exam_id,
        Attempt.state == "open",
        Attempt.is_preview.is_(False),
        Attempt.started_at <= at,
    )
    found = session.scalars(statement.order_by(Attempt.id)).all()
    return [attempt for attempt in found if attempt.timing.is_open(at)]


def extend_attempts(
    session: Session, hall: Hall, order: Order, minutes: int, chosen: Collection[str] | datetime
) -> TimeCredit:
    """Give more minutes to chosen open attempts, or to all that were open at an instant.

    Those that were closed in the meantime are passed over: reopening is an act of its own.

    :param chosen: public ids of attempts, or the instant.
    :raises BadExam: the minutes or the reason are missing, or nobody is left to have them.
    """
    check_running(hall.offering)
    check_order(order, minutes)
    open_at = chosen if isinstance(chosen, datetime) else None
    held = [one for one in _meant(session, hall, order, chosen) if one.deadline_at is not None]
    if not held:
        raise BadExam(marked("Nobody is sitting this exam."))
    credit = TimeCredit(
        exam_id=hall.exam.id,
        minutes=minutes,
        open_at=open_at,
        reason=order.reason,
        made_by_id=order.by and order.by.id,
        made_at=order.now,
    )
    session.add(credit)
    session.flush()
    for attempt in held:
        _move(session, attempt, order, StepKind.EXTEND, timedelta(minutes=minutes))
        session.add(CreditedAttempt(credit_id=credit.id, attempt_id=attempt.id))
    told = {"minutes": minutes, "attempts": len(held), "open_at": open_at and open_at.isoformat()}
    tell(session, order, "exam.extend", about(hall, order, told))
    return credit


def _meant(session: Session, hall: Hall, order: Order, chosen: Collection[str] | datetime) -> list[Attempt]:
    """Hold the attempts that are meant and still open."""
    if isinstance(chosen, datetime):
        held = hold_attempts(session, list_open_attempts(session, hall.exam.id, chosen))
        return [attempt for attempt in held if attempt.timing.is_open(order.now)]
    return _chosen(session, hall, order, chosen)


def undo_credit(session: Session, hall: Hall, order: Order, number: int) -> int:
    """Take the minutes of a credit back from the attempts that are still open; return how many those are.

    Nobody's deadline is moved into the past: at least one minute is left. Who was closed and opened again
    since has another deadline, which the credit is no part of.

    :raises NotFound: the exam has no such credit, or it was taken back before.
    """
    check_running(hall.offering)
    credit = session.get(TimeCredit, number, with_for_update=True)
    if credit is None or credit.exam_id != hall.exam.id or credit.undone_at is not None:
        raise NotFound(str(number))
    statement = (
        select(Attempt)
        .join(CreditedAttempt, CreditedAttempt.attempt_id == Attempt.id)
        .where(CreditedAttempt.credit_id == number, Attempt.state == "open", ~_reopened_since(credit))
        .order_by(Attempt.id)
    )
    held = hold_attempts(session, session.scalars(statement).all())
    held = [attempt for attempt in held if attempt.timing.is_open(order.now)]
    for attempt in held:
        _take_back(session, attempt, order, timedelta(minutes=credit.minutes))
    credit.undone_by_id, credit.undone_at = order.by.id if order.by else None, order.now
    session.flush()
    tell(
        session,
        order,
        "exam.extend_undo",
        about(hall, order, {"minutes": credit.minutes, "attempts": len(held)}),
    )
    return len(held)


def _reopened_since(credit: TimeCredit) -> ColumnElement[bool]:
    return exists().where(
        Event.attempt_id == Attempt.id,
        Event.kind == StepKind.REOPEN.value,
        Event.received_at >= credit.made_at,
    )


def pause_attempts(session: Session, hall: Hall, order: Order, chosen: Collection[str]) -> int:
    """Let the time of open attempts stand still; return for how many it does now."""
    check_running(hall.offering)
    check_order(order)
    paused = 0
    for attempt in _chosen(session, hall, order, chosen):
        if attempt.paused_at is None:
            append_note(session, attempt, StepKind.PAUSE.value, order.now, said(order))
            attempt.paused_at = order.now
            paused += 1
    tell(session, order, "exam.pause", about(hall, order, {"attempts": paused}))
    return paused


def resume_attempts(session: Session, hall: Hall, order: Order, chosen: Collection[str]) -> int:
    """Let the time of paused attempts go on, moved by the length of the pause; return how many go on."""
    check_running(hall.offering)
    resumed = 0
    for attempt in _chosen(session, hall, order, chosen):
        if attempt.paused_at is not None:
            length = max(timedelta(0), order.now - attempt.paused_at)
            attempt.paused_at = None
            if attempt.deadline_at is not None:
                attempt.deadline_at += length
            told = {"value": minutes_text(length), "at": iso(attempt.deadline_at)}
            append_note(session, attempt, RESUME, order.now, said(order) | told)
            resumed += 1
    tell(session, order, "exam.resume", about(hall, order, {"attempts": resumed}))
    return resumed


def end_attempts(session: Session, hall: Hall, order: Order, chosen: Collection[str]) -> int:
    """End open attempts now: their time is over at this moment; return how many.

    So they are closed, by definition; the job that closes what time has closed gives their receipts, some at
    a time, and holds up nobody's save. What a page still holds arrives as late, for somebody to decide about.
    """
    check_running(hall.offering)
    check_order(order)
    found = _chosen(session, hall, order, chosen)
    for attempt in found:
        attempt.paused_at, attempt.deadline_at, attempt.grace_seconds = None, order.now, 0
        told = {"value": "", "at": iso(order.now)}
        append_note(session, attempt, StepKind.END.value, order.now, said(order) | told)
    tell(session, order, "exam.end", about(hall, order, {"attempts": len(found)}))
    return len(found)


def list_credits(session: Session, exam_id: int) -> Sequence[TimeCredit]:
    """Return the credits of time at an exam, newest first."""
    statement = select(TimeCredit).where(TimeCredit.exam_id == exam_id).order_by(TimeCredit.id.desc())
    return session.scalars(statement).all()


def _chosen(session: Session, hall: Hall, order: Order, chosen: Collection[str]) -> list[Attempt]:
    """Hold the chosen attempts that are open now."""
    found = list_open_attempts(session, hall.exam.id, order.now)
    wanted = hold_attempts(session, [attempt for attempt in found if attempt.public_id in chosen])
    return [attempt for attempt in wanted if attempt.timing.is_open(order.now)]


def _move(session: Session, attempt: Attempt, order: Order, kind: StepKind, length: timedelta) -> None:
    assert attempt.deadline_at is not None
    attempt.deadline_at += length
    told = {"value": minutes_text(length), "at": iso(attempt.deadline_at)}
    append_note(session, attempt, kind.value, order.now, said(order) | told)


def _take_back(session: Session, attempt: Attempt, order: Order, length: timedelta) -> None:
    assert attempt.deadline_at is not None
    left = attempt.deadline_at - (attempt.paused_at or order.now) - timedelta(minutes=1)
    _move(session, attempt, order, StepKind.EXTEND, -max(timedelta(0), min(length, left)))
