"""What is done to many at once passes over those whose time is over, whatever their rows still say."""

from datetime import timedelta

import pytest

from app.domain.errors import BadExam
from app.operations.timekeeping import (
    end_attempts,
    extend_attempts,
    list_credits,
    pause_attempts,
    resume_attempts,
    undo_credit,
)
from tests.support.exams import HOUR, kinds_of
from tests.support.watching import save, told

MINUTE, MS = timedelta(minutes=1), timedelta(milliseconds=1)
GRACE = timedelta(seconds=30)


def test_t4_more_time_for_all_revives_nobody_whose_time_is_over(
    session, student, hall, order, attempt, *, now
):
    """They were open at the instant that is asked for, and no job has written yet that they are not."""
    with pytest.raises(BadExam):
        extend_attempts(session, hall, order(now + HOUR + GRACE), 12, now + 10 * MINUTE)

    assert (attempt.state, attempt.deadline_at) == ("open", now + HOUR)
    assert kinds_of(session, attempt) == ["start"]
    assert list_credits(session, hall.exam.id) == []
    assert save(session, student, attempt, now + HOUR + GRACE) == "late"


def test_t4_more_time_for_all_goes_to_those_whose_time_is_not_over(
    session, student, others, hall, order, *, sit, now
):
    over, going_on = sit(student, now), sit(others[0], now + 10 * MINUTE)

    extend_attempts(session, hall, order(now + HOUR + GRACE), 12, now + 10 * MINUTE)

    assert (over.deadline_at, kinds_of(session, over)) == (now + HOUR, ["start"])
    assert going_on.deadline_at == now + 82 * MINUTE
    assert [line["attempts"] for line in told(session, "exam.extend")] == [1]


def test_t4_in_the_last_instant_of_the_grace_all_get_more(session, hall, order, attempt, now):
    extend_attempts(session, hall, order(now + HOUR + GRACE - MS), 12, now)

    assert attempt.deadline_at == now + 72 * MINUTE


@pytest.mark.parametrize(("early", "count"), [(MS, 1), (timedelta(0), 0)])
def test_t5_minutes_are_taken_back_from_nobody_whose_time_is_over(
    session, student, hall, order, attempt, *, now, early, count
):
    """Up to the last instant of the grace they are."""
    credit = extend_attempts(session, hall, order(now), 12, {attempt.public_id})
    over = now + 72 * MINUTE + GRACE

    assert undo_credit(session, hall, order(over - early), credit.id) == count

    assert attempt.deadline_at == now + 72 * MINUTE
    assert kinds_of(session, attempt) == ["start", "extend", *["extend"] * count]
    assert save(session, student, attempt, over) == "late"


def test_t5_minutes_are_taken_back_only_from_those_whose_time_is_not_over(
    session, student, others, hall, order, *, sit, now
):
    over, going_on = sit(student, now), sit(others[0], now + 10 * MINUTE)
    credit = extend_attempts(session, hall, order(now + 10 * MINUTE), 12, now + 10 * MINUTE)

    assert undo_credit(session, hall, order(now + 72 * MINUTE + GRACE), credit.id) == 1

    assert over.deadline_at == now + 72 * MINUTE
    assert going_on.deadline_at == now + 72 * MINUTE + GRACE + MINUTE
    assert kinds_of(session, over) == ["start", "extend"]


@pytest.mark.parametrize("act", [pause_attempts, resume_attempts, end_attempts])
def test_whose_time_is_over_is_neither_paused_nor_ended(session, hall, order, attempt, now, *, act):
    assert act(session, hall, order(now + HOUR + GRACE), {attempt.public_id}) == 0

    assert (attempt.deadline_at, attempt.paused_at, attempt.grace_seconds) == (now + HOUR, None, 30)
    assert kinds_of(session, attempt) == ["start"]
