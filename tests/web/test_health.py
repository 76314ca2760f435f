"""``/healthz`` and ``/readyz``: whether the process lives, and whether it can keep what it takes."""

import os
import threading
from datetime import timedelta

import pytest

from app.factory import create_app
from app.models.turns import Turns
from app.operations.health import CLOCK_SECONDS, TOLD_SECONDS, Check, ClockWatch, check_disk, compare_clocks
from app.web.database import database
from app.web.health import readiness
from app.web.health.readiness import STUCK, Readiness
from tests.conftest import START
from tests.support.backups import sql
from tests.support.instance import make_settings

NAMES = {"database", "migrations", "triggers", "durability", "disk", "clock", "forwarding"}


@pytest.fixture
def on_postgresql(tmp_path, postgres_url):
    """Return the settings of an instance on PostgreSQL."""
    return make_settings(tmp_path / "postgresql", DATABASE_URL=postgres_url)


@pytest.fixture
def ask():
    """Return a function that asks an instance for its state, as a server that has just come up."""
    apps = []

    def asked(settings, **sent):
        app = create_app(settings)
        apps.append(app)
        return app.test_client().get("/readyz", **sent)

    yield asked
    for app in apps:
        with app.app_context():
            database().close()


def faults(answer):
    """Return the reasons of what is not in order."""
    return {name: check["reason"] for name, check in answer.json["checks"].items() if not check["ok"]}


def test_the_process_says_that_it_lives(client):
    answer = client.get("/healthz")

    assert answer.json == {"status": "ok"}


@pytest.mark.parametrize("which", ["settings", "on_postgresql"])
def test_a_server_in_order_is_ready(ask, which, request):
    answer = ask(request.getfixturevalue(which))

    assert (answer.status_code, answer.json["ready"], faults(answer)) == (200, True, {})
    assert answer.json["checks"].keys() == NAMES
    assert answer.headers["Cache-Control"] == "no-store"


def test_o7_without_the_file_of_the_database_the_process_lives_and_is_not_ready(client, settings):
    (settings.instance / "casehall.db").unlink()

    lives, ready = client.get("/healthz"), client.get("/readyz")

    assert (lives.status_code, ready.status_code, ready.json["ready"]) == (200, 503, False)
    assert faults(ready).keys() == {"database", "migrations", "triggers", "durability", "clock"}
    assert ready.json["checks"]["database"]["reason"] == "The database cannot be reached."
    assert not (settings.instance / "casehall.db").exists()


def test_o7_another_file_in_its_place_is_noticed(client, settings, template_database):
    (settings.instance / "casehall.db").rename(settings.instance / "moved.db")
    (settings.instance / "casehall.db").write_bytes(template_database.read_bytes())

    assert "database" in faults(client.get("/readyz"))


def test_o7_a_file_that_is_no_database_is_noticed(ask, settings):
    (settings.instance / "casehall.db").write_text("记录" * 1000)

    assert "database" in faults(ask(settings))


def test_o7_a_database_that_is_not_there_is_told_without_its_address(ask, tmp_path):
    url = "postgresql+psycopg://casehall:hush@127.0.0.1:1/nowhere"

    answer = ask(make_settings(tmp_path, DATABASE_URL=url))

    assert answer.status_code == 503
    assert "database" in faults(answer)
    assert not any(secret in answer.text for secret in ("hush", "127.0.0.1", "nowhere", str(tmp_path)))


def test_migrations_that_are_missing_are_told(ask, settings):
    sql(settings, "UPDATE alembic_version SET version_num = '0001'")

    assert "run: casehall db upgrade" in faults(ask(settings))["migrations"]


@pytest.mark.parametrize("which", ["settings", "on_postgresql"])
def test_a_trigger_that_is_missing_is_named(ask, which, request):
    settings = request.getfixturevalue(which)
    on = "" if settings.is_sqlite else " ON audit"
    sql(settings, f"DROP TRIGGER audit_no_update{on}")

    answer = ask(settings)

    assert faults(answer).keys() == {"triggers"}
    assert "audit_no_update" in faults(answer)["triggers"]


def set_database(settings, setting):
    """Give a database of PostgreSQL a setting, for connections to come."""
    name = settings.database_url.rpartition("/")[2]
    sql(settings, f"ALTER DATABASE {name} SET {setting}")


def test_commits_that_may_be_lost_are_told(ask, on_postgresql):
    set_database(on_postgresql, "synchronous_commit = off")

    assert faults(ask(on_postgresql)) == {"durability": "PostgreSQL runs with synchronous_commit = off."}


def test_a_database_that_only_reads_is_told(ask, on_postgresql):
    set_database(on_postgresql, "default_transaction_read_only = on")

    assert faults(ask(on_postgresql)) == {"database": "The database takes no changes."}


def test_writers_that_wait_too_long_are_told(ask, settings):
    turns = Turns(settings.instance)

    with turns.mine():
        answer = ask(settings)

    turns.close()
    assert faults(answer) == {"database": "Whoever writes waits for more than 1 s."}


@pytest.mark.usefixtures("time")
def test_a_clock_that_differs_from_the_file_system_is_told(ask, settings):
    assert "and that of its database differ by -" in faults(ask(settings))["clock"]


@pytest.mark.parametrize(("apart", "is_ok"), [(0, True), (CLOCK_SECONDS, True), (-CLOCK_SECONDS - 1, False)])
def test_clocks_may_differ_by_so_much(apart, is_ok):
    assert compare_clocks(START, START + timedelta(seconds=apart), 0.0).ok is is_ok


def test_a_clock_that_was_set_is_told_for_a_while():
    watch = ClockWatch(START, 100.0)

    jumps = [
        watch.jump(START + timedelta(seconds=seconds), ticks)
        for seconds, ticks in [
            (10, 110.0),
            (24, 120.0),
            (150, 130.0),
            (160 + TOLD_SECONDS - 21, 140 + TOLD_SECONDS - 21),
            (150 + TOLD_SECONDS, 130 + TOLD_SECONDS),
        ]
    ]

    assert jumps == [0, 0, 116, 116, 0]
    assert "set by +116 s" in compare_clocks(START, START, jumps[2]).reason


@pytest.mark.parametrize(("needed", "is_ok"), [(1, True), (2**62, False)])
def test_a_disk_with_too_little_room_is_told_in_bytes(tmp_path, needed, is_ok):
    found = check_disk([tmp_path], needed)

    assert found.ok is is_ok
    assert found.reason.endswith(f" bytes are free, {needed} are needed.")


def test_a_folder_that_is_gone_is_told(tmp_path):
    assert not check_disk([tmp_path / "gone"]).ok


def forwarded(ask, settings, peer):
    sent = {"headers": {"X-Forwarded-For": "203.0.113.9"}, "environ_overrides": {"REMOTE_ADDR": peer}}
    return ask(settings, **sent)


def test_a_proxy_of_this_machine_that_is_not_trusted_makes_the_server_unready(ask, settings):
    answer = forwarded(ask, settings, "127.0.0.1")

    assert answer.status_code == 503
    assert "TRUSTED_PROXIES is not set" in faults(answer)["forwarding"]


def test_a_header_from_elsewhere_is_told_and_shuts_nobody_out(ask, settings):
    answer = forwarded(ask, settings, "198.51.100.7")

    assert (answer.status_code, answer.json["ready"]) == (200, True)
    assert faults(answer).keys() == {"forwarding"}


def test_another_process_of_the_instance_tells_of_it_for_an_hour(ask, settings, time):
    forwarded(ask, settings, "127.0.0.1")
    os.utime(settings.instance / "forwarded", (START.timestamp(), START.timestamp()))

    soon = ask(settings)
    time.shift(timedelta(hours=1))
    later = ask(settings)

    assert "forwarding" in faults(soon)
    assert "forwarding" not in faults(later)


def test_a_trusted_proxy_is_in_order(ask, settings):
    trusting = make_settings(settings.instance, TRUSTED_PROXIES="1")

    assert faults(forwarded(ask, trusting, "127.0.0.1")) == {}


@pytest.fixture
def counted():
    """Return a readiness that counts its checks, and how often it checked."""
    done = []

    def check():
        done.append(1)
        return {"database": Check(True)}

    return Readiness(check), done


def test_what_was_found_is_kept_for_a_moment(counted):
    ready, done = counted

    found = [ready.ask() for _ in range(3)]

    assert found == [{"database": Check(True)}] * 3
    assert len(done) == 1


def test_it_is_checked_anew_afterwards(counted, monkeypatch):
    monkeypatch.setattr(readiness, "KEPT_SECONDS", 0.0)
    ready, done = counted

    for _ in range(3):
        ready.ask()

    assert len(done) == 3


def test_o7_checks_that_never_end_are_waited_for_once_and_not_for_long(monkeypatch):
    monkeypatch.setattr(readiness, "WAIT_SECONDS", 0.05)
    comes, begun = threading.Event(), []

    def check():
        begun.append(1)
        comes.wait()
        return {"database": Check(True)}

    ready = Readiness(check)

    stuck = [ready.ask() for _ in range(3)]
    comes.set()

    assert stuck == [STUCK] * 3
    assert len(begun) == 1


def test_a_check_that_fails_is_a_fault_and_the_next_one_is_made_anew(monkeypatch):
    faults = iter([RuntimeError("odd")])

    def check():
        for fault in faults:
            raise fault
        return {"database": Check(True)}

    ready = Readiness(check)

    with pytest.raises(RuntimeError):
        ready.ask()
    assert ready.ask() == {"database": Check(True)}
