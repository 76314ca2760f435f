"""Texts as their authors find them: what is published, and the draft that they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.content.front_matter import written_title
from app.content.parse import Kind
from app.domain.errors import NotFound
from app.models import Document, Revision, TextDraft, User
from app.operations.offerings import Place, check_running, take_turn
from app.operations.shelves import TextName

ORDER = {Kind.SYLLABUS: 0, Kind.CASE: 1, Kind.QUIZ: 2}
Published = tuple[Document | None, Revision | None]
#: a draft, who saved it last, and the number of the revision that it was begun from
Drafted = tuple[TextDraft | None, str, int]
NO_DRAFT: Drafted = (None, "", 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an author saw: the version of the draft, and the newest revision that the text takes account of.

    Both are 0 where there was none.
    """

    version: int
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """A text of the course of an offering that an author runs."""

    place: Place
    name: TextName


@dataclass(frozen=True, slots=True)
class Writing:
    """A text as its authors find it: their draft, or else what is published; ``author`` saved it last.

    ``seen`` names the revision that the draft was begun from, which may not be the head any more.
    """

    name: TextName
    text: str
    seen: Seen
    document: Document | None = None
    head: Revision | None = None
    draft: TextDraft | None = None
    author: str = ""

    @property
    def title(self) -> str:
        """What the text is called: as its draft says, else as it is published, else by its short name."""
        written = written_title(self.draft.text) if self.draft else ""
        return written or (self.document.title if self.document else self.name.slug)

    @property
    def caught_up(self) -> Seen:
        """What an author has seen who looked at the draft and at what is published."""
        return Seen(self.draft.version if self.draft else 0, number_of(self.head))

    @property
    def is_retired(self) -> bool:
        """Whether it was published and is not shown any more."""
        return self.document is not None and self.document.retired_at is not None

    @property
    def is_behind(self) -> bool:
        """Whether something newer was published than the text takes account of."""
        return self.seen.number < number_of(self.head)


def open_writing(session: Session, target: Target) -> Writing:
    """Return a text to write on.

    :raises NotFound: the course has no such text, not even a draft.
    """
    document, head, draft = find_state(session, target)
    if head is None and draft is None:
        raise NotFound(target.name.slug)
    if draft is None:
        return _writing(target.name, (document, head), NO_DRAFT)
    author = session.get_one(User, draft.author_id).name
    return _writing(target.name, (document, head), (draft, author, base_number(session, draft)))


def list_writings(session: Session, place: Place) -> Sequence[Writing]:
    """Return the texts of a course with their drafts, in two statements; syllabus, cases, quizzes.

    What was retired is listed too, with nothing that is being written of it if nobody began to.
    """
    published, drafted = _published(session, place), _drafted(session, place)
    names = sorted(published | drafted, key=order_of)
    none: Published = (None, None)
    return [_writing(name, published.get(name, none), drafted.get(name, NO_DRAFT)) for name in names]


def order_of(name: TextName) -> tuple[int, str, str]:
    """Return where a text stands in a list: the syllabus, the cases, the quizzes."""
    return ORDER[name.kind], name.slug, name.language


def hold(session: Session, target: Target) -> None:
    """Let nobody else write to the offering until this is done.

    :raises OfferingArchived: the offering is read-only.
    """
    check_running(target.place.offering)
    take_turn(session, target.place)


def _published(session: Session, place: Place) -> dict[TextName, Published]:
    statement = (
        select(Document, Revision)
        .outerjoin(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == place.course.id)
    )
    return {name_of(row.Document): (row.Document, row.Revision) for row in session.execute(statement)}


def _drafted(session: Session, place: Place) -> dict[TextName, Drafted]:
    statement = (
        select(TextDraft, User.name, Revision.number)
        .join(User, User.id == TextDraft.author_id)
        .outerjoin(Revision, Revision.id == TextDraft.base_id)
        .where(TextDraft.course_id == place.course.id, TextDraft.discarded_at.is_(None))
    )
    rows = session.execute(statement)
    return {name_of(row.TextDraft): (row.TextDraft, row.name, row.number or 0) for row in rows}


def name_of(row: Document | TextDraft) -> TextName:
    """Return which text a row is about."""
    return TextName(Kind(row.kind), row.slug, row.language)


def number_of(head: Revision | None) -> int:
    """Return the number of a text's head revision, 0 where nothing is published."""
    return head.number if head else 0


def base_number(session: Session, draft: TextDraft) -> int:
    """Return the number of the revision that a draft was begun from, 0 where it was a new text."""
    return session.get_one(Revision, draft.base_id).number if draft.base_id else 0


def find_state(session: Session, target: Target) -> tuple[Document | None, Revision | None, TextDraft | None]:
    """Return a text's document, its head revision and its draft, as they are in the database now."""
    name, course_id = target.name, target.place.course.id
    published = (
        select(Document, Revision)
        .outerjoin(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == course_id, Document.kind == name.kind.value)
        .where(Document.slug == name.slug, Document.language == name.language)
    )
    drafted = drafts_of(target).where(TextDraft.discarded_at.is_(None))
    now = {"populate_existing": True}
    row = session.execute(published.execution_options(**now)).first()
    draft = session.scalar(drafted.execution_options(**now))
    return (row.Document, row.Revision, draft) if row else (None, None, draft)


def drafts_of(target: Target) -> Select[TextDraft]:
    """Select the drafts of a text, those that were put aside too."""
    name = target.name
    return (
        select(TextDraft)
        .where(TextDraft.course_id == target.place.course.id, TextDraft.kind == name.kind.value)
        .where(TextDraft.slug == name.slug, TextDraft.language == name.language)
    )


def _writing(name: TextName, published: Published, drafted: Drafted) -> Writing:
    (document, head), (draft, author, base) = published, drafted
    seen = Seen(draft.version, base) if draft else Seen(0, number_of(head))
    text = draft.text if draft else head.source if head else ""
    return Writing(name, text, seen, document, head, draft, author)
