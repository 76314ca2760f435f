"""The database of a request: one session that reads, one block that writes.

Plain SQLAlchemy sessions: Flask-SQLAlchemy-Lite gives one session a context, where this design wants
a reading and a writing one that never overlap.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Engine, Executable, Row
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from app.models.engine import is_sqlite, look_up_engine, make_engine, reading_engine
from app.models.turns import DatabaseBusy, Turns
from app.settings import Settings

__all__ = ["FAILURES", "Database", "Session", "database", "init_database", "look_up", "reading", "writing"]

KEY = "casehall.database"
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

    def close(self) -> None:
        """Close every connection and lock file."""
        self.engine.dispose()
        if self.turns is not None:
            self.turns.close()


def init_database(app: Flask, settings: Settings) -> None:
    """Connect the application with its database."""
    engine = make_engine(settings.database_url)
    app.extensions[KEY] = Database(
        engine=engine,
        look_ups=look_up_engine(engine),
        readers=sessionmaker(reading_engine(engine), autoflush=False),
        writers=sessionmaker(engine, expire_on_commit=False),
        turns=Turns(settings.instance) if is_sqlite(engine) else None,
    )
    app.teardown_appcontext(_close_reading)


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


def look_up(statement: Executable, parameters: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
    """Run one Core SELECT outside any transaction."""
    with database().look_ups.connect() as connection:
        return connection.execute(statement, parameters).all()


def _close_reading(error: BaseException | None = None) -> None:
    session: Session | None = g.pop("reading", None)
    if session is not None:
        session.close()
