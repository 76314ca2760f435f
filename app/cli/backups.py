"""``casehall db backup``, ``restore`` and ``verify``: one file that holds a whole instance."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from app.cli.instance import settings_of_environment
from app.cli.locks import hold_instance
from app.cli.opening import DatabaseFault, opened
from app.models.engine import database_file
from app.operations.backup import make_backup
from app.operations.manifest import BLOBS, BackupRefused, BadBackup, Manifest
from app.operations.proving import lost_files, prove, unpack
from app.operations.restoring import restore_backup
from app.operations.versions import newest_version

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@click.command()
@FILE
@click.option("--without-keys", is_flag=True, help="Leave out the keys of the instance.")
@JSON
def backup(file: Path, without_keys: bool, as_json: bool) -> None:
    """Write database, blobs and keys into one FILE; the server goes on meanwhile."""
    settings = settings_of_environment()
    with opened(settings) as engine, _told(file, " Nothing was kept."):
        if (path := database_file(engine)) is not None and not path.exists():
            raise DatabaseFault(f"There is no database {path}.")
        made = make_backup(engine, settings.instance, file, datetime.now(UTC), has_keys=not without_keys)
    size = file.stat().st_size
    _tell(made, f"Backup {file}: {_contents(made)}, {size} bytes.", as_json, file=str(file), bytes=size)
    if made.damaged:
        first, count = made.damaged[0], len(made.damaged)
        click.echo(f"Warning: {count} of the instance's files are damaged or missing: {first} …", err=True)
        raise click.exceptions.Exit(1)


@click.command()
@FILE
@JSON
def restore(file: Path, as_json: bool) -> None:
    """Restore an instance without content out of FILE, which is proved first."""
    settings = settings_of_environment()
    lock = hold_instance(settings.instance, shared=False)
    with opened(settings) as engine, _told(file):
        restored = restore_backup(engine, settings.instance, file)
    os.close(lock)
    manifest = restored.manifest
    is_old = manifest.version != newest_version()
    line = f"Restored {file}: {_contents(manifest)}, of {_moment(manifest)}."
    line += "".join(f" The key that was there before is kept as {name}." for name in restored.former_keys)
    line += f" Lost before it was made: {len(manifest.damaged)} blobs." if manifest.damaged else ""
    line += f" It is of version {manifest.version}; next: casehall db upgrade" if is_old else ""
    _tell(manifest, line, as_json, file=str(file), former_keys=restored.former_keys, needs_upgrade=is_old)


@click.command()
@FILE
@JSON
def verify(file: Path, as_json: bool) -> None:
    """Prove a backup: restore FILE into a temporary folder and check everything there."""
    with _told(file), tempfile.TemporaryDirectory(prefix="casehall-verify-") as folder:
        try:
            manifest = unpack(file, Path(folder))
        except BadBackup as fault:
            _tell_faults(file, [fault], as_json)
        if faults := prove(manifest, Path(folder)) + lost_files(manifest):
            _tell_faults(file, faults, as_json)
    line = f"{file} is whole: {_contents(manifest)}, of {_moment(manifest)}."
    _tell(manifest, line, as_json, file=str(file), ok=True, faults=[])


@contextmanager
def _told(file: Path, end: str = "") -> Iterator[None]:
    """Say in one line what went wrong."""
    try:
        yield
    except (BackupRefused, BadBackup) as fault:
        raise DatabaseFault(str(fault)) from fault
    except OSError as fault:
        raise DatabaseFault(f"{fault.filename or file}: {fault.strerror}.{end}") from fault


def _tell(manifest: Manifest, line: str, as_json: bool, **more: Any) -> None:
    if not as_json:
        click.echo(line)
        return
    told = {
        "created_at": _moment(manifest),
        "database": manifest.database,
        "version": manifest.version,
        "tables": dict(manifest.tables),
        "blobs": len(manifest.named(BLOBS)),
        "keys": manifest.has_keys,
        "damaged": list(manifest.damaged),
    }
    click.echo(json.dumps(more | told, ensure_ascii=False, indent=2))


def _tell_faults(file: Path, faults: list[BadBackup], as_json: bool) -> NoReturn:
    """Say what is wrong, and end with 1."""
    if as_json:
        listed = [{"member": fault.member, "what": fault.what} for fault in faults]
        click.echo(
            json.dumps({"file": str(file), "ok": False, "faults": listed}, ensure_ascii=False, indent=2)
        )
        raise click.exceptions.Exit(1)
    others = f" ({len(faults) - 1} more: --json)" if len(faults) > 1 else ""
    raise DatabaseFault(f"{file} is not whole. {faults[0]}{others}")


def _contents(manifest: Manifest) -> str:
    keys = "with keys" if manifest.has_keys else "without keys"
    return (
        f"{len(manifest.tables)} tables, {manifest.rows} rows, {len(manifest.named(BLOBS))} blobs, {keys},"
        f" version {manifest.version}"
    )


def _moment(manifest: Manifest) -> str:
    return manifest.created_at.isoformat(timespec="seconds")
