"""An exam is handed in by its person or closed by its time; each hand-in has one receipt, for ever."""

import json
import os
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from app.domain.chain import salted
from app.domain.errors import BadReceipt, NotFound, OfferingArchived, TooEarly
from app.domain.receipt import key_id, read_receipt
from app.models import Attempt, Event, Receipt
from app.operations.closing import SLICE, close_expired, has_expired, submit_attempt
from app.operations.job_kinds import KINDS
from app.operations.jobs import add_due_jobs, lease_job, run_slice
from app.operations.offerings import archive_offering
from app.operations.receipts import find_receipt_text, list_receipts
from app.operations.reopening import reopen_attempt
from app.operations.saving import save_answers
from app.operations.scoring import has_waiting
from app.operations.signing import KEY_FILE, load_key, signing_key
from app.operations.timekeeping import pause_attempts
from app.operations.verifying import verify_attempt
from tests.support.at_once import together
from tests.support.builders import answer, make_person
from tests.support.exams import HOUR, hall_of, kinds_of, order_of, set_exam, sit_exam
from tests.support.watching import save

MINUTE, SECOND, MS = timedelta(minutes=1), timedelta(seconds=1), timedelta(milliseconds=1)
GRACE = 30 * SECOND
OVER = HOUR + GRACE


def submit(session, person, attempt, at):
    """Hand in; return the receipt."""
    submit_attempt(session, person, attempt.public_id, at)
    return find_receipt_text(session, attempt.id)


def read(session, text):
    return read_receipt(text, signing_key(session).public_key())


# by its person


def test_the_receipt_says_what_was_handed_in_and_where_the_chain_ends(session, student, exam, attempt, now):
    save(session, student, attempt, now)
    save_answers(session, student, attempt.public_id, [answer("blanks", ["  ", None])], now)

    said = read(session, submit(session, student, attempt, now + 20 * MINUTE + MS))

    last = session.get_one(Event, (attempt.id, 4))
    assert last.kind == "submit"
    assert said == {
        "v": 1,
        "attempt": attempt.public_id,
        "exam": exam.public_id,
        "person": salted(student.public_id, attempt.seed),
        "items": 6,
        "answered": 1,
        "seq": 4,
        "head": last.hash,
        "at": "2026-03-02T00:20:00.001+00:00",
        "cause": "person",
        "key": key_id(signing_key(session).public_key()),
    }


def test_the_receipt_names_nobody(session, student, attempt, now):
    text = submit(session, student, attempt, now)

    for name in (student.public_id, student.login, student.name):
        assert name not in text


def test_s12_handing_in_again_gives_the_same_receipt_byte_by_byte(session, student, attempt, now):
    first = submit(session, student, attempt, now)

    for at in (now, now + MINUTE, now + OVER, now + 99 * HOUR):
        assert submit(session, student, attempt, at) == first
    assert kinds_of(session, attempt) == ["start", "submit"]
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_nobody_else_hands_it_in(session, classroom, attempt, now):
    for person in (classroom.instructor, classroom.stranger):
        with pytest.raises(NotFound):
            submit_attempt(session, person, attempt.public_id, now)
    assert attempt.state == "open"


@pytest.mark.parametrize(
    ("after", "cause", "at"),
    [
        (HOUR, "person", HOUR),
        (OVER - MS, "person", OVER - MS),
        (OVER, "deadline", HOUR),
        (9 * HOUR, "deadline", HOUR),
    ],
)
def test_in_the_grace_the_person_hands_in_and_afterwards_time_did(
    session, student, attempt, now, *, after, cause, at
):
    said = read(session, submit(session, student, attempt, now + after))

    assert (said["cause"], said["at"]) == (cause, (now + at).isoformat(timespec="milliseconds"))
    assert (attempt.closed_by, attempt.submitted_at) == (cause, now + at)


@pytest.mark.parametrize("after", [timedelta(0), 30 * MINUTE - MS])
def test_it_is_too_early_to_hand_in_and_nothing_is_lost(session, classroom, student, now, after):
    exam = set_exam(session, classroom, now, earliest_minutes=30)
    attempt = sit_exam(session, student, exam, now)
    save(session, student, attempt, now)

    with pytest.raises(TooEarly):
        submit_attempt(session, student, attempt.public_id, now + after)

    assert (attempt.state, kinds_of(session, attempt)) == ("open", ["start", "answer"])
    submit_attempt(session, student, attempt.public_id, now + 30 * MINUTE)
    assert attempt.closed_by == "person"


def test_who_began_near_the_close_hands_in_at_the_deadline(session, classroom, student, now):
    exam = set_exam(session, classroom, now, earliest_minutes=30)
    closes = now + 2 * HOUR
    attempt = sit_exam(session, student, exam, closes - 10 * MINUTE)

    with pytest.raises(TooEarly):
        submit_attempt(session, student, attempt.public_id, closes - MS)
    submit_attempt(session, student, attempt.public_id, closes)

    assert attempt.closed_by == "person"


def test_during_a_pause_the_deadline_that_would_be_early_enough_moves_along(session, classroom, student, now):
    exam = set_exam(session, classroom, now, earliest_minutes=50)
    start = now + 110 * MINUTE
    attempt = sit_exam(session, student, exam, start)
    pause_attempts(
        session, hall_of(session, classroom, exam), order_of(classroom, start), {attempt.public_id}
    )

    with pytest.raises(TooEarly):
        submit_attempt(session, student, attempt.public_id, start + 20 * MINUTE)


def test_in_an_archived_offering_nobody_hands_in_and_time_still_closes(
    session, classroom, student, attempt, now
):
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        submit_attempt(session, student, attempt.public_id, now)
    assert close_expired(session, {}, now + OVER) == 1
    assert verify_attempt(session, attempt.public_id) is None


def test_a_conflict_that_is_open_at_the_end_is_on_record_and_the_head_counts(session, student, attempt, now):
    events = [answer("truth", True), answer("truth", False, window="window-2")]
    receipts = save_answers(session, student, attempt.public_id, events, now)

    said = read(session, submit(session, student, attempt, now))

    assert [one.status for one in receipts] == ["saved", "conflict"]
    assert (said["answered"], said["seq"]) == (1, 4)


# by its time


def test_t6_nobody_is_there_and_the_sweeper_closes_with_a_receipt(session, student, attempt, now):
    save(session, student, attempt, now)

    assert not has_expired(session, now + OVER - MS)
    assert close_expired(session, {}, now + OVER - MS) == 0
    assert has_expired(session, now + OVER)
    assert close_expired(session, {}, now + 9 * HOUR) == 1

    said = read(session, find_receipt_text(session, attempt.id))
    assert (said["cause"], said["answered"], said["at"]) == ("deadline", 1, "2026-03-02T01:00:00.000+00:00")


def test_t6_closing_again_changes_nothing(session, attempt, now):
    close_expired(session, {}, now + OVER)
    receipt = find_receipt_text(session, attempt.id)

    assert close_expired(session, {}, now + 2 * OVER) == 0

    assert list_receipts(session, attempt.id) == [receipt]
    assert kinds_of(session, attempt) == ["start", "submit"]


def test_t6_a_whole_class_is_closed_slice_by_slice(session, classroom, exam, now):
    people = [make_person(session, classroom.offering, f"p{number}") for number in range(2 * SLICE + 3)]
    ids = [sit_exam(session, person, exam, now).public_id for person in people]

    closed = [close_expired(session, {}, now + OVER) for _ in range(4)]

    assert closed == [SLICE, SLICE, 3, 0]
    assert session.scalar(select(func.count()).where(Attempt.state == "open")) == 0
    assert session.scalar(select(func.count()).select_from(Receipt)) == len(ids)


@pytest.fixture
def spoiled(session, others, exam, now):
    """Return the first of several attempts; it cannot be closed: its layout names no item of its paper."""
    sick, *_ = [sit_exam(session, person, exam, now) for person in others]
    sick.layout = {**sick.layout, "items": [{**sick.layout["items"][0], "key": "gone"}]}
    session.flush()
    return sick


def test_t6_one_that_cannot_be_closed_holds_up_no_other(session, spoiled, now, caplog):
    at = now + OVER

    assert close_expired(session, {}, at) > 1
    assert (spoiled.state, spoiled.stuck_at, spoiled.last_seq) == ("open", at, 1)
    assert session.scalars(select(Attempt.public_id).where(Attempt.state == "open")).all() == [
        spoiled.public_id
    ]
    assert spoiled.public_id in caplog.text
    assert not has_expired(session, at + 9 * MINUTE)


def test_t6_it_is_tried_again_after_a_rest_and_closes_when_it_is_mended(session, spoiled, now):
    close_expired(session, {}, now + OVER)
    whole = session.scalars(select(Attempt).where(Attempt.id != spoiled.id)).first()
    spoiled.layout = whole.layout

    assert close_expired(session, {}, now + OVER + 10 * MINUTE) == 1
    assert spoiled.state == "submitted"
    assert verify_attempt(session, spoiled.public_id) is None


def test_t6_the_jobs_close_and_score_by_themselves(session, student, attempt, now):
    save(session, student, attempt, now, given=False)

    for minute in range(5):
        at = now + OVER + minute * MINUTE
        add_due_jobs(session, KINDS, at)
        while (job := lease_job(session, at)) is not None:
            while run_slice(session, KINDS, job, at):
                pass

    assert (attempt.state, attempt.score) == ("scored", 2)
    assert not has_expired(session, now + 9 * HOUR)
    assert not has_waiting(session, now)


def test_those_that_are_not_over_are_left_alone(session, classroom, others, exam, sit, *, now):
    due, paused, longer = (sit(person, now) for person in others)
    hall = hall_of(session, classroom, exam)
    pause_attempts(session, hall, order_of(classroom, now), {paused.public_id})
    handed_in = sit(classroom.student, now)
    submit_attempt(session, classroom.student, handed_in.public_id, now)
    session.execute(update(Attempt).where(Attempt.id == longer.id).values(grace_seconds=31))
    session.refresh(longer)

    assert close_expired(session, {}, now + OVER) == 1

    assert [one.state for one in (due, paused, longer, handed_in)] == [
        "submitted",
        "open",
        "open",
        "submitted",
    ]


# receipts


def test_after_reopening_there_is_a_second_receipt_and_both_verify(session, classroom, student, exam, now):
    attempt = sit_exam(session, student, exam, now)
    first = submit(session, student, attempt, now + MINUTE)
    hall = hall_of(session, classroom, exam)
    reopen_attempt(session, hall, order_of(classroom, now + 2 * MINUTE), attempt.public_id, 10)
    save(session, student, attempt, now + 3 * MINUTE)
    second = submit(session, student, attempt, now + 4 * MINUTE)

    assert list_receipts(session, attempt.id) == [first, second]
    said = [read(session, text) for text in (first, second)]
    assert [(one["seq"], one["answered"]) for one in said] == [(2, 0), (5, 1)]
    assert verify_attempt(session, attempt.public_id) is None


def test_while_it_is_open_again_the_last_receipt_is_the_first(session, classroom, student, exam, *, now):
    attempt = sit_exam(session, student, exam, now)
    first = submit(session, student, attempt, now)
    hall = hall_of(session, classroom, exam)

    reopen_attempt(session, hall, order_of(classroom, now), attempt.public_id, 10)

    assert find_receipt_text(session, attempt.id) == first


def test_a_receipt_of_another_installation_is_not_ours(session, student, attempt, now, tmp_path):
    text = submit(session, student, attempt, now)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    with pytest.raises(BadReceipt, match="key"):
        read_receipt(text, load_key(elsewhere).public_key())


@pytest.mark.parametrize("change", ["UPDATE receipt SET text = ''", "DELETE FROM receipt"])
def test_a_receipt_is_neither_changed_nor_deleted(session, student, attempt, now, change):
    text = submit(session, student, attempt, now)

    with pytest.raises(DBAPIError), session.begin_nested():
        session.connection().exec_driver_sql(change)
    assert find_receipt_text(session, attempt.id) == text


def test_a_receipt_of_another_hand_in_is_named(session, classroom, student, exam, now):
    """Somebody who holds the database puts another receipt there, and the chain tells."""
    attempt = sit_exam(session, student, exam, now)
    text = submit(session, student, attempt, now)
    said = json.loads(text)
    for lie in ({"head": "0" * 64}, {"seq": 1}, {"attempt": "another"}):
        with session.begin_nested() as undone:
            for action in ("update", "delete"):
                on = " ON receipt" if session.connection().dialect.name == "postgresql" else ""
                session.connection().exec_driver_sql(f"DROP TRIGGER receipt_no_{action}{on}")
            session.execute(update(Receipt).values(text=json.dumps(said | lie)))
            fault = verify_attempt(session, attempt.public_id)
            undone.rollback()

        assert fault is not None
        assert (fault.seq, fault.what) == (2, "the receipt is not of this hand-in")


def test_a_hand_in_without_a_receipt_is_named(session, student, attempt, now, *, verified):
    verified.clear()
    submit(session, student, attempt, now)
    for action in ("update", "delete"):
        on = " ON receipt" if session.connection().dialect.name == "postgresql" else ""
        session.connection().exec_driver_sql(f"DROP TRIGGER receipt_no_{action}{on}")
    session.connection().exec_driver_sql("DELETE FROM receipt")

    fault = verify_attempt(session, attempt.public_id)

    assert fault is not None
    assert fault.what == "1 hand-ins have 0 receipts"


# the key


def test_the_key_is_made_once_and_is_for_its_owner_alone(tmp_path):
    key = load_key(tmp_path)

    load_key.cache_clear()

    assert load_key(tmp_path).private_bytes_raw() == key.private_bytes_raw()
    assert os.stat(tmp_path / KEY_FILE).st_mode & 0o777 == 0o600


def test_a_key_file_that_is_no_key_is_an_error_and_stays(tmp_path):
    (tmp_path / KEY_FILE).write_text("nothing\n")

    with pytest.raises(ValueError, match="hex"):
        load_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_text() == "nothing\n"


def test_those_who_need_it_first_at_the_same_moment_get_the_same_key(app, tmp_path):
    for number in range(20):
        folder = tmp_path / str(number)
        folder.mkdir()

        keys = together(app, *[lambda folder=folder: load_key.__wrapped__(folder).private_bytes_raw()] * 4)

        assert len(set(keys)) == 1
        assert [path.name for path in folder.iterdir()] == [KEY_FILE]


def test_a_key_may_come_with_the_installation(tmp_path):
    given = Ed25519PrivateKey.generate()
    (tmp_path / KEY_FILE).write_text(f"{given.private_bytes_raw().hex()}\n")

    assert load_key(tmp_path).private_bytes_raw() == given.private_bytes_raw()
