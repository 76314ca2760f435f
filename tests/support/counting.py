"""Count the SQL statements that a request sends."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from app.web.database import database

UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


class Listener:
    """Listens to SQLite's driver: what goes past SQLAlchemy counts too.

    One statement that is given many rows counts once.
    """

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.has_many = False

    def note(self, statement: str) -> None:
        """Note a statement, but for BEGIN, COMMIT and PRAGMA."""
        if not self.has_many and not statement.lstrip().upper().startswith(UNCOUNTED):
            self.sent.append(statement)

    def checkout(self, driver: sqlite3.Connection, *rest: object) -> None:
        """Listen to a connection while it is in use."""
        driver.set_trace_callback(self.note)

    def checkin(self, driver: sqlite3.Connection, *rest: object) -> None:
        """Listen to it no more."""
        driver.set_trace_callback(None)

    def before_cursor_execute(self, *rest: object) -> None:
        """Note a statement for many rows at once."""
        _, _, statement, *_, is_many = rest
        if is_many:
            self.note(str(statement))
            self.has_many = True

    def after_cursor_execute(self, *rest: object) -> None:
        """Listen to each again."""
        self.has_many = False


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect what is sent to SQLite meanwhile, but for BEGIN, COMMIT and PRAGMA."""
    with app.app_context():
        engine = database().engine
    listener = Listener()
    names = ("checkout", "checkin", "before_cursor_execute", "after_cursor_execute")
    for name in names:
        event.listen(engine, name, getattr(listener, name))
    try:
        yield listener.sent
    finally:
        for name in names:
            event.remove(engine, name, getattr(listener, name))
