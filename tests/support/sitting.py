"""What people do in an exam, for the tests of what comes after it: plain functions on a session."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.roles import Person, Role
from app.models import Attempt, Exam, Response
from app.operations.closing import submit_attempt
from app.operations.halls import Hall
from app.operations.marking import Given, Marked, Seen, mark_script
from app.operations.saving import save_answers
from app.operations.scoring import score_attempt
from app.operations.scripts import Script, list_marks, list_scripts
from tests.support.builders import CLASS_1, Classroom, answer, make_person
from tests.support.exams import DEVICE, hall_of, sit_exam

ITEM = "written"


def make_marker(session: Session, room: Classroom, login: str = "lin") -> Person:
    """Make somebody who marks in the offering and does nothing else."""
    return make_person(session, room.offering, login, Role.MARKER)


def make_student(session: Session, room: Classroom, login: str) -> Person:
    """Make one more student of the first class."""
    return make_person(session, room.offering, login, cohort=CLASS_1)


def sit_and_hand_in(session: Session, person: Person, exam: Exam, now: datetime, **given: object) -> Attempt:
    """Begin an exam, answer by item, hand in, and be scored."""
    attempt = sit_exam(session, person, exam, now)
    send_answers(session, person, attempt, now, **given)
    score_attempt(session, submit_attempt(session, person, attempt.public_id, now), now)
    return attempt


def send_answers(
    session: Session, person: Person, attempt: Attempt, now: datetime, **given: object
) -> Sequence[str]:
    """Send answers by item, each in a window of its own moment; return what became of them."""
    base = attempt.last_seq
    events = [answer(item, value, base=base, window=f"window-{base}") for item, value in given.items()]
    receipts = save_answers(session, person, attempt.public_id, events, (now, DEVICE))
    return [one.status for one in receipts]


def script_of(session: Session, exam: Exam, attempt: Attempt, item: str = ITEM) -> Script:
    """Return a response as a marker meets it."""
    return next(one for one in list_scripts(session, exam, item) if one.attempt_id == attempt.id)


def seen_of(session: Session, attempt: Attempt, item: str = ITEM) -> Seen:
    """Return what a marker sees who looks at a response now."""
    response = session.get_one(Response, (attempt.id, item))
    return Seen(len(list_marks(session, attempt.id, item)), response.event_seq)


def give(
    session: Session,
    marker: Person,
    where: tuple[Hall, Attempt],
    mark: tuple[Any, ...],
    now: datetime,
) -> Marked:
    """Mark the written answer of an attempt: points, a reason, and what was seen if that was not just now."""
    hall, attempt = where
    points, reason, *before = mark
    seen = before[0] if before else seen_of(session, attempt)
    token = script_of(session, hall.exam, attempt).token
    given = Given(Decimal(points), comment=f"{points}, {marker.login}", reason=reason)
    return mark_script(session, marker, (hall, ITEM, token), (given, seen), now)


def hall_of_attempt(session: Session, room: Classroom, attempt: Attempt) -> Hall:
    """Return the exam of an attempt as its instructor sees it."""
    return hall_of(session, room, session.get_one(Exam, attempt.exam_id))


def score_of(session: Session, attempt: Attempt, item: str = ITEM) -> Any:
    """Return what a response has now."""
    statement = select(Response.score).where(Response.attempt_id == attempt.id, Response.item == item)
    return session.scalars(statement).one()
