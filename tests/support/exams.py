"""An exam that was set, and what people do in it: plain functions on a session."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.exam import ExamKind
from app.domain.roles import Permission, Person
from app.models import Attempt, Event, Exam
from app.operations.documents import get_text
from app.operations.entering import Visit, start_exam
from app.operations.exams import Rules, create_exam, schedule_exam
from app.operations.halls import Hall, get_hall, open_hall
from app.operations.orders import Order
from tests.support.builders import Classroom
from tests.support.chance import randbits

HOUR = timedelta(hours=1)
DEVICE = "device-1"


def hour_long(now: datetime, **changes: Any) -> Rules:
    """Return the rules of an exam of an hour that opens now, in a window of two hours."""
    rules = Rules(kind=ExamKind.EXAM, opens_at=now, closes_at=now + 2 * HOUR, minutes=60)
    return replace(rules, **changes)


def set_exam(session: Session, room: Classroom, now: datetime, quiz: str = "ladies", **changes: Any) -> Exam:
    """Let the instructor set and schedule an exam of an hour that opens now."""
    offering = room.offering
    text = get_text(session, offering.course_id, Kind.QUIZ, quiz)
    moment = (now, randbits(128))
    exam = create_exam(session, room.instructor, (offering, text), hour_long(now, **changes), moment)
    schedule_exam(session, room.instructor, hall_of(session, room, exam), now)
    return exam


def hall_of(session: Session, room: Classroom, exam: Exam) -> Hall:
    """Return the exam as its instructor sees it."""
    return get_hall(session, room.instructor, exam.public_id, Permission.SET_EXAM)


def sit_exam(session: Session, person: Person, exam: Exam, now: datetime, **visit: Any) -> Attempt:
    """Begin the exam, or go on with it."""
    hall = open_hall(session, person, exam.public_id)
    entered = start_exam(session, person, hall, Visit(DEVICE, **visit), (now, randbits(128)))
    assert entered.attempt is not None
    return entered.attempt


def order_of(room: Classroom, now: datetime, reason: str = "停电") -> Order:
    """Return an order of the instructor, who watches the exam."""
    return Order(room.instructor, reason, now)


def kinds_of(session: Session, attempt: Attempt) -> list[str]:
    """Return the kinds of an attempt's events, in order."""
    statement = select(Event.kind).where(Event.attempt_id == attempt.id).order_by(Event.seq)
    return list(session.scalars(statement))
