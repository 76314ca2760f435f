"""An exam that holds each attempt on its first device: who watches it can let somebody go on with another."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import BadExam, BadTransition, OtherDevice
from app.domain.exam import Devices
from app.models import AuditRow
from app.operations.closing import submit_attempt
from app.operations.devices import free_device
from app.operations.entering import Visit, start_exam
from app.operations.exams import change_exam
from app.operations.halls import open_hall
from app.operations.saving import save_answers
from app.operations.verifying import verify_attempt
from tests.support.builders import answer
from tests.support.chance import randbits
from tests.support.exams import DEVICE, HOUR, hall_of, hour_long, kinds_of, order_of, set_exam, sit_exam

OTHER = "device-2"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def exam(session, classroom, now):
    return set_exam(session, classroom, now, devices=Devices.FIRST)


@pytest.fixture
def attempt(session, classroom, exam, now):
    return sit_exam(session, classroom.student, exam, now)


@pytest.fixture
def free(session, classroom, exam, attempt, now):
    """Return a function that takes the attempt from its device."""

    def freed(at=now, reason="电脑坏了"):
        return free_device(
            session, hall_of(session, classroom, exam), order_of(classroom, at, reason), attempt.public_id
        )

    return freed


@pytest.fixture
def go_on(session, classroom, exam, now):
    """Return a function that lets the student go on with a device."""

    def gone_on(device):
        hall = open_hall(session, classroom.student, exam.public_id)
        visit = Visit(device, address="10.1.2.9")
        return start_exam(session, classroom.student, hall, visit, (now + MINUTE, randbits(128))).attempt

    return gone_on


@pytest.fixture
def save(session, classroom, attempt, now):
    """Return a function that saves an answer from a device."""

    def saved(device):
        event = answer("truth", False, name=f"from-{device}-{attempt.last_seq}", base=attempt.last_seq)
        (receipt,) = save_answers(
            session, classroom.student, attempt.public_id, [event], (now + MINUTE, device)
        )
        return receipt.status

    return saved


@pytest.fixture
def rule(session, classroom, exam, now):
    """Return a function that changes the rule while the exam is sat."""

    def changed(devices):
        hall = hall_of(session, classroom, exam)
        change_exam(session, classroom.instructor, hall, hour_long(now, devices=devices), now + MINUTE)

    return changed


def test_the_next_device_has_it_then_and_the_first_one_no_more(session, attempt, free, go_on):
    with pytest.raises(OtherDevice):
        go_on(OTHER)
    free()

    assert go_on(OTHER).device == OTHER
    with pytest.raises(OtherDevice):
        go_on(DEVICE)
    assert kinds_of(session, attempt) == ["start", "free_device", "device"]
    assert verify_attempt(session, attempt.public_id) is None


@pytest.mark.parametrize("device", [DEVICE, OTHER])
def test_until_somebody_goes_on_no_device_saves(session, classroom, attempt, free, *, device, now):
    free()

    with pytest.raises(OtherDevice):
        save_answers(
            session, classroom.student, attempt.public_id, [answer("truth", False)], (now + MINUTE, device)
        )


def test_it_stands_in_the_log_with_its_reason(session, attempt, free):
    free()

    row = session.scalars(select(AuditRow).where(AuditRow.action == "exam.free_device")).one()
    assert (row.detail["attempt"], row.detail["reason"]) == (attempt.public_id, "电脑坏了")


def test_what_is_over_has_no_device_to_be_taken_from(session, classroom, attempt, free, now):
    submit_attempt(session, classroom.student, attempt.public_id, now)

    with pytest.raises(BadTransition):
        free()


def test_nor_what_the_time_has_closed(attempt, free, now):
    with pytest.raises(BadTransition):
        free(at=now + HOUR + MINUTE)


def test_a_reason_is_needed(free):
    with pytest.raises(BadExam):
        free(reason=" ")


def test_where_any_device_may_there_is_nothing_to_do(session, classroom, now):
    exam = set_exam(session, classroom, now, devices=Devices.NEWEST)
    attempt = sit_exam(session, classroom.student, exam, now)

    with pytest.raises(BadExam):
        free_device(session, hall_of(session, classroom, exam), order_of(classroom, now), attempt.public_id)


# the rule is changed while people sit the exam


@pytest.mark.parametrize("before", [Devices.FIRST, Devices.NEWEST])
def test_once_any_device_may_everyone_saves_and_goes_on(attempt, rule, go_on, save, before):
    rule(before)
    rule(Devices.ANY)

    assert go_on(OTHER) is attempt
    assert [save(OTHER), save(DEVICE)] == ["saved", "saved"]


def test_what_was_freed_is_no_less_free_then(attempt, rule, free, save):
    free()
    rule(Devices.ANY)

    assert save(DEVICE) == "saved"


@pytest.mark.parametrize("after", [Devices.FIRST, Devices.NEWEST])
def test_a_rule_that_comes_later_refuses_no_answer_before_somebody_goes_on(rule, save, after):
    rule(Devices.ANY)
    save(OTHER)

    rule(after)

    assert [save(DEVICE), save(OTHER)] == ["saved", "saved"]


@pytest.mark.parametrize("device", [DEVICE, OTHER])
def test_the_first_that_goes_on_after_the_rule_came_has_it(session, attempt, rule, go_on, device):
    rule(Devices.ANY)
    rule(Devices.FIRST)

    assert go_on(device).device == device
    with pytest.raises(OtherDevice):
        go_on("device-3")
    assert verify_attempt(session, attempt.public_id) is None


@pytest.mark.parametrize(
    ("before", "after"), [(Devices.FIRST, Devices.NEWEST), (Devices.NEWEST, Devices.FIRST)]
)
def test_where_one_device_may_before_and_after_it_stays_the_same(attempt, rule, save, before, after):
    rule(before)

    rule(after)

    assert attempt.device == DEVICE
    assert save(DEVICE) == "saved"


def test_the_page_of_an_exam_begun_on_any_device_can_hold_it_and_free_it_again(rule, free, go_on):
    rule(Devices.ANY)
    rule(Devices.FIRST)
    go_on(DEVICE)

    free()

    assert go_on(OTHER).device == OTHER
