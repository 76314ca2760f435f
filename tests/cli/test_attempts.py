"""``casehall attempts verify``: exit 1 names the first fault of each attempt."""

import json
import sqlite3
from contextlib import closing

import pytest

from app.operations.saving import save_answers
from tests.support.builders import answer, begin_attempt, make_classroom
from tests.support.command import call_casehall


@pytest.fixture
def public(store, tmp_path, now):
    """Return the public id of an attempt with an answer."""
    with store() as session:
        student = make_classroom(session, tmp_path, now).student
        attempt = begin_attempt(session, student, now=now)
        save_answers(session, student, attempt.public_id, [answer("written", "第一稿")], now)
    return attempt.public_id


@pytest.fixture
def spoiled(settings, public):
    """Change the answer behind the triggers."""
    with closing(sqlite3.connect(settings.instance / "casehall.db")) as connection, connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET body = replace(body, '第一稿', '改过')")
        connection.execute(
            "CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
            " BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
    return public


@pytest.mark.parametrize("named", [True, False])
def test_what_is_whole_is_said_to_be(settings, public, named):
    done = call_casehall(settings.instance, "attempts", "verify", *([public] if named else []))

    assert (done.returncode, done.stdout) == (0, "1 attempts verified, 0 with faults.\n")


def test_a_changed_answer_is_named_and_ends_with_1(settings, spoiled):
    done = call_casehall(settings.instance, "attempts", "verify")

    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == f"{spoiled}\tevent 1\tthe chain is broken"


def test_programs_read_the_faults_as_json(settings, spoiled):
    done = call_casehall(settings.instance, "attempts", "verify", "--json")

    assert json.loads(done.stdout) == {
        "attempts": 1,
        "faults": [{"attempt": spoiled, "seq": 1, "what": "the chain is broken"}],
    }


def test_an_attempt_that_is_not_there_is_refused(settings, public):
    done = call_casehall(settings.instance, "attempts", "verify", "nowhere")

    assert (done.returncode, done.stderr) == (1, "Error: There is no attempt nowhere.\n")
