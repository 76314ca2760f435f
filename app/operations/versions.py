"""Which version a database has, and which the code needs: known without the tool that upgrades it."""

from functools import cache

from sqlalchemy import Connection, inspect

from app.settings import ROOT

#: the table in which Alembic keeps the version
TABLE = "alembic_version"
SCRIPTS = ROOT / "migrations" / "versions"


class DanglingRows(Exception):
    """A migration left rows that refer to nothing; nothing was changed."""


def current_version(connection: Connection) -> str | None:
    """Return the version of the database, None if it is empty."""
    if not inspect(connection).has_table(TABLE):
        return None
    version: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {TABLE}").scalar_one_or_none()
    return version


@cache
def known_versions() -> tuple[str, ...]:
    """Return every version that this code knows, the newest first: the names of the files begin with them."""
    return tuple(sorted((path.name.partition("_")[0] for path in SCRIPTS.glob("[0-9]*.py")), reverse=True))


def newest_version() -> str:
    """Return the version that this code needs."""
    return known_versions()[0]
