"""A state of the database is copied beside those who write."""

import sqlite3
from contextlib import closing

import pytest

from app.models.engine import make_engine, reading_engine
from app.operations.snapshots import copy_file, look
from tests.support.instance import copy_template

JOB = (
    "INSERT INTO job (kind, arguments, created_at, state, done, total, message)"
    " VALUES ('k', '{}', '', 'done', 0, 0, '')"
)


@pytest.fixture
def engine(tmp_path, template_database):
    copy_template(template_database, tmp_path)
    engine = make_engine(f"sqlite:///{tmp_path}/casehall.db")
    yield engine
    engine.dispose()


def jobs(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM job").fetchone()[0]


def test_a_commit_in_the_midst_waits_for_nobody_and_is_not_in_the_copy(engine, tmp_path):
    with reading_engine(engine).connect() as reader:
        before = look(reader)
        # with no patience at all
        with closing(sqlite3.connect(tmp_path / "casehall.db", timeout=0)) as writer, writer:
            writer.execute(JOB)
        copy_file(reader, tmp_path / "copy.db")

    assert before.tables["job"] == jobs(tmp_path / "copy.db") == 0
    assert jobs(tmp_path / "casehall.db") == 1
