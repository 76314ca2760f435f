"""The version of a database: which it has, which the code needs, and the way from one to the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.models import Base
from app.models.engine import is_sqlite
from app.models.triggers import create_triggers
from app.settings import ROOT


class DanglingRows(Exception):
    """A migration left rows that refer to nothing; nothing was changed."""


def current_version(connection: Connection) -> str | None:
    """Return the version of the database, None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def known_versions() -> tuple[str, ...]:
    """Return every version that this code knows, the newest first."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(script.revision for script in scripts.walk_revisions())


def newest_version() -> str:
    """Return the version that this code needs."""
    return known_versions()[0]


def migrate(connection: Connection, version: str = "head") -> None:
    """Apply what is missing up to a version, then make the triggers anew."""
    command.upgrade(alembic_config(connection), version)
    create_triggers(connection)


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Open one transaction, on SQLite with foreign keys off: batch migrations replace tables.

    :raises DanglingRows: rows refer to nothing at the end; everything is taken back.
    """
    with engine.connect() as connection:
        foreign_keys_off(connection)
        with connection.begin():
            yield connection
            if is_sqlite(engine) and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DanglingRows


def foreign_keys_off(connection: Connection) -> None:
    """Let SQLite replace tables that others refer to; works outside transactions only."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.execute("PRAGMA foreign_keys = OFF")


def differences(connection: Connection) -> list[str]:
    """Describe how the tables differ from the models."""
    context = MigrationContext.configure(connection)
    return [
        f"Differs from the models: {_describe(change)}."
        for change in compare_metadata(context, Base.metadata)
    ]


def alembic_config(connection: Connection) -> Config:
    """Build Alembic's configuration for a connection; there is no alembic.ini."""
    config = _config()
    config.attributes["connection"] = connection
    return config


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _describe(change: Any) -> str:
    parts = change[0] if isinstance(change, list) else change
    return " ".join(
        str(getattr(part, "name", part)) for part in parts if isinstance(part, str) or hasattr(part, "name")
    )
