"""What happens to a service on the day of an exam: no acknowledged answer is lost by it."""

import json
import resource
import urllib.error
import urllib.request

import pytest

from app.cli.serve import DRAIN_SECONDS
from tests.crash.comparing import Outcome, compare
from tests.crash.drill import drill
from tests.crash.trial import new_seed
from tests.support import postgres
from tests.support.backups import run
from tests.support.instance import make_settings
from tests.support.server import health, run_casehall

LEARNERS = 8
#: how long a page about the health of a server may take, whatever happened to the database
PATIENCE = 8


@pytest.fixture
def seed():
    return new_seed()


@pytest.fixture
def cluster():
    """Run a PostgreSQL that can be stopped."""
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    with postgres.running(programs) as cluster:
        postgres.run_sql(cluster.address, "CREATE DATABASE casehall", "CREATE DATABASE restored")
        yield cluster


def ready(port):
    """Return the status of /readyz, and what is not in order."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE) as answer:
            status, told = answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        status, told = answer.status, json.load(answer)
    return status, {name for name, check in told["checks"].items() if not check["ok"]}


def wait_until_turned_away(exam):
    """Wait until somebody's save was answered with "not now"."""
    while not any(one.turned_away for one in exam.people):
        exam.people[0].stop.wait(0.01)


def wait_until_ready(exam):
    """Wait until the server says that it can work."""
    while ready(exam.service.port) != (200, set()):
        exam.people[0].stop.wait(0.1)


@pytest.mark.crash
def test_o1_on_a_full_disk_nothing_is_said_to_be_saved_and_with_room_it_goes_on(tmp_path, seed):
    with drill(tmp_path, LEARNERS, seed) as exam:
        exam.wait_for_answers()
        worker = exam.service.worker()
        room = resource.prlimit(worker, resource.RLIMIT_FSIZE)
        # no file of the server may grow any more
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (4096, room[1]))
        wait_until_turned_away(exam)
        lives = health(exam.service.port)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, room)
        exam.wait_for_answers()

    outcome = exam.found()
    assert outcome.is_clean, f"seed {seed}: {outcome} {outcome.lost} {outcome.broken} {outcome.faults}"
    assert lives == 200
    assert {answer for one in exam.people for answer in one.turned_away} == {(503, "2")}


@pytest.mark.crash
def test_o2_o7_answers_that_meet_a_restart_of_the_database_are_sent_again_and_kept(tmp_path, cluster, seed):
    with drill(tmp_path, LEARNERS, seed, f"{cluster.address}casehall") as exam:
        port = exam.service.port
        exam.wait_for_answers()
        cluster.stop()
        wait_until_turned_away(exam)
        lives, gone = health(port), ready(port)
        cluster.start()
        exam.wait_for_answers()
        wait_until_ready(exam)

    outcome = exam.found()
    assert outcome.is_clean, f"seed {seed}: {outcome} {outcome.lost} {outcome.broken} {outcome.faults}"
    assert {answer for one in exam.people for answer in one.turned_away} == {(503, "2")}
    assert (lives, gone[0]) == (200, 503)
    assert "database" in gone[1]


@pytest.mark.crash
def test_o3_a_server_that_is_stopped_under_load_answers_whatever_it_has_saved(tmp_path, seed):
    with drill(tmp_path, LEARNERS, seed) as exam:
        ends = []
        for _ in range(2):
            exam.wait_for_answers()
            ends.append(exam.service.stop(DRAIN_SECONDS))
            exam.service.start()
        exam.wait_for_answers()

    outcome = exam.found()
    assert outcome.is_clean, f"seed {seed}: {outcome} {outcome.lost} {outcome.broken} {outcome.faults}"
    assert ends == [0, 0]
    # an answer that was saved and not acknowledged would have been sent again
    assert outcome.replayed == 0


@pytest.mark.crash
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_o5_a_backup_under_load_holds_all_that_was_acknowledged_before_it(tmp_path, kind, seed, request):
    address = request.getfixturevalue("cluster").address if kind == "postgresql" else ""
    other = {"DATABASE_URL": f"{address}restored"} if address else {}
    restored = make_settings(tmp_path / "restored", **other)
    backup, outcome = str(tmp_path / "backup"), Outcome()

    with drill(tmp_path, LEARNERS, seed, address and f"{address}casehall") as exam:
        exam.wait_for_answers(100)
        before = exam.acknowledged()
        exam.forget_answers()
        made = run_casehall(exam.service.instance, "db", "backup", backup, **exam.more)
        meanwhile = exam.traffic.qsize()
    proved, put = run(restored, "db", "verify", backup), run(restored, "db", "restore", backup)
    compare(restored.instance, other, before, outcome)

    assert [made.returncode, proved.exit_code, put.exit_code] == [0, 0, 0], f"{made} {put.output}"
    assert outcome.is_clean, f"seed {seed}: {outcome} {outcome.lost} {outcome.broken} {outcome.faults}"
    assert outcome.acknowledged >= 100
    assert meanwhile > 0
    assert "0 with faults" in run(restored, "attempts", "verify").output
