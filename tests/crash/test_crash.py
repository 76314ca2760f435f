"""An acknowledged answer outlives whatever ends the server; ``make crash`` is the long form."""

import sqlite3
from collections import Counter
from contextlib import closing
from queue import SimpleQueue
from random import Random

import pytest
from sqlalchemy import select

from app.factory import create_app
from app.models import Attempt, User
from app.operations.closing import submit_attempt
from app.operations.people import load_person
from app.operations.receipts import find_receipt_text
from app.operations.saving import save_answers
from app.operations.signing import KEY_FILE, load_key
from app.web.clock import clock
from app.web.database import database, writing
from tests.crash.comparing import Outcome, compare
from tests.crash.service import KINDS, ways
from tests.crash.trial import make_instance, new_seed, run_trial
from tests.crash.writers import Learner, Sent
from tests.support.builders import answer, begin_attempt
from tests.support.instance import make_settings

KILLS, LEARNERS = 7, 8


@pytest.mark.crash
@pytest.mark.parametrize("time", ["first", "second"])
def test_s1_o9_what_was_acknowledged_outlives_every_way_to_be_killed(tmp_path, time):
    seed = new_seed()

    outcome = run_trial(tmp_path, KILLS, LEARNERS, seed)

    assert outcome.is_clean, f"seed {seed}: {outcome}\n{outcome.findings}"
    assert outcome.kills.keys() == set(KINDS)
    assert outcome.acknowledged > KILLS
    assert min(outcome.receipts, outcome.timed_out) > 0


@pytest.mark.crash
def test_s1_o9_it_does_on_postgresql_too(tmp_path, postgres_cluster, postgres_url):
    seed = new_seed()

    outcome = run_trial(tmp_path, KILLS, LEARNERS, seed, postgres_url)

    assert outcome.is_clean, f"seed {seed}: {outcome}\n{outcome.findings}"
    assert outcome.kills.keys() == set(KINDS)
    assert outcome.acknowledged > KILLS


def test_every_way_to_be_killed_is_drawn():
    drawn = Counter(ways(Random(1), 2 * len(KINDS)))

    assert drawn == dict.fromkeys(KINDS, 2)


@pytest.fixture
def instance(tmp_path):
    """Return an instance with two learners."""
    folder = tmp_path / "instance"
    make_instance(folder, 2, {})
    return folder


def write(instance, login, says):
    """Let a learner answer once; return the learner with what was acknowledged."""
    app = create_app(make_settings(instance))
    with app.app_context(), writing() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        person = load_person(session, user)
        attempt = begin_attempt(session, person, now=clock())
        event = answer("written", says)
        (receipt,) = save_answers(session, person, attempt.public_id, [event], clock())
    with app.app_context():
        database().close()
    ack = {"status": receipt.status, "seq": receipt.seq, "hash": receipt.hash}
    paper = f"/attempts/{attempt.public_id}"
    learner = Learner(login, 0, Random(1), SimpleQueue())
    learner.sent.append(Sent(paper, {"id": event.id, "answer": says}, ack))
    return learner


def spoil(instance, statement):
    """Change the database behind its triggers."""
    with closing(sqlite3.connect(instance / "casehall.db")) as connection, connection:
        for action in ("update", "delete"):
            connection.execute(f"DROP TRIGGER event_no_{action}")
        connection.execute(statement)


def found(instance, *learners):
    outcome = Outcome()
    compare(instance, {}, list(learners), outcome)
    return outcome


def test_what_was_kept_is_clean(instance):
    learner = write(instance, "learner-0", "learner-0 says this")

    outcome = found(instance, learner)

    assert outcome.is_clean
    assert (outcome.acknowledged, outcome.attempts) == (1, 1)


@pytest.mark.parametrize("change", [{"seq": 2}, {"hash": "0" * 64}])
def test_an_acknowledgement_that_does_not_fit_would_be_found(instance, change):
    learner = write(instance, "learner-0", "learner-0 says this")
    learner.sent[0].ack |= change

    assert len(found(instance, learner).lost) == 1


def test_an_answer_that_is_gone_would_be_found(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    spoil(instance, "DELETE FROM event")

    outcome = found(instance, learner)

    assert len(outcome.lost) == 1
    assert len(outcome.broken) == 1


def test_an_answer_that_was_changed_would_be_found(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    spoil(instance, "UPDATE event SET body = replace(body, 'this', 'that')")

    outcome = found(instance, learner)

    assert len(outcome.lost) == 1
    assert "chain is broken" in outcome.broken[0]


def test_an_answer_of_somebody_else_would_be_found(instance):
    write(instance, "learner-1", "learner-0 says this")

    assert len(found(instance).misattributed) == 1


def test_an_answer_that_stands_twice_would_be_found(instance):
    for login in ("learner-0", "learner-1"):
        write(instance, login, "learner-0 says this")

    assert found(instance).duplicated == ["learner-0 says this"]


def hand_in(instance, learner):
    """Let the attempt be handed in; the learner holds its receipt."""
    app = create_app(make_settings(instance))
    public = learner.sent[0].paper.removeprefix("/attempts/")
    with app.app_context(), writing() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == public)).one()
        person = load_person(session, session.get_one(User, attempt.user_id))
        submit_attempt(session, person, public, clock())
        learner.receipts[learner.sent[0].paper] = find_receipt_text(session, attempt.id)
    with app.app_context():
        database().close()


def test_a_hand_in_is_clean(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    hand_in(instance, learner)

    outcome = found(instance, learner)

    assert outcome.is_clean
    assert outcome.receipts == 1


def test_a_hand_in_that_is_gone_would_be_found(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    learner.receipts[learner.sent[0].paper] = "{}"

    outcome = found(instance, learner)

    assert len(outcome.lost) == 1
    assert len(outcome.unkept) == 1


def test_a_receipt_that_was_another_would_be_found(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    hand_in(instance, learner)
    learner.receipts[learner.sent[0].paper] += " "

    assert len(found(instance, learner).unkept) == 1


def test_a_receipt_that_nobody_signed_would_be_found(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    hand_in(instance, learner)
    (instance / KEY_FILE).write_text("ab" * 32)
    load_key.cache_clear()

    assert len(found(instance, learner).unkept) == 1


def test_a_key_that_is_gone_would_be_found_and_is_not_made_anew(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    hand_in(instance, learner)
    (instance / KEY_FILE).unlink()
    load_key.cache_clear()

    (unkept,) = found(instance, learner).unkept

    assert f"{KEY_FILE} is gone" in unkept
    assert not (instance / KEY_FILE).exists()


def test_a_saved_answer_that_does_not_count_would_be_found(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    hand_in(instance, learner)
    spoil(instance, "UPDATE response SET event_seq = 0")

    outcome = found(instance, learner)

    assert "was saved" in outcome.lost[0]


def test_an_answer_that_counts_after_its_time_would_be_found(instance):
    learner = write(instance, "learner-0", "learner-0 says this")
    spoil(instance, "UPDATE attempt SET deadline_at = '2020-01-01 00:00:00.000000'")

    assert len(found(instance, learner).untimely) == 1
