"""What was kept of an attempt is verified: nothing can be changed without being named."""

import pytest
from sqlalchemy import text, update

from app.models import Attempt, Response
from app.models.triggers import APPEND_ONLY
from app.operations.closing import submit_attempt
from app.operations.saving import save_answers
from app.operations.signing import signing_key
from app.operations.verifying import Fault, list_public_ids, verify_attempt
from tests.support.builders import answer, begin_attempt, hand_in
from tests.support.exams import set_exam, sit_exam


@pytest.fixture
def attempt(session, classroom, now):
    """Return an attempt with three events."""
    attempt = begin_attempt(session, classroom.student, now=now)
    events = [answer("single", "2", n=1), answer("written", "第一稿", n=2), answer("written", "第二稿", n=3)]
    save_answers(session, classroom.student, attempt.public_id, events, now)
    return attempt


@pytest.fixture
def spoil(session):
    """Return a function that changes events behind their triggers."""

    def change(statement):
        session.flush()
        for table in APPEND_ONLY:
            for action in ("update", "delete"):
                on = f" ON {table}" if session.connection().dialect.name == "postgresql" else ""
                session.execute(text(f"DROP TRIGGER {table}_no_{action}{on}"))
        session.execute(text(statement))
        session.expire_all()

    return change


def test_what_was_kept_agrees(session, attempt):
    assert list_public_ids(session) == [attempt.public_id]
    assert verify_attempt(session, attempt.public_id) is None


def test_it_agrees_after_the_hand_in_too(session, classroom, attempt, now):
    hand_in(session, classroom.student, attempt, now=now)

    assert verify_attempt(session, attempt.public_id) is None


@pytest.mark.parametrize(
    ("change", "seq", "what"),
    [
        ("UPDATE event SET body = replace(body, '第一稿', '改过') WHERE seq = 2", 2, "chain is broken"),
        ("UPDATE event SET hash = prev_hash WHERE seq = 1", 1, "chain is broken"),
        ("UPDATE event SET prev_hash = hash WHERE seq = 3", 3, "chain is broken"),
        ("DELETE FROM event WHERE seq = 2", 2, "missing"),
        ("DELETE FROM event WHERE seq = 3", 2, "does not end"),
        ("DELETE FROM event", 0, "does not end"),
        ("UPDATE event SET status = 'late' WHERE seq = 2", 2, "status"),
        ("UPDATE event SET item = 'truth' WHERE seq = 2", 2, "item"),
        ("UPDATE event SET event_id = 'another' WHERE seq = 1", 1, "event_id"),
        ("UPDATE event SET client_id = 'another' WHERE seq = 1", 1, "client_id"),
        ("UPDATE event SET client_n = 9 WHERE seq = 1", 1, "client_n"),
        ("UPDATE event SET base = 9 WHERE seq = 1", 1, "base"),
        ("UPDATE event SET kind = 'check' WHERE seq = 1", 1, "kind"),
        ("UPDATE event SET received_at = '2026-03-02 00:00:01.000000' WHERE seq = 1", 1, "received_at"),
        ("UPDATE attempt SET head_hash = seed", 3, "does not end"),
        ("UPDATE attempt SET last_seq = 9", 3, "does not end"),
        ("UPDATE attempt SET answered = 1", 0, "counted as answered"),
        ("UPDATE attempt SET seed = '00'", 1, "chain is broken"),
        ("UPDATE attempt SET user_id = user_id + 1", 1, "chain is broken"),
        ("UPDATE paper SET manifest = replace(manifest, '\"60\"', '\"10\"')", 0, "not the one"),
        ("UPDATE paper SET pass_mark = 1000", 0, "pass_mark"),
    ],
)
def test_a_change_is_named_with_its_first_event(session, attempt, spoil, change, *, seq, what):
    public = attempt.public_id

    spoil(change)

    fault = verify_attempt(session, public)
    assert fault is not None
    assert (fault.attempt, fault.seq) == (public, seq)
    assert what in fault.what


def test_a_response_that_is_not_the_last_answer_is_named(session, classroom, attempt, now):
    submit_attempt(session, classroom.student, attempt.public_id, now)
    session.execute(update(Response).where(Response.item == "written").values(answer="别人的"))
    session.expire_all()

    fault = verify_attempt(session, attempt.public_id)

    assert fault == Fault(attempt.public_id, 3, "the response to written is not its last answer")


def test_a_response_that_is_gone_is_named(session, classroom, attempt, now):
    submit_attempt(session, classroom.student, attempt.public_id, now)
    session.execute(text("DELETE FROM response WHERE item = 'single'"))
    session.expire_all()

    fault = verify_attempt(session, attempt.public_id)

    assert fault == Fault(attempt.public_id, 1, "the response to single is not its last answer")


def test_an_attempt_that_is_not_there_has_no_fault(session):
    assert verify_attempt(session, "nowhere") is None
    assert session.query(Attempt).count() == 0


@pytest.fixture
def handed_in(session, classroom, attempt, now):
    submit_attempt(session, classroom.student, attempt.public_id, now)
    return attempt


def test_genuine_receipts_are_no_fault(session, handed_in):
    assert verify_attempt(session, handed_in.public_id, signing_key(session).public_key()) is None


def test_a_receipt_that_was_altered_is_found_by_its_signature(session, spoil, handed_in):
    spoil("UPDATE receipt SET text = replace(text, 'T00', 'T01')")

    fault = verify_attempt(session, handed_in.public_id, signing_key(session).public_key())

    assert fault == Fault(handed_in.public_id, 4, "the receipt is not genuine (altered)")


def test_an_exam_that_was_handed_in_without_a_receipt_is_found(session, classroom, spoil, now):
    attempt = sit_exam(session, classroom.student, set_exam(session, classroom, now), now)
    submit_attempt(session, classroom.student, attempt.public_id, now)
    spoil("DELETE FROM receipt")

    assert verify_attempt(session, attempt.public_id) == Fault(
        attempt.public_id, 2, "1 hand-ins have 0 receipts"
    )
