"""What the tests of databases share: nothing that one of them changed reaches the next one."""

import psycopg
import pytest
from sqlalchemy import make_url

from app.models import engine as engines
from tests.support.postgres_reuse import Reused

# databases that are emptied between tests


@pytest.fixture
def reused(postgres_cluster, postgres_url):
    """Give a database as it is noted before a test has it."""
    found = Reused(postgres_cluster, postgres_url.removeprefix(postgres_cluster))
    found.note()
    yield found
    found.close()


def run(reused, *statements):
    url = make_url(reused.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        return [connection.execute(one) for one in statements]


def test_rows_are_brought_back(reused):
    run(reused, "INSERT INTO audit (at, action, detail, address) VALUES ('2026-03-02', 'x', '{}', '')")

    assert reused.restore()
    assert run(reused, "SELECT count(*) FROM audit")[0].fetchone() == (0,)
    assert reused.restore()


@pytest.mark.parametrize(
    "changes",
    [
        ["UPDATE course SET slug = 'other'"],
        ["DELETE FROM course"],
        # as many as before
        [
            "DELETE FROM course",
            "INSERT INTO course (slug, titles, is_public, created_at) VALUES ('b', '{}', false, now())",
        ],
    ],
)
def test_rows_of_the_template_are_brought_back_each_time(reused, changes):
    run(reused, "INSERT INTO course (slug, titles, is_public, created_at) VALUES ('a', '{}', false, now())")
    reused.note()
    before = run(reused, "SELECT * FROM course")[0].fetchall()

    for _ in range(2):
        run(reused, *changes)
        assert reused.restore()
        assert run(reused, "SELECT * FROM course")[0].fetchall() == before


@pytest.mark.parametrize(
    "changes",
    [
        ["CREATE TABLE more (id int)"],
        ["ALTER TABLE audit ALTER action DROP NOT NULL"],
        ["ALTER TABLE audit ALTER address SET DEFAULT 'nowhere'"],
        ["ALTER TABLE audit ALTER address TYPE varchar(9)"],
        [
            "ALTER TABLE attempt DROP CONSTRAINT ck_attempt_answered",
            "ALTER TABLE attempt ADD CONSTRAINT ck_attempt_answered CHECK (true)",
        ],
        ["DROP INDEX uq_attempt_one_open", "CREATE INDEX uq_attempt_one_open ON attempt (exam_id, user_id)"],
        ["ALTER TABLE audit DISABLE TRIGGER audit_no_update"],
        [
            "DROP TRIGGER audit_no_update ON audit",
            "CREATE TRIGGER audit_no_update AFTER UPDATE ON audit EXECUTE FUNCTION refuse_change()",
        ],
        [
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NULL; END $$"
        ],
        ["ALTER SEQUENCE audit_id_seq INCREMENT BY 2"],
        ["DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 65', current_database()); END $$"],
        ["ALTER ROLE CURRENT_USER SET work_mem = 65"],
    ],
)
def test_a_database_with_another_definition_is_not_used_again(reused, changes):
    """Though everything is still called as it was."""
    run(reused, *changes)

    assert not reused.restore()
    # what outlives the database is taken back
    assert run(reused, "SELECT rolconfig FROM pg_roles WHERE rolname = current_user")[0].fetchone() == (None,)


# statements that are compiled once


@pytest.fixture
def create(tmp_path):
    """Return the function with which engines are made, after a first one has met its server."""
    url = make_url(f"sqlite:///{tmp_path}/shared.db")
    made = vars(engines)["create_engine"]
    made(url).connect().close()
    return lambda **options: made(url, **options)


def test_engines_of_one_kind_share_their_dialect(create):
    assert create(hide_parameters=True).dialect is create(pool_size=3).dialect


@pytest.mark.parametrize("option", [{"paramstyle": "named"}, {"json_serializer": str}])
def test_an_engine_that_needs_another_dialect_is_refused(create, option):
    with pytest.raises(AssertionError, match="share their statements"):
        create(**option)
