"""Simulated students sit a mock exam through the operations that serve everybody."""

from datetime import timedelta

import pytest
from sqlalchemy import event as sql
from sqlalchemy import func, select

from app.domain.errors import CannotSimulate, LoginTaken
from app.domain.exam import Devices, ExamKind
from app.models import Attempt, AuditRow, Event, User
from app.operations.releasing import release_exam
from app.operations.simulating import free_logins, note_simulation, open_simulation, sit_one
from app.operations.verifying import verify_attempt
from tests.support.builders import make_classroom, publish_texts
from tests.support.exams import HOUR, hall_of, set_exam
from tests.support.people import make_user


@pytest.fixture
def room(session, tmp_path, now):
    return make_classroom(session, tmp_path, now)


@pytest.fixture
def hall(session, room, now):
    """Return a mock exam of an hour that opened at eight."""
    exam = set_exam(session, room, now, kind=ExamKind.MOCK, closes_at=now + 9 * HOUR, attempts_allowed=None)
    return hall_of(session, room, exam)


def run(session, hall, now, count, seed="seed"):
    simulation = open_simulation(hall, now, seed, "hash")
    return [sit_one(session, simulation, hall, login) for login in free_logins(session, hall, count)]


def test_they_hand_in_what_they_answered_within_the_time(session, hall, now):
    until = now + 5 * HOUR

    attempts = run(session, hall, until, 6)

    assert {one.state for one in attempts} == {"scored"}
    for one in attempts:
        assert now <= one.started_at < one.submitted_at <= until
        assert one.submitted_at - one.started_at <= HOUR
        assert one.answered > 0
        assert verify_attempt(session, one.public_id) is None
    own = select(Event.received_at).where(Event.attempt_id == attempts[0].id)
    times = session.scalars(own.order_by(Event.seq)).all()
    assert times == sorted(times)
    assert len({one.started_at for one in attempts}) == 6


def test_they_are_told_from_real_people(session, hall, room, now):
    run(session, hall, now + 5 * HOUR, 2)

    people = session.scalars(select(User).where(User.login.startswith("sim-")).order_by(User.login)).all()
    assert [one.login for one in people] == ["sim-0001", "sim-0002"]
    assert {one.class_name for one in people} == {"模拟班"}
    assert all(one.name.endswith("（模拟）") for one in people)


def test_the_next_run_brings_the_next_students(session, hall, now):
    run(session, hall, now + 5 * HOUR, 2)
    run(session, hall, now + 5 * HOUR, 1)

    assert session.scalar(select(func.count(func.distinct(Attempt.user_id)))) == 3


def test_the_same_seed_gives_the_same_students(session, room, now):
    times = []
    for seed in ("a", "a", "b"):
        exam = set_exam(session, room, now, kind=ExamKind.MOCK, closes_at=now + 9 * HOUR, title=seed)
        attempts = run(session, hall_of(session, room, exam), now + 5 * HOUR, 3, seed)
        times.append([one.submitted_at - one.started_at for one in attempts])

    assert times[0] == times[1] != times[2]


def test_what_counts_takes_none(session, room, now):
    hall = hall_of(session, room, set_exam(session, room, now, closes_at=now + 9 * HOUR))

    with pytest.raises(CannotSimulate, match="mock"):
        open_simulation(hall, now + 5 * HOUR, "seed", "hash")


def test_nothing_is_done_in_the_future(session, hall, now):
    with pytest.raises(CannotSimulate, match="60 minutes"):
        open_simulation(hall, now + timedelta(minutes=59), "seed", "hash")

    attempts = run(session, hall, now + HOUR, 1)

    assert attempts[0].started_at == now


def test_a_released_exam_takes_none(session, hall, now):
    release_exam(session, None, hall, now + 10 * HOUR)

    with pytest.raises(CannotSimulate, match="released"):
        open_simulation(hall, now + 11 * HOUR, "seed", "hash")


def test_a_login_that_is_somebodys_is_left_alone(session, hall, now):
    own = make_user(session, "sim-0001", now=now)

    with pytest.raises(LoginTaken):
        run(session, hall, now + 5 * HOUR, 1)
    assert own.class_name == ""


def test_the_log_tells_of_it(session, hall, now):
    note_simulation(session, hall, 30, now)

    told = session.scalars(select(AuditRow.detail).where(AuditRow.action == "exam.simulate")).one()
    assert told == {"exam": hall.exam.public_id, "students": 30}


@pytest.mark.parametrize("rules", [{"late_minutes": 10}, {"devices": Devices.FIRST}, {"code": "2468"}])
def test_the_rules_of_the_exam_hold_for_them_too(session, room, now, rules):
    exam = set_exam(session, room, now, kind=ExamKind.MOCK, closes_at=now + 9 * HOUR, **rules)

    attempts = run(session, hall_of(session, room, exam), now + 5 * HOUR, 3)

    assert {one.state for one in attempts} == {"scored"}
    assert all(one.answered for one in attempts)
    late = rules.get("late_minutes")
    assert late is None or max(one.started_at for one in attempts) <= now + timedelta(minutes=late)


def long_quiz(count):
    item = "\n## 第{n}位旅客怎么走？ {{#way-{n}}}\n\n- (x) 带他去\n- ( ) 不理\n"
    return "---\ntitle: 长\n---\n" + "".join(item.format(n=n) for n in range(count))


def test_a_long_paper_is_opened_as_often_as_a_short_one(session, room, now):
    """While they sit, nobody else has a turn to write."""
    sent = []
    sql.listen(session.get_bind(), "before_cursor_execute", lambda *told: sent.append(told[2]))
    counts = []
    for count in (5, 50):
        publish_texts(session, room.library, {"quizzes/etiquette/long.md": long_quiz(count)}, now)
        exam = set_exam(session, room, now, quiz="long", kind=ExamKind.MOCK, closes_at=now + 9 * HOUR)
        hall = hall_of(session, room, exam)
        run(session, hall, now + 5 * HOUR, 1)
        sent.clear()
        run(session, hall, now + 5 * HOUR, 1)
        counts.append(len(sent))

    assert counts[1] <= counts[0]


@pytest.mark.parametrize("earliest", [30, 60])
def test_nobody_hands_in_before_one_may(session, room, now, earliest):
    exam = set_exam(
        session, room, now, kind=ExamKind.MOCK, closes_at=now + 9 * HOUR, earliest_minutes=earliest
    )

    attempts = run(session, hall_of(session, room, exam), now + 5 * HOUR, 3)

    assert {one.state for one in attempts} == {"scored"}
    assert all(timedelta(minutes=earliest) <= one.submitted_at - one.started_at <= HOUR for one in attempts)


def test_what_is_sat_from_certain_networks_takes_none(session, room, now):
    exam = set_exam(session, room, now, kind=ExamKind.MOCK, closes_at=now + 9 * HOUR, networks="10.0.0.0/8")

    with pytest.raises(CannotSimulate, match="networks"):
        open_simulation(hall_of(session, room, exam), now + 5 * HOUR, "seed", "hash")
