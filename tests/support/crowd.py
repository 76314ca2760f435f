"""A full hall: hundreds of students who sit an exam, written straight into the tables."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import Attempt, Enrolment, Event, Exam, Presence, User
from tests.support.people import hash_of

#: what somebody does in an exam, over and over: answer, and now and then look away
KINDS = ("answer",) * 18 + ("blur", "focus")


def fill_hall(session: Session, exam: Exam, attempt: Attempt, count: int, events: int = 0) -> None:
    """Let so many more students sit an exam as ``attempt`` does, each with so many events."""
    now = attempt.started_at
    first = session.scalars(select(User.id).order_by(User.id.desc()).limit(1)).one() + 1
    ids = range(first, first + count)
    session.execute(insert(User), [_user(number, now) for number in ids])
    places = [
        {"offering_id": exam.offering_id, "user_id": n, "role": "student", "enrolled_at": now} for n in ids
    ]
    session.execute(insert(Enrolment), places)
    columns = {name: getattr(attempt, name) for name in COPIED}
    rows = [
        columns | {"user_id": n, "public_id": f"crowd-{n}", "seed": f"{n}", "last_seq": events} for n in ids
    ]
    session.execute(insert(Attempt), rows)
    attempts = session.scalars(select(Attempt.id).where(Attempt.user_id >= first)).all()
    seen = [{"attempt_id": n, "seen_at": now, "address": "10.0.0.1", "gaps": 1} for n in attempts]
    session.execute(insert(Presence), seen)
    if events:
        for each in attempts:
            session.execute(insert(Event), [_event(each, seq, now) for seq in range(1, events + 1)])


COPIED = (
    "exam_id",
    "number",
    "paper_id",
    "layout",
    "behaviour",
    "is_preview",
    "started_at",
    "deadline_at",
    "grace_seconds",
    "late_seconds",
    "state",
    "answered",
    "head_hash",
    "void_reason",
)


def _user(number: int, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "public_id": f"crowd-person-{number}",
        "login": f"crowd{number}",
        "name": f"小{number}",
        "class_name": "",
        "password_hash": hash_of("crowded"),
        "must_change_password": False,
        "created_at": now,
    }


def _event(attempt_id: int, seq: int, now: datetime) -> dict[str, object]:
    kind = KINDS[seq % len(KINDS)]
    status = "noted" if kind != "answer" else "conflict" if seq % 50 == 7 else "saved"
    return {
        "attempt_id": attempt_id,
        "seq": seq,
        "event_id": f"event-{seq}",
        "kind": kind,
        "item": f"item-{seq % 40}" if kind == "answer" else None,
        "client_id": "window-1",
        "client_n": seq,
        "base": 0,
        "status": status,
        "body": '{"answer":"' + "先为女宾开门" * 8 + '"}',
        "received_at": now + timedelta(seconds=seq),
        "prev_hash": "0" * 64,
        "hash": "0" * 64,
    }
