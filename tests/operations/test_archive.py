"""The file of a backup: any tar reads it, and no byte of it can change without being noticed."""

import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest

from app.operations.archive import ArchiveReader, ArchiveWriter
from app.operations.manifest import DATABASE, BadBackup, Manifest, Member, read_manifest, write_manifest

MADE_AT = datetime(2026, 3, 2, tzinfo=UTC)
BLOB = sha256(b"picture").hexdigest()
PARTS = {
    DATABASE: [b"pages " * 100, b"more pages"],
    "keys/secret_key": [b"hush"],
    f"blobs/{BLOB[:2]}/{BLOB}": [b"picture"],
}


BASE = Manifest(
    created_at=MADE_AT,
    database="sqlite",
    version="0003",
    tables={"user": 2},
    columns={},
    has_keys=True,
    damaged=(),
    members=(Member(DATABASE, 1, "0" * 64),),
)


@pytest.fixture
def path(tmp_path):
    """Return a small backup."""
    path = tmp_path / "backup"
    with path.open("w+b") as file:
        archive = ArchiveWriter(file, MADE_AT)
        for name, chunks in PARTS.items():
            archive.add(name, chunks)
        archive.finish(replace(BASE, members=tuple(archive.members)))
    return path


def read(path):
    """Read a backup to its end, and return what is in it."""
    with path.open("rb") as file:
        return read_from(file)


def read_from(file):
    return {member.name: b"".join(chunks) for member, chunks in ArchiveReader(file).members()}


def fault_of(backup):
    """Return what is said of a backup, nothing if it is whole."""
    try:
        read_from(BytesIO(backup))
    except BadBackup as fault:
        return str(fault)
    return ""


def places(path):
    """Return where each member begins, by its name, as tar sees it."""
    with tarfile.open(path) as archive:
        return {member.name: member.offset for member in archive}


def owner(places, place):
    """Return the member to which a byte belongs: its heading, itself, or what fills its last block."""
    return max((begin, name) for name, begin in places.items() if begin <= place)[1]


def test_what_was_written_is_read(path):
    assert read(path) == {name: b"".join(chunks) for name, chunks in PARTS.items()}


def test_any_tar_reads_it(path):
    with tarfile.open(path) as archive:
        names = archive.getnames()
        secret = archive.extractfile("keys/secret_key")
        assert secret is not None
        kept = secret.read()
        modes = {member.mode for member in archive}

    assert names == [*PARTS, "manifest.json", "manifest.sha256"]
    assert kept == b"hush"
    assert modes == {0o600}


def test_o6_every_flipped_byte_is_found_and_its_member_named(path):
    whole, begins = path.read_bytes(), places(path)

    found = {
        place: fault_of(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        for place in range(len(whole))
    }

    assert [place for place, said in found.items() if owner(begins, place) not in said] == []


@pytest.mark.parametrize("kept", [0, 1, 511, 512, 1024, 2048, -512, -1])
def test_a_file_that_was_cut_is_refused(path, kept):
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(BadBackup):
        read(path)


@pytest.mark.parametrize("added", [b"x", bytes(512), bytes(10_240)])
def test_a_file_to_which_something_was_added_is_refused(path, added):
    path.write_bytes(path.read_bytes() + added)

    with pytest.raises(BadBackup):
        read(path)


@pytest.mark.parametrize(
    "name",
    [
        "database/../../etc/passwd",
        "/etc/passwd",
        "keys/../casehall.db",
        "keys/.bashrc",
        "blobs/ab/short",
        f"blobs/ab/{'c' * 64}",
        "elsewhere/casehall.db",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    text = write_manifest(replace(BASE, members=(Member(DATABASE, 1, "0" * 64), Member(name, 1, "0" * 64))))

    with pytest.raises(BadBackup, match="no member of a backup"):
        read_manifest(text)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"database": "oracle"}, "no known kind"),
        ({"database": "postgresql"}, "not those of its tables"),
        ({"members": (Member(DATABASE, 1, "0" * 64),) * 2}, "named twice"),
        ({"members": ()}, "not those of its tables"),
        ({"version": "../0003"}, "no version"),
        ({"created_at": datetime(2026, 3, 2)}, "no zone"),
    ],
)
def test_a_manifest_that_does_not_agree_with_itself_is_refused(changes, said):
    made = replace(BASE, **changes)

    with pytest.raises(BadBackup, match=said):
        read_manifest(write_manifest(made))


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b'{"format": 1, "tables": 3}']
)
def test_a_manifest_that_cannot_be_read_is_refused(text):
    with pytest.raises(BadBackup, match="cannot be read"):
        read_manifest(text)


def test_a_later_format_is_said_to_need_a_newer_casehall():
    with pytest.raises(BadBackup, match="needs a newer Casehall"):
        read_manifest(b'{"format": 2}')
