"""A database of an earlier version is brought up to date with everything that is in it."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from app.cli.database import database_faults
from app.cli.upgrading import upgrade_database
from app.models.engine import make_engine
from app.operations.migrating import alembic_config
from app.operations.saving import save_answers
from app.operations.versions import known_versions
from app.settings import ROOT
from tests.support.builders import answer, begin_attempt, hand_in, make_classroom, make_person
from tests.support.instance import make_settings

ATTEMPTS = "SELECT public_id, answered, closed_by, grace_seconds, late_seconds FROM attempt ORDER BY id"


@pytest.fixture
def present(store, settings, tmp_path, now):
    """Return the file of a database of today in which two students have answered."""
    with store() as session:
        room = make_classroom(session, tmp_path, now)
        one, other = room.student, make_person(session, room.offering, "xiaolin")
        first = begin_attempt(session, one, now=now)
        given = [answer("single", "2"), answer("truth", True), answer("blanks", ["", " "])]
        save_answers(session, one, first.public_id, given, now)
        save_answers(session, one, first.public_id, [answer("truth", None, base=2)], now)
        hand_in(session, other, begin_attempt(session, other, now=now), now=now, written="第一稿")
    return settings.instance / "casehall.db"


def test_the_files_of_the_migrations_are_named_by_their_versions():
    scripts = ScriptDirectory(str(ROOT / "migrations")).walk_revisions()

    assert known_versions() == tuple(script.revision for script in scripts)


def make_old(folder, version, **environ):
    """Make an empty database of an earlier version; return its settings."""
    settings = make_settings(folder, **environ)
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), version)
    engine.dispose()
    return settings


def copy_rows(present, old):
    """Copy what an earlier version has columns for."""
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("ATTACH ? AS present", (str(present),))
        tables = [
            name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            if table != "alembic_version":
                columns = ", ".join(
                    f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")')
                )
                connection.execute(
                    f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM present."{table}"'
                )


def rows(path, statement):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_attempts_of_version_0002_are_counted_and_closed_by_their_people(present, tmp_path):
    old = make_old(tmp_path / "old", "0002")
    copy_rows(present, old.instance / "casehall.db")

    before, after = upgrade_database(old)

    assert (before, after) == ("0002", "0010")
    assert database_faults(old) == []
    found = rows(old.instance / "casehall.db", ATTEMPTS)
    assert found == rows(present, ATTEMPTS)
    assert [row[1:3] for row in found] == [(1, None), (1, "person")]
