"""S9 on a real server: a body that is far too large is answered, and the connection is not cut."""

import json
from queue import SimpleQueue
from random import Random

import pytest

from tests.crash.trial import make_instance
from tests.crash.writers import QUIZ, Learner
from tests.support.postgres import free_port
from tests.support.server import serving

TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.fixture
def learner(tmp_path):
    """Return a learner who is signed in to a server."""
    (login,) = make_instance(tmp_path / "instance", 1, {}).logins
    port = free_port()
    with serving(tmp_path / "instance", port):
        learner = Learner(login, port, Random(1), SimpleQueue())
        learner.sign_in()
        yield learner
        learner.hang_up()


def test_s9_ten_megabytes_are_answered_and_the_earlier_answer_is_intact(learner):
    *_, paper = learner.ask("POST", f"{QUIZ}/start", {})
    learner.answer(paper, "window-1", 1)
    event = {"id": "too-large", "item": "written", "answer": "x" * TEN_MEGABYTES}

    status, body, _ = learner.ask("POST", f"{paper}/events", {"events": [event]}, as_json=True)

    assert (status, json.loads(body)["error"]) == (413, "too_large")
    assert learner.sent[0].ack["status"] == "saved"
    assert learner.sent[0].event["answer"] in learner.ask("GET", paper)[1]
