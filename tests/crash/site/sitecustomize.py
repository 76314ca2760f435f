"""Let a server's worker kill itself in the midst of a save, a hand-in, or the closing of what is over.

Every interpreter loads this file that has its folder in PYTHONPATH. Nothing happens until the file named
by CRASH_FILE appears; it holds the point at which the next of these ends the process.
"""

import os
import signal
import threading
from pathlib import Path

ORDERS = os.environ.get("CRASH_FILE", "")
#: the statement that is about to be sent at each point inside a save
SENT = {"before-insert": "INSERT INTO event", "before-update": "UPDATE attempt", "before-commit": "COMMIT"}


def ordered():
    """Return the point at which this process has to end, if any, and take the order away."""
    # one thread takes it whole: who reads first and removes afterwards may read what is half written
    taken = Path(f"{ORDERS}-{threading.get_ident()}")
    try:
        Path(ORDERS).rename(taken)
    except OSError:
        return ""
    point = taken.read_text()
    taken.unlink()
    return point


def give_back(point):
    """Order again what this transaction had no occasion for: it inserted an event and went another way."""
    written = Path(f"{ORDERS}-{threading.get_ident()}-again")
    written.write_text(point)
    written.rename(ORDERS)


def end():
    """End at once, as if the power went."""
    os.kill(os.getpid(), signal.SIGKILL)


def end_if(point, statement):
    """End if this is the statement before which the process has to end."""
    if point in SENT and statement.lstrip().startswith(SENT[point]):
        end()


def settle(point):
    """Carry out what is ordered for the moment after a transaction."""
    if point == "after-commit":
        end()
    if point:
        give_back(point)


def listen(driver):
    """Watch a connection to SQLite for as long as it is in use."""
    begun: list[str] = []

    def note(statement):
        # what inserts no event is not waited for
        if not begun and statement.lstrip().startswith("INSERT INTO event") and (point := ordered()):
            begun.append(point)
        end_if(begun[-1] if begun else "", statement)

    driver.set_trace_callback(note)
    return begun


def watch_sqlite():
    from sqlalchemy import event
    from sqlalchemy.pool import Pool

    watched = {}

    def checkout(driver, record, proxy):
        if type(driver).__module__ == "sqlite3":
            watched[id(driver)] = listen(driver)

    def checkin(driver, record):
        # what was committed is kept, and nobody was answered yet
        for point in watched.pop(id(driver), []):
            settle(point)

    event.listen(Pool, "checkout", checkout)
    event.listen(Pool, "checkin", checkin)


def watch_postgresql():
    import psycopg

    # a connection executes by a cursor of its own: saves do it so, all else has its cursors
    execute, commit, rollback = psycopg.Cursor.execute, psycopg.Connection.commit, psycopg.Connection.rollback

    points = {}

    def watched_execute(self, query, *rest, **named):
        if str(query).lstrip().startswith("INSERT INTO event") and (point := ordered()):
            points[id(self.connection)] = point
        end_if(points.get(id(self.connection), ""), str(query))
        return execute(self, query, *rest, **named)

    def watched_commit(self):
        point = points.pop(id(self), "")
        end_if(point, "COMMIT")
        commit(self)
        settle(point)

    def watched_rollback(self):
        rollback(self)
        settle(points.pop(id(self), ""))

    psycopg.Cursor.execute = watched_execute  # type: ignore[method-assign]
    psycopg.Connection.commit = watched_commit  # type: ignore[method-assign]
    psycopg.Connection.rollback = watched_rollback  # type: ignore[method-assign]


if ORDERS:
    watch_sqlite()
    if os.environ.get("DATABASE_URL", "").startswith("postgresql"):
        watch_postgresql()
