"""An exam is begun, answered, handed in or closed by its time; its deadline was derived at the start."""

from datetime import timedelta

import pytest

from app.domain.errors import AttemptClosed, ExamClosed, NotFound, NotOpenYet
from app.operations.closing import close_expired, submit_attempt
from app.operations.receipts import find_receipt_text
from app.operations.saving import save_answers
from app.operations.scoring import score_waiting
from app.operations.verifying import verify_attempt
from tests.support.builders import answer, later
from tests.support.exams import HOUR, set_exam, sit_exam


@pytest.fixture
def exam(session, classroom, now):
    return set_exam(session, classroom, now)


def test_the_deadline_is_derived_at_the_start_and_stands_in_the_first_event(session, classroom, exam, now):
    attempt = sit_exam(session, classroom.student, exam, later(now, 5))

    assert attempt.deadline_at == now + timedelta(minutes=65)
    assert (attempt.last_seq, attempt.is_preview) == (1, False)
    assert verify_attempt(session, attempt.public_id) is None


def test_t6_time_closes_an_attempt_when_nobody_is_there(session, classroom, exam, now):
    attempt = sit_exam(session, classroom.student, exam, now)
    save_answers(session, classroom.student, attempt.public_id, [answer("truth", True)], now)
    over = now + HOUR + timedelta(seconds=30)

    assert close_expired(session, {}, over - timedelta(milliseconds=1)) == 0
    assert close_expired(session, {}, over) == 1
    assert score_waiting(session, {}, over) == 1

    assert (attempt.state, attempt.closed_by, attempt.submitted_at) == ("scored", "deadline", now + HOUR)
    assert find_receipt_text(session, attempt.id) is not None
    assert verify_attempt(session, attempt.public_id) is None


def test_handing_in_after_the_time_gives_what_time_closed(session, classroom, exam, now):
    attempt = sit_exam(session, classroom.student, exam, now)
    late = now + HOUR + timedelta(minutes=1)

    submit_attempt(session, classroom.student, attempt.public_id, late)
    first = find_receipt_text(session, attempt.id)
    submit_attempt(session, classroom.student, attempt.public_id, late)

    assert (attempt.closed_by, find_receipt_text(session, attempt.id)) == ("deadline", first)


def test_what_arrives_later_than_the_late_window_is_refused(session, classroom, exam, now):
    attempt = sit_exam(session, classroom.student, exam, now)

    late = save_answers(
        session, classroom.student, attempt.public_id, [answer("truth", True)], now + HOUR + HOUR / 60
    )

    assert [one.status for one in late] == ["late"]
    with pytest.raises(AttemptClosed):
        save_answers(session, classroom.student, attempt.public_id, [answer("truth", False)], now + 2 * HOUR)


def test_a_stranger_finds_no_exam(session, classroom, exam, now):
    with pytest.raises(NotFound):
        sit_exam(session, classroom.stranger, exam, now)


def test_an_exam_cannot_be_begun_before_or_after_its_window(session, classroom, exam, now):
    with pytest.raises(NotOpenYet):
        sit_exam(session, classroom.student, exam, now - HOUR)
    with pytest.raises(ExamClosed):
        sit_exam(session, classroom.student, exam, now + 2 * HOUR)


def test_beginning_again_leads_to_the_last_attempt(session, classroom, exam, now):
    attempt = sit_exam(session, classroom.student, exam, now)
    submit_attempt(session, classroom.student, attempt.public_id, later(now))

    assert sit_exam(session, classroom.student, exam, later(now, 2)) is attempt
