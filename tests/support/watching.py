"""Fixtures: an exam that is watched, who sits it, and what is asked of their attempts."""

import json

import pytest
from sqlalchemy import select

from app.models import AuditRow, Event
from app.operations.saving import save_answers
from app.operations.verifying import verify_attempt
from tests.support.builders import answer, make_person
from tests.support.exams import hall_of, order_of, set_exam, sit_exam


@pytest.fixture
def student(classroom):
    return classroom.student


@pytest.fixture
def exam(session, classroom, now):
    return set_exam(session, classroom, now)


@pytest.fixture
def hall(session, classroom, exam):
    return hall_of(session, classroom, exam)


@pytest.fixture
def order(classroom):
    """Return a function that makes an order of the instructor at a moment."""
    return lambda at, reason="停电": order_of(classroom, at, reason)


@pytest.fixture
def sit(session, exam, verified):
    """Return a function that lets somebody begin; each attempt is verified in the end."""

    def sat(person, at):
        attempt = sit_exam(session, person, exam, at)
        verified.append(attempt.public_id)
        return attempt

    return sat


@pytest.fixture
def verified(session):
    """Return the ids of attempts that are found in order when the test is over."""
    ids: list[str] = []
    yield ids
    assert [fault for one in ids if (fault := verify_attempt(session, one)) is not None] == []


@pytest.fixture
def attempt(sit, student, now):
    return sit(student, now)


@pytest.fixture
def others(session, classroom):
    return [make_person(session, classroom.offering, f"p{number}") for number in range(3)]


def save(session, person, attempt, at, given=True, *, n=None):
    """Save one answer; return what became of it."""
    events = [answer("truth", given, n=n, name=f"{at.timestamp()}-{given}")]
    (receipt,) = save_answers(session, person, attempt.public_id, events, at)
    return receipt.status


def said(session, attempt, kind):
    """Return what the events of a kind say."""
    statement = select(Event.body).where(Event.attempt_id == attempt.id, Event.kind == kind)
    return [json.loads(body)["answer"] for body in session.scalars(statement.order_by(Event.seq))]


def told(session, action):
    """Return what the log says of an action."""
    return session.scalars(select(AuditRow.detail).where(AuditRow.action == action)).all()
