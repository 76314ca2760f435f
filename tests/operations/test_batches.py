"""Batches of events: each judged by itself, on both databases, by the clock of the server."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import BadEvent, NotFound, UnknownItem
from app.domain.events import BLUR, FLAG, AnswerEvent
from app.domain.protocol import Unfit
from app.domain.timing import Timing
from app.models import Event
from app.operations.pins import pins_of
from app.operations.saving import save_batch, store_of
from app.operations.sittings import get_sitting
from app.operations.standing import find_standing
from tests.support.builders import answer, begin_attempt


@pytest.fixture
def attempt(session, classroom, now):
    return begin_attempt(session, classroom.student, now=now)


@pytest.fixture
def send(session, classroom, attempt, now):
    """Return a function that saves a batch ``after`` some seconds and gives what became of each event."""

    def sent(*events, after=0, person=None):
        session.flush()
        pins = pins_of(get_sitting(session, attempt.public_id, classroom.student.id))
        person, moment = person or classroom.student, now + timedelta(seconds=after)
        acks, _ = save_batch(store_of(session), pins, person, events, (moment, ""))
        return [getattr(ack.outcome, "status", None) or type(ack.outcome) for ack in acks]

    return sent


def note(kind, item="", said=None):
    return AnswerEvent(f"{kind}-{item}-{said}", "window-1", 1, 0, item, said, kind)


def standing(session, person, attempt):
    """Return how the attempt stands, as the pages ask for it."""
    return find_standing(
        lambda query, given: session.execute(query.statement, given).all(), person, attempt.public_id
    )


def test_each_event_stands_or_falls_by_itself(session, classroom, attempt, send):
    outcomes = send(
        answer("single", "2"),
        answer("nowhere", "1"),
        Unfit("odd", BadEvent("n")),
        note(FLAG, "single", said=True),
        note(BLUR),
        answer("truth", True),
    )

    assert outcomes == ["saved", UnknownItem, BadEvent, "noted", "noted", "saved"]
    found = standing(session, classroom.student, attempt)
    assert (found.answered, found.last_seq) == (2, 4)


@pytest.mark.parametrize(("after", "outcome"), [(29, "saved"), (30, "late"), (629, "late")])
def test_the_deadline_that_is_stored_decides(session, classroom, attempt, send, now, *, after, outcome):
    attempt.deadline_at = now

    assert send(answer("single", "2"), after=after) == [outcome]

    found = standing(session, classroom.student, attempt)
    assert found.timing == Timing("open", None, now)
    assert found.answered == (outcome == "saved")


def test_the_instant_of_receipt_is_kept_to_the_microsecond(session, send, now):
    send(answer("single", "2"), after=0.000001)

    assert session.scalars(select(Event.received_at)).all() == [now + timedelta(microseconds=1)]


def test_nobody_else_saves_into_an_attempt(session, classroom, send):
    with pytest.raises(NotFound):
        send(answer("single", "2"), person=classroom.instructor)

    assert session.scalars(select(Event)).all() == []


def test_nobody_else_asks_how_it_stands(session, classroom, attempt):
    with pytest.raises(NotFound):
        standing(session, classroom.instructor, attempt)
