"""Put a backup in place: only into an instance without content, only after it was proved."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from app.models import Base
from app.models.engine import database_file, is_sqlite
from app.models.turns import Turns
from app.operations.blobs import blob_path, sync_folder
from app.operations.manifest import DATABASE, BackupRefused, BadBackup, Manifest
from app.operations.migrating import migrate
from app.operations.proving import faults_of, prove, unpack
from app.operations.snapshots import VERSIONS, count_rows
from app.operations.table_loading import load_tables
from app.operations.versions import current_version

SCRATCH = "restore.part"
FORMER = ".before-restore"
#: a server that only stood there leaves such rows
NO_CONTENT = {VERSIONS, "job"}
SIDE_FILES = ("-wal", "-shm", "-journal")
OTHER = {
    "sqlite": "This is a backup of SQLite; restore it without DATABASE_URL, or with one that names a file.",
    "postgresql": "This is a backup of PostgreSQL; name an empty database of it in DATABASE_URL.",
}
NOT_EMPTY = "The database has content already. Make an empty one (createdb) and name it in DATABASE_URL."


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and under which names keys that were there before are kept."""

    manifest: Manifest
    former_keys: list[str]


def restore_backup(engine: Engine, instance: Path, source: Path) -> Restored:
    """Restore an instance out of a backup. The caller keeps servers away.

    The database comes last: until it is there the instance has no more content than before.

    :raises BackupRefused: the instance has content, or the backup is of the other kind of database.
    :raises BadBackup: the backup is not whole; nothing was changed.
    """
    put = _put_file if is_sqlite(engine) else _put_tables
    _refuse_content(engine)
    with _scratch(instance) as folder:
        manifest = unpack(source, folder)
        if manifest.database != engine.dialect.name:
            raise BackupRefused(OTHER[manifest.database])
        return Restored(manifest, put(engine, instance, manifest, folder))


@contextmanager
def _scratch(instance: Path) -> Iterator[Path]:
    """Give an empty folder of the instance, and remove it; one that is there was left by a killed restore."""
    folder = instance / SCRATCH
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_content(engine: Engine) -> None:
    if not is_sqlite(engine):
        with engine.connect() as connection:
            if has_content(connection):
                raise BackupRefused(NOT_EMPTY)
        return
    file = database_file(engine)
    if file is None:
        raise BackupRefused("DATABASE_URL must name a plain file to restore into: sqlite:///FILE")
    if not file.exists() and not _side_files(file):
        return
    if not file.exists() or _has_content(engine):
        before = file.parent / "before"
        raise BackupRefused(
            f"{file} is there already, with content or unreadable, or something is left of it."
            f" Stop what uses it and move it away: mkdir {before} && mv {file}* {before}/"
        )


def _has_content(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            return has_content(connection)
    except SQLAlchemyError:
        return True
    finally:
        engine.dispose()


def has_content(connection: Connection) -> bool:
    """Whether a database holds any row that somebody made."""
    names = set(inspect(connection).get_table_names()) - NO_CONTENT
    return any(count_rows(connection, names).values())


def _put_file(engine: Engine, instance: Path, manifest: Manifest, folder: Path) -> list[str]:
    """Prove the file where it was unpacked, then move it to its place."""
    refuse_faults(prove(manifest, folder))
    target = database_file(engine)
    assert target is not None
    turns = Turns(instance)
    try:
        with turns.mine():
            _refuse_content(engine)
            if left := _side_files(target):
                raise BackupRefused(f"Another program has {target} open ({left[0].name}); stop it.")
            former = put_files(folder, instance)
            _replace(folder / DATABASE, target)
    finally:
        turns.close()
    return former


def _put_tables(engine: Engine, instance: Path, manifest: Manifest, folder: Path) -> list[str]:
    """Load and prove the tables in one transaction, and commit it when everything else is in place."""
    with engine.begin() as connection:
        if has_content(connection):
            raise BackupRefused(NOT_EMPTY)
        if current_version(connection) not in {None, manifest.version}:
            _drop_tables(connection)
        migrate(connection, manifest.version)
        load_tables(connection, manifest, folder)
        with connection.begin_nested() as trial:
            faults = list(faults_of(connection, manifest))
            trial.rollback()
        refuse_faults(faults)
        return put_files(folder, instance)


def _drop_tables(connection: Connection) -> None:
    """Drop empty tables of another version: there is no way back but to make them anew."""
    ours = set(Base.metadata.tables) | {VERSIONS}
    quote = connection.dialect.identifier_preparer.quote_identifier
    names = ", ".join(quote(name) for name in inspect(connection).get_table_names() if name in ours)
    connection.exec_driver_sql(f"DROP TABLE {names} CASCADE")


def refuse_faults(faults: list[BadBackup]) -> None:
    """Refuse a backup that did not prove.

    :raises BadBackup: the first fault.
    """
    if faults:
        raise faults[0]


def put_files(folder: Path, instance: Path) -> list[str]:
    """Move unpacked blobs and keys to their places; return the names of keys that were replaced and kept."""
    os.sync()
    touched = {instance}
    for path in sorted((folder / "blobs").glob("??/*")):
        target = blob_path(instance, path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)
        touched |= {target.parent, target.parent.parent}
    former = [name for path in sorted((folder / "keys").glob("*")) if (name := _put_key(path, instance))]
    for one in touched:
        sync_folder(one)
    return former


def _put_key(path: Path, instance: Path) -> str | None:
    target = instance / path.name
    if target.exists() and target.read_bytes() == path.read_bytes():
        return None
    former = None
    if target.exists():
        former = target.name + FORMER
        os.replace(target, instance / former)
    os.replace(path, target)
    return former


def _replace(source: Path, target: Path) -> None:
    """Let a file appear at its place whole, also when that is on another file system."""
    beside = target.with_name(target.name + FORMER)
    try:
        os.replace(source, target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        shutil.copyfile(source, beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, target)
    sync_folder(target.parent)


def _side_files(file: Path) -> list[Path]:
    return [path for end in SIDE_FILES if (path := file.with_name(file.name + end)).exists()]
