"""How a file of a library stands against what is published."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from app.content.canonical import content_hash
from app.content.parse import Kind, parse_text
from app.content.scanner import plain


class Standing(StrEnum):
    """How a file stands against what is published."""

    SAME = "same"
    #: there is no file yet
    MISSING = "missing"
    #: the file says what was published before
    BEHIND = "behind"
    #: the file says what was never published: it is not overwritten
    CONFLICT = "conflict"
    #: a link stands on the way, or the way leads outside: it is not followed
    LINK = "link"


@dataclass(slots=True)
class Past:
    """What a text or a picture ever was: texts, and hashes of what they mean or of bytes."""

    texts: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Head:
    """What a text says now, and the hash of what that means."""

    kind: Kind
    source: str
    content_hash: str


def text_standing(library: Path, path: Path, head: Head, past: Past) -> Standing:
    """Compare a file, relative to its library, with a text: as it is written, else by what it means."""
    missing = _without_file(library, path)
    if missing is not None:
        return missing
    text = plain((library / path).read_bytes().decode(errors="replace"))
    if text == plain(head.source):
        return Standing.SAME
    if text in past.texts:
        return Standing.BEHIND
    document = parse_text(text, head.kind).document
    return _by_hash(content_hash(document) if document else "", head.content_hash, past)


def picture_standing(library: Path, path: Path, digest: str, past: Past) -> Standing:
    """Compare a file, relative to its library, with a picture: the SHA-256 of its bytes."""
    missing = _without_file(library, path)
    if missing is not None:
        return missing
    return _by_hash(sha256((library / path).read_bytes()).hexdigest(), digest, past)


def _without_file(library: Path, path: Path) -> Standing | None:
    """Tell how a file stands that cannot be read, None where it can."""
    file = library.resolve() / path
    if path.is_absolute() or ".." in path.parts or file.resolve() != file:
        return Standing.LINK
    if file.is_file():
        return None
    return Standing.CONFLICT if file.exists() else Standing.MISSING


def _by_hash(found: str, published: str, past: Past) -> Standing:
    if found == published:
        return Standing.SAME
    return Standing.BEHIND if found in past.hashes else Standing.CONFLICT
