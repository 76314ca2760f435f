"""``casehall exams extend``: more time for everybody who was sitting at a time, and still is."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models import Attempt, TimeCredit
from app.web.database import reading
from tests.support.builders import make_classroom
from tests.support.command import call_casehall
from tests.support.exams import set_exam, sit_exam

#: ten minutes after the student began
NOW = "2026-03-02T08:10:00+08:00"
WHY = ("--reason", "断电")


@pytest.fixture
def exam(store, tmp_path, now):
    """Return the public id of an exam of an hour that the student has begun."""
    with store() as session:
        classroom = make_classroom(session, tmp_path, now)
        exam = set_exam(session, classroom, now)
        sit_exam(session, classroom.student, exam, now)
        return exam.public_id


@pytest.fixture
def extend(settings, exam):
    """Return a function that runs the command for the exam."""
    return lambda *words: call_casehall(settings.instance, "exams", "extend", exam, *words, CASEHALL_NOW=NOW)


@pytest.fixture
def extra(app, now):
    """Return a function that tells by how many minutes the student's deadline was moved."""

    def moved():
        with app.app_context():
            deadline = reading().scalars(select(Attempt.deadline_at)).one()
        return (deadline - now - timedelta(hours=1)) / timedelta(minutes=1)

    return moved


def test_everybody_who_sits_gets_the_minutes(extend, extra):
    done = extend("--minutes", "12", *WHY)

    assert (done.returncode, done.stdout) == (0, "12 more minutes for 1 attempts at 女士优先.\n")
    assert extra() == 12


def test_without_a_reason_the_record_says_where_the_minutes_came_from(extend, extra, app):
    done = extend("--minutes", "12")

    assert (done.returncode, extra()) == (0, 12), done.stderr
    with app.app_context():
        assert "casehall exams extend" in reading().scalars(select(TimeCredit.reason)).one()


def test_whoever_was_open_at_a_local_time_gets_them(extend, extra, exam):
    done = extend("--minutes", "5", "--open-at", "2026-03-02T08:05", *WHY, "--json")

    told = json.loads(done.stdout)
    assert (told["exam"], told["minutes"], len(told["attempts"])) == (exam, 5, 1)
    assert extra() == 5


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--minutes", "0", *WHY], 2, "0 is not in the range"),
        (["--minutes", "12", "--reason", " "], 1, "Give the reason."),
        (["--minutes", "12", *WHY, "--open-at", "2026-03-02T08:11"], 2, "in the future"),
        (["--minutes", "12", *WHY, "--open-at", "2026-03-02T07:59"], 1, "Nobody is sitting"),
        (["--minutes", "12", *WHY, "--open-at", "noon"], 2, "not an ISO time"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(extend, extra, words, code, said):
    done = extend(*words)

    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert extra() == 0


def test_an_exam_that_is_not_there_is_refused(settings, exam):
    done = call_casehall(settings.instance, "exams", "extend", "nowhere", "--minutes", "12", *WHY)

    assert done.returncode == 1
    assert "There is no exam nowhere" in done.stderr
