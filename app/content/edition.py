"""An edition: a text from a file with everything it needs to be published, and the name of its bytes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.content.canonical import content_hash
from app.content.fragments import fragments_of
from app.content.library import Source, media_of
from app.content.media import Media, read_media
from app.content.parse import Parsed
from app.content.pictures import find_pictures
from app.content.scanner import decode, plain, split_lines
from app.content.sheet import Sheet
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus


@dataclass(frozen=True, slots=True)
class Edition:
    """A sound text with its pictures. ``key`` names text and pictures together (64 hex digits)."""

    source: Source
    document: Case | Quiz | Syllabus
    text: str
    content_hash: str
    media: Mapping[str, tuple[Media, Path]]
    key: str

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Course, kind, slug and language."""
        source = self.source
        return source.course, source.kind.value, source.slug, source.language

    @property
    def manifest(self) -> dict[str, str]:
        """Names of the pictures and the SHA-256 of their bytes."""
        return {name: media.sha256 for name, (media, _) in self.media.items()}

    @property
    def fragments(self) -> dict[str, str]:
        """The Markdown texts to be rendered, by name."""
        return fragments_of(self.document)


def make_edition(source: Source, parsed: Parsed) -> Edition:
    """Gather a text that was read without errors, and its pictures.

    :raises MediaRefused: a picture is none, or does more than draw.
    :raises FileNotFoundError: a picture is not in the course's media folder.
    """
    assert parsed.document is not None
    text = plain(decode(source.path.read_bytes(), Sheet(str(source.path))) or "")
    media = _read_pictures(source, text)
    manifest = {name: one.sha256 for name, (one, _) in media.items()}
    digest = content_hash(parsed.document)
    return Edition(source, parsed.document, text, digest, media, edition_key(digest, manifest))


def edition_key(digest: str, manifest: Mapping[str, str]) -> str:
    """Name a text with its pictures; without pictures it is the content hash itself."""
    if not manifest:
        return digest
    body = json.dumps([digest, dict(manifest)], ensure_ascii=False, sort_keys=True)
    return sha256(body.encode()).hexdigest()


def picture_names(text: str) -> Iterable[str]:
    """Return the names, in the media folder, of the pictures that a text shows."""
    lines = split_lines(text, Sheet("")) or []
    names = (picture.address.removeprefix("./").removeprefix("media/") for picture in find_pictures(lines))
    return sorted(set(names))


def _read_pictures(source: Source, text: str) -> dict[str, tuple[Media, Path]]:
    found: dict[str, tuple[Media, Path]] = {}
    for name in picture_names(text):
        path = media_of(source) / name
        found[name] = (read_media(path.read_bytes(), name), path)
    return found
