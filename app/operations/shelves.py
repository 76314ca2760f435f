"""A course's published texts as a shelf, with one text as it is being written among them."""

from collections.abc import Mapping, Sequence
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
from app.content.written_ids import ids_in, with_ids
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
    source: Source
    parsed: Parsed
    diagnostics: tuple[Diagnostic, ...]
    manifest: Mapping[str, str]

    @property
    def is_translation(self) -> bool:
        """Whether it follows an original in another language."""
        return self.source.is_translation

    @property
    def is_sound(self) -> bool:
        """Whether the text could be published."""
        return not any(one.is_error for one in self.diagnostics)


def check_in_course(session: Session, course: Course, name: TextName, text: str) -> Checked:
    """Check a text against the published texts of its course, in four statements."""
    rows = published_heads(session, course.id)
    own = source_of(course, name, is_translation=_is_translation(rows, name))
    parsed = {one: read for one, read in read_heads(course, rows).items() if one != own}
    parsed[own] = parse_text(text, name.kind, str(own.path))
    pictures = pictures_of(session, course.id)
    media = frozenset(media_of(own) / picture for picture in pictures)
    diagnostics = tuple(sorted(set(check_text(own, Shelf(parsed, media)))))
    manifest = {one: pictures[one] for one in picture_names(text) if one in pictures}
    return Checked(name, text, own, parsed[own], diagnostics, manifest)


def with_written_ids(session: Session, course: Course, checked: Checked) -> Checked:
    """Return a text in which every part says its own id; nothing but the headings changes.

    A part that took its id from its place would become another one as soon as the place changes. None
    is given an id that another part had in an earlier revision; a translation has those of its original.
    """
    if checked.parsed.document is None or not checked.parsed.unwritten:
        return checked
    used = set() if checked.is_translation else _ids_before(session, course, checked.name)
    text = with_ids(checked.text, checked.parsed, frozenset(used))
    return check_in_course(session, course, checked.name, text)


def _ids_before(session: Session, course: Course, name: TextName) -> set[str]:
    statement = (
        select(Revision.source)
        .join(Document, Document.id == Revision.document_id)
        .where(Document.course_id == course.id, Document.kind == name.kind.value)
        .where(Document.slug == name.slug, Document.language == name.language)
    )
    return {one for source in session.scalars(statement) for one in ids_in(source)}


def pictures_of(session: Session, course_id: int) -> Mapping[str, str]:
    """Return the pictures of a course: name to SHA-256, the newest of a name.

    They are those that its published texts show, and those that its authors put in.
    """
    statement = (
        select(ManifestEntry.name, ManifestEntry.sha256)
        .join(Revision, Revision.id == ManifestEntry.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(Document.course_id == course_id)
        .order_by(Revision.id)
    )
    added = select(CoursePicture.name, CoursePicture.sha256).where(CoursePicture.course_id == course_id)
    found = {name: sha256 for name, sha256 in session.execute(added)}
    return found | {name: sha256 for name, sha256 in session.execute(statement)}


def read_heads(course: Course, rows: Sequence[tuple[Document, Revision]]) -> dict[Source, Parsed]:
    """Return what the published texts of a course say, by where they would stand in the folders."""
    return {source_of_row(course, row): read_text(head.source, Kind(row.kind)) for row, head in rows}


def source_of_row(course: Course, row: Document) -> Source:
    """Return where a published text would stand in the folders."""
    name = TextName(Kind(row.kind), row.slug, row.language)
    return source_of(course, name, is_translation=row.is_translation)


def published_heads(session: Session, course_id: int) -> list[tuple[Document, Revision]]:
    """Return the published texts of a course with their head revisions, in one statement."""
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


def source_of(course: Course, name: TextName, *, is_translation: bool = False) -> Source:
    """Return where the text would stand in the folders."""
    folder = "quizzes" if name.kind is Kind.QUIZ else "cases"
    file = f"{name.slug}.{name.language}.md" if is_translation else f"{name.slug}.md"
    path = Path(folder) / course.slug / file
    return Source(path, name.kind, course.slug, name.slug, name.language, is_translation)
