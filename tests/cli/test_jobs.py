import pytest
from sqlalchemy import select

from app.cli.jobs import run_waiting_jobs
from app.models import Job
from app.web.database import look_up, writing
from tests.conftest import START
from tests.support.server import run_casehall

STATES = select(Job.kind, Job.state, Job.message)


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


def add(kind):
    with writing() as session:
        session.add(Job(kind=kind, arguments={}, created_at=START))


def test_what_waits_and_what_is_due_is_done():
    assert run_waiting_jobs() == (1, 0)
    assert {tuple(row) for row in look_up(STATES)} == {
        ("purge_sign_ins", "done", ""),
    }


def test_nothing_is_done_twice():
    run_waiting_jobs()

    assert run_waiting_jobs() == (0, 0)


def test_a_job_that_fails_does_not_hold_up_the_others(caplog):
    add("unheard-of")

    assert run_waiting_jobs() == (1, 1)
    assert {tuple(row) for row in look_up(STATES)} == {
        ("unheard-of", "failed", "KeyError"),
        ("purge_sign_ins", "done", ""),
    }


def test_the_command_does_what_waits_and_says_how_much(settings):
    first = run_casehall(settings.instance, "jobs", "run", "--once")
    second = run_casehall(settings.instance, "jobs", "run", "--once")

    assert (first.returncode, first.stdout) == (0, "1 done, 0 failed.\n")
    assert (second.returncode, second.stdout) == (0, "0 done, 0 failed.\n")


def test_the_command_tells_of_a_failure(settings):
    add("unheard-of")

    end = run_casehall(settings.instance, "jobs", "run", "--once")

    assert (end.returncode, end.stdout) == (1, "1 done, 1 failed.\n")
