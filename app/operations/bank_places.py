"""Questions through the person who asks: of courses that one is an author of, and of no others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.bank_words import RETIRED, Mark
from app.domain.errors import NotFound
from app.domain.roles import Permission, Person
from app.models import BankItem, Document, Exam, Revision, User
from app.operations.bank_tokens import tokens_of
from app.operations.halls import as_halls, halls
from app.operations.offerings import Place, list_places
from app.operations.own_exams import titles_in
from app.operations.titles import titles_of


@dataclass(frozen=True, slots=True)
class QuestionName:
    """Which question: its course, its quiz and its id there; no language: in that of the original."""

    course: str
    quiz: str
    item: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the bank, the quiz that it stands in, and the offering from which one looks at it."""

    row: BankItem
    document: Document
    place: Place

    @property
    def tokens(self) -> set[str]:
        """By which it is found."""
        return tokens_of(self.row)

    @property
    def is_retired(self) -> bool:
        """Whether it is kept out of new papers."""
        return Mark.STATE + RETIRED in self.tokens

    @property
    def tags(self) -> list[str]:
        """What the desk calls it."""
        return sorted(one.removeprefix(Mark.TAG) for one in self.tokens if one.startswith(Mark.TAG))


def author_places(session: Session, person: Person) -> Mapping[str, Place]:
    """Return the courses that a person is an author of, each with the newest offering, by slug."""
    places: dict[str, Place] = {}
    for place in list_places(session, person, Permission.AUTHOR):
        places.setdefault(place.course.slug, place)
    return places


def get_question(session: Session, person: Person, name: QuestionName) -> Question:
    """Return a question.

    :raises NotFound: the bank has none of this name for this person.
    """
    found = find_questions(session, author_places(session, person), [name])
    if not found:
        raise NotFound(name.item)
    return found[0]


def find_questions(
    session: Session, places: Mapping[str, Place], names: Sequence[QuestionName]
) -> list[Question]:
    """Return those of the named questions that there are, in the order of the names."""
    courses = {place.course.id: place for place in places.values()}
    statement = (
        select(BankItem, Document)
        .join(Document, Document.id == BankItem.document_id)
        .where(Document.course_id.in_(courses), Document.kind == Kind.QUIZ.value)
        .where(Document.slug.in_({one.quiz for one in names}))
        .where(BankItem.item.in_({one.item for one in names}))
    )
    found: dict[QuestionName, Question] = {}
    for row, document in session.execute(statement):
        place = courses[document.course_id]
        question = Question(row, document, place)
        called = (place.course.slug, document.slug, row.item)
        found[QuestionName(*called, document.language)] = question
        if not document.is_translation:
            found[QuestionName(*called)] = question
    return [found[name] for name in dict.fromkeys(names) if name in found]


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers in tokens are called: quizzes with their titles, authors and exams by id."""

    quizzes: Mapping[int, Document]
    titles: Mapping[int, str]
    authors: Mapping[int, str]
    exams: Mapping[int, str]


def names_of(session: Session, choices: Mapping[str, Mapping[str, int]], language: str) -> Names:
    """Return what quizzes, authors and exams are called, in five statements at most.

    :param language: that of the page, in which quizzes and exams have their titles where they can.
    """
    asked = (choices[Mark.QUIZ], choices[Mark.AUTHOR], choices[Mark.EXAM])
    ids = [{int(one) for one in each if one.isdecimal()} for each in asked]
    documents = session.scalars(select(Document).where(Document.id.in_(ids[0]))).all() if ids[0] else ()
    people = session.execute(select(User.id, User.name).where(User.id.in_(ids[1]))) if ids[1] else ()
    held = as_halls(session, halls().where(Exam.id.in_(ids[2]))) if ids[2] else ()
    return Names(
        {one.id: one for one in documents},
        titles_of(session, documents, language),
        {row[0]: row[1] for row in people},
        titles_in(session, held, language) if held else {},
    )


def head_revisions(session: Session, document_ids: Iterable[int]) -> Mapping[int, tuple[Document, Revision]]:
    """Return texts with their head revisions, in one statement."""
    statement = (
        select(Document, Revision)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(Document.id.in_(set(document_ids)))
    )
    return {row.Document.id: (row.Document, row.Revision) for row in session.execute(statement)}


def since_of(session: Session, row: BankItem) -> tuple[Revision, str]:
    """Return the revision that brought a question as it is, and who wrote it; nobody: it came from a file."""
    statement = (
        select(Revision, User.name)
        .outerjoin(User, User.id == Revision.author_id)
        .where(Revision.id == row.since_id)
    )
    found = session.execute(statement).one()
    return found.Revision, found.name or ""
