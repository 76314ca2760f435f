import pytest
from click.testing import CliRunner
from sqlalchemy import inspect

from app.cli import casehall
from app.cli.database import database_faults
from app.cli.standing import startup_faults
from app.cli.upgrading import upgrade_database
from app.models.engine import make_engine
from tests.support.instance import make_settings


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    """Return the settings of an instance whose database has nothing in it."""
    if request.param == "sqlite":
        return make_settings(tmp_path / "instance")
    url = request.getfixturevalue("postgres_url")
    run(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return make_settings(tmp_path / "instance", DATABASE_URL=url)


def run(url, *statements):
    engine = make_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def casehall_db(settings, *arguments):
    environ = {"INSTANCE": str(settings.instance), "DATABASE_URL": settings.database_url}
    return CliRunner(env=environ).invoke(casehall, ["db", *arguments])


def test_an_empty_database_is_brought_to_what_the_models_say(settings):
    upgraded = casehall_db(settings, "upgrade")
    checked = casehall_db(settings, "check")

    assert (upgraded.exit_code, upgraded.output) == (0, "Database upgraded to 0010.\n")
    assert (checked.exit_code, checked.output) == (0, "The database agrees with the code.\n")


def test_an_upgrade_twice_changes_nothing(settings):
    upgrade_database(settings)

    assert casehall_db(settings, "upgrade").output == "Database at 0010.\n"


def test_an_empty_database_is_not_served(settings):
    assert startup_faults(settings) == ["The database is not at version 0010; run: casehall db upgrade"]


def test_a_migrated_database_is_served(settings):
    upgrade_database(settings)

    assert startup_faults(settings) == []


def test_a_database_without_a_trigger_is_not_served_until_it_is_upgraded(settings):
    upgrade_database(settings)
    on = "" if settings.is_sqlite else " ON event"
    run(settings.database_url, f"DROP TRIGGER event_no_update{on}")

    faults = startup_faults(settings)
    upgrade_database(settings)

    assert faults == ["Triggers are missing (event_no_update); run: casehall db upgrade"]
    assert startup_faults(settings) == []


def test_a_column_that_no_model_knows_is_told(settings):
    upgrade_database(settings)
    run(settings.database_url, "ALTER TABLE job ADD COLUMN stray INTEGER")

    checked = casehall_db(settings, "check")

    assert checked.exit_code == 1
    assert checked.output == "Error: Differs from the models: remove_column job stray.\n"


def test_every_reference_between_tables_is_held_by_the_database(settings):
    upgrade_database(settings)

    engine = make_engine(settings.database_url)
    held = {key["referred_table"] for key in inspect(engine).get_foreign_keys("document")}
    engine.dispose()

    assert held == {"course", "revision"}


def test_a_database_that_cannot_be_had_is_told_in_one_line(tmp_path):
    settings = make_settings(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/casehall.db")

    upgraded = casehall_db(settings, "upgrade")

    assert upgraded.exit_code == 1
    assert upgraded.output == "Error: The database cannot be used: unable to open database file\n"


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    settings = make_settings(tmp_path)
    (tmp_path / "casehall.db").write_text("记录" * 1000)

    assert (
        casehall_db(settings, "upgrade").output
        == "Error: The database cannot be used: file is not a database\n"
    )


def test_the_checked_database_of_a_test_agrees_with_the_models(template_database):
    settings = make_settings(template_database.parent)

    assert database_faults(settings) == []
