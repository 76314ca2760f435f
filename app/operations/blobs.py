"""Keep pictures and files by the SHA-256 of their bytes: once, and never half."""

import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from stat import S_IMODE
from tempfile import NamedTemporaryFile

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import Blob


def store_blob(session: Session, instance: Path, data: bytes, media_type: str, now: datetime) -> Blob:
    """Keep the bytes and their row, and return the row; bytes known already keep their type.

    Bytes that ``write_bytes`` wrote before are only compared, so that the transaction stays short.
    """
    name = write_bytes(instance, data)
    known = session.get(Blob, name)
    if known is not None:
        return known
    blob = Blob(sha256=name, media_type=media_type, size=len(data), created_at=now)
    try:
        with session.begin_nested():
            session.add(blob)
    except IntegrityError:  # somebody else stored the same bytes at the same moment
        return session.get_one(Blob, name)
    return blob


def write_bytes(instance: Path, data: bytes) -> str:
    """Write the bytes to their place, safe against a crash at any moment, and return their SHA-256."""
    name = sha256(data).hexdigest()
    path = blob_path(instance, name)
    if path.is_file() and path.read_bytes() == data:
        return name
    replace_file(path, data, 0o600)
    sync_folder(path.parent.parent)
    return name


def replace_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file whole or not at all; one that is there keeps its mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), S_IMODE(path.stat().st_mode) if path.exists() else mode)
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise
    sync_folder(path.parent)


def blob_path(instance: Path, name: str) -> Path:
    """Return where the bytes of this SHA-256 stand, whether or not they do.

    :raises ValueError: the name is no SHA-256 in lower-case hexadecimal.
    """
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise ValueError(f"no SHA-256: {name!r}")
    return instance / "blobs" / name[:2] / name


def sync_folder(folder: Path) -> None:
    """Make what was renamed within the folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
