"""Statements for the driver's own connection, compiled once a process and dialect.

What is asked with every request is a SQLAlchemy construct like all others, but runs without the session
and without result rows of the ORM.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import ClauseElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

DIALECTS: Mapping[str, type[Dialect]] = {"sqlite": sqlite.dialect, "postgresql": postgresql.psycopg.dialect}
RowType = TypeVar("RowType")


class Cursor(Protocol):
    """What both drivers answer."""

    def fetchone(self) -> Any: ...

    def fetchall(self) -> Any: ...


class Driver(Protocol):
    """A connection of ``sqlite3`` or ``psycopg``."""

    def execute(self, statement: str, parameters: Any = ..., /) -> Cursor: ...


class _Compiled(NamedTuple):
    """A statement as a driver takes it; ``names`` in order where parameters have no names."""

    text: str
    names: tuple[str, ...] | None
    fixed: Mapping[str, Any]


class Prepared(Generic[RowType]):
    """A statement and what makes a row of what the driver gives for it."""

    def __init__(self, statement: ClauseElement, row: Callable[..., RowType]) -> None:
        self.statement = statement
        self._row = row
        self._compiled: dict[str, _Compiled] = {}

    def run(self, driver: Driver, dialect: str, parameters: Mapping[str, Any]) -> Cursor:
        """Run the statement."""
        text, names, fixed = self._for(dialect)
        known = {**fixed, **parameters}
        return driver.execute(text, known if names is None else [known[name] for name in names])

    def rows(self, driver: Driver, dialect: str, parameters: Mapping[str, Any]) -> Sequence[RowType]:
        """Run the statement and return its rows."""
        return [self._row(*values) for values in self.run(driver, dialect, parameters).fetchall()]

    def _for(self, dialect: str) -> _Compiled:
        if dialect not in self._compiled:
            done: Any = self.statement.compile(dialect=DIALECTS[dialect]())
            names = tuple(done.positiontup) if done.positional else None
            fixed = {name: value for name, value in done.params.items() if value is not None}
            self._compiled[dialect] = _Compiled(str(done), names, fixed)
        return self._compiled[dialect]


def as_instant(stored: Any) -> datetime | None:
    """Return a stored instant, aware, in UTC."""
    if stored is None:
        return None
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
