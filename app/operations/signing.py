"""The key that receipts are signed with: one file of the instance, made at the first need."""

import os
from functools import lru_cache
from pathlib import Path
from tempfile import mkstemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

KEY_FILE = "receipt.key"
#: under this name a writing session knows the folder of its instance
INSTANCE = "instance"


def signing_key(session: Session) -> Ed25519PrivateKey:
    """Return the key of the instance that a session belongs to."""
    return load_key(session.info[INSTANCE])


@lru_cache(maxsize=8)
def load_key(instance: Path) -> Ed25519PrivateKey:
    """Return the key of an instance, made if it has none. The file is for its owner alone.

    :raises OSError: the file cannot be read or written.
    :raises ValueError: the file holds no key.
    """
    path = instance / KEY_FILE
    if not path.exists():
        _make_key(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))


def _make_key(path: Path) -> None:
    """Make the file whole or not at all; who comes second finds the one of the first."""
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{KEY_FILE}-")
    with os.fdopen(descriptor, "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
