"""The one file of a backup: a tar archive that any tar reads, written and read with every byte accounted for.

Members come first, then ``manifest.json``, then ``manifest.sha256``, which holds the SHA-256 and the size of
the manifest. A reader begins at the end: it then knows every heading, every name, size and hash beforehand,
and refuses whatever differs. Nothing is taken from a heading; names with ``..`` and links cannot occur.
"""

import os
import re
import tarfile
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from app.operations.manifest import BadBackup, Manifest, Member, read_manifest, write_manifest

BLOCK = 512
END = bytes(2 * BLOCK)
CHUNK = 1024 * 1024
#: after so many bytes they are written to the disk, and others have it for a moment
BREATH_BYTES = 4 * CHUNK
BREATH_SECONDS = 0.01

MANIFEST, SEAL = "manifest.json", "manifest.sha256"
SEAL_FORM = re.compile(rb"([0-9a-f]{64}) ([0-9]{20})\n")
SEAL_BYTES = 86
#: the seal, its heading, and the end
TAIL = 2 * BLOCK + len(END)
NO_BACKUP = "the file is no backup of Casehall, or its end is missing"


class Breath:
    """Lets others have the disk while much is written: a flood of unwritten bytes would delay every save."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unwritten = 0

    def count(self, number: int) -> None:
        """Count bytes; now and then write them to the disk, then pause."""
        self._unwritten += number
        if self._unwritten >= BREATH_BYTES:
            self._unwritten = 0
            self._file.flush()
            os.fdatasync(self._file.fileno())
            time.sleep(BREATH_SECONDS)


class ArchiveWriter:
    """Writes members one after the other, whatever their sizes turn out to be."""

    def __init__(self, file: BinaryIO, made_at: datetime) -> None:
        self._file = file
        self._made_at = made_at
        self._breath = Breath(file)
        self.members: list[Member] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> Member:
        """Write a member out of its bytes, and return it."""
        place = self._file.tell()
        self._file.write(bytes(BLOCK))
        hashed, size = sha256(), 0
        for chunk in chunks:
            self._file.write(chunk)
            hashed.update(chunk)
            size += len(chunk)
            self._breath.count(len(chunk))
        self._file.write(bytes(_padding(size)))
        end = self._file.tell()
        self._file.seek(place)
        self._file.write(heading(name, size, self._made_at))
        self._file.seek(end)
        member = Member(name, size, hashed.hexdigest())
        self.members.append(member)
        return member

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the end, and make everything last."""
        text = write_manifest(manifest)
        self.add(MANIFEST, [text])
        self.add(SEAL, [f"{sha256(text).hexdigest()} {len(text):020}\n".encode()])
        self._file.write(END)
        self._file.flush()
        os.fsync(self._file.fileno())


class ArchiveReader:
    """Reads an archive whose manifest is in order; members are compared with it while they are read."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the manifest.

        :raises BadBackup: the file is no backup, or manifest, seal or length are not as they were made.
        """
        self._file = file
        length = file.seek(0, os.SEEK_END)
        text, place = _read_sealed(file, length)
        self.manifest = read_manifest(text)
        if place != sum(_occupied(member.size) for member in self.manifest.members):
            raise BadBackup(MANIFEST, "the members do not fill the file")
        _compare(file, place, MANIFEST, heading(MANIFEST, len(text), self.manifest.created_at))
        tail = heading(SEAL, SEAL_BYTES, self.manifest.created_at)
        _compare(file, length - TAIL, SEAL, tail)

    def members(self) -> Iterator[tuple[Member, Iterator[bytes]]]:
        """Give each member with its bytes, which must be read to their end before the next one.

        :raises BadBackup: a heading, a byte or a filling is not as it was made; the member is named.
        """
        place = 0
        for member in self.manifest.members:
            _compare(
                self._file, place, member.name, heading(member.name, member.size, self.manifest.created_at)
            )
            yield member, self._read(member)
            place += _occupied(member.size)

    def _read(self, member: Member) -> Iterator[bytes]:
        hashed, left = sha256(), member.size
        while left:
            chunk = self._file.read(min(left, CHUNK))
            if not chunk:
                raise BadBackup(member.name, "the file ends within it")
            hashed.update(chunk)
            left -= len(chunk)
            yield chunk
        if hashed.hexdigest() != member.sha256:
            raise BadBackup(member.name, "its bytes are not those that were saved")
        if any(self._file.read(_padding(member.size))):
            raise BadBackup(member.name, "what follows it is not as it was written")


def heading(name: str, size: int, made_at: datetime) -> bytes:
    """Return the heading of a member: always the same bytes for the same member."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(made_at.timestamp())
    return info.tobuf(tarfile.GNU_FORMAT)


def _read_sealed(file: BinaryIO, length: int) -> tuple[bytes, int]:
    """Return the manifest's text and where its heading begins."""
    file.seek(max(0, length - TAIL))
    tail = file.read()
    seal = SEAL_FORM.match(tail, BLOCK)
    if seal is None or length % BLOCK:
        is_ours = tail.startswith(SEAL.encode())
        raise BadBackup(SEAL, "it cannot be read") if is_ours else BadBackup("", NO_BACKUP)
    if any(tail[BLOCK + SEAL_BYTES :]):
        raise BadBackup(SEAL, "what follows it is not as it was written")
    size = int(seal[2])
    place = length - TAIL - _occupied(size)
    if place < 0:
        raise BadBackup(SEAL, "the beginning of the file is missing")
    file.seek(place + BLOCK)
    text = file.read(size)
    if sha256(text).hexdigest() != seal[1].decode():
        raise BadBackup(MANIFEST, f"it is not as it was made, or {SEAL} is not")
    if any(file.read(_padding(size))):
        raise BadBackup(MANIFEST, "what follows it is not as it was written")
    return text, place


def _compare(file: BinaryIO, place: int, name: str, wanted: bytes) -> None:
    file.seek(place)
    if file.read(BLOCK) != wanted:
        raise BadBackup(name, "its heading is not as it was written")


def _occupied(size: int) -> int:
    return BLOCK + size + _padding(size)


def _padding(size: int) -> int:
    return -size % BLOCK
