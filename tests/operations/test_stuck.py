"""Jobs over many attempts: they wait for what is under way, and pass over what resists."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from app.models import Attempt
from app.operations.closing import close_settled, has_settled, submit_attempt
from app.operations.scoring import has_waiting, score_waiting
from app.operations.stuck import try_each
from app.operations.verifying import verify_attempt
from tests.support.exams import HOUR, kinds_of, sit_exam

MINUTE, MS = timedelta(minutes=1), timedelta(milliseconds=1)
OVER = HOUR + timedelta(seconds=30)
SETTLED = OVER + timedelta(seconds=3)


# what is under way


def test_t6_for_three_seconds_what_was_received_in_time_may_still_be_written(session, student, attempt, now):
    early, there = now + SETTLED - MS, now + SETTLED

    assert (has_settled(session, early), close_settled(session, {}, early)) == (False, 0)
    assert (attempt.state, kinds_of(session, attempt)) == ("open", ["start"])
    assert (has_settled(session, there), close_settled(session, {}, there)) == (True, 1)
    assert (attempt.state, attempt.closed_by, attempt.submitted_at) == ("submitted", "deadline", now + HOUR)


# what resists


@pytest.fixture
def sick(session, others, exam, now):
    """Return the first of three attempts that were handed in; it cannot be scored: its layout is spoiled."""
    attempts = [sit_exam(session, person, exam, now) for person in others]
    for person, attempt in zip(others, attempts, strict=True):
        submit_attempt(session, person, attempt.public_id, now)
    attempts[0].layout = {"items": "gone"}
    session.flush()
    return attempts[0]


def waiting(session):
    statement = select(Attempt.public_id).where(Attempt.state == "submitted")
    return session.scalars(statement).all()


def test_one_that_cannot_be_scored_holds_up_no_other_and_is_named(session, sick, now, caplog):
    assert score_waiting(session, {}, now) == 3

    assert waiting(session) == [sick.public_id]
    assert (sick.stuck_at, sick.score) == (now, None)
    assert sick.public_id in caplog.text


def test_scoring_tries_again_after_ten_minutes(session, sick, now):
    whole = session.scalars(select(Attempt.layout).where(Attempt.id != sick.id)).first()
    score_waiting(session, {}, now)
    sick.layout = whole
    session.flush()
    early, there = now + 10 * MINUTE - MS, now + 10 * MINUTE

    assert (has_waiting(session, early), score_waiting(session, {}, early)) == (False, 0)
    assert (has_waiting(session, there), score_waiting(session, {}, there)) == (True, 1)
    assert (sick.state, sick.stuck_at) == ("scored", None)
    assert verify_attempt(session, sick.public_id) is None


def test_who_fails_again_rests_again(session, sick, now):
    for tried in (now, now + 10 * MINUTE):
        assert score_waiting(session, {}, tried) > 0
        assert sick.stuck_at == tried
        assert not has_waiting(session, tried + 10 * MINUTE - MS)


# what is no attempt's fault


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_when_the_database_is_gone_the_job_stops_and_no_attempt_is_blamed(
    session, others, sit, now, fault, *, caplog
):
    attempts = [sit(person, now) for person in others]
    met = []

    def fail(session, attempt, now):
        met.append(attempt.public_id)
        raise fault("SELECT 1", {}, Exception("gone"))

    with pytest.raises(fault):
        try_each(session, attempts, fail, now)

    assert met == [attempts[0].public_id]
    assert [one.stuck_at for one in attempts] == [None] * 3
    assert caplog.text == ""


def test_any_other_fault_of_the_database_is_one_attempts_own(session, others, sit, now):
    attempts = [sit(person, now) for person in others]

    def fail(session, attempt, now):
        attempt.void_reason = "half done"
        session.flush()
        if attempt is attempts[1]:
            raise IntegrityError("INSERT", {}, Exception("there already"))

    assert try_each(session, attempts, fail, now) == 3

    session.expire_all()
    assert [one.stuck_at for one in attempts] == [None, now, None]
    assert [one.void_reason for one in attempts] == ["half done", "", "half done"]
