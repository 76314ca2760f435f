"""Whether the server can do its work: what its start asks for, and what ``/readyz`` says meanwhile.

A reason is for everybody to read: it names no address, file, person or message of a driver.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.models.engine import database_file, reading_engine
from app.models.triggers import missing_triggers
from app.models.turns import DatabaseBusy, Turns
from app.operations.versions import current_version, newest_version

LOG = logging.getLogger("casehall.health")

SYNCHRONOUS_FULL = 2
DURABLE = ("fsync", "synchronous_commit")
FREE_BYTES = 512 * 1024 * 1024
CLOCK_SECONDS = 5.0
#: how long a clock that was set is told of
TOLD_SECONDS = 60.0
TURN_SECONDS = 1.0
POSTGRES_PATIENCE = ("SET LOCAL lock_timeout = '1s'", "SET LOCAL statement_timeout = '1500ms'")


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one thing. ``holds_up`` is false where it is told and hinders nobody."""

    ok: bool
    reason: str = ""
    holds_up: bool = True


Checks = Mapping[str, Check]
UNREACHED = "The database cannot be reached."
UNKNOWN = {
    name: Check(False, "Not known: the database cannot be reached.")
    for name in ("migrations", "triggers", "durability", "clock")
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a server stands on. ``turns`` are the writers' on SQLite, ``file`` is which file it was."""

    probe: Engine
    turns: Turns | None
    instance: Path
    file: tuple[int, int] | None


class ClockWatch:
    """Notices that the machine's clock was set: it then has not run along with the monotonic one."""

    def __init__(self, now: datetime, ticks: float) -> None:
        self._ahead = now.timestamp() - ticks
        self._jump = 0.0
        self._seen_at = -TOLD_SECONDS

    def jump(self, now: datetime, ticks: float) -> float:
        """Return by how many seconds the clock was set lately, 0 if it was not."""
        ahead = now.timestamp() - ticks
        if abs(ahead - self._ahead) > CLOCK_SECONDS:
            self._jump, self._seen_at = ahead - self._ahead, ticks
        self._ahead = ahead
        return self._jump if ticks - self._seen_at < TOLD_SECONDS else 0.0


def version_faults(connection: Connection) -> list[str]:
    """Say whether migrations or triggers are missing."""
    return migration_faults(connection) or trigger_faults(connection)


def migration_faults(connection: Connection) -> list[str]:
    """Say whether the database is at another version than the code."""
    newest = newest_version()
    if current_version(connection) == newest:
        return []
    return [f"The database is not at version {newest}; run: casehall db upgrade"]


def trigger_faults(connection: Connection) -> list[str]:
    """Say which triggers are missing."""
    missing = missing_triggers(connection)
    return [f"Triggers are missing ({', '.join(missing)}); run: casehall db upgrade"] if missing else []


def durability_faults(connection: Connection) -> list[str]:
    """Check that a commit reaches the disk: a killed process cannot prove that."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
        return [] if found == SYNCHRONOUS_FULL else [f"SQLite runs with synchronous = {found}, not FULL."]
    off = [name for name in DURABLE if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off"]
    return [f"PostgreSQL runs with {name} = off." for name in off]


def take_back_a_change(connection: Connection) -> None:
    """Change a row; the caller takes it back. Nothing is raised if the database takes changes."""
    connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")


def check_ground(ground: Ground, clock: Callable[[], datetime], jump: float = 0.0) -> Checks:
    """Check everything that can be seen from below the web.

    :param jump: by how many seconds the clock was set lately.
    """
    folders = {ground.instance, (database_file(ground.probe) or ground.instance).parent}
    return {**_check_database(ground, clock, jump), "disk": check_disk(folders)}


def _check_database(ground: Ground, clock: Callable[[], datetime], jump: float) -> Checks:
    try:
        _refuse_other_file(ground)
        read = _read(ground, clock, jump)
    except (SQLAlchemyError, OSError) as fault:
        LOG.warning("database not reached: %r", fault)
        return {"database": Check(False, UNREACHED), **UNKNOWN}
    return {"database": _check_writing(ground), **read}


def _refuse_other_file(ground: Ground) -> None:
    """Look at the file itself: a server goes on with one that was removed, and a new one would be made."""
    found = _see_file(ground.probe)
    if ground.file is not None and found != ground.file:
        raise FileNotFoundError("the file of the database is another one than at the start")


def _see_file(engine: Engine) -> tuple[int, int] | None:
    """Return which file holds the database, None where it is in no file that we know of.

    :raises OSError: it is not there.
    """
    file = database_file(engine)
    if file is None:
        return None
    found = file.stat()
    return found.st_dev, found.st_ino


def find_file(engine: Engine) -> tuple[int, int] | None:
    """Return which file holds the database, None where there is none yet or no file that we know of."""
    try:
        return _see_file(engine)
    except OSError:
        return None


def _read(ground: Ground, clock: Callable[[], datetime], jump: float) -> Checks:
    with reading_engine(ground.probe).connect() as connection:
        _shorten_patience(connection)
        return {
            "migrations": _check(migration_faults(connection)),
            "triggers": _check(trigger_faults(connection)),
            "durability": _check(durability_faults(connection)),
            "clock": _check_clock(connection, ground.instance, clock, jump),
        }


def _check_writing(ground: Ground) -> Check:
    try:
        if ground.turns is None:
            _write(ground.probe)
        else:
            with ground.turns.mine(TURN_SECONDS):
                _write(ground.probe)
    except DatabaseBusy:
        return Check(False, f"Whoever writes waits for more than {TURN_SECONDS:.0f} s.")
    except (SQLAlchemyError, OSError) as fault:
        LOG.warning("database takes no changes: %r", fault)
        return Check(False, "The database takes no changes.")
    return Check(True)


def _write(engine: Engine) -> None:
    with engine.connect() as connection:
        _shorten_patience(connection)
        take_back_a_change(connection)


def _shorten_patience(connection: Connection) -> None:
    for statement in () if connection.dialect.name == "sqlite" else POSTGRES_PATIENCE:
        connection.exec_driver_sql(statement)


def _check(faults: list[str]) -> Check:
    return Check(not faults, " ".join(faults))


def check_disk(folders: Iterable[Path], needed: int = FREE_BYTES) -> Check:
    """Check that there is room where files are written."""
    try:
        free = min(shutil.disk_usage(folder).free for folder in folders)
    except OSError:
        return Check(False, "The folder of the instance cannot be seen.")
    return Check(free >= needed, f"{free} bytes are free, {needed} are needed.")


def _check_clock(connection: Connection, instance: Path, clock: Callable[[], datetime], jump: float) -> Check:
    if connection.dialect.name != "sqlite":
        other: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        return compare_clocks(other, clock(), jump)
    try:
        # the file system writes down its own time
        os.utime(instance)
        other = datetime.fromtimestamp(instance.stat().st_mtime, UTC)
    except OSError:
        return Check(False, "The folder of the instance cannot be written.")
    return compare_clocks(other, clock(), jump)


def compare_clocks(other: datetime, now: datetime, jump: float) -> Check:
    """Compare the clock of the database or of the file system with that of this process."""
    apart = (now - other).total_seconds()
    if abs(apart) > CLOCK_SECONDS:
        return Check(False, f"The clock of this process and that of its database differ by {apart:+.0f} s.")
    if jump:
        return Check(False, f"The clock was set by {jump:+.0f} s less than {TOLD_SECONDS:.0f} s ago.")
    return Check(True)
