"""One state of the database as files, while others write: SQLite's file, or the tables of PostgreSQL."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, String, column, func, inspect, select, table

from app.models.engine import is_sqlite, reading_engine
from app.operations.archive import CHUNK, Breath
from app.operations.manifest import DATABASE, TABLES, BackupRefused
from app.operations.versions import current_version

#: as many pages of 4 KiB as are copied at a stretch
STEP_PAGES = 256
STEP_BYTES = STEP_PAGES * 4096
VERSIONS = "alembic_version"
#: how COPY writes and reads, whatever the server, the database or the role says
POSTGRES_FORM = (
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL timezone = 'UTC'",
)


class Archive(Protocol):
    """Where the files go."""

    def add(self, name: str, chunks: Iterable[bytes], /) -> object: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a snapshot holds: its version, the rows of each table, their columns, the blobs they name."""

    version: str | None
    tables: Mapping[str, int]
    columns: Mapping[str, list[str]]
    blobs: frozenset[str]


def save_database(engine: Engine, archive: Archive, scratch: Path) -> Snapshot:
    """Add one state of the database to an archive; nobody who writes waits for it.

    :param scratch: a file that may be made, and is removed.
    """
    faults: Any = engine.dialect.loaded_dbapi
    try:
        with reading_engine(engine).connect() as connection:
            set_form(connection)
            snapshot = look(connection)
            if is_sqlite(engine):
                copy_file(connection, scratch)
            else:
                for name in snapshot.tables:
                    archive.add(f"{TABLES}{name}.copy", _rows(connection, name, snapshot.columns[name]))
        if is_sqlite(engine):
            move_log(engine)
            archive.add(DATABASE, read_chunks(scratch))
    except faults.Error as fault:
        raise BackupRefused(f"The database cannot be copied: {' '.join(str(fault).split())}") from fault
    finally:
        scratch.unlink(missing_ok=True)
    return snapshot


def set_form(connection: Connection) -> None:
    """Let COPY write and read in one form, for this transaction."""
    for statement in () if connection.dialect.name == "sqlite" else POSTGRES_FORM:
        connection.exec_driver_sql(statement)


def look(connection: Connection) -> Snapshot:
    """Look at a database; the first statement begins the state that all others see."""
    version = current_version(connection)
    inspector = inspect(connection)
    names = sorted(set(inspector.get_table_names()) - {VERSIONS})
    named = select(column("sha256", String())).select_from(table("blob"))
    blobs = connection.scalars(named).all() if "blob" in names else []
    return Snapshot(
        version,
        count_rows(connection, names),
        {name: [one["name"] for one in inspector.get_columns(name)] for name in names},
        frozenset(blobs),
    )


def count_rows(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Count the rows of tables."""
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def copy_file(connection: Connection, target: Path) -> None:
    """Copy a SQLite database as a reading connection sees it.

    Such a reader keeps its state for as long as it likes and holds up no writer. Copied in steps without
    one, the copy would begin anew after each commit of others.
    """
    target.unlink(missing_ok=True)
    driver: Any = connection.connection.driver_connection
    with target.open("xb") as file, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        breath = Breath(file)
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        driver.backup(copy, pages=STEP_PAGES, progress=lambda *_: breath.count(STEP_BYTES))


def move_log(engine: Engine) -> None:
    """Move into a SQLite database what was committed while somebody read, so that no save has to."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(PASSIVE)")


def read_chunks(path: Path) -> Iterator[bytes]:
    """Read a file piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _rows(connection: Connection, name: str, columns: Sequence[str]) -> Iterator[bytes]:
    """Give the rows of a table of PostgreSQL as its COPY writes them."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    listed = ", ".join(map(quote, columns))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {quote(name)} ({listed}) TO STDOUT") as copy:
        for part in copy:
            yield bytes(part)
