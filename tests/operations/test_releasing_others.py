"""The release gate looks at the attempts that count, at all of them, and at nothing else."""

from datetime import timedelta

import pytest

from app.domain.errors import NotReleasable
from app.models import Cohort, User
from app.operations.accommodations import Terms, grant
from app.operations.closing import close_expired
from app.operations.enrolment import withdraw
from app.operations.orders import Order
from app.operations.releasing import Need, latest_close, make_checklist, release_exam
from app.operations.reopening import void_attempt
from app.operations.scoring import score_waiting
from tests.support.builders import CLASS_1, CLASS_2, cohort_id
from tests.support.exams import HOUR, set_exam, sit_exam
from tests.support.sitting import give, hall_of_attempt, make_marker, seen_of, send_answers, sit_and_hand_in

GRACE = timedelta(seconds=30)
#: when each need is looked at, after the window's close
LOOK = {Need.SAT: timedelta(0), Need.SWEPT: timedelta(0), Need.ARRIVED: GRACE}


def missing(session, hall, when):
    return {one.need: one.count for one in make_checklist(session, hall, when).missing}


@pytest.fixture
def closed(now):
    """Return the moment at which the exam's window closes."""
    return now + 2 * HOUR


def run_out(room, began, late=None, *, is_scored=True):
    """Return a function that lets the student's time run out, with answers that come too late."""
    over = began + HOUR + GRACE

    def act(session, exam):
        sat = sit_exam(session, room.student, exam, began)
        send_answers(session, room.student, sat, over, **(late or {}))
        close_expired(session, {}, over)
        if is_scored:
            score_waiting(session, {}, over)
        return sat

    return act


def stick(session, room, exam, now):
    sat = sit_and_hand_in(session, room.student, exam, now)
    sat.stuck_at = now
    return sat


def mark_twice(session, room, exam, now):
    sat = sit_and_hand_in(session, room.student, exam, now, written="因为")
    seen, hall = seen_of(session, sat), hall_of_attempt(session, room, sat)
    for login, points in (("lin", "3"), ("qian", "1")):
        give(session, make_marker(session, room, login), (hall, sat), (points, "", seen), now)
    return sat


@pytest.fixture
def leave(session, classroom, closed, now):
    """Return by need what lets the student leave an attempt at an exam that is in the way."""
    student, done = classroom.student, closed - HOUR
    return {
        Need.SAT: lambda exam: sit_exam(session, student, exam, done),
        Need.SWEPT: lambda exam: sit_exam(session, student, exam, now),
        Need.ARRIVED: lambda exam: run_out(classroom, done)(session, exam),
        Need.SCORED: lambda exam: run_out(classroom, now, is_scored=False)(session, exam),
        Need.SOUND: lambda exam: stick(session, classroom, exam, now),
        Need.MARKED: lambda exam: sit_and_hand_in(session, student, exam, now, written="因为"),
        Need.CHOSEN: lambda exam: mark_twice(session, classroom, exam, now),
        Need.DECIDED: lambda exam: run_out(classroom, now, {"truth": False})(session, exam),
    }


@pytest.fixture(params=[need for need in Need if need is not Need.CLOSED], ids=lambda need: need.name)
def need(request):
    """Return what an attempt leaves to be done, one after the other."""
    return request.param


def test_whatever_an_attempt_leaves_to_be_done_holds_the_release(
    session, classroom, exam, hall, leave, *, need, closed
):
    leave[need](exam)

    when = closed + LOOK.get(need, HOUR)
    assert missing(session, hall, when) == {need: 1}
    with pytest.raises(NotReleasable, match=need.value):
        release_exam(session, classroom.instructor, hall, when)
    assert exam.released_at is None


def test_a9_a_preview_holds_nothing(session, exam, hall, leave, need, *, closed):
    leave[need](exam).is_preview = True
    session.flush()

    assert missing(session, hall, closed + LOOK.get(need, HOUR)) == {}


def test_a_voided_attempt_holds_nothing(session, classroom, exam, hall, leave, *, need, closed):
    when = closed + LOOK.get(need, HOUR)
    sat = leave[need](exam)

    void_attempt(session, hall, Order(classroom.instructor, "代考", when), sat.public_id)

    assert missing(session, hall, when) == {}


def test_an_attempt_at_another_exam_holds_nothing_here(
    session, classroom, exam, hall, leave, *, need, closed, now
):
    leave[need](set_exam(session, classroom, now))

    assert missing(session, hall, closed + LOOK.get(need, HOUR)) == {}


def test_what_counts_holds_the_release_beside_what_does_not(session, classroom, exam, hall, *, closed, now):
    """A preview that is marked, another exam that is done, make up for nothing."""
    sit_and_hand_in(session, classroom.instructor, exam, now)
    sit_and_hand_in(session, classroom.student, set_exam(session, classroom, now), now)
    sit_and_hand_in(session, classroom.student, exam, now, written="因为")

    assert missing(session, hall, closed) == {Need.MARKED: 1}


# until when it is open


def grant_longer(session, classroom, hall, whom, *, closes):
    terms = Terms("实习在外", closes_at=closes)
    grant(session, classroom.instructor, hall, whom, (terms, closes - 3 * HOUR))


def test_a_cohort_that_may_sit_longer_keeps_the_exam_open(session, classroom, hall, closed):
    cohort = session.get_one(Cohort, cohort_id(session, CLASS_1))
    grant_longer(session, classroom, hall, cohort, closes=closed + HOUR)

    assert latest_close(session, hall) == closed + HOUR
    assert missing(session, hall, closed + HOUR - timedelta(milliseconds=1)) == {Need.CLOSED: 1}
    with pytest.raises(NotReleasable, match=Need.CLOSED.value):
        release_exam(session, classroom.instructor, hall, closed)
    assert missing(session, hall, closed + HOUR) == {}


def test_a_cohort_without_students_keeps_nothing_open(session, classroom, hall, closed):
    cohort = session.get_one(Cohort, cohort_id(session, CLASS_2))
    grant_longer(session, classroom, hall, cohort, closes=closed + HOUR)

    assert missing(session, hall, closed) == {}


def test_who_left_the_offering_keeps_nothing_open(session, classroom, hall, closed, now):
    student = session.get_one(User, classroom.student.id)
    grant_longer(session, classroom, hall, student, closes=closed + HOUR)

    withdraw(session, student.id, classroom.offering.id, None, now)

    assert missing(session, hall, closed) == {}


def test_who_must_finish_earlier_leaves_the_exam_open_for_the_others(session, classroom, hall, closed):
    cohort = session.get_one(Cohort, cohort_id(session, CLASS_1))
    grant_longer(session, classroom, hall, cohort, closes=closed - HOUR)

    assert missing(session, hall, closed - HOUR) == {Need.CLOSED: 1}
