"""``casehall simulate``: a mock exam gets answers in one command."""

import json

import pytest

from app.domain.exam import ExamKind
from tests.support.builders import make_classroom
from tests.support.command import call_casehall
from tests.support.exams import HOUR, set_exam

LATER = "2026-03-02T14:00:00+08:00"


@pytest.fixture
def simulate(store, settings, tmp_path, now):
    """Return a function that runs the command for a mock exam that opened at eight."""
    with store() as session:
        room = make_classroom(session, tmp_path, now)
        exam = set_exam(session, room, now, kind=ExamKind.MOCK, closes_at=now + 9 * HOUR).public_id

    def run(*words, at=LATER):
        return call_casehall(settings.instance, "simulate", exam, *words, CASEHALL_NOW=at)

    return run


def test_it_says_how_they_did(simulate):
    done = simulate("--students", "3")

    assert done.returncode == 0
    assert done.stdout.startswith("3 simulated students: ")
    assert "points by key (mean " in done.stdout


def test_it_gives_json(simulate):
    told = json.loads(simulate("--students", "2", "--json").stdout)

    assert [one.keys() for one in told] == [{"attempt", "score", "max", "answered", "minutes"}] * 2
    assert all(0 < one["minutes"] <= 60 for one in told)


def test_too_early_it_says_so_in_one_line(simulate):
    done = simulate(at="2026-03-02T08:30:00+08:00")

    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing in the future" in done.stderr
