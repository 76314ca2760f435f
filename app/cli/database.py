"""Bring the database to the version of the code, and check that they agree."""

from contextlib import ExitStack
from datetime import UTC, datetime

import click
from sqlalchemy import Connection

from app.cli.backups import backup, restore, verify
from app.cli.instance import settings_of_environment
from app.cli.opening import DatabaseFault, opened
from app.domain.timing import GRACE
from app.models.engine import is_sqlite
from app.models.turns import Turns
from app.operations.health import durability_faults, take_back_a_change, version_faults
from app.operations.migrating import (
    alembic_config,
    current_version,
    differences,
    migrate,
    migrating,
    newest_version,
)
from app.operations.open_attempts import open_deadlines
from app.settings import Settings

__all__ = ["DatabaseFault", "alembic_config", "database_faults", "db", "startup_faults", "upgrade_database"]


@click.group()
def db() -> None:
    """Look after the database."""


db.add_command(backup)
db.add_command(restore)
db.add_command(verify)


@db.command()
@click.option("--even-with-open-attempts", "even_now", is_flag=True, help="Even while an exam is written.")
def upgrade(even_now: bool) -> None:
    """Apply the migrations that are missing."""
    before, after = upgrade_database(settings_of_environment(), even_now=even_now)
    click.echo(f"Database at {after}." if before == after else f"Database upgraded to {after}.")


@db.command()
def check() -> None:
    """Say whether database, migrations, tables and triggers agree."""
    faults = database_faults(settings_of_environment())
    if faults:
        raise DatabaseFault(" ".join(faults))
    click.echo("The database agrees with the code.")


def upgrade_database(settings: Settings, *, even_now: bool = False) -> tuple[str | None, str | None]:
    """Apply what is missing in one transaction; return the version before and after.

    :param even_now: also while somebody writes an exam.
    """
    with opened(settings) as engine, ExitStack() as stack:
        if is_sqlite(engine):
            turns = Turns(settings.instance)
            stack.callback(turns.close)
            stack.enter_context(turns.mine())
        with migrating(engine) as connection:
            before = current_version(connection)
            if before != newest_version() and not even_now:
                refuse_open_attempts(connection, settings)
            migrate(connection)
            return before, current_version(connection)


def refuse_open_attempts(connection: Connection, settings: Settings) -> None:
    """Refuse to change tables under people who write an exam.

    :raises DatabaseFault: an attempt at an exam or a mock exam is open.
    """
    deadlines = open_deadlines(connection, settings.now or datetime.now(UTC))
    if not deadlines:
        return
    until = "they are handed in"
    if None not in deadlines:
        last = max(deadline for deadline in deadlines if deadline) + GRACE
        until = f"{last.astimezone(settings.timezone):%Y-%m-%d %H:%M:%S %Z}"
    count = "1 attempt at an exam is" if len(deadlines) == 1 else f"{len(deadlines)} attempts at exams are"
    raise DatabaseFault(
        f"{count} open; the database is not upgraded now. Wait until {until},"
        " or: casehall db upgrade --even-with-open-attempts"
    )


def database_faults(settings: Settings) -> list[str]:
    """List how the database differs from the code: its version, its triggers, its tables."""
    with opened(settings) as engine, engine.connect() as connection:
        return version_faults(connection) or differences(connection)


def startup_faults(settings: Settings) -> list[str]:
    """List what forbids to serve. A change that is taken back shows that the database takes changes."""
    with opened(settings) as engine, engine.connect() as connection:
        faults = version_faults(connection) or durability_faults(connection)
        if not faults:
            take_back_a_change(connection)
        return faults
