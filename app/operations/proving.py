"""Prove a backup: unpack it, and look whether its database is whole and holds together with its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.models.engine import make_probe
from app.operations.archive import ArchiveReader
from app.operations.manifest import BLOBS, DATABASE, BadBackup, Manifest
from app.operations.migrating import foreign_keys_off, migrate
from app.operations.snapshots import Snapshot, look
from app.operations.table_loading import load_tables
from app.operations.verifying import list_public_ids, verify_attempt
from app.operations.versions import known_versions

TRIAL = "trial.db"


def unpack(source: Path, folder: Path) -> Manifest:
    """Write every member of a backup below a folder, each compared with what the manifest says of it.

    :raises BadBackup: the file is not as it was made, or needs a newer Casehall.
    """
    with source.open("rb") as file:
        reader = ArchiveReader(file)
        refuse_unknown_version(reader.manifest)
        for member, chunks in reader.members():
            path = folder / member.name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with path.open("xb") as copy:
                path.chmod(0o600)
                for chunk in chunks:
                    copy.write(chunk)
    return reader.manifest


def refuse_unknown_version(manifest: Manifest) -> None:
    """Refuse a backup of a later version.

    :raises BadBackup: this code knows no such version.
    """
    if manifest.version not in known_versions():
        what = f"its database is of version {manifest.version}, which is newer; bring the checkout up to date"
        raise BadBackup("manifest.json", what)


def prove(manifest: Manifest, folder: Path) -> list[BadBackup]:
    """Try what was unpacked into a folder, in a database there that is put back as it was."""
    file = folder / (DATABASE if manifest.database == "sqlite" else TRIAL)
    engine = make_probe(f"sqlite:///{file}")
    try:
        with trial(engine) as connection:
            if manifest.database == "postgresql":
                migrate(connection, manifest.version)
                load_tables(connection, manifest, folder)
            return list(faults_of(connection, manifest))
    except BadBackup as fault:
        return [fault]
    except SQLAlchemyError as fault:
        return [BadBackup(DATABASE, f"the database cannot be read: {getattr(fault, 'orig', fault)}")]
    finally:
        engine.dispose()


def lost_files(manifest: Manifest) -> list[BadBackup]:
    """Say which files the instance had lost before the backup was made."""
    what = "it was damaged or missing in the instance already"
    return [BadBackup(f"{BLOBS}{name[:2]}/{name}", what) for name in manifest.damaged]


@contextmanager
def trial(engine: Engine) -> Iterator[Connection]:
    """Open a transaction of which nothing stays."""
    with engine.connect() as connection:
        foreign_keys_off(connection)
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


def faults_of(connection: Connection, manifest: Manifest) -> Iterator[BadBackup]:
    """Look at a restored database, which is upgraded for it: the caller takes everything back."""
    if connection.dialect.name == "sqlite":
        yield from _file_faults(connection)
    found = look(connection)
    yield from _count_faults(found, manifest)
    yield from _blob_faults(found, manifest)
    migrate(connection)
    with Session(connection) as session:
        for public in list_public_ids(session):
            if fault := verify_attempt(session, public):
                yield BadBackup("database", f"attempt {public}, event {fault.seq}: {fault.what}")
            session.expunge_all()


def _file_faults(connection: Connection) -> Iterator[BadBackup]:
    found = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
    if found != ["ok"]:
        yield BadBackup(DATABASE, f"the database is damaged: {found[0]}")
    for table, row, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield BadBackup(DATABASE, f"row {row} of {table} refers to no row of {other}")
        return


def _count_faults(found: Snapshot, manifest: Manifest) -> Iterator[BadBackup]:
    """Compare versions and rows with those of the manifest."""
    if found.version != manifest.version:
        yield BadBackup(
            "manifest.json", f"the database is of version {found.version}, not {manifest.version}"
        )
    for name in sorted(manifest.tables.keys() | found.tables.keys()):
        counted, told = found.tables.get(name), manifest.tables.get(name)
        if counted != told:
            yield BadBackup("database", f"table {name} has {counted} rows, the manifest says {told}")


def _blob_faults(found: Snapshot, manifest: Manifest) -> Iterator[BadBackup]:
    """Compare the files that the database names with those that are there, and those with their names."""
    blobs = {member.name.rpartition("/")[2]: member for member in manifest.named(BLOBS)}
    lost = set(manifest.damaged)
    for name in sorted(found.blobs - blobs.keys() - lost):
        yield BadBackup(f"{BLOBS}{name[:2]}/{name}", "the database names it and it is not there")
    for name, member in blobs.items():
        if member.sha256 != name and name not in lost:
            yield BadBackup(member.name, "its bytes are not those of its name")
