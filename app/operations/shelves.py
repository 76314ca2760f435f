"""A course's published texts as a shelf, with one text as it is being written among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.diagnostics import Diagnostic
from app.content.edition import picture_names
from app.content.library import check_text
from app.content.parse import Kind, Parsed, parse_text
from app.content.shelf import Shelf
from app.content.sources import Source, media_of
from app.content.writer import format_document
from app.models import Course, CoursePicture, Document, ManifestEntry, Revision
from app.operations.documents import read_text


@dataclass(frozen=True, slots=True)
class TextName:
    """Which text of a course: its kind, slug and language."""

    kind: Kind
    slug: str
    language: str

    @property
    def detail(self) -> dict[str, str]:
        """What the log tells of it."""
        return {"kind": self.kind.value, "slug": self.slug, "language": self.language}


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was read and checked against its course.

    ``manifest`` maps the pictures that it shows to the SHA-256 of their bytes, where the course has them.
    """

    name: TextName
    text: str
    is_translation: bool
    parsed: Parsed
    diagnostics: tuple[Diagnostic, ...]
    manifest: Mapping[str, str]

    @property
    def is_sound(self) -> bool:
        """Whether the text could be published."""
        return not any(one.is_error for one in self.diagnostics)


def check_in_course(session: Session, course: Course, name: TextName, text: str) -> Checked:
    """Check a text against the published texts of its course, in three statements."""
    rows = _published(session, course.id)
    own = _source(course, name, _is_translation(rows, name))
    sources = {
        _source(
            course, TextName(Kind(row.kind), row.slug, row.language), is_translation=row.is_translation
        ): head
        for row, head in rows
    }
    parsed = {one: read_text(head.source, one.kind) for one, head in sources.items() if one != own}
    parsed[own] = parse_text(text, name.kind, str(own.path))
    pictures = pictures_of(session, course.id)
    media = frozenset(media_of(own) / picture for picture in pictures)
    diagnostics = tuple(sorted(set(check_text(own, Shelf(parsed, media)))))
    manifest = {one: pictures[one] for one in picture_names(text) if one in pictures}
    return Checked(name, text, own.is_translation, parsed[own], diagnostics, manifest)


def with_written_ids(session: Session, course: Course, checked: Checked) -> Checked:
    """Return a text in which every item says its own id, in canonical form if any had to be written.

    An item that took its id from its place would become another one as soon as the place changes.
    """
    document = checked.parsed.document
    if document is None or not checked.parsed.unwritten:
        return checked
    return check_in_course(session, course, checked.name, format_document(document))


def pictures_of(session: Session, course_id: int) -> Mapping[str, str]:
    """Return the pictures that a text of the course may show: name to SHA-256, the newest of a name.

    They are those of its published texts, and those that were put in for its drafts.
    """
    drafted = select(CoursePicture.name, CoursePicture.sha256).where(CoursePicture.course_id == course_id)
    statement = (
        select(ManifestEntry.name, ManifestEntry.sha256)
        .join(Revision, Revision.id == ManifestEntry.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(Document.course_id == course_id)
        .order_by(Revision.id)
    )
    return {name: sha256 for rows in (drafted, statement) for name, sha256 in session.execute(rows)}


def _published(session: Session, course_id: int) -> list[tuple[Document, Revision]]:
    statement = (
        select(Document, Revision)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == course_id, Document.retired_at.is_(None))
        .order_by(Document.id)
    )
    return [(row.Document, row.Revision) for row in session.execute(statement)]


def _is_translation(rows: list[tuple[Document, Revision]], name: TextName) -> bool:
    """Whether the text follows an original in another language."""
    same = [row for row, _ in rows if (row.kind, row.slug) == (name.kind.value, name.slug)]
    return any(not row.is_translation and row.language != name.language for row in same)


def _source(course: Course, name: TextName, is_translation: bool) -> Source:
    """Return where the text would stand in the folders."""
    folder = "quizzes" if name.kind is Kind.QUIZ else "cases"
    file = f"{name.slug}.{name.language}.md" if is_translation else f"{name.slug}.md"
    path = Path(folder) / course.slug / file
    return Source(path, name.kind, course.slug, name.slug, name.language, is_translation)
