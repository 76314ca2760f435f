"""PostgreSQL databases that one test after another has to itself: emptied between them, not made anew.

To make and drop one costs ten times as much as what a test does with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from tests.support.postgres import run_sql

#: begins the name of such a database; what its tests leave idle in the pool goes on
PREFIX = "reused_"
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
HERE = "relnamespace = 'public'::regnamespace"
#: what a test may not leave behind, as it is defined: by what it is, what is to be known of each
DEFINED = {
    "relations": f"SELECT relname, relkind, reloptions FROM pg_class WHERE {HERE}",
    "columns": f"""SELECT relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
        pg_get_expr(adbin, adrelid)
        FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE {HERE} AND NOT attisdropped""",
    "constraints": """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger",
    "functions": """SELECT pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a'""",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "sequences": """SELECT sequencename, start_value, min_value, max_value, increment_by, cycle
        FROM pg_sequences WHERE schemaname = 'public'""",
    "settings": """SELECT setdatabase, setrole, setconfig FROM pg_db_role_setting
        LEFT JOIN pg_database ON pg_database.oid = setdatabase
        WHERE setdatabase = 0 OR datname = current_database()""",
}
#: where definitions stand: whatever changes one writes a row there in a transaction of its own number
CATALOGUES = tuple(
    f"pg_{name}"
    for name in (
        *("attrdef", "attribute", "class", "constraint", "database", "db_role_setting"),
        *("index", "proc", "rewrite", "sequence", "trigger", "type"),
    )
)
#: of a table or catalogue: its rows, and those that were written later than a transaction
ROWS = SQL("(SELECT ARRAY[count(*), count(*) FILTER (WHERE age(xmin) < age(%(since)s::xid))] FROM {})")
#: one fingerprint of each
SHAPE = "SELECT " + ", ".join(
    f"(SELECT md5(string_agg(one::text, E'\\n' ORDER BY one::text)) FROM ({query}) one)"
    for query in DEFINED.values()
)

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(slots=True)
class Reused:
    """A database made from a template, and what stands in it when nobody has used it yet."""

    cluster: str
    name: str
    rows: dict[str, bytes] = field(default_factory=dict)
    numbers: list[tuple[str, int | None]] = field(default_factory=list)
    #: by table and catalogue
    counts: dict[str, list[int]] = field(default_factory=dict)
    #: the transaction in which it was last as it is to be
    since: str = ""
    shape: tuple[str | None, ...] = ()
    kept: Connection | None = None

    @property
    def url(self) -> str:
        """The address of the database."""
        return f"{self.cluster}{self.name}"

    def note(self) -> None:
        """Note what stands in the new database."""
        with self._connected() as connection:
            self.rows = {
                table: _read(connection, table) for (table,) in connection.execute(TABLES).fetchall()
            }
            self.numbers = connection.execute(SEQUENCES).fetchall()
            self.since = _number_of(connection)
            self.counts = self._count(connection)
            self.shape = connection.execute(SHAPE).fetchone() or ()

    def restore(self) -> bool:
        """Bring back what stood in it; whether that can be done, for a test may have changed its tables."""
        with self._connected() as connection:
            connection.execute(OTHERS)
            counts = self._count(connection)
            if not self._is_defined_as_before(connection, counts):
                # this alone would outlive the database
                connection.execute("ALTER ROLE CURRENT_USER RESET ALL")
                return False
            # without triggers and references, so that the order of tables does not matter
            connection.execute("SET LOCAL session_replication_role = replica")
            for table in [name for name in self.rows if counts[name] != self.counts[name]]:
                connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
                _write(connection, table, self.rows[table])
            for sequence, last in {*self.numbers} - {*connection.execute(SEQUENCES).fetchall()}:
                connection.execute("SELECT setval(%s, %s, %s)", [sequence, last or 1, last is not None])
            self.counts |= {name: counts[name] for name in CATALOGUES}
            self.since = _number_of(connection)
        return True

    def close(self) -> None:
        """Let go of the database."""
        if self.kept is not None:
            self.kept.close()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Give the connection that is kept, in a transaction: a new one reads all catalogues anew."""
        if self.kept is None:
            self.kept = _connect(self.url)
        with self.kept.transaction():
            yield self.kept

    def _count(self, connection: Connection) -> dict[str, list[int]]:
        """Count the rows of each table and catalogue, and those that are new."""
        names = [*CATALOGUES, *self.rows]
        asked = SQL("SELECT {}").format(SQL(", ").join(ROWS.format(Identifier(name)) for name in names))
        found = connection.execute(asked, {"since": self.since}, prepare=True).fetchone() or ()
        return dict(zip(names, found, strict=True))

    def _is_defined_as_before(self, connection: Connection, counts: dict[str, list[int]]) -> bool:
        are_equal = all(counts[name] == self.counts[name] for name in CATALOGUES)
        return are_equal or connection.execute(SHAPE).fetchone() == self.shape


class Databases:
    """The databases that the tests of a process reuse, one for each template."""

    def __init__(self) -> None:
        self._kept: dict[str, Reused] = {}

    def take(self, cluster: str, template: str) -> Reused:
        """Return a database that is like the template."""
        if template not in self._kept:
            name = f"{PREFIX}{template}"
            run_sql(
                cluster,
                f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
                f"CREATE DATABASE {name} TEMPLATE {template}",
            )
            self._kept[template] = Reused(cluster, name)
            self._kept[template].note()
        return self._kept[template]

    def give_back(self, template: str) -> None:
        """Bring a database into the state of its template, or forget it."""
        if not self._kept[template].restore():
            self._kept.pop(template).close()

    def close(self) -> None:
        """Let go of all."""
        for one in self._kept.values():
            one.close()


def _connect(url: str) -> Connection:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


def _number_of(connection: Connection) -> str:
    """Return the number of the present transaction, as rows bear it."""
    found = connection.execute("SELECT pg_current_xact_id()::xid::text").fetchone()
    assert found
    return str(found[0])


def _read(connection: Connection, table: str) -> bytes:
    with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
        return b"".join(copy)


def _write(connection: Connection, table: str, rows: bytes) -> None:
    if rows:
        with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as copy:
            copy.write(rows)
