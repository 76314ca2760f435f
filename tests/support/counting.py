"""Count the SQL statements that a request sends."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from app.web.database import database

UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect what is sent to the database meanwhile, but for BEGIN, COMMIT and PRAGMA."""
    with app.app_context():
        engine = database().engine
    sent: list[str] = []

    def note(connection, cursor, statement, *rest):
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
