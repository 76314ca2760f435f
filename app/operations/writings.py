"""Texts as their authors find them: what is published, and the draft that they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.errors import NotFound
from app.models import Document, Revision, TextDraft, User
from app.operations.offerings import Place
from app.operations.shelves import TextName

ORDER = {Kind.SYLLABUS: 0, Kind.CASE: 1, Kind.QUIZ: 2}
Published = tuple[Document | None, Revision | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an author saw: the version of the draft and the number of the head revision, 0 for none."""

    version: int
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """A text of the course of an offering that an author runs."""

    place: Place
    name: TextName


@dataclass(frozen=True, slots=True)
class Writing:
    """A text as its authors find it: their draft, or else what is published; ``author`` saved it last."""

    name: TextName
    text: str
    seen: Seen
    document: Document | None = None
    head: Revision | None = None
    draft: TextDraft | None = None
    author: str = ""


def open_writing(session: Session, target: Target) -> Writing:
    """Return a text to write on.

    :raises NotFound: the course has no such text, not even a draft.
    """
    document, head, draft = find_state(session, target)
    if head is None and draft is None:
        raise NotFound(target.name.slug)
    author = session.get_one(User, draft.author_id).name if draft else ""
    return _writing(target.name, (document, head), (draft, author))


def list_writings(session: Session, place: Place) -> Sequence[Writing]:
    """Return the texts of a course with their drafts, in two statements; syllabus, cases, quizzes."""
    published, drafted = _published(session, place), _drafted(session, place)
    names = sorted(published | drafted, key=lambda one: (ORDER[one.kind], one.slug, one.language))
    none: Published = (None, None)
    return [_writing(name, published.get(name, none), drafted.get(name, (None, ""))) for name in names]


def _published(session: Session, place: Place) -> dict[TextName, Published]:
    statement = (
        select(Document, Revision)
        .outerjoin(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == place.course.id, Document.retired_at.is_(None))
    )
    return {_name(row.Document): (row.Document, row.Revision) for row in session.execute(statement)}


def _drafted(session: Session, place: Place) -> dict[TextName, tuple[TextDraft | None, str]]:
    statement = (
        select(TextDraft, User.name)
        .join(User, User.id == TextDraft.author_id)
        .where(TextDraft.course_id == place.course.id)
    )
    return {_name(row.TextDraft): (row.TextDraft, row.name) for row in session.execute(statement)}


def _name(row: Document | TextDraft) -> TextName:
    return TextName(Kind(row.kind), row.slug, row.language)


def number_of(head: Revision | None) -> int:
    """Return the number of a text's head revision, 0 where nothing is published."""
    return head.number if head else 0


def find_state(session: Session, target: Target) -> tuple[Document | None, Revision | None, TextDraft | None]:
    """Return a text's document, its head revision and its draft, as they are in the database now."""
    name, course_id = target.name, target.place.course.id
    published = (
        select(Document, Revision)
        .outerjoin(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == course_id, Document.kind == name.kind.value)
        .where(Document.slug == name.slug, Document.language == name.language)
    )
    drafted = (
        select(TextDraft)
        .where(TextDraft.course_id == course_id, TextDraft.kind == name.kind.value)
        .where(TextDraft.slug == name.slug, TextDraft.language == name.language)
    )
    now = {"populate_existing": True}
    row = session.execute(published.execution_options(**now)).first()
    draft = session.scalar(drafted.execution_options(**now))
    return (row.Document, row.Revision, draft) if row else (None, None, draft)


def _writing(name: TextName, published: Published, drafted: tuple[TextDraft | None, str]) -> Writing:
    (document, head), (draft, author) = published, drafted
    text = draft.text if draft else head.source if head else ""
    return Writing(
        name, text, Seen(draft.version if draft else 0, number_of(head)), document, head, draft, author
    )
