"""Open attempts again that were closed, or let them count for nothing. Each is an event, with a reason."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.attempt_states import Act, after
from app.domain.deadline import StepKind
from app.domain.errors import BadExam, BadTransition
from app.domain.timing import ClosedBy
from app.domain.words import marked
from app.models import Attempt
from app.operations.closing import close_attempt
from app.operations.events import append_note
from app.operations.halls import Hall
from app.operations.offerings import check_running
from app.operations.orders import Order, about, check_order, hold_attempt_of, iso, said, tell
from app.operations.sittings import get_sitting, hold_person

VOID = "void"


def reopen_attempt(session: Session, hall: Hall, order: Order, public: str, minutes: int) -> Attempt:
    """Open an attempt again that was closed, for so many minutes from now.

    Its responses are folded and scored anew when it is handed in again; earlier marks stay on record.

    :raises NotFound: the exam has no such attempt.
    :raises BadTransition: it is open, or voided, or its person has another open one.
    :raises BadExam: the reason or the minutes are missing, or the results are released.
    """
    check_running(hall.offering)
    check_order(order, minutes)
    if hall.exam.released_at is not None:
        raise BadExam(marked("The results are released; take the release back first."))
    user_id = session.scalar(select(Attempt.user_id).where(Attempt.public_id == public))
    hold_person(session, hall.offering.id, user_id or 0)
    attempt = hold_attempt_of(session, hall, public)
    _close_if_over(session, attempt, order)
    state = after(attempt.state, Act.REOPEN)
    same = Attempt.exam_id == attempt.exam_id, Attempt.user_id == attempt.user_id
    if session.scalar(select(Attempt.id).where(*same, Attempt.state == "open")) is not None:
        raise BadTransition("another attempt of this person is open")
    attempt.state, attempt.closed_by, attempt.submitted_at = state.value, None, None
    attempt.score = attempt.max = None
    # whoever ended it took its grace away
    attempt.grace_seconds = hall.exam.grace_seconds
    attempt.deadline_at = order.now + timedelta(minutes=minutes)
    told = {"value": str(minutes), "at": iso(attempt.deadline_at)}
    append_note(session, attempt, StepKind.REOPEN.value, order.now, said(order) | told)
    tell(
        session,
        order,
        "exam.reopen",
        about(hall, order, {"attempt": public, "minutes": minutes}, attempt.user_id),
    )
    return attempt


def _close_if_over(session: Session, attempt: Attempt, order: Order) -> None:
    """Close an attempt by its time if that is over, though nobody has written it down yet."""
    if attempt.state == "open" and attempt.timing.is_over(order.now):
        sitting = get_sitting(session, attempt.public_id, attempt.user_id)
        close_attempt(session, sitting, ClosedBy.DEADLINE, order.now)


def void_attempt(session: Session, hall: Hall, order: Order, public: str) -> Attempt:
    """Let an attempt count for nothing; everything in it stays on record, and it may be begun anew.

    :raises NotFound: the exam has no such attempt.
    :raises BadTransition: it is voided already.
    :raises BadExam: the reason is missing, or the results are released.
    """
    check_running(hall.offering)
    check_order(order)
    if hall.exam.released_at is not None:
        raise BadExam(marked("The results are released; take the release back first."))
    attempt = hold_attempt_of(session, hall, public)
    state = after(attempt.state, Act.VOID)
    append_note(session, attempt, VOID, order.now, said(order))
    attempt.state, attempt.void_reason, attempt.paused_at = state.value, order.reason, None
    attempt.submitted_at = attempt.submitted_at or order.now
    session.flush()
    tell(session, order, "exam.void", about(hall, order, {"attempt": public}, attempt.user_id))
    return attempt
