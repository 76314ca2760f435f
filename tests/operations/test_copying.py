"""An offering is copied with its exams: their dates move as far as the first day of the term does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.errors import BadName
from app.domain.exam import ExamState
from app.domain.terms import Term, moved
from app.models import Exam, Offering
from app.operations.copying import Move, copy_with_exams, plan_copy
from app.operations.halls import list_halls
from tests.support.builders import TERM, place_of, publish_texts
from tests.support.chance import randbits
from tests.support.exams import set_exam

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = 26 * 7
NEXT = Term("2026秋", TERM.starts_on + timedelta(days=DAYS), date(2027, 1, 20))


@pytest.fixture
def place(session, classroom):
    return place_of(session, classroom.instructor)


@pytest.fixture
def exam(session, classroom, now):
    made = set_exam(session, classroom, now, "ladies")
    made.code, made.notice = "314159", "带学生证。"
    return made


@pytest.fixture
def copy(session, classroom, place, now):
    """Return a function that copies the offering with some of its exams."""
    return lambda exams, term=NEXT: copy_with_exams(
        session, place, classroom.instructor, Move(term, SHANGHAI, exams), (now, randbits(80))
    )


def test_a_chosen_exam_comes_as_a_draft_with_moved_dates_and_without_its_code(session, exam, copy, now):
    made = copy({exam.public_id})

    (hall,) = list_halls(session, made.id)
    copied = hall.exam
    assert copied.opens_at == exam.opens_at + timedelta(days=DAYS)
    assert copied.closes_at == exam.closes_at + timedelta(days=DAYS)
    assert (copied.state(now), copied.code, copied.notice) == (ExamState.DRAFT, "", "带学生证。")
    assert (copied.minutes, copied.kind, copied.review) == (exam.minutes, exam.kind, exam.review)
    assert exam.scheduled_at is not None


def test_what_is_not_chosen_and_what_is_retired_stays(session, classroom, exam, copy, now):
    place, quiz = place_of(session, classroom.instructor), "quizzes/etiquette/ladies"
    publish_texts(session, classroom.library, {f"{quiz}.md": None, f"{quiz}.en.md": None}, now)
    (one,) = plan_copy(session, place, Move(NEXT, SHANGHAI))

    first = copy(())
    second = copy({exam.public_id}, Term("2027", NEXT.starts_on, NEXT.ends_on))

    assert (one.is_gone, one.is_likely) == (True, False)
    assert [list_halls(session, made.id) for made in (first, second)] == [[], []]


def test_a_plan_writes_nothing_and_tells_what_would_lie_outside_the_term(session, place, exam):
    short = Term("短", NEXT.starts_on, NEXT.starts_on)

    (inside,), (outside,) = (plan_copy(session, place, Move(term, SHANGHAI)) for term in (NEXT, short))

    assert (inside.is_outside, inside.is_likely) == (False, True)
    assert outside.is_outside
    assert len(session.scalars(select(Exam)).all()) == len(session.scalars(select(Offering)).all()) == 1


def test_a_resit_is_not_expected_again(session, place, exam):
    exam.sort = "resit"

    assert not plan_copy(session, place, Move(NEXT, SHANGHAI))[0].is_likely


def test_copying_twice_into_one_term_is_refused(exam, copy):
    copy({exam.public_id})

    with pytest.raises(BadName):
        copy({exam.public_id})


def test_a_time_of_day_stays_where_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    winter = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)

    summer = moved(winter, 14, berlin)

    assert summer is not None
    assert summer.astimezone(berlin).hour == winter.astimezone(berlin).hour == 9
    assert moved(None, 14, berlin) is None
