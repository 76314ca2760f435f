"""The live board tells of everybody who is expected: in few statements, and nothing of another exam."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import event as sql

from app.domain.events import AnswerEvent
from app.models import Presence, User
from app.operations.accounts import disable_user
from app.operations.board import Counts, look_at_board
from app.operations.closing import submit_attempt
from app.operations.enrolment import withdraw
from app.operations.presence import Presences
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.timekeeping import extend_attempts, pause_attempts
from tests.support.builders import CLASS_2, answer, later, make_person
from tests.support.exams import HOUR, set_exam, sit_exam
from tests.support.scene import make_scene

NAMES = count()


@pytest.fixture
def scene(session, classroom, now):
    return make_scene(session, classroom, now)


def note(kind):
    return AnswerEvent(f"{kind}-{next(NAMES):08}", "window-1", 0, 0, "", None, kind)


def test_everybody_enrolled_as_a_student_is_expected(scene):
    make_person(scene.session, scene.classroom.offering, "xiaolin", cohort=CLASS_2)

    board = scene.board()

    told = [(seat.login, seat.group, seat.state) for seat in board.seats]
    assert told == [("xiaohe", "航空2301", "sitting"), ("xiaolin", CLASS_2, "not_begun")]
    assert board.items == 6


def test_a_line_tells_how_far_somebody_is(scene, now):
    scene.save(answer("truth", True), answer("single", "2"))
    extend_attempts(scene.session, scene.hall, scene.order, 12, [scene.attempt.public_id])

    sat = scene.seat(later(now, 20)).sat

    assert (sat.answered, sat.left, sat.extra) == (2, timedelta(minutes=52), timedelta(minutes=12))


def test_a_pause_is_told_and_its_time_stands_still(scene, now):
    pause_attempts(scene.session, scene.hall, scene.order, [scene.attempt.public_id])

    seat = scene.seat(later(now, 30))

    assert (seat.state, seat.sat.left) == ("paused", timedelta(minutes=59))


def test_the_end_is_told_by_the_time_though_no_row_was_written(scene, now):
    seat = scene.seat(now + HOUR + timedelta(seconds=30))

    assert (scene.attempt.state, seat.state, seat.sat.left) == ("open", "closed_by_time", timedelta(0))


def test_handed_in_opened_again_and_voided(scene, session):
    public, states = scene.attempt.public_id, []

    submit_attempt(session, scene.classroom.student, public, scene.now)
    states.append(scene.seat().state)
    reopen_attempt(session, scene.hall, scene.order, public, 10)
    states.append(scene.seat().state)
    void_attempt(session, scene.hall, scene.order, public)
    states.append(scene.seat().state)

    assert states == ["handed_in", "sitting", "voided"]


def test_of_several_attempts_the_open_one_is_shown_else_the_last(scene, session, now):
    scene.exam.attempts_allowed = 2
    student = scene.classroom.student
    submit_attempt(session, student, scene.attempt.public_id, now)
    second = sit_exam(session, student, scene.exam, later(now))
    submit_attempt(session, student, second.public_id, later(now, 2))

    last = scene.seat(later(now, 3)).sat.public_id
    reopen_attempt(session, scene.hall, scene.order, scene.attempt.public_id, 10)
    opened = scene.seat(later(now, 3)).sat.public_id

    assert (last, opened) == (second.public_id, scene.attempt.public_id)


def test_who_left_the_offering_stays_on_the_board(scene, session, now):
    withdraw(session, scene.classroom.student.id, scene.classroom.offering.id, None, now)

    seat = scene.seat()

    assert (seat.is_expected, seat.cohort_id, seat.state) == (False, None, "sitting")


def test_a_disabled_account_is_told(scene, session, now):
    disable_user(session, session.get_one(User, scene.classroom.student.id), None, now)

    assert scene.seat().is_disabled


def test_a_preview_is_nobodys_attempt(scene, session, now):
    sit_exam(session, scene.classroom.instructor, scene.exam, now)

    assert [seat.login for seat in scene.board().seats] == ["xiaohe"]


# presence


def test_memory_and_table_are_read_together(scene, session, now):
    session.add(Presence(attempt_id=scene.attempt.id, seen_at=now, address="10.0.0.1", gaps=2))
    session.flush()
    presences = Presences()
    presences.note(scene.attempt.id, later(now), "10.0.0.2", 4)

    seen = scene.seat(later(now), presences).seen

    assert (seen.seen_at, seen.address, seen.gaps, seen.unsaved) == (later(now), "10.0.0.2", 2, 4)


@pytest.mark.parametrize(("seconds", "is_silent"), [(60, False), (61, True)])
def test_who_sits_and_is_not_heard_of_for_a_minute_is_silent(scene, now, seconds, is_silent):
    presences = Presences()
    presences.note(scene.attempt.id, now, "")

    assert scene.seat(now + timedelta(seconds=seconds), presences).is_silent is is_silent


def test_who_does_not_sit_any_more_is_not_silent(scene, session, now):
    submit_attempt(session, scene.classroom.student, scene.attempt.public_id, now)

    assert not scene.seat(later(now, 30)).is_silent


# what events tell


def test_leaving_the_page_is_counted_and_coming_back_is_not(scene):
    scene.save(note("blur"), note("focus"), note("blur"))

    assert scene.counts() == Counts(focus_lost=2)


def test_a_conflict_is_counted_until_somebody_chose(scene):
    scene.save(answer("single", "1", n=1), answer("single", "2", window="window-2", n=1))
    assert scene.counts() == Counts(conflicts=1)

    scene.save(answer("single", "2", window="window-2", n=2, base=2))

    assert scene.counts() == Counts()


def test_two_conflicts_of_one_item_are_one(scene):
    scene.save(answer("single", "1", n=1))
    scene.save(*(answer("single", "2", window=window, n=1) for window in ("window-2", "window-3")))

    assert scene.counts() == Counts(conflicts=1)


def test_the_first_window_going_on_settles_nothing(scene):
    scene.save(answer("single", "1", n=1), answer("single", "2", window="window-2", n=1))
    scene.save(answer("single", "3", n=2))

    assert scene.counts() == Counts(conflicts=1)


def test_late_answers_are_counted(scene, now):
    scene.save(answer("single", "1", n=1), at=now + HOUR + timedelta(minutes=1))

    assert scene.counts() == Counts(late=1)


def test_what_happened_in_another_exam_is_not_counted(scene, session, classroom, now):
    exam = set_exam(session, classroom, now)
    other = replace(scene, exam=exam, attempt=sit_exam(session, classroom.student, exam, now))
    other.save(note("blur"), answer("single", "1", n=1), answer("single", "2", window="window-2", n=1))
    other.save(answer("truth", True, n=9), at=now + HOUR + timedelta(minutes=1))

    assert (scene.counts(), other.counts()) == (Counts(), Counts(1, 1, 1))


def test_the_board_takes_four_statements(scene, session):
    hall, sent = scene.hall, []
    sql.listen(session.get_bind(), "before_cursor_execute", lambda *args: sent.append(args[2]))

    look_at_board(session, hall, Presences(), scene.now)

    assert len(sent) == 4
