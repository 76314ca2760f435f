import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.engine import make_engine
from app.models.triggers import create_triggers, missing_triggers

ROW = "INSERT INTO audit (id, at, action, detail, address) VALUES (1, '2026-03-02', 'x', '{}', '')"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        request.getfixturevalue("settings")
        url = f"sqlite:///{tmp_path}/instance/casehall.db"
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(ROW)
    yield engine
    engine.dispose()


def audit_actions(engine):
    with engine.connect() as connection:
        return connection.scalars(text("SELECT action FROM audit")).all()


@pytest.mark.parametrize("change", ["UPDATE audit SET action = 'y'", "DELETE FROM audit"])
def test_a_log_is_only_added_to(engine, change):
    with pytest.raises(DBAPIError, match="audit is append-only"), engine.begin() as connection:
        connection.execute(text(change))

    assert audit_actions(engine) == ["x"]


def test_a_row_of_a_log_is_not_replaced(settings):
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(ROW)

    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(ROW.replace("INSERT", "INSERT OR REPLACE").replace("'x'", "'y'"))

    assert audit_actions(engine) == ["x"]
    engine.dispose()


def test_a_log_is_not_truncated(postgres_url):
    engine = make_engine(postgres_url)

    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE audit")

    engine.dispose()


def test_a_trigger_that_was_dropped_is_missed_and_made_again(engine):
    on = " ON audit" if engine.dialect.name == "postgresql" else ""
    with engine.begin() as connection:
        complete = missing_triggers(connection)
        connection.exec_driver_sql(f"DROP TRIGGER audit_no_delete{on}")
        missed = missing_triggers(connection)
        create_triggers(connection)
        again = missing_triggers(connection)

    assert (complete, missed, again) == ([], ["audit_no_delete"], [])
