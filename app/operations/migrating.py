"""The way of a database from its version to the one that the code needs.

Alembic is imported where it has to do something: a start that finds everything in place does without.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine

from app.models import Base
from app.models.engine import is_sqlite
from app.models.triggers import create_triggers
from app.operations.versions import DanglingRows, current_version, newest_version
from app.settings import ROOT

if TYPE_CHECKING:
    from alembic.config import Config


def migrate(connection: Connection, version: str | None = None) -> None:
    """Apply what is missing up to a version, by default the newest, then make the triggers anew."""
    wanted = version or newest_version()
    if current_version(connection) != wanted:
        _upgrade(connection, wanted)
    create_triggers(connection)


def _upgrade(connection: Connection, version: str) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), version)


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
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    context = MigrationContext.configure(connection)
    return [
        f"Differs from the models: {_describe(change)}."
        for change in compare_metadata(context, Base.metadata)
    ]


def alembic_config(connection: Connection) -> "Config":
    """Build Alembic's configuration for a connection; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def _describe(change: Any) -> str:
    parts = change[0] if isinstance(change, list) else change
    return " ".join(
        str(getattr(part, "name", part)) for part in parts if isinstance(part, str) or hasattr(part, "name")
    )
