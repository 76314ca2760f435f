"""Published texts back into folders: what each file would become, and which files must not be touched."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.content.scanner import plain
from app.content.sources import MEDIA, OTHER_FILES
from app.models import Course, Document, ManifestEntry, Revision
from app.operations.blobs import blob_path, replace_file
from app.operations.file_standing import Head, Past, Standing, picture_standing, text_standing

DUE = {Standing.MISSING, Standing.BEHIND}


@dataclass(frozen=True, slots=True)
class Dumped:
    """A published text or picture with its file, relative to the library, and how that stands.

    A picture is named by the SHA-256 of its bytes.
    """

    path: Path
    content: str
    standing: Standing


@dataclass(slots=True)
class Dump:
    """What is published: texts, and the pictures that they show."""

    texts: list[Dumped] = field(default_factory=list)
    pictures: list[Dumped] = field(default_factory=list)

    @property
    def files(self) -> list[Dumped]:
        """Texts and pictures."""
        return self.texts + self.pictures


def plan_dump(session: Session, library: Path) -> Dump:
    """Compare what is published with a library's folders, in three statements; nothing is written.

    Of two texts that would have one file, the second is in conflict.
    """
    past, dump, taken = _past_texts(session), Dump(), set[Path]()
    statement = (
        select(Course.slug, Document, Revision)
        .join(Document, Document.course_id == Course.id)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(Document.retired_at.is_(None))
        .order_by(Course.slug, Document.kind, Document.slug, Document.language)
    )
    heads: set[int] = set()
    for course, document, head in session.execute(statement):
        path = _path(course, document)
        own = Head(Kind(document.kind), head.source, head.content_hash)
        is_free = path not in taken and _is_read_back(document)
        standing = text_standing(library, path, own, past[document.id]) if is_free else Standing.CONFLICT
        dump.texts.append(Dumped(path, head.source, standing))
        taken |= {path} if is_free else set()
        heads.add(head.id)
    dump.pictures = _pictures(session, library, heads)
    return dump


def write_dump(dump: Dump, library: Path, instance: Path) -> Sequence[Path]:
    """Write what is missing or behind, each file whole or not at all; return the files written.

    A file that says what was never published stays as it is, and so does a picture of the same name.
    """
    for one in dump.texts:
        if one.standing in DUE:
            replace_file(library / one.path, plain(one.content).encode())
    for one in dump.pictures:
        if one.standing in DUE:
            replace_file(library / one.path, blob_path(instance, one.content).read_bytes())
    return [one.path for one in dump.files if one.standing in DUE]


def _path(course: str, document: Document) -> Path:
    folder = "quizzes" if document.kind == Kind.QUIZ.value else "cases"
    language = f".{document.language}" if document.is_translation else ""
    return Path(folder) / course / f"{document.slug}{language}.md"


def _is_read_back(document: Document) -> bool:
    """Whether a file of this name would be read as this text."""
    return document.kind == Kind.SYLLABUS.value or document.slug not in OTHER_FILES


def _past_texts(session: Session) -> Mapping[int, Past]:
    """Return what was ever published, by document."""
    found: defaultdict[int, Past] = defaultdict(Past)
    statement = select(Revision.document_id, Revision.source, Revision.content_hash)
    for document_id, source, digest in session.execute(statement):
        found[document_id].texts.add(plain(source))
        found[document_id].hashes.add(digest)
    return found


def _pictures(session: Session, library: Path, heads: set[int]) -> list[Dumped]:
    """Compare the pictures that heads show with their files; of two of one name the newer is shown."""
    past: defaultdict[Path, Past] = defaultdict(Past)
    shown: dict[Path, str] = {}
    statement = (
        select(Course.slug, ManifestEntry)
        .join(Document, Document.course_id == Course.id)
        .join(Revision, Revision.document_id == Document.id)
        .join(ManifestEntry, ManifestEntry.revision_id == Revision.id)
        .order_by(Revision.id)
    )
    for course, entry in session.execute(statement):
        path = Path("cases") / course / MEDIA / entry.name
        past[path].hashes.add(entry.sha256)
        if entry.revision_id in heads:
            shown[path] = entry.sha256
    return [
        Dumped(path, digest, picture_standing(library, path, digest, past[path]))
        for path, digest in sorted(shown.items())
    ]
