"""Exams on the command line: set, listed, looked at before they begin; receipts verified."""

import json

import pytest

from app.operations.closing import submit_attempt
from app.operations.receipts import find_receipt_text
from app.operations.scoring import score_attempt
from tests.support.builders import later, make_classroom
from tests.support.command import call_casehall
from tests.support.exams import set_exam, sit_exam

NOW = "2026-03-02T08:00:00+08:00"


@pytest.fixture
def room(store, tmp_path, now):
    """Publish the course."""
    with store() as session:
        return make_classroom(session, tmp_path, now)


@pytest.fixture
def casehall(settings, room):
    """Return a function that runs a command on the course's instance at a fixed time."""
    return lambda *words: call_casehall(settings.instance, *words, CASEHALL_NOW=NOW)


def test_an_exam_is_created_scheduled_and_listed(casehall):
    created = casehall(
        *("exams", "create", "etiquette/ladies", "--minutes", "45", "--json"),
        *("--opens", "2026-03-02T09:00", "--closes", "2026-03-02T10:30", "--attempts", "2"),
    )

    assert created.returncode == 0, created.stderr
    told = json.loads(created.stdout)
    assert (told["state"], told["minutes"], told["attempts"]) == ("scheduled", 45, 2)
    assert (told["opens"], told["closes"]) == ("2026-03-02T09:00+08:00", "2026-03-02T10:30+08:00")
    assert json.loads(casehall("exams", "list", "--json").stdout) == [told]
    assert casehall("exams", "list").stdout.startswith(told["public_id"])


def test_without_times_it_opens_now_for_a_week(casehall):
    told = json.loads(casehall("exams", "create", "etiquette/ladies", "--minutes", "45", "--json").stdout)

    assert (told["state"], told["closes"]) == ("running", "2026-03-09T08:00+08:00")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["create", "etiquette", "--minutes", "45"], 2, "Name the quiz as COURSE/QUIZ."),
        (["create", "etiquette/nothing", "--minutes", "45"], 1, "nothing"),
        (["create", "nothing/ladies", "--minutes", "45"], 1, "nothing"),
        (["create", "etiquette/ladies", "--minutes", "0"], 2, "0 is not in the range"),
        (
            ["create", "etiquette/ladies", "--minutes", "9", "--opens", "tomorrow"],
            2,
            "tomorrow is not an ISO time",
        ),
        (
            ["create", "etiquette/ladies", "--minutes", "9", "--closes", "2026-03-01T09:00"],
            1,
            "It closes before it opens.",
        ),
        (["preflight", "0" * 26], 1, "There is no exam"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(casehall, words, code, sentence):
    end = casehall("exams", *words)

    assert (end.returncode, sentence in end.stderr) == (code, True), end.stderr
    assert casehall("exams", "list").stdout == ""


def test_preflight_names_what_should_be_known(casehall, store, room, now):
    with store() as session:
        exam = set_exam(session, room, now)

    end = casehall("exams", "preflight", exam.public_id)

    assert end.returncode == 0
    assert "warning\tThe paper comes from a quiz that students can practise." in end.stdout


def test_a_receipt_is_verified_and_an_altered_one_exits_with_1(casehall, store, room, now, tmp_path):
    with store() as session:
        attempt = sit_exam(session, room.student, set_exam(session, room, now), now)
        submit_attempt(session, room.student, attempt.public_id, later(now))
        text = find_receipt_text(session, attempt.id) or ""
    genuine, altered, other = (tmp_path / name for name in ("genuine.json", "altered.json", "other.json"))
    genuine.write_text(text)
    altered.write_text(text.replace('"answered":0', '"answered":6'))
    other.write_bytes(b"\xff\xfe nothing")

    ends = [casehall("attempts", "receipt", str(path)) for path in (genuine, altered, other)]

    assert [end.returncode for end in ends] == [0, 1, 1]
    assert ends[0].stdout.startswith(f"Genuine. Attempt {attempt.public_id}")
    assert "was altered" in ends[1].stderr
    assert "no receipt" in ends[2].stderr


def test_a_release_says_what_is_missing_and_then_when_it_was(casehall, settings, room, store, now):
    with store() as session:
        exam = set_exam(session, room, now)
        attempt = sit_exam(session, room.student, exam, now)
        sitting = submit_attempt(session, room.student, attempt.public_id, later(now))
        score_attempt(session, sitting, later(now))

    def release(at, *words):
        return call_casehall(settings.instance, "exams", "release", exam.public_id, *words, CASEHALL_NOW=at)

    early = release(NOW)
    assert (early.returncode, early.stdout) == (1, "")
    assert early.stderr == "missing\tthe exam is open for somebody\t1\n"
    told = json.loads(release(NOW, "--json").stdout)
    assert told["missing"] == [{"need": "the exam is open for somebody", "count": 1}]

    done = release("2026-03-02T11:00:00+08:00", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["released_at"].startswith("2026-03-02T03:00:0")
    assert "released" in release("2026-03-02T12:00:00+08:00").stdout


def test_what_is_no_exam_is_not_released(casehall):
    refused = casehall("exams", "release", "nothing")

    assert (refused.returncode, "There is no exam nothing" in refused.stderr) == (1, True)
