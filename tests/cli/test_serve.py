import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.cli.prepared import is_prepared
from app.cli.serve import DRAIN_SECONDS
from app.models.engine import make_engine
from app.settings import ROOT
from tests.support.instance import make_settings
from tests.support.postgres import free_port
from tests.support.server import environment, health, run_casehall, serving


@pytest.fixture
def instance(settings) -> Path:
    folder: Path = settings.instance
    return folder


@pytest.fixture
def port() -> int:
    return free_port()


def refused(end: "subprocess.CompletedProcess[str]") -> str:
    """Return the one line with which a command was refused."""
    assert end.returncode == 1, end.stderr
    (line,) = end.stderr.splitlines()
    return line


def test_a_migrated_instance_is_served_until_it_is_stopped(instance, port):
    with serving(instance, port) as server:
        status = health(port)
        server.terminate()
        ended = server.wait()

    assert (status, ended) == (200, 0)


GARBAGE = """
import gc, os
from app.cli.worker import application
app = application()
print(gc.isenabled(), gc.get_freeze_count() > 100_000, len(gc.get_objects()) < 1_000, flush=True)
os._exit(0)
"""


def test_what_a_worker_is_made_of_is_not_looked_through_for_garbage(instance, port):
    command = [sys.executable, "-c", GARBAGE]
    worker = subprocess.run(
        command,
        env=environment(instance, PORT=str(port)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert worker.stdout.split() == ["True", "True", "True"]


def test_an_empty_instance_is_prepared_first_and_then_until_something_changes_no_more(tmp_path, port):
    settings = make_settings(tmp_path)
    assert not is_prepared(settings)

    with serving(tmp_path, port, "--prepare") as server:
        assert health(port) == 200
        # what the preparing has left in the master hears the signal too, and must not keep it
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(DRAIN_SECONDS - 1) == 0

    assert (tmp_path / "casehall.db").exists()
    assert run_casehall(tmp_path, "db", "check").returncode == 0
    assert is_prepared(settings)
    for change in (
        "UPDATE user SET login = 'somebody' WHERE login = 'chen'",
        "UPDATE document SET loaded_hash = ''",
        "DROP TRIGGER audit_no_update",
        "UPDATE alembic_version SET version_num = '0008'",
    ):
        with copied(tmp_path, change) as changed:
            assert not is_prepared(changed), change
    (tmp_path / "loaded.mark").unlink()
    assert not is_prepared(settings)


@contextmanager
def copied(instance, change):
    """Give the settings of a copy of an instance, without its pictures, in which something was changed."""
    other = instance / "copy"
    other.mkdir()
    for name in ("casehall.db", "loaded.mark"):
        shutil.copy(instance / name, other / name)
    with closing(sqlite3.connect(other / "casehall.db")) as connection, connection:
        connection.execute(change)
    yield make_settings(other)
    shutil.rmtree(other)


def test_an_empty_instance_is_refused_without_it(tmp_path, port):
    end = run_casehall(tmp_path, "serve", "--port", str(port))

    assert refused(end) == "Error: The database is not at version 0010; run: casehall db upgrade"


def test_o8_a_port_in_use_is_refused(instance, port):
    with socket.create_server(("127.0.0.1", port)):
        end = run_casehall(instance, "serve", "--port", str(port))

    assert refused(end).startswith(f"Error: Port {port} is in use on 127.0.0.1.")


def test_o8_a_second_server_on_the_port_is_refused(instance, port, tmp_path):
    with serving(instance, port):
        end = run_casehall(tmp_path / "other", "serve", "--port", str(port), "--prepare")

    assert f"Port {port} is in use" in refused(end)


def test_o8_a_second_server_on_the_instance_is_refused(instance, port):
    with serving(instance, port):
        end = run_casehall(instance, "serve", "--port", str(free_port()))
        still = health(port)

    assert refused(end) == f"Error: Another Casehall serves the instance {instance}."
    assert still == 200


@pytest.mark.parametrize(
    ("options", "environ", "said"),
    [
        (["--workers", "2"], {}, "SQLite takes one worker"),
        (["--host", "0.0.0.0"], {}, "ALLOW_HTTP=1"),
        (["--host", "192.0.2.1", "--workers", "1"], {"ALLOW_HTTP": "1"}, "Cannot listen on 192.0.2.1"),
        ([], {"PORT": "80a"}, "PORT=80a is not a whole number"),
        ([], {"CASEHALL_DEBUG": "1"}, "CASEHALL_DEBUG is not a setting"),
        ([], {"DATABASE_URL": "sqlite:////nowhere/casehall.db"}, "unable to open database file"),
        ([], {"INSTANCE": "/dev/null"}, "INSTANCE=/dev/null cannot be made"),
        ([], {"PUBLIC_URL": "https://casehall.example.edu"}, "CASEHALL_ENV=test is refused"),
    ],
)
def test_what_would_not_be_safe_is_refused_in_one_line(instance, port, options, environ, said):
    end = run_casehall(instance, "serve", *options, **({"PORT": str(port)} | environ))

    assert said in refused(end)


def test_a_database_that_cannot_be_written_is_refused(instance, port):
    read_only = f"sqlite:///file:{instance}/casehall.db?mode=ro&uri=true"

    end = run_casehall(instance, "serve", "--port", str(port), DATABASE_URL=read_only)

    assert refused(end) == "Error: The database cannot be used: attempt to write a readonly database"


def test_a_database_that_lost_a_trigger_is_refused(instance, settings, port):
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
    engine.dispose()

    end = run_casehall(instance, "serve", "--port", str(port))

    assert "Triggers are missing (audit_no_update)" in refused(end)


def test_outside_its_checkout_casehall_refuses_in_one_line(tmp_path):
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))

    end = subprocess.run(
        [sys.executable, "-c", "from app.factory import main; main()", "serve"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "runs from its checkout" in refused(end)
