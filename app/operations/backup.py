"""Make a backup: one file with the database, the blobs and the keys of an instance, while it is served."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine

from app.models.engine import is_sqlite
from app.operations.archive import ArchiveWriter
from app.operations.blobs import blob_path, sync_folder
from app.operations.manifest import BLOBS, KEYS, SHA256, BackupRefused, Manifest
from app.operations.snapshots import read_chunks, save_database
from app.settings import key_files


def make_backup(
    engine: Engine, instance: Path, target: Path, now: datetime, *, has_keys: bool = True
) -> Manifest:
    """Write a backup to a file that is not there yet, and return what is in it.

    The database comes first: blobs are only ever added, so those copied later hold all that it names.

    :raises BackupRefused: the file is there already, or somebody else is writing it.
    :raises OSError: it cannot be written; nothing is left of it.
    """
    with _new_file(target) as file:
        archive = ArchiveWriter(file, now)
        snapshot = save_database(engine, archive, target.with_name(f"{target.name}.part-db"))
        if snapshot.version is None:
            raise BackupRefused("The database is empty; there is nothing to back up.")
        if has_keys:
            for path in key_files(instance):
                archive.add(KEYS + path.name, read_chunks(path))
        manifest = Manifest(
            created_at=now,
            database="sqlite" if is_sqlite(engine) else "postgresql",
            version=snapshot.version,
            tables=snapshot.tables,
            columns={} if is_sqlite(engine) else snapshot.columns,
            has_keys=has_keys,
            damaged=_add_blobs(archive, instance, snapshot.blobs),
            members=tuple(archive.members),
        )
        archive.finish(manifest)
    return manifest


def _add_blobs(archive: ArchiveWriter, instance: Path, named: frozenset[str]) -> tuple[str, ...]:
    """Add every blob; return those whose bytes are lost: not there, or not those of their name."""
    there = {path.name for path in (instance / "blobs").glob("??/*") if SHA256.fullmatch(path.name)}
    damaged = set(named - there)
    for name in sorted(there):
        added = archive.add(f"{BLOBS}{name[:2]}/{name}", read_chunks(blob_path(instance, name)))
        if added.sha256 != name:
            damaged.add(name)
    return tuple(sorted(damaged))


@contextmanager
def _new_file(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write that becomes the target at the end, whole, and never in place of another."""
    if os.path.lexists(target):
        raise BackupRefused(f"{target} is there already and is not overwritten; name another file.")
    part = target.with_name(f"{target.name}.part")
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as file:
        _hold(file, part)
        try:
            os.fchmod(file.fileno(), 0o600)
            file.truncate()
            yield file
            _publish(part, target)
        finally:
            part.unlink(missing_ok=True)
    sync_folder(target.parent)


def _hold(file: BinaryIO, part: Path) -> None:
    """Keep others from the file: what nobody holds was left by a backup that was killed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupRefused(f"Another backup is writing {part}; wait for it.") from None


def _publish(part: Path, target: Path) -> None:
    try:
        os.link(part, target)
    except FileExistsError:
        raise BackupRefused(f"{target} appeared meanwhile and is not overwritten.") from None
    except OSError:
        # a file system without links
        if target.exists():
            raise BackupRefused(f"{target} appeared meanwhile and is not overwritten.") from None
        os.rename(part, target)
