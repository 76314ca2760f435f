"""The result list: everybody who is expected, the attempt that counts, the figures."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.results import ResultState, figures_of
from app.models import Enrolment, User
from app.operations.accommodations import Terms, grant
from app.operations.board import look_at_board
from app.operations.closing import submit_attempt
from app.operations.enrolment import withdraw
from app.operations.orders import Order
from app.operations.presence import Presences
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.results import list_released, list_results
from app.operations.scoring import score_attempt
from tests.support.builders import later, publish_texts
from tests.support.exams import HOUR, hall_of, set_exam, sit_exam
from tests.support.sitting import give, make_marker, make_student, send_answers, sit_and_hand_in
from tests.support.texts import make_small_quiz_text


@pytest.fixture
def exam(session, classroom, now):
    return set_exam(session, classroom, now)


@pytest.fixture
def hall(session, classroom, exam):
    return hall_of(session, classroom, exam)


def line(session, hall, when, login="xiaohe"):
    return next(one for one in list_results(session, hall, when) if one.login == login)


def test_who_does_not_come_is_expected_and_in_the_end_absent(session, hall, now):
    before, after = line(session, hall, now), line(session, hall, now + 2 * HOUR)

    assert (before.state, after.state) == (ResultState.EXPECTED, ResultState.ABSENT)
    assert (after.total, after.passed, after.attempt) == (None, None, "")
    assert (after.name, after.cohort) == ("小xiaohe", "航空2301")


def test_who_joined_after_the_exam_had_closed_is_not_absent(session, classroom, exam, hall, now):
    seat = session.get_one(Enrolment, (classroom.offering.id, classroom.student.id))
    seat.enrolled_at = exam.closes_at + timedelta(minutes=1)
    session.flush()
    logins = {one.login for one in list_results(session, hall, now + 3 * HOUR)}
    seats = {one.login for one in look_at_board(session, hall, Presences(), now + 3 * HOUR).seats}

    student = session.get_one(User, classroom.student.id)
    grant(session, classroom.instructor, hall, student, (Terms("补考", closes_at=now + 90 * HOUR), now))
    granted = {one.login for one in list_results(session, hall, now + 3 * HOUR)}

    assert "xiaohe" not in logins | seats
    assert "xiaohe" in granted


def test_who_joined_late_and_sat_all_the_same_is_expected(session, classroom, exam, hall, now):
    sit_exam(session, classroom.student, exam, now)
    seat = session.get_one(Enrolment, (classroom.offering.id, classroom.student.id))
    seat.enrolled_at = exam.closes_at + HOUR
    session.flush()

    (seat,) = look_at_board(session, hall, Presences(), now + 3 * HOUR).seats
    assert (line(session, hall, now + 3 * HOUR).is_expected, seat.is_expected) == (True, True)


def test_who_sits_has_no_result_yet(session, classroom, exam, hall, now):
    sit_exam(session, classroom.student, exam, now)

    assert line(session, hall, now).state is ResultState.SITTING
    assert line(session, hall, now + 3 * HOUR).state is ResultState.HANDED_IN


def test_a_result_waits_for_its_marker_and_then_is_complete(session, classroom, exam, hall, now):
    sat = sit_exam(session, classroom.student, exam, now)
    send_answers(session, classroom.student, sat, now, written="因为", truth=False, number="7391846")
    handed = submit_attempt(
        session, classroom.student, sat.public_id, now + timedelta(minutes=43, seconds=30)
    )
    score_attempt(session, handed, now)

    waiting = line(session, hall, now + HOUR)
    give(session, make_marker(session, classroom), (hall, sat), ("3.5", ""), now)
    complete = line(session, hall, now + HOUR)

    assert (waiting.state, waiting.to_mark, waiting.total) == (ResultState.TO_MARK, 1, None)
    assert (waiting.objective, waiting.subjective) == (4, None)
    assert complete.state is ResultState.COMPLETE
    assert (complete.objective, complete.subjective) == (4, Decimal("3.5"))
    assert (complete.total, complete.max, complete.minutes) == (Decimal("7.5"), 14, Decimal("43.5"))
    assert (complete.passed, complete.attempt) == (False, sat.public_id)


def test_of_several_attempts_the_best_one_counts(session, classroom, now):
    exam = set_exam(session, classroom, now, attempts_allowed=3)
    hall = hall_of(session, classroom, exam)
    sit_and_hand_in(session, classroom.student, exam, now)
    best = sit_and_hand_in(session, classroom.student, exam, later(now), truth=False, number="7391846")
    sit_and_hand_in(session, classroom.student, exam, later(now, 2), truth=False)

    found = line(session, hall, later(now, 3))

    assert (found.attempt, found.attempts, found.total) == (best.public_id, 3, 4)


def test_a_voided_attempt_is_told_as_such(session, classroom, exam, hall, now):
    sat = sit_and_hand_in(session, classroom.student, exam, now, truth=False)
    void_attempt(session, hall, Order(classroom.instructor, "替考", now), sat.public_id)

    found = line(session, hall, now)

    assert (found.state, found.total) == (ResultState.VOIDED, None)


def test_a_voided_attempt_counts_for_less_than_any_other(session, classroom, exam, hall, now):
    """However many points it had, and however far the other one is."""
    voided = sit_and_hand_in(session, classroom.student, exam, now, truth=False, number="7391846")
    void_attempt(session, hall, Order(classroom.instructor, "替考", now), voided.public_id)
    sat = sit_exam(session, classroom.student, exam, now)

    sitting = line(session, hall, now)
    score_attempt(session, submit_attempt(session, classroom.student, sat.public_id, later(now)), later(now))
    done = line(session, hall, later(now))

    assert (sitting.state, sitting.attempt) == (ResultState.SITTING, sat.public_id)
    assert (done.state, done.attempt, done.total, done.attempts) == (
        ResultState.COMPLETE,
        sat.public_id,
        0,
        2,
    )


def test_what_was_handed_in_counts_before_an_attempt_that_is_open(session, classroom, now):
    exam = set_exam(session, classroom, now, attempts_allowed=2)
    hall = hall_of(session, classroom, exam)
    first = sit_and_hand_in(session, classroom.student, exam, now)
    done = sit_and_hand_in(session, classroom.student, exam, now)
    reopen_attempt(session, hall, Order(classroom.instructor, "断电", later(now)), first.public_id, 30)

    found = line(session, hall, later(now, 2))

    assert (first.state, found.state, found.attempt) == ("open", ResultState.COMPLETE, done.public_id)


def test_who_left_the_course_after_sitting_is_still_listed(session, classroom, exam, hall, now):
    sit_and_hand_in(session, classroom.student, exam, now, truth=False)
    withdraw(session, classroom.student.id, classroom.offering.id, classroom.instructor, now)

    found = line(session, hall, now)

    assert (found.is_expected, found.total) == (False, 2)


def test_previews_and_people_who_teach_are_not_listed(session, classroom, exam, hall, now):
    sit_and_hand_in(session, classroom.instructor, exam, now, truth=False)

    assert [one.login for one in list_results(session, hall, now)] == ["xiaohe"]


def test_the_figures_of_an_exam_count_what_is_complete(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": make_small_quiz_text()}, now)
    exam = set_exam(session, classroom, now, "smile")
    for login, answer in (("s1", "1"), ("s2", "1"), ("s3", "2")):
        sit_and_hand_in(session, make_student(session, classroom, login), exam, now, smile=answer)

    found = figures_of(list_results(session, hall_of(session, classroom, exam), now + 2 * HOUR))

    assert (found.expected, found.sat, found.absent, found.n) == (4, 3, 1, 3)
    assert (found.highest, found.lowest) == (Decimal(1), Decimal(0))
    assert found.mean == pytest.approx(2 / 3)
    assert found.pass_rate == pytest.approx(2 / 3)


def test_only_released_results_are_told_to_their_learner(session, classroom, exam, hall, now):
    sat = sit_and_hand_in(session, classroom.student, exam, now, truth=False)

    assert list_released(session, classroom.student, [classroom.offering.id]) == []
    exam.released_at = now
    session.flush()

    (one,) = list_released(session, classroom.student, [classroom.offering.id])
    assert (one.attempt.id, one.title) == (sat.id, "女士优先")
    assert list_released(session, classroom.stranger, [classroom.offering.id]) == []


@pytest.mark.parametrize("state", ["open", "submitted", "voided"])
def test_only_what_is_scored_is_told_as_a_result(session, classroom, exam, hall, now, *, state):
    sat = sit_exam(session, classroom.student, exam, now)
    if state != "open":
        submit_attempt(session, classroom.student, sat.public_id, now)
    if state == "voided":
        void_attempt(session, hall, Order(classroom.instructor, "替考", now), sat.public_id)
    exam.released_at = now
    session.flush()

    assert sat.state == state
    assert list_released(session, classroom.student, [classroom.offering.id]) == []


def test_a9_a_preview_is_no_result_of_its_author(session, classroom, exam, now):
    sit_and_hand_in(session, classroom.instructor, exam, now, truth=False)
    exam.released_at = now
    session.flush()

    assert list_released(session, classroom.instructor, [classroom.offering.id]) == []
