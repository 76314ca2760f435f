"""Find published texts: a case, quiz or syllabus with its revisions in every language."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from app.content.parity import compare
from app.content.parse import Kind, Parsed, parse_text
from app.content.render import RENDERER_VERSION
from app.domain.case import Case
from app.domain.errors import NotFound, NotPublished, NotRendered
from app.domain.kept import Kept
from app.domain.quiz import Quiz
from app.domain.roles import Permission, Person
from app.domain.syllabus import Syllabus
from app.models import Document, Rendering, Revision

#: what this process has read of texts as this renderer made them: the same text never renders otherwise
_RENDERED: Kept[str, Mapping[str, Any]] = Kept(256)

#: documents by (kind, slug) and language
Titles = Mapping[tuple[str, str], Mapping[str, Document]]


@dataclass(frozen=True, slots=True)
class Text:
    """A published document with its head revisions by language. ``original`` names their master.

    A translation that lags behind its original is not among them: its ids or keys are others.
    """

    document: Document
    revisions: Mapping[str, Revision]

    @property
    def original(self) -> str:
        """The language of the original."""
        return self.document.language

    def language(self, wanted: str) -> str:
        """Return the language to show: the wanted one if there is such a revision, else the original."""
        return wanted if wanted in self.revisions else self.original

    def revision(self, wanted: str) -> Revision:
        """Return the revision in the language to show."""
        return self.revisions[self.language(wanted)]


def find_text(session: Session, course_id: int, kind: Kind, slug: str) -> Text | None:
    """Return a published document that is not retired, in one statement."""
    rows = session.execute(_published(course_id).where(Document.kind == kind.value, Document.slug == slug))
    return as_text([(row.Document, row.Revision) for row in rows])


def get_text(session: Session, course_id: int, kind: Kind, slug: str) -> Text:
    """Return a published document.

    :raises NotPublished: there is none of this name, or it is retired.
    """
    text = find_text(session, course_id, kind, slug)
    if text is None:
        raise NotPublished(slug)
    return text


def list_texts(session: Session, course_id: int, kind: Kind) -> Mapping[str, Text]:
    """Return the published documents of a kind by slug, in one statement."""
    rows: dict[str, list[tuple[Document, Revision]]] = {}
    statement = _published(course_id).where(Document.kind == kind.value).order_by(Document.slug)
    for row in session.execute(statement):
        rows.setdefault(row.Document.slug, []).append((row.Document, row.Revision))
    texts = {slug: as_text(each) for slug, each in rows.items()}
    return {slug: text for slug, text in texts.items() if text is not None}


def check_practice(person: Person, offering_id: int, document: Document) -> None:
    """Let pass who may practise with a document in an offering: the exam wall stands here.

    :raises NotFound: the person has no place in the offering, or the document is for exams only.
    """
    check_use(person, offering_id, is_walled=document.is_exam_only)


def check_use(person: Person, offering_id: int, *, is_walled: bool) -> None:
    """Let pass who may practise or sit something in an offering; behind the wall stand its authors.

    :raises NotFound: the person has no place in the offering, or what is practised is for exams only.
    """
    if not person.may(Permission.AUTHOR if is_walled else Permission.STUDY, offering_id):
        raise NotFound


def list_titles(session: Session, course_id: int) -> Titles:
    """Return the documents of a course, without their texts, by (kind, slug) and language."""
    return _by_name(session.scalars(select(Document).where(*_heads(course_id))))


def open_course(session: Session, course_id: int) -> tuple[Text | None, Titles]:
    """Return the syllabus of a course and the titles of all its documents, in one statement."""
    return open_courses(session, [course_id])[course_id]


def open_courses(session: Session, course_ids: Collection[int]) -> Mapping[int, tuple[Text | None, Titles]]:
    """Return the syllabus and the titles of courses by course id, in one statement."""
    is_syllabus = and_(Revision.id == Document.head_revision_id, Document.kind == Kind.SYLLABUS.value)
    statement = select(Document, Revision).outerjoin(Revision, is_syllabus).where(*_heads(*course_ids))
    rows: dict[int, list[tuple[Document, Revision | None]]] = {course_id: [] for course_id in course_ids}
    for document, revision in session.execute(statement):
        rows[document.course_id].append((document, revision))
    return {course_id: _opened(each) for course_id, each in rows.items()}


def _opened(rows: Sequence[tuple[Document, Revision | None]]) -> tuple[Text | None, Titles]:
    text = as_text([(document, revision) for document, revision in rows if revision is not None])
    return text, _by_name(document for document, _ in rows)


def _heads(*course_ids: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Document.course_id.in_(course_ids),
        Document.retired_at.is_(None),
        Document.head_revision_id.is_not(None),
    )


def _by_name(documents: Iterable[Document]) -> Titles:
    found: dict[tuple[str, str], dict[str, Document]] = {}
    for document in documents:
        found.setdefault((document.kind, document.slug), {})[document.language] = document
    originals = {name for name, each in found.items() if not all(one.is_translation for one in each.values())}
    return {name: found[name] for name in found if name in originals}


def list_cases_of_quiz(session: Session, course_id: int, quiz: str, language: str) -> Sequence[Document]:
    """Return the practice cases that a quiz belongs to, each in the language if it has it."""
    statement = select(Document).where(
        Document.course_id == course_id,
        Document.kind == Kind.CASE.value,
        Document.quiz == quiz,
        Document.retired_at.is_(None),
    )
    found: dict[str, Document] = {}
    for document in session.scalars(statement.order_by(Document.is_translation, Document.slug)):
        is_open = document.slug in found if document.is_translation else not document.is_exam_only
        if is_open and (document.slug not in found or document.language == language):
            found[document.slug] = document
    return list(found.values())


def list_quizzes(session: Session, course_id: int, language: str) -> Sequence[Document]:
    """Return the published quizzes of a course by title, each in the language if it has it."""
    titles = list_titles(session, course_id)
    found = [
        each.get(language) or next(one for one in each.values() if not one.is_translation)
        for (kind, _), each in titles.items()
        if kind == Kind.QUIZ.value
    ]
    return sorted(found, key=lambda document: document.title)


def find_fragments(session: Session, revisions: Sequence[Revision]) -> Mapping[int, Mapping[str, Any]]:
    """Return the rendered HTML of revisions by revision id, in one statement at most.

    :raises NotRendered: a text waits to be rendered by this version of the renderer.
    """
    keys = {revision.rendering_key for revision in revisions}
    by_key = {key: found for key in keys if (found := _RENDERED.find(key)) is not None}
    if missing := keys - set(by_key):
        by_key |= _read_fragments(session, missing)
    return {revision.id: by_key[revision.rendering_key] for revision in revisions}


def _read_fragments(session: Session, keys: Set[str]) -> dict[str, Mapping[str, Any]]:
    statement = select(Rendering).where(Rendering.key.in_(keys), Rendering.version == RENDERER_VERSION)
    by_key: dict[str, Mapping[str, Any]] = {row.key: row.fragments for row in session.scalars(statement)}
    if missing := keys - set(by_key):
        raise NotRendered(", ".join(sorted(missing)))
    for key, fragments in by_key.items():
        _RENDERED.keep(key, fragments)
    return by_key


def case_of(revision: Revision) -> Case:
    """Return the case that a revision holds."""
    document = _parsed(revision.source, Kind.CASE)
    assert isinstance(document, Case)
    return document


def quiz_of(revision: Revision) -> Quiz:
    """Return the quiz that a revision holds."""
    document = _parsed(revision.source, Kind.QUIZ)
    assert isinstance(document, Quiz)
    return document


def syllabus_of(revision: Revision) -> Syllabus:
    """Return the syllabus that a revision holds."""
    document = _parsed(revision.source, Kind.SYLLABUS)
    assert isinstance(document, Syllabus)
    return document


def _parsed(source: str, kind: Kind) -> Case | Quiz | Syllabus:
    document = read_text(source, kind).document
    if document is None:
        raise NotPublished(kind.value)
    return document


@lru_cache(maxsize=512)
def read_text(source: str, kind: Kind) -> Parsed:
    """Parse a published source once a process: a revision never changes."""
    return parse_text(source, kind)


@lru_cache(maxsize=512)
def _fits(original: str, translation: str, kind: Kind) -> bool:
    """Whether a translation still has the ids, types and keys of its original."""
    found = compare(read_text(original, kind), read_text(translation, kind))
    return not any(one.is_error for one in found)


def _published(course_id: int) -> Select[Document, Revision]:
    return (
        select(Document, Revision)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == course_id, Document.retired_at.is_(None))
    )


def as_text(rows: Sequence[tuple[Document, Revision]]) -> Text | None:
    """Put the documents of one name together, None where the original is not among them."""
    originals = [(document, revision) for document, revision in rows if not document.is_translation]
    if not originals:
        return None
    original, master = originals[0]
    kind = Kind(original.kind)
    fitting = [row for row in rows if row[1] is master or _fits(master.source, row[1].source, kind)]
    return Text(original, {document.language: revision for document, revision in fitting})
