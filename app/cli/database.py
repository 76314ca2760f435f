"""Bring the database to the version of the code, and check that they agree."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.cli.instance import settings_of_environment
from app.models import Base
from app.models.engine import is_sqlite, make_engine
from app.models.triggers import create_triggers, missing_triggers
from app.models.turns import Turns
from app.settings import ROOT, Settings

SYNCHRONOUS_FULL = 2
DURABLE = ("fsync", "synchronous_commit")


class DatabaseFault(click.ClickException):
    """The database cannot be used; said in one line."""


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Apply the migrations that are missing."""
    before, after = upgrade_database(settings_of_environment())
    click.echo(f"Database at {after}." if before == after else f"Database upgraded to {after}.")


@db.command()
def check() -> None:
    """Say whether database, migrations, tables and triggers agree."""
    faults = database_faults(settings_of_environment())
    if faults:
        raise DatabaseFault(" ".join(faults))
    click.echo("The database agrees with the code.")


def upgrade_database(settings: Settings) -> tuple[str | None, str | None]:
    """Apply what is missing in one transaction; return the version before and after."""
    with _opened(settings) as engine, ExitStack() as stack:
        if is_sqlite(engine):
            turns = Turns(settings.instance)
            stack.callback(turns.close)
            stack.enter_context(turns.mine())
        with _migrating(engine) as connection:
            before = current_version(connection)
            command.upgrade(alembic_config(connection), "head")
            create_triggers(connection)
            return before, current_version(connection)


def database_faults(settings: Settings) -> list[str]:
    """List how the database differs from the code: its version, its triggers, its tables."""
    with _opened(settings) as engine, engine.connect() as connection:
        return _version_faults(connection) or differences(connection)


def startup_faults(settings: Settings) -> list[str]:
    """List what forbids to serve. A change that is taken back shows that the database takes changes."""
    with _opened(settings) as engine, engine.connect() as connection:
        faults = _version_faults(connection) or _durability_faults(connection)
        if not faults:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
        return faults


def _version_faults(connection: Connection) -> list[str]:
    newest = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
    if current_version(connection) != newest:
        return [f"The database is not at version {newest}; run: casehall db upgrade"]
    missing = missing_triggers(connection)
    return [f"Triggers are missing ({', '.join(missing)}); run: casehall db upgrade"] if missing else []


def _durability_faults(connection: Connection) -> list[str]:
    """Check that a commit reaches the disk: a killed process cannot prove that."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
        return [] if found == SYNCHRONOUS_FULL else [f"SQLite runs with synchronous = {found}, not FULL."]
    off = [name for name in DURABLE if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off"]
    return [f"PostgreSQL runs with {name} = off." for name in off]


def differences(connection: Connection) -> list[str]:
    """Describe how the tables differ from the models."""
    context = MigrationContext.configure(connection)
    return [
        f"Differs from the models: {_describe(change)}."
        for change in compare_metadata(context, Base.metadata)
    ]


def current_version(connection: Connection) -> str | None:
    """Return the version of the database, None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def alembic_config(connection: Connection) -> Config:
    """Build Alembic's configuration; there is no alembic.ini."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    engine = make_engine(settings.database_url)
    try:
        yield engine
    except DBAPIError as error:
        raise DatabaseFault(f"The database cannot be used: {error.orig}") from error
    except OSError as error:
        raise DatabaseFault(f"{error.filename} cannot be written: {error.strerror}.") from error
    finally:
        engine.dispose()


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """Open one transaction, on SQLite with foreign keys off: batch migrations replace tables."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if is_sqlite(engine):
            driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            yield connection
            if is_sqlite(engine) and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DatabaseFault("A migration left rows that refer to nothing; nothing was changed.")


def _describe(change: Any) -> str:
    parts = change[0] if isinstance(change, list) else change
    return " ".join(
        str(getattr(part, "name", part)) for part in parts if isinstance(part, str) or hasattr(part, "name")
    )
