"""Beginning an exam: the moment, the code, the network, the statement, the device, how often."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.deadline import read_steps
from app.domain.errors import (
    ExamClosed,
    HonourRequired,
    NetworkRefused,
    NotFound,
    NotOpenYet,
    OfferingArchived,
    OtherDevice,
    TooLateToEnter,
)
from app.domain.exam import Devices
from app.domain.roles import Role
from app.models import Attempt, Event, SignInFailures, User
from app.operations.closing import submit_attempt
from app.operations.entering import Visit, start_exam
from app.operations.exams import withdraw_exam
from app.operations.halls import open_hall
from app.operations.offerings import archive_offering
from app.operations.orders import hold_attempt
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.saving import save_answers
from app.operations.scoring import score_waiting
from app.operations.verifying import verify_attempt
from tests.support.builders import answer, later, make_person, reload
from tests.support.chance import randbits
from tests.support.exams import DEVICE, HOUR, hall_of, kinds_of, order_of, set_exam, sit_exam
from tests.support.people import give_place

MINUTE, MS = timedelta(minutes=1), timedelta(milliseconds=1)
GRACE = timedelta(seconds=30)


@pytest.fixture
def student(classroom):
    return classroom.student


@pytest.fixture
def knock(session, student):
    """Return a function that tries to begin an exam, and gives what came of it."""

    def tried(exam, at, device=DEVICE, **visit):
        hall = open_hall(session, student, exam.public_id)
        return start_exam(session, student, hall, Visit(device, **visit), (at, randbits(128)))

    return tried


def attempts(session):
    return session.scalars(select(Attempt).order_by(Attempt.id)).all()


def said(session, attempt, seq):
    return json.loads(session.get_one(Event, (attempt.id, seq)).body)


# the moment


def test_the_first_event_tells_how_the_deadline_came_about_and_from_where(session, classroom, student, now):
    exam = set_exam(session, classroom, now)

    attempt = sit_exam(session, student, exam, later(now, 90), address="10.1.2.3")

    first = said(session, attempt, 1)
    assert (first["kind"], first["status"], first["answer"]["address"]) == ("start", "noted", "10.1.2.3")
    steps = read_steps(first["answer"]["steps"])
    assert [step.kind.value for step in steps] == ["start", "duration", "close"]
    assert steps[-1].at == attempt.deadline_at == now + 2 * HOUR


@pytest.mark.parametrize("before", [MS, MINUTE, 59 * MINUTE, HOUR, 61 * MINUTE])
def test_t3_who_starts_near_the_close_has_until_the_close(session, classroom, student, now, before):
    exam = set_exam(session, classroom, now)
    closes = now + 2 * HOUR

    attempt = sit_exam(session, student, exam, closes - before)

    assert attempt.deadline_at == min(closes, closes - before + HOUR)
    last = attempt.deadline_at - MS
    (receipt,) = save_answers(session, student, attempt.public_id, [answer("truth", True)], last)
    assert receipt.status == "saved"
    assert verify_attempt(session, attempt.public_id) is None


@pytest.mark.parametrize(
    ("late", "after", "rule"),
    [
        (None, -MS, NotOpenYet),
        (None, 2 * HOUR, ExamClosed),
        (15, 15 * MINUTE, TooLateToEnter),
        (15, 2 * HOUR, ExamClosed),
    ],
)
def test_at_a_wrong_moment_nothing_is_begun(session, classroom, knock, now, *, late, after, rule):
    exam = set_exam(session, classroom, now, late_minutes=late)

    with pytest.raises(rule):
        knock(exam, now + after)
    assert attempts(session) == []


def test_who_came_in_time_goes_on_after_late_entry_is_over(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, late_minutes=15)
    attempt = knock(exam, now + 15 * MINUTE - MS).attempt

    again = knock(exam, now + 16 * MINUTE)

    assert (again.attempt, again.is_new) == (attempt, False)


def test_in_an_archived_offering_nothing_begins_and_nothing_goes_on(session, classroom, knock, now):
    exam = set_exam(session, classroom, now)
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        knock(exam, now)
    assert attempts(session) == []


def test_what_was_released_is_not_begun_any_more(session, classroom, knock, now):
    exam = set_exam(session, classroom, now)
    exam.released_at = now

    with pytest.raises(ExamClosed):
        knock(exam, now)


def test_what_was_taken_back_in_the_meantime_is_not_begun(session, classroom, student, now):
    exam = set_exam(session, classroom, now)
    hall = open_hall(session, student, exam.public_id)
    withdraw_exam(session, classroom.instructor, hall_of(session, classroom, exam), now)

    with pytest.raises(NotOpenYet):
        start_exam(session, student, hall, Visit(DEVICE), (now, 1))


def test_a_stranger_begins_nothing(session, classroom, now):
    exam = set_exam(session, classroom, now)

    with pytest.raises(NotFound):
        sit_exam(session, classroom.stranger, exam, now)
    assert attempts(session) == []


# where and how


@pytest.mark.parametrize("typed", ["Ab-73", " ab-73\t", "AB-73", "Ａｂ－７３"])
def test_the_code_opens_however_the_keyboard_writes_it(session, classroom, knock, now, typed):
    exam = set_exam(session, classroom, now, code="Ab-73")

    assert knock(exam, now, code=typed).is_new


@pytest.mark.parametrize("typed", ["", "ab73", "ab-7", "ab-733", "Ａｂ－７"])
def test_another_code_opens_nothing_and_is_counted(session, classroom, knock, now, typed):
    exam = set_exam(session, classroom, now, code="Ab-73")

    entered = knock(exam, now, code=typed)

    assert (entered.attempt, entered.shut_until) == (None, None)
    assert attempts(session) == []
    assert [one.count for one in session.scalars(select(SignInFailures))] == [1]


def guess(knock, exam, now, times):
    for _ in range(times):
        entered = knock(exam, now, code="0000")
    return entered


def test_after_five_wrong_codes_the_door_is_shut_to_the_right_one_too(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, code="7391")
    guess(knock, exam, now, 5)
    opens = now + timedelta(seconds=30)

    entered = knock(exam, opens - MS, code="7391")

    assert (entered.attempt, entered.shut_until) == (None, opens)
    assert knock(exam, opens, code="7391").is_new


def test_b7_a_braked_code_is_neither_compared_nor_counted(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, code="7391")
    guess(knock, exam, now, 5)

    last = guess(knock, exam, now + MS, 20)

    assert last.shut_until == now + timedelta(seconds=30)
    assert [one.count for one in session.scalars(select(SignInFailures))] == [5]


def test_b7_the_right_code_lets_in_and_the_wrong_ones_are_forgotten(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, code="7391")
    guess(knock, exam, now, 4)

    assert knock(exam, now, code="7391").is_new
    assert session.scalars(select(SignInFailures)).all() == []


def test_b7_one_door_is_shut_and_the_others_are_not(session, classroom, student, knock, now):
    exam, other = (set_exam(session, classroom, now, code="7391") for _ in range(2))
    guess(knock, exam, now, 5)

    assert knock(other, now, code="7391").is_new
    assert knock(exam, now, code="7391", address="10.1.2.3").is_new
    neighbour = make_person(session, classroom.offering, "li-lei")
    assert sit_exam(session, neighbour, exam, now, code="7391").number == 1


def test_who_goes_on_needs_no_code_again(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, code="7391", needs_honour=True, networks="10.1.0.0/16")
    attempt = knock(exam, now, code="7391", honour=True, address="10.1.2.3").attempt

    assert knock(exam, later(now), address="203.0.113.9").attempt is attempt


@pytest.mark.parametrize("address", ["10.2.0.1", "", "2001:db8::1"])
def test_from_another_network_nothing_begins(session, classroom, knock, now, address):
    exam = set_exam(session, classroom, now, networks="10.1.0.0/16\n192.168.7.9")

    with pytest.raises(NetworkRefused):
        knock(exam, now, address=address)
    assert attempts(session) == []


@pytest.mark.parametrize("address", ["10.1.255.255", "::ffff:192.168.7.9"])
def test_from_one_of_the_networks_it_begins(session, classroom, knock, now, address):
    exam = set_exam(session, classroom, now, networks="10.1.0.0/16\n192.168.7.9")

    assert knock(exam, now, address=address).is_new


def test_the_statement_of_honour_is_asked_for(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, needs_honour=True)

    with pytest.raises(HonourRequired):
        knock(exam, now)
    assert knock(exam, now, honour=True).is_new


# one device


def save(session, student, attempt, at, device):
    events = [answer("truth", True, name=f"from-{device}")]
    (receipt,) = save_answers(session, student, attempt.public_id, events, (at, device))
    return receipt.status


def test_on_any_device_unless_the_exam_says_otherwise(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now)
    attempt = knock(exam, now, "old").attempt

    assert knock(exam, now, "new").attempt is attempt
    assert [save(session, student, attempt, now, device) for device in ("old", "new")] == ["saved", "saved"]
    assert (attempt.device, kinds_of(session, attempt)) == (None, ["start", "answer", "answer"])


def test_the_newest_device_has_the_attempt_and_the_older_one_is_told(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now, devices=Devices.NEWEST)
    attempt = knock(exam, now, "old").attempt
    assert save(session, student, attempt, now, "old") == "saved"

    assert knock(exam, later(now), "new", address="10.1.2.3").attempt is attempt

    with pytest.raises(OtherDevice):
        save_answers(session, student, attempt.public_id, [answer("truth", False)], (later(now), "old"))
    assert save(session, student, attempt, later(now), "new") == "saved"
    assert kinds_of(session, attempt) == ["start", "answer", "device", "answer"]
    assert said(session, attempt, 3)["answer"] == {"address": "10.1.2.3"}
    with pytest.raises(OtherDevice):
        submit_attempt(session, student, attempt.public_id, later(now), "old")
    assert attempt.state == "open"
    assert verify_attempt(session, attempt.public_id) is None


def test_what_the_older_device_had_saved_is_acknowledged_again(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now, devices=Devices.NEWEST)
    attempt = knock(exam, now, "old").attempt
    save(session, student, attempt, now, "old")
    knock(exam, later(now), "new")

    assert save(session, student, attempt, later(now), "old") == "replayed"


def test_the_same_device_again_is_no_event(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, devices=Devices.NEWEST)
    attempt = knock(exam, now).attempt

    knock(exam, later(now))

    assert kinds_of(session, attempt) == ["start"]


def test_the_first_device_keeps_the_attempt(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now, devices=Devices.FIRST)
    attempt = knock(exam, now, "old").attempt

    with pytest.raises(OtherDevice):
        knock(exam, later(now), "new")

    assert knock(exam, later(now), "old").attempt is attempt
    with pytest.raises(OtherDevice):
        save_answers(session, student, attempt.public_id, [answer("truth", False)], (later(now), "new"))
    assert save(session, student, attempt, later(now), "old") == "saved"
    with pytest.raises(OtherDevice):
        submit_attempt(session, student, attempt.public_id, later(now), "new")
    submit_attempt(session, student, attempt.public_id, later(now), "old")
    # what is handed in is shown anywhere
    assert submit_attempt(session, student, attempt.public_id, later(now), "new").attempt is attempt


def test_the_next_attempt_is_the_next_devices(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now, devices=Devices.FIRST, attempts_allowed=2)
    first = knock(exam, now, "old").attempt
    submit_attempt(session, student, first.public_id, later(now))

    second = knock(exam, later(now), "new").attempt

    assert (second.number, second.device) == (2, "new")


# how often


def test_with_none_left_it_leads_to_the_last_one(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now, attempts_allowed=2)
    for number in (1, 2):
        attempt = knock(exam, now).attempt
        assert attempt.number == number
        submit_attempt(session, student, attempt.public_id, later(now))

    # whatever the moment is
    for at in (later(now), now + 9 * HOUR, now - HOUR):
        entered = knock(exam, at)
        assert (entered.attempt, entered.is_new) == (attempt, False)


def test_without_a_limit_one_begins_again_and_again(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now, attempts_allowed=None)
    for number in range(1, 5):
        attempt = knock(exam, now).attempt
        assert attempt.number == number
        submit_attempt(session, student, attempt.public_id, now)


def test_an_attempt_whose_time_is_over_is_closed_before_the_next_begins(
    session, classroom, student, knock, now
):
    exam = set_exam(session, classroom, now, attempts_allowed=2)
    first = knock(exam, now).attempt
    save(session, student, first, now, "")

    second = knock(exam, now + HOUR + GRACE).attempt

    assert (first.state, first.closed_by, first.submitted_at) == ("submitted", "deadline", now + HOUR)
    assert (second.number, second.started_at) == (2, now + HOUR + GRACE)
    for attempt in (first, second):
        assert verify_attempt(session, attempt.public_id) is None


def test_in_the_grace_one_goes_on_with_the_attempt(session, classroom, knock, now):
    exam = set_exam(session, classroom, now, attempts_allowed=2)
    first = knock(exam, now).attempt

    assert knock(exam, now + HOUR + GRACE - MS).attempt is first


def test_with_none_left_one_whose_time_is_over_is_closed_and_shown(session, classroom, knock, now):
    exam = set_exam(session, classroom, now)
    attempt = knock(exam, now).attempt

    entered = knock(exam, now + HOUR + GRACE)

    assert (entered.attempt, entered.is_new) == (attempt, False)
    assert (attempt.state, attempt.closed_by) == ("submitted", "deadline")


def test_a_voided_attempt_does_not_count(session, classroom, student, knock, now):
    exam = set_exam(session, classroom, now)
    first = knock(exam, now).attempt
    void_attempt(session, hall_of(session, classroom, exam), order_of(classroom, now), first.public_id)

    second = knock(exam, later(now)).attempt

    assert (second.number, second.state, first.state) == (2, "open", "voided")
    submit_attempt(session, student, second.public_id, later(now))
    assert knock(exam, later(now)).attempt is second


def test_with_a_voided_one_last_and_none_left_it_leads_to_the_one_that_counts(
    session, classroom, student, knock, now
):
    exam = set_exam(session, classroom, now, attempts_allowed=2)
    hall, order = hall_of(session, classroom, exam), order_of(classroom, now)
    first = knock(exam, now).attempt
    submit_attempt(session, student, first.public_id, now)
    second = knock(exam, now).attempt
    void_attempt(session, hall, order, second.public_id)
    third = knock(exam, now).attempt
    submit_attempt(session, student, third.public_id, now)
    void_attempt(session, hall, order, third.public_id)
    fourth = knock(exam, now).attempt
    submit_attempt(session, student, fourth.public_id, now)

    assert knock(exam, now).attempt is fourth


def test_an_earlier_attempt_that_was_opened_again_is_the_one_to_go_on_with(
    session, classroom, student, knock, now
):
    exam = set_exam(session, classroom, now, attempts_allowed=3)
    first = knock(exam, now).attempt
    submit_attempt(session, student, first.public_id, now)
    second = knock(exam, now).attempt
    submit_attempt(session, student, second.public_id, now)
    score_waiting(session, {}, now)
    hall = hall_of(session, classroom, exam)
    reopen_attempt(session, hall, order_of(classroom, now), first.public_id, 10)

    assert knock(exam, later(now)).attempt is first
    assert [attempt.number for attempt in attempts(session)] == [1, 2]


# previews


def test_a9_an_author_only_previews_and_as_often_as_they_like(session, classroom, now):
    exam = set_exam(session, classroom, now)

    for number in (1, 2, 3):
        attempt = sit_exam(session, classroom.instructor, exam, now)
        assert (attempt.number, attempt.is_preview) == (number, True)
        submit_attempt(session, classroom.instructor, attempt.public_id, now)
        assert verify_attempt(session, attempt.public_id) is None


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.MARKER])
def test_a1_who_looks_after_students_or_marks_them_sees_no_paper_beforehand(session, classroom, now, *, role):
    exam = set_exam(session, classroom, now)
    person = make_person(session, classroom.offering, "helper", role)

    with pytest.raises(NotFound):
        sit_exam(session, person, exam, now)
    assert attempts(session) == []


@pytest.mark.parametrize("is_handed_in", [True, False])
def test_a9_who_previewed_and_then_studies_begins_an_attempt_that_counts(
    session, classroom, now, is_handed_in
):
    exam = set_exam(session, classroom, now)
    author = make_person(session, classroom.offering, "author", Role.INSTRUCTOR)
    preview = sit_exam(session, author, exam, now)
    if is_handed_in:
        submit_attempt(session, author, preview.public_id, now)
    user = session.get_one(User, author.id)
    give_place(session, user, classroom.offering, Role.STUDENT)

    attempt = sit_exam(session, reload(session, author), exam, later(now))

    assert (attempt.number, attempt.is_preview, preview.state) == (2, False, "submitted")
    assert verify_attempt(session, preview.public_id) is None


# what a learner can do beforehand


@pytest.mark.parametrize("kind", ["submit", "extend", "reopen", "resume", "device"])
def test_no_name_of_an_event_can_be_taken_beforehand(session, classroom, student, knock, now, *, kind):
    """The server names its own events; a page that gave away their names would never be handed in."""
    exam = set_exam(session, classroom, now)
    attempt = knock(exam, now).attempt
    for seq in range(2, 9):
        event = answer("truth", seq % 2 == 0, name=f"{kind}-{seq}", n=seq)
        save_answers(session, student, attempt.public_id, [event], now)

    submit_attempt(session, student, attempt.public_id, now)

    hold_attempt(session, attempt)
    assert (attempt.state, attempt.last_seq) == ("submitted", 9)
    assert verify_attempt(session, attempt.public_id) is None
