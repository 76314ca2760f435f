"""Published texts back into folders: what each file would become, and which files must not be touched."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.models import Course, Document, ManifestEntry, Revision
from app.operations.blobs import blob_path


class Standing(StrEnum):
    """How a file stands against what is published."""

    SAME = "same"
    #: there is no file yet
    MISSING = "missing"
    #: the file says what was published before
    BEHIND = "behind"
    #: the file says what was never published: it is not overwritten
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Dumped:
    """A published text with the file that it belongs to, relative to the library, and how that stands."""

    path: Path
    text: str
    standing: Standing


@dataclass(slots=True)
class Dump:
    """What is published: texts, and pictures by the file that they belong to."""

    texts: list[Dumped] = field(default_factory=list)
    #: file, relative to the library, and the SHA-256 of its bytes
    pictures: dict[Path, str] = field(default_factory=dict)


def plan_dump(session: Session, library: Path) -> Dump:
    """Compare what is published with a library's folders, in three statements; nothing is written."""
    dump, revisions = Dump(), _revisions(session)
    statement = (
        select(Course.slug, Document, Revision)
        .join(Document, Document.course_id == Course.id)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(Document.retired_at.is_(None))
        .order_by(Course.slug, Document.kind, Document.slug, Document.language)
    )
    heads: dict[int, str] = {}
    for course, document, head in session.execute(statement):
        path, heads[head.id] = _path(course, document), course
        dump.texts.append(Dumped(path, head.source, _standing(library / path, head, revisions[document.id])))
    pictures = select(ManifestEntry).where(ManifestEntry.revision_id.in_(heads))
    for entry in session.scalars(pictures.order_by(ManifestEntry.revision_id)):
        folder = Path("cases") / heads[entry.revision_id] / "media"
        dump.pictures[folder / entry.name] = entry.sha256
    return dump


def write_dump(dump: Dump, library: Path, instance: Path) -> Sequence[Path]:
    """Write what is missing or behind, and the pictures that are not there; return the files written.

    A file that says what was never published stays as it is, and so does a picture of the same name.
    """
    written: list[Path] = []
    for one in dump.texts:
        if one.standing in {Standing.MISSING, Standing.BEHIND}:
            _write(library / one.path, one.text.encode())
            written.append(one.path)
    for path, sha256 in dump.pictures.items():
        if not (library / path).exists():
            _write(library / path, blob_path(instance, sha256).read_bytes())
            written.append(path)
    return written


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _path(course: str, document: Document) -> Path:
    folder = "quizzes" if document.kind == Kind.QUIZ.value else "cases"
    language = f".{document.language}" if document.is_translation else ""
    return Path(folder) / course / f"{document.slug}{language}.md"


def _standing(path: Path, head: Revision, published: Sequence[str]) -> Standing:
    if not path.exists():
        return Standing.MISSING
    # as a text was read when it was published
    text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode(errors="replace").replace("\r\n", "\n")
    if text == head.source:
        return Standing.SAME
    return Standing.BEHIND if text in published else Standing.CONFLICT


def _revisions(session: Session) -> dict[int, list[str]]:
    """Return every text that was ever published, by document."""
    found: dict[int, list[str]] = {}
    for document_id, source in session.execute(select(Revision.document_id, Revision.source)):
        found.setdefault(document_id, []).append(source)
    return found
