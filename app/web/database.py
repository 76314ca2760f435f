"""The database of a request: one session that reads, one block that writes.

Plain SQLAlchemy sessions: Flask-SQLAlchemy-Lite gives one session a context, where this design wants
a reading and a writing one that never overlap.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g
from sqlalchemy import Engine, Executable, Row
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from app.models.engine import is_sqlite, look_up_engine, make_engine, reading_engine
from app.models.group_commit import GroupWriter
from app.models.prepared import Driver, Prepared
from app.models.turns import DatabaseBusy, Turns
from app.operations.event_store import EventStore
from app.operations.signing import INSTANCE
from app.settings import Settings

__all__ = [
    "FAILURES",
    "Database",
    "Session",
    "database",
    "init_database",
    "look_up",
    "look_up_prepared",
    "reading",
    "renewed_reading",
    "save",
    "writing",
]

KEY = "casehall.database"
Saved = TypeVar("Saved")
Asked = TypeVar("Asked")
#: what is raised when the database is gone, full, locked or out of connections
FAILURES: tuple[type[Exception], ...] = (DatabaseBusy, InterfaceError, OperationalError, PoolTimeout)


@dataclass(frozen=True, slots=True)
class Database:
    """The engine of an application and the three ways to use it."""

    engine: Engine
    look_ups: Engine
    readers: sessionmaker[Session]
    writers: sessionmaker[Session]
    #: None on PostgreSQL, which orders its writers itself
    turns: Turns | None
    group: GroupWriter | None

    def close(self) -> None:
        """Close every connection and lock file."""
        if self.group is not None:
            self.group.close()
        self.engine.dispose()
        if self.turns is not None:
            self.turns.close()


def init_database(app: Flask, settings: Settings) -> Database:
    """Connect the application with its database, and return it."""
    engine = make_engine(settings.database_url)
    turns = Turns(settings.instance) if is_sqlite(engine) else None
    made = app.extensions[KEY] = Database(
        engine=engine,
        look_ups=look_up_engine(engine),
        readers=sessionmaker(reading_engine(engine), autoflush=False),
        writers=sessionmaker(engine, expire_on_commit=False, info={INSTANCE: settings.instance}),
        turns=turns,
        group=GroupWriter(engine, turns) if turns is not None else None,
    )
    app.teardown_appcontext(_close_reading)
    return made


def database() -> Database:
    """Return the database of the current application."""
    found: Database = current_app.extensions[KEY]
    return found


def reading() -> Session:
    """Return the session that this request or command reads with. It refuses to write.

    All reads of a request see one state of the database.
    """
    if "writing" in g:
        raise RuntimeError("read with the session of writing(): another one does not see its changes")
    if "reading" not in g:
        g.reading = database().readers()
    session: Session = g.reading
    return session


def renewed_reading() -> Session:
    """Return a session that sees the database as it is now: what was read before is let go."""
    _close_reading()
    return reading()


@contextmanager
def writing() -> Iterator[Session]:
    """Write in one transaction: commit once at the end, or roll everything back.

    What ``reading()`` gave before is detached: its state may be old.

    :raises DatabaseBusy: the turn to write did not come in time.
    """
    if "writing" in g:
        raise RuntimeError("writing() inside writing(): pass the session on")
    _close_reading()
    found = database()
    with ExitStack() as stack:
        if found.turns is not None:
            stack.enter_context(found.turns.mine())
        session = stack.enter_context(found.writers())
        g.writing = session
        stack.callback(g.pop, "writing")
        yield session
        session.commit()


def save(job: Callable[[EventStore], Saved]) -> Saved:
    """Do a job of the save path in a transaction of its own or one that it shares; return after COMMIT.

    What the job refuses, it refuses before it writes anything.

    :raises DatabaseBusy: its turn did not come in time.
    """
    found = database()
    driver_faults = found.engine.dialect.loaded_dbapi
    try:
        return _save(found, job)
    except (driver_faults.OperationalError, driver_faults.InterfaceError) as fault:
        raise DatabaseBusy(str(fault)) from fault


def _save(found: Database, job: Callable[[EventStore], Saved]) -> Saved:
    name = found.engine.dialect.name
    if found.group is not None:
        return found.group.run(lambda driver: job(EventStore(driver, name)))
    connection = found.engine.raw_connection()
    try:
        saved = job(EventStore(cast(Driver, connection.driver_connection), name))
        connection.commit()
    finally:
        connection.close()
    return saved


def look_up(statement: Executable, parameters: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
    """Run one Core SELECT outside any transaction."""
    with database().look_ups.connect() as connection:
        return connection.execute(statement, parameters).all()


def look_up_prepared(prepared: Prepared[Asked], parameters: dict[str, Any]) -> Sequence[Asked]:
    """Run one prepared SELECT on the driver, outside any transaction."""
    found = database()
    driver_faults = found.engine.dialect.loaded_dbapi
    try:
        connection = found.engine.raw_connection()
        try:
            driver = cast(Driver, connection.driver_connection)
            return prepared.rows(driver, found.engine.dialect.name, parameters)
        finally:
            connection.close()
    except (driver_faults.OperationalError, driver_faults.InterfaceError) as fault:
        raise DatabaseBusy(str(fault)) from fault


def _close_reading(error: BaseException | None = None) -> None:
    session: Session | None = g.pop("reading", None)
    if session is None:
        return
    try:
        session.close()
    except FAILURES:
        # the database went after it was read: nothing was to be kept, and what was found is still so
        session.invalidate()
