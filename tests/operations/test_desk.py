"""What waits on the desk of who teaches or marks: graded answers only, of one's own offerings."""

import pytest
from sqlalchemy import select, update

from app.models import Attempt, Exam
from app.operations.desk import Desk, look_at_desk
from tests.support.builders import begin_attempt, hand_in
from tests.support.sitting import give, hall_of_attempt, make_marker


@pytest.fixture
def attempt(session, classroom, now):
    """Return an open attempt at a quiz with one written item, made an exam."""
    begun = begin_attempt(session, classroom.student, now=now)
    session.execute(update(Exam).values(kind="exam", paper_id=begun.paper_id))
    return begun


def look(session, offering_id):
    """Return how many answers wait by exam, and how many people sit."""
    desk = look_at_desk(session, [offering_id], [offering_id])
    return [one.count for one in desk.to_mark], desk.running


def test_nothing_waits_at_first(session, classroom):
    assert look(session, classroom.offering.id) == ([], 0)


def test_who_sits_an_exam_is_counted(session, classroom, attempt):
    assert look(session, classroom.offering.id) == ([], 1)


def test_a_written_answer_waits_for_its_mark(session, classroom, attempt, now):
    hand_in(session, classroom.student, attempt, now=now, written="因为")
    assert look(session, classroom.offering.id) == ([1], 0)

    hall = hall_of_attempt(session, classroom, attempt)
    give(session, make_marker(session, classroom), (hall, attempt), ("3", ""), now)

    assert look(session, classroom.offering.id) == ([], 0)


def test_an_answer_that_was_left_blank_is_not_to_be_marked(session, classroom, attempt, now):
    hand_in(session, classroom.student, attempt, now=now, single="2")

    assert look(session, classroom.offering.id) == ([], 0)


def test_practice_previews_and_other_offerings_are_left_out(session, classroom, attempt):
    assert look(session, classroom.offering.id + 1) == ([], 0)
    assert look_at_desk(session, [], []) == Desk([], 0)

    session.execute(update(Attempt).values(is_preview=True))
    assert look(session, classroom.offering.id) == ([], 0)

    session.execute(update(Attempt).values(is_preview=False))
    session.execute(update(Exam).values(kind="practice"))
    assert session.scalars(select(Attempt.state)).all() == ["open"]
    assert look(session, classroom.offering.id) == ([], 0)
