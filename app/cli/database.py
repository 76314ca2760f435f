"""``casehall db``: bring the database to the version of the code, check that they agree, back it up."""

import click

from app.cli.backups import backup, restore, verify
from app.cli.instance import settings_of_environment
from app.cli.opening import DatabaseFault, opened
from app.cli.upgrading import upgrade_database
from app.operations.health import version_faults
from app.operations.migrating import differences
from app.settings import Settings


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


def database_faults(settings: Settings) -> list[str]:
    """List how the database differs from the code: its version, its triggers, its tables."""
    with opened(settings) as engine, engine.connect() as connection:
        return version_faults(connection) or differences(connection)
