"""The engine: how connections to SQLite and PostgreSQL are opened and how transactions begin.

On SQLite the execution option ``access`` says how: "write" (the default) takes the write lock at
once, because a transaction that has read first can no longer get it; "read" is deferred and refuses
to write; "look_up" begins no transaction at all.
"""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

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
    engine = create_engine(
        settings_url,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=not settings_url.startswith("sqlite"),
    )
    if is_sqlite(engine):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_sqlite(engine: Engine) -> bool:
    """Whether the engine talks to SQLite."""
    return engine.dialect.name == "sqlite"


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
