"""``casehall db upgrade`` while somebody writes an exam: it refuses, unless it is told to go on."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from app.operations.open_attempts import open_deadlines
from tests.cli.test_migrations import copy_rows, make_old
from tests.conftest import START
from tests.support.backups import fill, run, sql

MOMENT = {"CASEHALL_ENV": "test", "CASEHALL_NOW": "2026-03-02T08:30:00+08:00"}
NOW = START + timedelta(minutes=30)
AT_0840, AT_0829 = "'2026-03-02 00:40:00'", "'2026-03-02 00:29:00'"


@pytest.fixture
def old(settings, tmp_path):
    """Return an instance of an earlier version with one open attempt and one that was handed in."""
    fill(settings, START)
    old = make_old(tmp_path / "old", "0002")
    copy_rows(settings.instance / "casehall.db", old.instance / "casehall.db")
    return old


def sit(old, kind, deadline):
    """Let the attempts be at an exam of this kind with this deadline."""
    sql(old, f"UPDATE exam SET kind = '{kind}'", f"UPDATE attempt SET deadline_at = {deadline}")


def upgrade(old, *options):
    return run(old, "db", "upgrade", *options, **MOMENT)


@pytest.mark.parametrize("kind", ["exam", "mock"])
def test_o4_a_migration_is_refused_while_an_exam_is_written(old, kind):
    sit(old, kind, AT_0840)

    refused = upgrade(old)

    assert refused.exit_code == 1
    assert refused.output == (
        "Error: 1 attempt at an exam is open; the database is not upgraded now."
        " Wait until 2026-03-02 08:40:30 CST, or: casehall db upgrade --even-with-open-attempts\n"
    )
    assert upgrade(old).exit_code == 1


def test_o4_an_attempt_without_a_deadline_is_waited_for_too(old):
    sit(old, "exam", "NULL")

    assert "Wait until they are handed in, or" in upgrade(old).output


def test_o4_it_goes_on_when_it_is_told_to(old):
    sit(old, "exam", AT_0840)

    done = upgrade(old, "--even-with-open-attempts")

    assert done.output.startswith("Database upgraded to ")
    assert run(old, "db", "check").exit_code == 0


@pytest.mark.parametrize(
    ("kind", "deadline"),
    [("exam", AT_0829), ("practice", AT_0840), ("practice", "NULL"), ("assignment", AT_0840)],
)
def test_o4_what_is_over_or_no_exam_is_not_waited_for(old, kind, deadline):
    sit(old, kind, deadline)

    assert upgrade(old).exit_code == 0


def test_o4_a_database_that_is_up_to_date_is_not_refused(old):
    run(old, "db", "upgrade")
    sit(old, "mock", AT_0840)

    assert upgrade(old).output.startswith("Database at ")


def test_o4_the_grace_belongs_to_the_attempt(old):
    sit(old, "mock", "'2026-03-02 00:29:31'")

    assert upgrade(old).exit_code == 1


def test_o4_open_exams_are_seen_on_postgresql_too(postgres_url):
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        for statement in (
            "CREATE SCHEMA old",
            "SET search_path = old",
            "CREATE TABLE exam (id int, kind text)",
            "CREATE TABLE attempt (exam_id int, state text, deadline_at timestamptz)",
            "INSERT INTO exam VALUES (1, 'exam'), (2, 'practice')",
            f"INSERT INTO attempt VALUES (1, 'open', {AT_0840[:-1]}+00'), (1, 'open', {AT_0829[:-1]}+00'),"
            " (1, 'scored', NULL), (2, 'open', NULL), (1, 'open', NULL)",
        ):
            connection.exec_driver_sql(statement)
        found = open_deadlines(connection, NOW)
        connection.rollback()
    engine.dispose()

    assert set(found) == {START + timedelta(minutes=40), None}
