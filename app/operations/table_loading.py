"""Load tables that PostgreSQL's COPY wrote: into PostgreSQL again, or into SQLite for a trial."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, inspect

from app.operations.manifest import TABLES, BadBackup, Manifest
from app.operations.snapshots import read_chunks, set_form

BATCH_ROWS = 500
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""
SEQUENCES = """
SELECT name, quote_ident(attname), sequence
FROM pg_class, LATERAL (SELECT pg_class.oid::regclass::text AS name) AS named, pg_attribute,
LATERAL (SELECT pg_get_serial_sequence(name, attname) AS sequence) AS owned
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
AND attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND sequence IS NOT NULL
"""
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
Value = str | int | None


def load_tables(connection: Connection, manifest: Manifest, folder: Path) -> None:
    """Fill the empty tables of a database at the manifest's version.

    :raises BadBackup: a table takes no such rows; nothing may be committed then.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    faults: Any = connection.dialect.loaded_dbapi
    load = _load_sqlite if is_sqlite else _load_postgres
    set_form(connection)
    keys = [] if is_sqlite else _drop_foreign_keys(connection)
    for name in manifest.tables:
        member = f"{TABLES}{name}.copy"
        try:
            load(connection, name, manifest.columns[name], folder / member)
        except (faults.Error, sa.exc.DBAPIError, ValueError, KeyError) as fault:
            raise BadBackup(member, f"the table takes no such rows: {fault}") from fault
    for table, key, definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {key} {definition}")
    if not is_sqlite:
        _set_sequences(connection)
        connection.exec_driver_sql("ANALYZE")


def _drop_foreign_keys(connection: Connection) -> Sequence[Any]:
    """Drop what would ask for an order: some tables refer to each other. It is made again, and then holds."""
    keys = connection.exec_driver_sql(FOREIGN_KEYS).all()
    for table, key, _ in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {key}")
    return keys


def _set_sequences(connection: Connection) -> None:
    """Let new rows get numbers after those that are there."""
    for table, column, sequence in connection.exec_driver_sql(SEQUENCES).all():
        connection.exec_driver_sql(
            f"SELECT setval('{sequence}', max({column})) FROM {table} HAVING max({column}) IS NOT NULL"
        )


def _load_postgres(connection: Connection, name: str, columns: Sequence[str], path: Path) -> None:
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {_into(connection, name, columns)} FROM STDIN") as copy,
    ):
        for chunk in read_chunks(path):
            copy.write(chunk)


def _load_sqlite(connection: Connection, name: str, columns: Sequence[str], path: Path) -> None:
    types = {one["name"]: one["type"] for one in inspect(connection).get_columns(name)}
    readers = [_reader(types[column]) for column in columns]
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT INTO {_into(connection, name, columns)} VALUES ({marks})"
    batch: list[tuple[Value, ...]] = []
    for row in _rows(path):
        batch.append(tuple(read(text) for read, text in zip(readers, row, strict=True)))
        if len(batch) == BATCH_ROWS:
            connection.exec_driver_sql(insert, batch)
            batch = []
    if batch:
        connection.exec_driver_sql(insert, batch)


def _into(connection: Connection, name: str, columns: Sequence[str]) -> str:
    quote = connection.dialect.identifier_preparer.quote_identifier
    return f"{quote(name)} ({', '.join(map(quote, columns))})"


def _rows(path: Path) -> Iterator[list[str | None]]:
    """Read rows in PostgreSQL's text form: tabs between values, ``\\N`` for none, signs escaped."""
    with path.open("rb") as file:
        for line in file:
            texts = line.removesuffix(b"\n").decode().split("\t")
            yield [None if text == r"\N" else _plain(text) for text in texts]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), text, flags=re.DOTALL)


def _reader(kind: Any) -> Callable[[str | None], Value]:
    """Return what turns a text of PostgreSQL into a value as SQLite keeps it."""
    read = next((read for type_, read in READERS if isinstance(kind, type_)), str)
    return lambda text: None if text is None else read(text)


def _instant(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


READERS: tuple[tuple[type, Callable[[str], Value]], ...] = (
    (sa.Boolean, lambda text: int(text == "t")),
    (sa.Integer, int),
    (sa.DateTime, _instant),
)
