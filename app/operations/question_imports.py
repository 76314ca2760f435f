"""Take questions in from a file: keep what was sent, read it, let its author look, forget it after a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.content.parse import Kind, parse_text
from app.domain.errors import BadTable
from app.domain.quiz import Quiz
from app.domain.roles import Permission, Person
from app.domain.words import Sentence, marked
from app.models import Offering, QuestionImport, User
from app.operations.banks import syllabuses_of
from app.operations.import_files import Result, folder_of, write_result, write_upload
from app.operations.import_pictures import Pictures
from app.operations.import_reading import Course, counted, read_file
from app.operations.jobs import add_job
from app.operations.offerings import Place, check_running, get_offering
from app.operations.people import load_person
from app.operations.shelves import TextName, pictures_of
from app.operations.writings import Seen, Target, base_number, find_state, number_of

READ, TAKE = "read_import", "take_import"
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where questions go: a new quiz with this title, module and use, or a quiz that is there."""

    slug: str
    language: str
    title: str = ""
    module: str = ""
    use: str = "practice"
    is_added: bool = False

    def name(self, part: int = 0) -> TextName:
        """Return the quiz that a part becomes; the first is 0."""
        slug = self.slug if part == 0 else f"{self.slug}-{part + 1}"
        return TextName(Kind.QUIZ, slug, self.language)

    def quiz(self) -> Quiz:
        """Return the quiz without its items."""
        module = self.module or None
        return Quiz(self.title or self.slug, language=self.language, use=self.use, module=module)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent, with its name, "" where it was pasted."""

    data: bytes
    name: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read: how it stands against its course, and what is in it."""

    seen: Seen
    result: Result
    counts: Mapping[str, int]
    pictures: Pictures


def look_into(session: Session, place: Place, sent: Sent) -> Looked:
    """Read a file for a course; nothing is written.

    :raises BadTable: it cannot be read, or cannot go where it is to go.
    """
    course, seen = course_of(session, place, sent.wanted)
    result, reading, pictures = read_file(sent.data, sent.name, course, sent.wanted.quiz())
    counts = dict(counted(reading, len(result.texts)))
    if not sent.wanted.is_added:
        check_free(session, place, sent.wanted, len(result.texts))
    return Looked(seen, result, counts, pictures)


def course_of(session: Session, place: Place, wanted: Wanted) -> tuple[Course, Seen]:
    """Return what a course is to a file that goes there, and what was seen of the quiz it is added to.

    :raises BadTable: there is no such quiz, or its draft has errors.
    """
    syllabuses = syllabuses_of(session, place.course.id)
    objectives = frozenset(
        one.id for syllabus in syllabuses.values() for module in syllabus.modules for one in module.objectives
    )
    course = Course(wanted.language, objectives, frozenset(pictures_of(session, place.course.id)))
    if not wanted.is_added:
        return course, Seen(0, 0)
    quiz, seen = open_quiz(session, place, wanted.name())
    return replace(course, known=tuple(quiz.items), is_added=True), seen


def open_quiz(session: Session, place: Place, name: TextName) -> tuple[Quiz, Seen]:
    """Return a quiz as its authors have it, and what that is.

    :raises BadTable: there is none, or its draft has errors, or was begun before what is published now.
    """
    _, head, draft = find_state(session, Target(place, name))
    text = draft.text if draft else head.source if head else ""
    document = parse_text(text, Kind.QUIZ).document if text else None
    if not isinstance(document, Quiz):
        raise BadTable(Sentence(BROKEN_DRAFT if text else NO_QUIZ))
    if draft is not None and base_number(session, draft) < number_of(head):
        raise BadTable(Sentence(BEHIND))
    return document, Seen(draft.version if draft else 0, number_of(head))


def check_free(session: Session, place: Place, wanted: Wanted, parts: int) -> None:
    """Refuse short names of new quizzes that the course has already.

    :raises BadTable: it has one of them.
    """
    for part in range(parts):
        document, head, draft = find_state(session, Target(place, wanted.name(part)))
        if document or head or draft:
            raise BadTable(Sentence(TAKEN, {"slug": wanted.name(part).slug}))


def begin_import(
    session: Session, person: Person, place: Place, sent: Sent, moment: tuple[datetime, str]
) -> QuestionImport:
    """Keep a row for a file. What was sent or read is kept before, under the same public id.

    :param moment: now, and the public id.
    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    now, public = moment
    row = QuestionImport(
        public_id=public,
        offering_id=place.offering.id,
        author_id=person.id,
        file_name=sent.name[-NAME_LENGTH:],
        target=packed(sent.wanted, Seen(0, 0)),
        counts={},
        refusal={},
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def note_look(row: QuestionImport, seen: Seen, counts: Mapping[str, int]) -> None:
    """Note on its row what a file holds, and what its course was then."""
    row.target = packed(wanted_of(row), seen)
    row.counts, row.parts, row.state = dict(counts), counts["parts"], "ready"


def queue_reading(session: Session, row: QuestionImport, now: datetime) -> None:
    """Let a job read a file whose bytes were kept."""
    add_job(session, READ, {"import": row.public_id}, now)


def keep_upload(instance: Path, public: str, data: bytes) -> None:
    """Keep what was sent until it is read."""
    write_upload(instance, public, data)


def keep_look(instance: Path, public: str, looked: Looked) -> None:
    """Keep what was read."""
    write_result(folder_of(instance, public), looked.result, looked.pictures.kept)


def place_of(session: Session, row: QuestionImport) -> tuple[Person, Place]:
    """Return the author of an import, and where they stand now.

    :raises NotFound: they are no author there any more.
    """
    person = load_person(session, session.get_one(User, row.author_id))
    offering = session.get_one(Offering, row.offering_id)
    return person, get_offering(session, person, offering.public_id, Permission.AUTHOR)


def packed(wanted: Wanted, seen: Seen) -> dict[str, Any]:
    """Return as JSON where questions go, and what was seen there."""
    return {
        "slug": wanted.slug,
        "language": wanted.language,
        "title": wanted.title,
        "module": wanted.module,
        "use": wanted.use,
        "is_added": wanted.is_added,
        "seen": [seen.version, seen.number],
    }


def wanted_of(row: QuestionImport) -> Wanted:
    """Return where the questions of a file go."""
    return Wanted(**{name: value for name, value in row.target.items() if name != "seen"})


def seen_of(row: QuestionImport) -> Seen:
    """Return what there was when the file was read."""
    return Seen(*row.target["seen"])


BEHIND = marked(
    "The draft of this quiz was begun before what is published now. Open it, look at what was published, and"
    " save it; then add questions."
)
NO_QUIZ = marked("There is no such quiz to add questions to.")
BROKEN_DRAFT = marked("The draft of this quiz has errors. Mend them first, then add questions to it.")
TAKEN = marked('The course has a quiz with the short name "%(slug)s" already. Choose another one.')
