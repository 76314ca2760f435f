"""The release gate: what must be so before results are released, and what is told meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import BadExam, NotReleasable, OfferingArchived
from app.domain.events import ACCEPT, REJECT
from app.domain.exam import ExamState
from app.domain.review import Aspect, Phase, read_matrix
from app.models import AuditRow, User
from app.operations.accommodations import Terms, grant
from app.operations.closing import close_expired, submit_attempt
from app.operations.exams import change_exam
from app.operations.late import decide_late, list_late
from app.operations.offerings import archive_offering
from app.operations.orders import Order
from app.operations.releasing import (
    Need,
    change_review,
    latest_close,
    make_checklist,
    release_exam,
    withdraw_release,
)
from app.operations.saving import save_answers
from app.operations.scoring import score_attempt, score_waiting
from app.operations.timekeeping import extend_attempts
from tests.support.builders import answer, later
from tests.support.exams import DEVICE, HOUR, hour_long, sit_exam
from tests.support.sitting import (
    give,
    make_marker,
    make_student,
    seen_of,
    send_answers,
    sit_and_hand_in,
)


@pytest.fixture
def closed(now):
    """Return the moment at which the exam's window closes."""
    return now + 2 * HOUR


def missing(session, hall, when):
    return {one.need: one.count for one in make_checklist(session, hall, when).missing}


def release(session, classroom, hall, when):
    release_exam(session, classroom.instructor, hall, when)


def test_an_exam_that_nobody_sat_can_be_released_when_it_is_over(session, classroom, hall, closed):
    assert missing(session, hall, closed - timedelta(milliseconds=1)) == {Need.CLOSED: 1}
    assert missing(session, hall, closed) == {}


def test_a_draft_never_closes(session, classroom, exam, hall, closed):
    exam.scheduled_at = None

    assert missing(session, hall, closed) == {Need.CLOSED: 1}


def test_a_release_is_noted_with_who_and_when(session, classroom, exam, hall, closed):
    release(session, classroom, hall, closed)

    assert (exam.released_at, exam.released_by_id) == (closed, classroom.instructor.id)
    assert exam.state(closed) is ExamState.RELEASED
    row = session.scalars(select(AuditRow).where(AuditRow.action == "exam.release")).one()
    assert (row.actor_id, row.detail) == (
        classroom.instructor.id,
        {"exam": exam.public_id, "conflicts": 0},
    )


def test_a_release_done_twice_is_one(session, classroom, exam, hall, closed):
    release(session, classroom, hall, closed)
    release(session, classroom, hall, later(closed))

    assert exam.released_at == closed
    assert len(session.scalars(select(AuditRow).where(AuditRow.action == "exam.release")).all()) == 1


def test_a_refused_release_names_all_that_is_missing(session, classroom, exam, hall, now):
    sit_and_hand_in(session, classroom.student, exam, now, written="因为")

    with pytest.raises(NotReleasable) as refused:
        release(session, classroom, hall, now)

    assert str(refused.value) == (
        "Not released: the exam is open for somebody (1); answers wait to be marked (1)."
    )
    assert exam.released_at is None


# one need after the other


def test_who_may_begin_later_than_others_keeps_the_exam_open(session, classroom, exam, *, hall, closed, now):
    student = session.get_one(User, classroom.student.id)
    terms = Terms("病假", opens_at=closed, closes_at=closed + HOUR)
    grant(session, classroom.instructor, hall, student, (terms, now))

    assert latest_close(session, hall) == closed + HOUR
    assert missing(session, hall, closed) == {Need.CLOSED: 1}
    assert missing(session, hall, closed + HOUR) == {}


def test_who_sits_with_more_time_keeps_the_exam_open(session, classroom, exam, *, hall, closed, now):
    sat = sit_exam(session, classroom.student, exam, closed - timedelta(minutes=1))
    extend_attempts(
        session,
        hall,
        Order(classroom.instructor, "断电", closed - timedelta(seconds=30)),
        10,
        [sat.public_id],
    )

    assert sat.deadline_at == closed + timedelta(minutes=10)
    assert missing(session, hall, closed) == {Need.SAT: 1}


def test_attempts_are_to_be_closed_and_scored_and_late_answers_waited_for(
    session, classroom, exam, hall, closed
):
    sit_exam(session, classroom.student, exam, closed - HOUR)
    over = closed + timedelta(seconds=30)
    arrived = over + timedelta(minutes=10)

    assert missing(session, hall, closed) == {Need.SAT: 1}
    assert missing(session, hall, over) == {Need.SWEPT: 1, Need.ARRIVED: 1}
    checks = {one.need: one for one in make_checklist(session, hall, over).checks}
    assert checks[Need.ARRIVED].until == arrived

    close_expired(session, {}, over)
    assert missing(session, hall, over) == {Need.ARRIVED: 1, Need.SCORED: 1}
    score_waiting(session, {}, over)
    assert missing(session, hall, over) == {Need.ARRIVED: 1}
    assert missing(session, hall, arrived) == {}


def test_unmarked_answers_and_double_marks_hold_the_release(session, classroom, exam, *, hall, now, closed):
    sat = sit_and_hand_in(session, classroom.student, exam, now, written="因为")
    seen = seen_of(session, sat)
    assert missing(session, hall, closed) == {Need.MARKED: 1}

    give(session, make_marker(session, classroom), (hall, sat), ("3", "", seen), now)
    assert missing(session, hall, closed) == {}

    give(session, make_marker(session, classroom, "qian"), (hall, sat), ("1", "", seen), now)
    assert missing(session, hall, closed) == {Need.CHOSEN: 1}


@pytest.mark.parametrize("kind", [ACCEPT, REJECT])
def test_an_undecided_late_answer_holds_the_release(session, classroom, exam, *, hall, now, closed, kind):
    sat = sit_exam(session, classroom.student, exam, now)
    over = now + HOUR + timedelta(seconds=30)
    send_answers(session, classroom.student, sat, over, truth=False)
    close_expired(session, {}, over)
    score_waiting(session, {}, over)
    assert missing(session, hall, closed) == {Need.DECIDED: 1}

    order = Order(classroom.instructor, "断网", over)
    decide_late(session, hall, order, [one.name for one in list_late(session, exam.id)], kind)

    assert missing(session, hall, closed) == {}


def test_previews_and_voided_attempts_hold_nothing(session, classroom, exam, *, hall, now, closed):
    sit_and_hand_in(session, classroom.instructor, exam, now, written="试")
    sit_and_hand_in(session, classroom.student, exam, now, written="因为").state = "voided"
    session.flush()

    assert missing(session, hall, closed) == {}


def conflict(session, classroom, exam, now, *more):
    """Let two windows answer an item; return the attempt handed in after that."""
    sat = sit_exam(session, classroom.student, exam, now)
    events = [
        answer("truth", True, window="a", n=1),
        answer("truth", False, window="b", n=1),
        *more,
    ]
    save_answers(session, classroom.student, sat.public_id, events, (now, DEVICE))
    done = submit_attempt(session, classroom.student, sat.public_id, now)
    score_attempt(session, done, now)
    return sat


def test_a_conflict_open_at_the_hand_in_is_told_and_holds_nothing(
    session, classroom, exam, *, hall, now, closed
):
    conflict(session, classroom, exam, now)

    found = make_checklist(session, hall, closed)

    (one,) = found.conflicts
    assert (one.item, one.counts, one.other) == ("truth", True, False)
    assert found.missing == []


@pytest.mark.parametrize(
    ("more", "open_ones"),
    [
        ([answer("truth", False, window="b", n=2, base=2)], 0),
        ([answer("truth", None, window="c", n=1, base=3)], 0),
        # the first window goes on without having seen the other
        ([answer("truth", True, window="a", n=2)], 1),
    ],
)
def test_a_conflict_is_over_once_somebody_chose(
    session, classroom, exam, *, hall, now, closed, more, open_ones
):
    conflict(session, classroom, exam, now, *more)

    assert len(make_checklist(session, hall, closed).conflicts) == open_ones


# taking it back, and what is shown


def test_a_release_is_taken_back_with_a_reason(session, classroom, exam, hall, closed):
    release(session, classroom, hall, closed)

    with pytest.raises(BadExam):
        withdraw_release(session, hall, Order(classroom.instructor, "", closed))
    withdraw_release(session, hall, Order(classroom.instructor, "第3题答案有误", later(closed)))

    assert (exam.released_at, exam.released_by_id) == (None, None)
    row = session.scalars(select(AuditRow).where(AuditRow.action == "exam.release_undo")).one()
    assert row.detail["reason"] == "第3题答案有误"


def test_an_archived_offering_releases_nothing(session, classroom, exam, hall, closed):
    archive_offering(hall.offering, closed)

    with pytest.raises(OfferingArchived):
        release(session, classroom, hall, closed)


def test_the_matrix_holds_only_what_may_be_shown(session, classroom, exam, hall, closed):
    wanted = {aspect: frozenset(Phase) for aspect in Aspect}

    change_review(session, classroom.instructor, hall, wanted, closed)

    assert exam.review["answers"] == ["just_after", "while_open", "closed", "released"]
    assert exam.review["key"] == ["released"]
    row = session.scalars(select(AuditRow).where(AuditRow.action == "exam.review")).one()
    assert "key" not in row.detail["before"]
    assert read_matrix(exam.review)[Aspect.KEY] == {Phase.RELEASED}


def test_a_matrix_that_is_the_same_is_no_change(session, classroom, exam, hall, closed):
    change_review(session, classroom.instructor, hall, read_matrix(exam.review), closed)

    assert session.scalars(select(AuditRow).where(AuditRow.action == "exam.review")).all() == []


def test_changing_an_exam_keeps_the_matrix_that_was_chosen(session, classroom, exam, hall, now):
    change_review(session, classroom.instructor, hall, {Aspect.MARKS: frozenset({Phase.RELEASED})}, now)

    change_exam(session, classroom.instructor, hall, replace(hour_long(now), title="期末"), now)

    assert (exam.title, exam.review) == ("期末", {"marks": ["released"]})


def test_a_student_who_never_came_holds_nothing(session, classroom, hall, closed):
    make_student(session, classroom, "xiaolin")

    assert missing(session, hall, closed) == {}
