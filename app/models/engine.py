"""The engine: how connections to SQLite and PostgreSQL are opened and how transactions begin.

On SQLite the execution option ``access`` says how: "write" (the default) takes the write lock at
once, because a transaction that has read first can no longer get it; "read" is deferred and refuses
to write; "look_up" begins no transaction at all.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

ACCESS = "access"
WRITE = "write"
READ = "read"
LOOK_UP = "look_up"

BUSY_MILLISECONDS = 5_000
JOURNAL_BYTES = 16 * 1024 * 1024
#: 32 threads that answer, each with a reading and a look-up connection, and the writer
POOL_SIZE = 40
POOL_OVERFLOW = 30
POOL_SECONDS = 5

#: a PostgreSQL that is gone with its host is noticed after so long, not after the system's quarter hours
CONNECT_SECONDS = 5
SILENCE_SECONDS = 10
POSTGRES_ARGUMENTS = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": SILENCE_SECONDS,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": SILENCE_SECONDS * 1000,
}
#: in the address of the database: after how many runs the driver prepares a statement, or ``none``
PREPARE = "prepare_threshold"

SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # so that INSERT OR REPLACE does not slip past the triggers
    "PRAGMA recursive_triggers = ON",
    f"PRAGMA journal_size_limit = {JOURNAL_BYTES}",
)


def make_engine(settings_url: str) -> Engine:
    """Make the engine of a database. Error messages never show parameters: they hold answers."""
    url = make_url(settings_url)
    return _listening(
        create_engine(
            _plain(url),
            hide_parameters=True,
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_timeout=POOL_SECONDS,
            pool_pre_ping=url.get_backend_name() != "sqlite",
            connect_args=_arguments(url),
        )
    )


def make_probe(settings_url: str) -> Engine:
    """Make an engine that opens a connection for each use: what it finds is so now."""
    url = make_url(settings_url)
    return _listening(
        create_engine(_plain(url), hide_parameters=True, poolclass=NullPool, connect_args=_arguments(url))
    )


def _listening(engine: Engine) -> Engine:
    if is_sqlite(engine):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _plain(url: URL) -> URL:
    """Return the address without what the driver takes as a number."""
    return url.difference_update_query([PREPARE])


def _arguments(url: URL) -> dict[str, Any]:
    """Return what the driver is told beside the address, which has the last word."""
    if url.get_backend_name() == "sqlite":
        return {}
    told = {name: value for name, value in POSTGRES_ARGUMENTS.items() if name not in url.query}
    if PREPARE in url.query:
        times = str(url.query[PREPARE])
        return told | {PREPARE: None if times == "none" else int(times)}
    return told


def is_sqlite(engine: Engine) -> bool:
    """Whether the engine talks to SQLite."""
    return engine.dialect.name == "sqlite"


def database_file(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, None where it is told in another way or there is none."""
    name = engine.url.database
    if not is_sqlite(engine) or name is None or name.startswith((":", "file:")):
        return None
    return Path(name)


def reading_engine(engine: Engine) -> Engine:
    """Return the same engine, its transactions reading only and seeing one state each."""
    if is_sqlite(engine):
        return engine.execution_options(**{ACCESS: READ})
    return engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")


def look_up_engine(engine: Engine) -> Engine:
    """Return the same engine without transactions: each statement sees the newest commit."""
    if is_sqlite(engine):
        return engine.execution_options(**{ACCESS: LOOK_UP})
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    # the driver must not begin transactions of its own
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    access = connection.get_execution_options().get(ACCESS, WRITE)
    driver: Any = connection.connection.driver_connection
    query_only = access != WRITE
    if connection.info.get("query_only", False) is not query_only:
        driver.execute(f"PRAGMA query_only = {int(query_only)}")
        connection.info["query_only"] = query_only
    if access == WRITE:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif access == READ:
        connection.exec_driver_sql("BEGIN")
