"""Time is given, taken back, stopped and ended while people sit; everything stands in their chains."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from app.domain.errors import AttemptClosed, BadExam, NotFound, OfferingArchived
from app.domain.exam import ExamKind
from app.domain.timing import Taking
from app.models import Response
from app.operations.closing import close_expired, submit_attempt
from app.operations.offerings import archive_offering
from app.operations.receipts import list_receipts
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.timekeeping import (
    end_attempts,
    extend_attempts,
    list_credits,
    pause_attempts,
    resume_attempts,
    undo_credit,
)
from app.operations.verifying import verify_attempt
from tests.support.exams import HOUR, hall_of, kinds_of, order_of, set_exam, sit_exam
from tests.support.watching import said, save, told

MINUTE, SECOND, MS = timedelta(minutes=1), timedelta(seconds=1), timedelta(milliseconds=1)
GRACE, LATE = 30 * SECOND, 10 * MINUTE

# more time


def test_t4_more_time_counts_at_once(session, student, hall, order, attempt, *, now):
    extend_attempts(session, hall, order(now + 50 * MINUTE), 12, {attempt.public_id})

    assert attempt.deadline_at == now + 72 * MINUTE
    assert save(session, student, attempt, now + 72 * MINUTE + GRACE - MS) == "saved"
    assert save(session, student, attempt, now + 72 * MINUTE + GRACE) == "late"
    (one,) = said(session, attempt, "extend")
    assert (one["value"], one["reason"], one["by"]) == ("12", "停电", order(now).by.public_id)


def test_t4_more_time_in_the_grace_opens_the_attempt_again_for_that_long(
    session, student, hall, order, attempt, *, now
):
    extend_attempts(session, hall, order(now + HOUR + GRACE - MS), 1, {attempt.public_id})

    assert save(session, student, attempt, now + 61 * MINUTE + GRACE - MS) == "saved"


def test_t4_at_the_close_it_is_too_late_for_more_time(session, hall, order, attempt, now):
    with pytest.raises(BadExam):
        extend_attempts(session, hall, order(now + HOUR + GRACE), 12, {attempt.public_id})

    assert attempt.deadline_at == now + HOUR
    assert list_credits(session, hall.exam.id) == []


def test_t5_everybody_who_was_open_at_an_instant_gets_more(
    session, student, others, hall, order, *, sit, now
):
    early, handed_in, ended = (sit(person, now) for person in (student, *others[:2]))
    late = sit(others[2], now + 10 * MINUTE + MS)
    submit_attempt(session, others[0], handed_in.public_id, now + 4 * MINUTE)
    end_attempts(session, hall, order(now + 5 * MINUTE), {ended.public_id})

    credit = extend_attempts(session, hall, order(now + 20 * MINUTE), 12, now + 10 * MINUTE)

    assert early.deadline_at == now + 72 * MINUTE
    assert [kinds_of(session, one).count("extend") for one in (early, handed_in, ended, late)] == [1, 0, 0, 0]
    assert (credit.open_at, credit.minutes, credit.undone_at) == (now + 10 * MINUTE, 12, None)


def test_t5_who_began_at_that_very_instant_was_open(session, student, hall, order, sit, *, now):
    attempt = sit(student, now + 10 * MINUTE)

    extend_attempts(session, hall, order(now + 20 * MINUTE), 12, now + 10 * MINUTE)

    assert attempt.deadline_at == now + 82 * MINUTE


def test_t5_the_act_is_one_line_of_the_log_with_its_reason(
    session, student, others, hall, order, *, sit, now
):
    for person in (student, *others):
        sit(person, now)

    extend_attempts(session, hall, order(now, "三楼停电"), 12, now)

    (line,) = told(session, "exam.extend")
    assert (line["minutes"], line["attempts"], line["reason"]) == (12, 4, "三楼停电")


def test_chosen_ones_get_more_and_nobody_else(session, student, others, hall, order, *, sit, now):
    first, second = sit(student, now), sit(others[0], now)

    extend_attempts(session, hall, order(now), 12, {first.public_id, "nobody"})

    assert (first.deadline_at, second.deadline_at) == (now + 72 * MINUTE, now + HOUR)
    assert kinds_of(session, second) == ["start"]


def test_an_attempt_at_another_exam_gets_nothing_here(
    session, classroom, student, hall, order, *, attempt, now
):
    other = sit_exam(session, student, set_exam(session, classroom, now), now)

    with pytest.raises(BadExam):
        extend_attempts(session, hall, order(now), 12, {other.public_id})
    assert other.deadline_at == now + HOUR


def test_a9_previews_are_passed_over(session, classroom, hall, order, sit, *, now):
    preview = sit(classroom.instructor, now)

    with pytest.raises(BadExam):
        extend_attempts(session, hall, order(now), 12, now)
    assert preview.deadline_at == now + HOUR


@pytest.mark.parametrize(
    ("minutes", "reason"), [(0, "停电"), (-5, "停电"), (601, "停电"), (12, ""), (12, " ")]
)
def test_minutes_and_a_reason_are_needed(session, hall, order, attempt, now, *, minutes, reason):
    with pytest.raises(BadExam):
        extend_attempts(session, hall, order(now, reason), minutes, {attempt.public_id})

    assert kinds_of(session, attempt) == ["start"]


def test_what_has_no_deadline_gets_no_more_time(session, classroom, student, now):
    exam = set_exam(session, classroom, now, kind=ExamKind.ASSIGNMENT, minutes=None)
    attempt = sit_exam(session, student, exam, now)

    extend_attempts(
        session, hall_of(session, classroom, exam), order_of(classroom, now), 12, {attempt.public_id}
    )

    assert attempt.deadline_at == now + 2 * HOUR + 12 * MINUTE
    assert verify_attempt(session, attempt.public_id) is None


# taking it back


def test_t5_a_credit_is_taken_back_from_those_who_are_still_open(
    session, student, others, hall, order, *, sit, now
):
    first, second = sit(student, now), sit(others[0], now)
    credit = extend_attempts(session, hall, order(now), 12, now)
    submit_attempt(session, others[0], second.public_id, now + MINUTE)

    count = undo_credit(session, hall, order(now + 2 * MINUTE), credit.id)

    assert (count, first.deadline_at, second.deadline_at) == (1, now + HOUR, now + 72 * MINUTE)
    assert (credit.undone_at, credit.undone_by_id) == (now + 2 * MINUTE, order(now).by.id)
    assert [one["value"] for one in said(session, first, "extend")] == ["12", "-12"]
    assert [line["attempts"] for line in told(session, "exam.extend_undo")] == [1]


@pytest.mark.parametrize(
    ("at", "deadline"),
    [
        (59 * MINUTE, HOUR),
        (59 * MINUTE + SECOND, HOUR + SECOND),
        (65 * MINUTE, 66 * MINUTE),
        (71 * MINUTE, 72 * MINUTE),
        # less than a minute is left by itself
        (71 * MINUTE + 30 * SECOND, 72 * MINUTE),
        (72 * MINUTE + GRACE - MS, 72 * MINUTE),
    ],
)
def test_taking_back_puts_nobody_into_the_past(session, student, hall, order, attempt, *, now, at, deadline):
    """A minute is left to everybody."""
    credit = extend_attempts(session, hall, order(now), 12, {attempt.public_id})

    assert undo_credit(session, hall, order(now + at), credit.id) == 1

    assert attempt.deadline_at == now + deadline
    assert save(session, student, attempt, now + at) == "saved"


def test_from_a_paused_attempt_it_is_taken_back_as_of_the_pause(session, hall, order, attempt, now):
    credit = extend_attempts(session, hall, order(now), 12, {attempt.public_id})
    pause_attempts(session, hall, order(now + 65 * MINUTE), {attempt.public_id})

    undo_credit(session, hall, order(now + 3 * HOUR), credit.id)
    resume_attempts(session, hall, order(now + 4 * HOUR), {attempt.public_id})

    assert attempt.deadline_at == now + 4 * HOUR + MINUTE


def test_it_is_taken_back_once(session, hall, order, attempt, now):
    credit = extend_attempts(session, hall, order(now), 12, {attempt.public_id})
    undo_credit(session, hall, order(now), credit.id)

    with pytest.raises(NotFound):
        undo_credit(session, hall, order(now), credit.id)
    assert attempt.deadline_at == now + HOUR


def test_a_credit_of_another_exam_is_not_taken_back_here(session, classroom, hall, order, attempt, *, now):
    credit = extend_attempts(session, hall, order(now), 12, {attempt.public_id})
    other = hall_of(session, classroom, set_exam(session, classroom, now))

    for number in (credit.id, credit.id + 1):
        with pytest.raises(NotFound):
            undo_credit(session, other, order(now), number)
    assert attempt.deadline_at == now + 72 * MINUTE


def test_who_was_opened_again_since_keeps_the_new_deadline(session, student, hall, order, attempt, *, now):
    """The minutes of the credit are no part of it."""
    credit = extend_attempts(session, hall, order(now), 12, {attempt.public_id})
    submit_attempt(session, student, attempt.public_id, now + MINUTE)
    reopen_attempt(session, hall, order(now + 2 * MINUTE), attempt.public_id, 30)

    assert undo_credit(session, hall, order(now + 3 * MINUTE), credit.id) == 0

    assert attempt.deadline_at == now + 32 * MINUTE


# pause


def test_during_a_pause_time_stands_still(session, student, hall, order, attempt, *, now):
    assert pause_attempts(session, hall, order(now + 50 * MINUTE), {attempt.public_id}) == 1

    much_later = now + 5 * HOUR
    assert close_expired(session, {}, much_later) == 0
    assert save(session, student, attempt, much_later) == "saved"
    assert attempt.timing.shown_deadline(much_later) == much_later + 10 * MINUTE

    assert resume_attempts(session, hall, order(much_later), {attempt.public_id}) == 1

    assert (attempt.deadline_at, attempt.paused_at) == (much_later + 10 * MINUTE, None)
    assert said(session, attempt, "resume")[0]["value"] == "250"
    assert attempt.timing.takes(attempt.deadline_at + GRACE) is Taking.LATE


def test_pausing_and_going_on_twice_changes_nothing(session, hall, order, attempt, now):
    chosen = {attempt.public_id}

    assert [pause_attempts(session, hall, order(now + n * MINUTE), chosen) for n in (1, 2)] == [1, 0]
    assert [resume_attempts(session, hall, order(now + n * MINUTE), chosen) for n in (6, 7)] == [1, 0]

    assert attempt.deadline_at == now + 65 * MINUTE
    assert kinds_of(session, attempt) == ["start", "pause", "resume"]


def test_a_clock_that_steps_back_takes_no_time_away(session, hall, order, attempt, now):
    pause_attempts(session, hall, order(now + MINUTE), {attempt.public_id})

    resume_attempts(session, hall, order(now + MINUTE - MS), {attempt.public_id})

    assert attempt.deadline_at == now + HOUR


def test_a_pause_needs_a_reason(session, hall, order, attempt, now):
    with pytest.raises(BadExam):
        pause_attempts(session, hall, order(now, " "), {attempt.public_id})
    assert attempt.paused_at is None


def test_what_is_closed_is_not_paused(session, student, hall, order, attempt, *, now):
    submit_attempt(session, student, attempt.public_id, now)

    assert pause_attempts(session, hall, order(now), {attempt.public_id}) == 0


def test_one_may_hand_in_during_a_pause(session, student, hall, order, attempt, *, now):
    pause_attempts(session, hall, order(now + MINUTE), {attempt.public_id})

    submit_attempt(session, student, attempt.public_id, now + 9 * HOUR)

    assert (attempt.closed_by, attempt.submitted_at) == ("person", now + 9 * HOUR)
    assert attempt.paused_at is None


def test_more_time_in_a_pause_is_there_afterwards(session, hall, order, attempt, now):
    pause_attempts(session, hall, order(now + 50 * MINUTE), {attempt.public_id})
    extend_attempts(session, hall, order(now + 3 * HOUR), 12, {attempt.public_id})

    resume_attempts(session, hall, order(now + 4 * HOUR), {attempt.public_id})

    assert attempt.deadline_at == now + 4 * HOUR + 22 * MINUTE


# the end


def test_what_arrives_after_an_end_is_kept_as_late(session, student, hall, order, attempt, *, now):
    save(session, student, attempt, now)
    end = now + 20 * MINUTE

    assert end_attempts(session, hall, order(end), {attempt.public_id}) == 1

    assert save(session, student, attempt, end, given=False) == "late"
    assert close_expired(session, {}, end + MINUTE) == 1
    assert (attempt.state, attempt.closed_by, attempt.submitted_at) == ("submitted", "deadline", end)
    assert save(session, student, attempt, end + LATE - MS, given=False) == "late"
    with pytest.raises(AttemptClosed):
        save(session, student, attempt, end + LATE, given=False)
    assert session.get_one(Response, (attempt.id, "truth")).answer is True
    assert kinds_of(session, attempt) == ["start", "answer", "end", "answer", "submit", "answer"]


def test_an_end_ends_a_pause_too(session, hall, order, attempt, now):
    pause_attempts(session, hall, order(now + MINUTE), {attempt.public_id})

    end_attempts(session, hall, order(now + 2 * HOUR), {attempt.public_id})

    assert (attempt.paused_at, attempt.deadline_at) == (None, now + 2 * HOUR)
    assert close_expired(session, {}, now + 2 * HOUR) == 1
    assert attempt.state == "submitted"


def test_ending_twice_changes_nothing(session, hall, order, attempt, now):
    chosen = {attempt.public_id}

    assert [end_attempts(session, hall, order(now + n * MINUTE), chosen) for n in (1, 2)] == [1, 0]

    assert attempt.deadline_at == now + MINUTE
    assert kinds_of(session, attempt) == ["start", "end"]


def test_once_the_time_is_ended_handing_in_gives_the_receipt_of_that_moment(
    session, student, hall, order, attempt, *, now
):
    end_attempts(session, hall, order(now + MINUTE), {attempt.public_id})

    submit_attempt(session, student, attempt.public_id, now + 2 * MINUTE)

    (receipt,) = list_receipts(session, attempt.id)
    assert json.loads(receipt)["cause"] == attempt.closed_by == "deadline"
    assert attempt.submitted_at == now + MINUTE


def test_an_end_needs_a_reason(session, hall, order, attempt, now):
    with pytest.raises(BadExam):
        end_attempts(session, hall, order(now, ""), {attempt.public_id})
    assert attempt.state == "open"


# who, where, when


def acts(public: str) -> dict[str, Any]:
    """Return what can be done to an attempt, by name; each takes the session, the exam and the order."""
    chosen = {public}
    return {
        "extend": partial(extend_attempts, minutes=12, chosen=chosen),
        "pause": partial(pause_attempts, chosen=chosen),
        "resume": partial(resume_attempts, chosen=chosen),
        "end": partial(end_attempts, chosen=chosen),
        "undo": partial(undo_credit, number=1),
        "reopen": partial(reopen_attempt, public=public, minutes=10),
        "void": partial(void_attempt, public=public),
    }


@pytest.mark.parametrize("act", sorted(acts("")))
def test_in_an_archived_offering_nothing_is_done(session, classroom, hall, order, attempt, *, now, act):
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        acts(attempt.public_id)[act](session, hall, order(now))
    assert kinds_of(session, attempt) == ["start"]


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_an_attempt_at_another_exam_is_not_there(session, classroom, hall, order, attempt, *, now, act):
    other = hall_of(session, classroom, set_exam(session, classroom, now))

    with pytest.raises(NotFound):
        acts(attempt.public_id)[act](session, other, order(now))
    assert attempt.state == "open"


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_after_the_release_an_attempt_stands(session, student, hall, order, attempt, *, now, act):
    submit_attempt(session, student, attempt.public_id, now)
    hall.exam.released_at = now
    session.flush()

    with pytest.raises(BadExam):
        acts(attempt.public_id)[act](session, hall, order(now))
    assert attempt.state == "submitted"
