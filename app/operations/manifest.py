"""The manifest of a backup: what is in it, as JSON that is checked when it is read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FORMAT = 1
DATABASES = ("sqlite", "postgresql")
DATABASE = "database/casehall.db"
TABLES = "database/tables/"
KEYS = "keys/"
BLOBS = "blobs/"
NAMES = re.compile(
    r"database/casehall\.db"
    r"|database/tables/[a-z][a-z0-9_]{0,62}\.copy"
    r"|keys/(?!\.)[A-Za-z0-9._-]{1,80}"
    r"|blobs/([0-9a-f]{2})/\1[0-9a-f]{62}"
)
SHA256 = re.compile("[0-9a-f]{64}")


class BackupRefused(Exception):
    """A backup cannot be made, or cannot be put in place here; says what to do."""


class BadBackup(Exception):
    """The file is no backup, or is not as it was made: which member, and what is wrong with it."""

    def __init__(self, member: str, what: str) -> None:
        self.member = member
        self.what = " ".join(what.split())
        super().__init__(f"{member}: {self.what}" if member else self.what)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``tables`` counts rows; ``columns`` are those of the tables from PostgreSQL.

    ``damaged`` are files of which the instance had lost the bytes already.
    """

    created_at: datetime
    database: str
    version: str
    tables: Mapping[str, int]
    columns: Mapping[str, list[str]]
    has_keys: bool
    damaged: tuple[str, ...]
    members: tuple[Member, ...]

    def named(self, beginning: str) -> list[Member]:
        """Return the members whose names begin so."""
        return [member for member in self.members if member.name.startswith(beginning)]

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(self.tables.values())


def write_manifest(manifest: Manifest) -> bytes:
    """Write a manifest."""
    told = {
        "format": FORMAT,
        "program": "casehall",
        "created_at": manifest.created_at.isoformat(timespec="seconds"),
        "database": manifest.database,
        "version": manifest.version,
        "tables": dict(manifest.tables),
        "columns": dict(manifest.columns),
        "keys": manifest.has_keys,
        "damaged": list(manifest.damaged),
        "members": [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in manifest.members],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def read_manifest(text: bytes) -> Manifest:
    """Read a manifest; whatever it says is checked.

    :raises BadBackup: it is of another format, or says what cannot be.
    """
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise BadBackup("manifest.json", f"format {told['format']!r} needs a newer Casehall")
        manifest = Manifest(
            created_at=datetime.fromisoformat(told["created_at"]),
            database=told["database"],
            version=told["version"],
            tables={str(name): int(rows) for name, rows in told["tables"].items()},
            columns={str(name): [str(one) for one in names] for name, names in told["columns"].items()},
            has_keys=told["keys"] is True,
            damaged=tuple(str(name) for name in told["damaged"]),
            members=tuple(_member(one) for one in told["members"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadBackup("manifest.json", f"cannot be read ({fault!r})") from fault
    return _checked(manifest)


def _member(told: Any) -> Member:
    member = Member(str(told["name"]), int(told["size"]), str(told["sha256"]))
    if not NAMES.fullmatch(member.name) or not SHA256.fullmatch(member.sha256) or member.size < 0:
        raise BadBackup("manifest.json", f"{member.name!r} is no member of a backup")
    return member


def _checked(manifest: Manifest) -> Manifest:
    """Return a manifest whose parts agree with each other."""
    names = [member.name for member in manifest.members]
    wanted = {DATABASE} if manifest.database == "sqlite" else {f"{TABLES}{t}.copy" for t in manifest.tables}
    held = {name for name in names if name.startswith("database/")}
    for is_wrong, what in (
        (manifest.created_at.tzinfo is None, "created_at has no zone"),
        (manifest.database not in DATABASES, "the database is of no known kind"),
        (len(set(names)) < len(names), "a member is named twice"),
        (held != wanted, "the members of the database are not those of its tables"),
        (not re.fullmatch("[A-Za-z0-9_]{1,40}", str(manifest.version)), "the version is no version"),
    ):
        if is_wrong:
            raise BadBackup("manifest.json", what)
    return manifest
