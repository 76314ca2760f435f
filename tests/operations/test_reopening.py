"""Attempts are opened again, or count for nothing; what happened before stays on record."""

import json
from datetime import timedelta

import pytest

from app.domain.errors import AttemptClosed, BadExam, BadTransition
from app.operations.closing import close_expired, submit_attempt
from app.operations.events import heads_of
from app.operations.receipts import list_receipts
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.scoring import list_responses, score_waiting
from app.operations.timekeeping import end_attempts
from tests.support.exams import HOUR, hall_of, kinds_of, set_exam, sit_exam
from tests.support.watching import said, save

MINUTE, SECOND, MS = timedelta(minutes=1), timedelta(seconds=1), timedelta(milliseconds=1)
GRACE = 30 * SECOND

# opening again


def test_an_attempt_that_was_opened_again_is_handed_in_and_scored_anew(
    session, student, hall, order, attempt, *, now
):
    save(session, student, attempt, now, given=True, n=1)
    submit_attempt(session, student, attempt.public_id, now + MINUTE)
    score_waiting(session, {}, now + MINUTE)
    assert attempt.score == 0

    reopen_attempt(session, hall, order(now + 2 * HOUR), attempt.public_id, 10)
    assert (attempt.state, attempt.score, attempt.submitted_at) == ("open", None, None)
    assert save(session, student, attempt, now + 2 * HOUR + 10 * MINUTE, given=False, n=2) == "saved"
    assert close_expired(session, {}, now + 2 * HOUR + 10 * MINUTE + GRACE) == 1
    score_waiting(session, {}, now + 3 * HOUR)

    assert (attempt.state, attempt.score, attempt.closed_by) == ("scored", 2, "deadline")
    assert [row.answer for row in list_responses(session, attempt.id) if row.item == "truth"] == [False]
    assert said(session, attempt, "reopen")[0]["reason"] == "停电"


def test_each_hand_in_has_its_receipt_and_the_first_one_stays(session, student, hall, order, attempt, *, now):
    save(session, student, attempt, now)
    submit_attempt(session, student, attempt.public_id, now + MINUTE)
    (first,) = list_receipts(session, attempt.id)
    reopen_attempt(session, hall, order(now + 2 * MINUTE), attempt.public_id, 10)
    submit_attempt(session, student, attempt.public_id, now + 3 * MINUTE)

    receipts = list_receipts(session, attempt.id)

    assert receipts[0] == first
    assert [json.loads(one)["seq"] for one in receipts] == [3, 5]
    assert len(set(receipts)) == 2


def test_who_was_ended_has_the_grace_again_when_opened_again(session, student, hall, order, attempt, *, now):
    end_attempts(session, hall, order(now + MINUTE), {attempt.public_id})

    reopen_attempt(session, hall, order(now + 2 * MINUTE), attempt.public_id, 10)

    assert save(session, student, attempt, now + 12 * MINUTE + GRACE - MS) == "saved"


def test_what_came_late_stays_late_when_it_is_opened_again(session, student, hall, order, attempt, *, now):
    over = now + HOUR + GRACE
    assert save(session, student, attempt, over) == "late"

    reopen_attempt(session, hall, order(over + MINUTE), attempt.public_id, 10)

    assert heads_of(session, attempt.id) == {}
    assert attempt.answered == 0


def test_an_attempt_whose_time_is_over_can_be_opened_again_before_anybody_wrote_it_down(
    session, student, hall, order, attempt, *, now
):
    """Time closes by definition; the board shows it so, and the act goes by what is shown."""
    over = now + HOUR + GRACE

    reopen_attempt(session, hall, order(over), attempt.public_id, 10)

    assert (attempt.state, attempt.deadline_at) == ("open", over + 10 * MINUTE)
    assert kinds_of(session, attempt) == ["start", "submit", "reopen"]
    assert len(list_receipts(session, attempt.id)) == 1


def test_what_is_open_is_not_opened_again(session, hall, order, attempt, now):
    with pytest.raises(BadTransition):
        reopen_attempt(session, hall, order(now + HOUR + GRACE - MS), attempt.public_id, 10)
    assert kinds_of(session, attempt) == ["start"]


def test_with_another_open_attempt_nothing_is_opened_again(session, classroom, student, order, now):
    exam = set_exam(session, classroom, now, attempts_allowed=2)
    first = sit_exam(session, student, exam, now)
    submit_attempt(session, student, first.public_id, now)
    sit_exam(session, student, exam, now)

    with pytest.raises(BadTransition):
        reopen_attempt(session, hall_of(session, classroom, exam), order(now), first.public_id, 10)


@pytest.mark.parametrize(("minutes", "reason"), [(0, "停电"), (601, "停电"), (10, "")])
def test_opening_again_needs_minutes_and_a_reason(
    session, student, hall, order, attempt, *, now, minutes, reason
):
    submit_attempt(session, student, attempt.public_id, now)

    with pytest.raises(BadExam):
        reopen_attempt(session, hall, order(now, reason), attempt.public_id, minutes)
    assert attempt.state == "submitted"


# voiding


@pytest.mark.parametrize("closed", ["", "submitted", "scored"])
def test_a_voided_attempt_counts_for_nothing_and_stays_on_record(
    session, student, hall, order, attempt, *, now, closed
):
    save(session, student, attempt, now)
    if closed:
        submit_attempt(session, student, attempt.public_id, now + MINUTE)
    if closed == "scored":
        score_waiting(session, {}, now + MINUTE)

    void_attempt(session, hall, order(now + 2 * MINUTE, "替考"), attempt.public_id)

    assert (attempt.state, attempt.void_reason) == ("voided", "替考")
    assert attempt.submitted_at == (now + MINUTE if closed else now + 2 * MINUTE)
    with pytest.raises(AttemptClosed):
        save(session, student, attempt, now + 2 * MINUTE, given=False)
    assert save(session, student, attempt, now) == "replayed"
    assert close_expired(session, {}, now + 9 * HOUR) == score_waiting(session, {}, now + 9 * HOUR) == 0
    with pytest.raises(BadTransition):
        void_attempt(session, hall, order(now + 3 * MINUTE), attempt.public_id)
    with pytest.raises(BadTransition):
        reopen_attempt(session, hall, order(now + 3 * MINUTE), attempt.public_id, 10)


def test_a_voided_attempt_that_is_handed_in_stays_voided(session, student, hall, order, attempt, *, now):
    void_attempt(session, hall, order(now), attempt.public_id)

    submit_attempt(session, student, attempt.public_id, now)

    assert (attempt.state, list_receipts(session, attempt.id)) == ("voided", [])
