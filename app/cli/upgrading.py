"""Bring the database to the version of the code."""

from contextlib import ExitStack
from datetime import UTC, datetime

from sqlalchemy import Connection

from app.cli.opening import DatabaseFault, opened
from app.domain.timing import GRACE
from app.models.engine import is_sqlite
from app.models.turns import Turns
from app.operations.migrating import migrate, migrating
from app.operations.open_attempts import open_deadlines
from app.operations.versions import current_version, newest_version
from app.settings import Settings


def upgrade_database(settings: Settings, *, even_now: bool = False) -> tuple[str | None, str | None]:
    """Apply what is missing in one transaction; return the version before and after.

    :param even_now: also while somebody writes an exam.
    """
    with opened(settings) as engine, ExitStack() as stack:
        if is_sqlite(engine):
            turns = Turns(settings.instance)
            stack.callback(turns.close)
            stack.enter_context(turns.mine())
        with migrating(engine) as connection:
            before = current_version(connection)
            if before != newest_version() and not even_now:
                refuse_open_attempts(connection, settings)
            migrate(connection)
            return before, current_version(connection)


def refuse_open_attempts(connection: Connection, settings: Settings) -> None:
    """Refuse to change tables under people who write an exam.

    :raises DatabaseFault: an attempt at an exam or a mock exam is open.
    """
    deadlines = open_deadlines(connection, settings.now or datetime.now(UTC))
    if not deadlines:
        return
    until = "they are handed in"
    if None not in deadlines:
        last = max(deadline for deadline in deadlines if deadline) + GRACE
        until = f"{last.astimezone(settings.timezone):%Y-%m-%d %H:%M:%S %Z}"
    count = "1 attempt at an exam is" if len(deadlines) == 1 else f"{len(deadlines)} attempts at exams are"
    raise DatabaseFault(
        f"{count} open; the database is not upgraded now. Wait until {until},"
        " or: casehall db upgrade --even-with-open-attempts"
    )
