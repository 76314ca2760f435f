"""One device: which one has an attempt, and letting somebody go on with another."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadExam, BadTransition, OtherDevice
from app.domain.exam import Devices
from app.domain.words import marked
from app.models import Attempt, Exam
from app.operations.events import append_note
from app.operations.halls import Hall
from app.operations.offerings import check_running
from app.operations.orders import Order, about, check_order, hold_attempt_of, hold_attempts, said, tell

FREE = "free_device"
#: no device has the attempt: the next one that goes on with it has it
FREED = ""


def free_device(session: Session, hall: Hall, order: Order, public: str) -> Attempt:
    """Take an open attempt from its device; the one on which its person goes on next has it then.

    :raises NotFound: the exam has no such attempt.
    :raises BadTransition: it is not open.
    :raises BadExam: the reason is missing, or the exam does not hold attempts on their first device.
    """
    check_running(hall.offering)
    check_order(order)
    # who changes the exam may let any device have it at this moment
    session.refresh(hall.exam, with_for_update={"read": True})
    if hall.exam.devices != Devices.FIRST:
        raise BadExam(marked("This exam lets everybody go on with another device by themselves."))
    attempt = hold_attempt_of(session, hall, public)
    if not attempt.timing.is_open(order.now):
        raise BadTransition(f"{attempt.state} {FREE}")
    attempt.device = FREED
    append_note(session, attempt, FREE, order.now, said(order))
    tell(session, order, "exam.free_device", about(hall, order, {"attempt": public}, attempt.user_id))
    return attempt


def forget_devices(session: Session, exam: Exam) -> None:
    """Let no device have an attempt at an exam that may be open on any; what is asked later begins anew."""
    if exam.devices != Devices.ANY:
        return
    kept = select(Attempt).where(Attempt.exam_id == exam.id, Attempt.device.is_not(None))
    for attempt in hold_attempts(session, session.scalars(kept).all()):
        attempt.device = None


def check_device(attempt: Attempt, device: str | None) -> None:
    """Refuse another device than the one that has the attempt, where only one may.

    :raises OtherDevice: the attempt is open on another device.
    """
    if device is not None and attempt.device not in {None, device}:
        raise OtherDevice(attempt.public_id)
