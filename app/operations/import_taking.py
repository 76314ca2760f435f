"""Make quizzes of the questions that were read: one short transaction each, drafts or published at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind, parse_text
from app.content.render import Renderer
from app.content.scanner import FILE_LIMIT
from app.content.writer import format_document
from app.domain.errors import BadTable, TextRefused
from app.domain.merging import add_groups
from app.domain.quiz import Quiz
from app.domain.roles import Permission, Person
from app.domain.words import Sentence, marked
from app.models import Course, CoursePicture, Offering, QuestionImport, User
from app.operations import audit
from app.operations.authoring import prepare_text, publish_text
from app.operations.blobs import store_blob, write_bytes
from app.operations.courses import take_turns
from app.operations.drafts import save_draft
from app.operations.import_files import picture_path, read_pictures, read_text
from app.operations.import_ids import used_ids
from app.operations.import_rows import hold_import
from app.operations.jobs import Write, add_job
from app.operations.offerings import get_offering
from app.operations.question_imports import TAKE, open_quiz, place_of, seen_of, wanted_of
from app.operations.shelves import Checked, check_in_course, pictures_of
from app.operations.writings import Seen, Target, find_state

#: what the history says of a quiz that was published at once, by the language of the course
MESSAGES = {"zh": "导入：%s", "en": "Imported: %s"}


def start_taking(session: Session, row: QuestionImport, now: datetime, *, publishes: bool) -> None:
    """Let a job make the quizzes; asked twice it is done once.

    :raises BadTable: the file was not read, or nothing of it can be taken.
    """
    check_takeable(row)
    row.state, row.is_published = "taking", publishes
    add_job(session, TAKE, {"import": row.public_id}, now)


def check_takeable(row: QuestionImport) -> None:
    """Refuse what was not read, was taken already, or has nothing to take.

    :raises BadTable: it is so.
    """
    if row.state != "ready":
        raise BadTable(Sentence(NOT_READY))
    if not row.parts:
        raise BadTable(Sentence(NOTHING))


def keep_pictures(instance: Path, public: str) -> None:
    """Put the bytes of the pictures where those of all pictures lie."""
    for name in read_pictures(instance, public):
        write_bytes(instance, picture_path(instance, public, name).read_bytes())


def manifest_of(session: Session, row: QuestionImport, instance: Path) -> dict[str, str]:
    """Return the pictures that the questions may show: the course's, and those of the file."""
    course_id = session.get_one(Offering, row.offering_id).course_id
    own = {
        name: sha256(picture_path(instance, row.public_id, name).read_bytes()).hexdigest()
        for name in read_pictures(instance, row.public_id)
    }
    return {**pictures_of(session, course_id), **own}


def lacks_pictures(session: Session, row: QuestionImport, instance: Path) -> bool:
    """Whether the course does not have all pictures of an import yet."""
    pictures = read_pictures(instance, row.public_id)
    return bool(pictures.keys() - _known_pictures(session, row, pictures))


def _known_pictures(session: Session, row: QuestionImport, pictures: Mapping[str, str]) -> set[str]:
    course_id = session.get_one(Offering, row.offering_id).course_id
    own = select(CoursePicture.name).where(CoursePicture.course_id == course_id)
    return set(session.scalars(own.where(CoursePicture.name.in_(pictures))))


def store_pictures(session: Session, row: QuestionImport, instance: Path, now: datetime) -> int:
    """Let the course's drafts show the pictures of an import; return how many are new."""
    pictures = read_pictures(instance, row.public_id)
    course_id = session.get_one(Offering, row.offering_id).course_id
    take_turns(session, [session.get_one(Course, course_id)])
    known = _known_pictures(session, row, pictures)
    for name, media_type in pictures.items():
        if name not in known:
            data = picture_path(instance, row.public_id, name).read_bytes()
            blob = store_blob(session, instance, data, media_type, now)
            session.add(
                CoursePicture(
                    course_id=course_id,
                    name=name,
                    sha256=blob.sha256,
                    author_id=row.author_id,
                    added_at=now,
                )
            )
    session.flush()
    return len(pictures) - len(known)


def prepare_part(session: Session, row: QuestionImport, instance: Path, renderer: Renderer) -> Write:
    """Make the next quiz of an import ready; return what then writes it.

    :raises DraftChanged: the quiz that questions are added to has changed since they were read.
    :raises BadTable, TextRefused, RenderFailed: it cannot be made, or a colleague's draft would be published.
    """
    wanted, part, public = wanted_of(row), row.done, row.public_id
    person, place = place_of(session, row)
    target = Target(place, wanted.name(part))
    text, seen = read_text(instance, public, part), Seen(0, 0)
    if wanted.is_added:
        if row.is_published:
            _check_own(session, person, target)
        text, seen = _added(session, target, text, seen_of(row))
    if not row.is_published:

        def write_draft(session: Session, now: datetime) -> None:
            save_draft(session, person, _again(session, person, target), (text, seen), now)

        return _counted(public, person, write_draft)
    prepared = prepare_text(_sound(check_in_course(session, place.course, target.name, text)), renderer)
    message = MESSAGES.get(wanted.language, MESSAGES["en"]) % (row.file_name or wanted.slug)

    def write_revision(session: Session, now: datetime) -> None:
        publish_text(session, person, _again(session, person, target), prepared, (seen, message, now))

    return _counted(public, person, write_revision)


def _sound(checked: Checked) -> Checked:
    """Let a text pass that can be published.

    :raises TextRefused: it has errors, which the look does not show line by line.
    """
    if not checked.is_sound:
        raise TextRefused(Sentence(NOT_SOUND))
    return checked


def _check_own(session: Session, person: Person, target: Target) -> None:
    """Refuse to publish, with the questions of a file, what a colleague is writing on.

    :raises BadTable: a colleague saved the draft last.
    """
    draft = find_state(session, target)[2]
    if draft is not None and draft.author_id != person.id:
        name = session.get_one(User, draft.author_id).name
        raise BadTable(Sentence(COLLEAGUE, {"name": name}))


def _again(session: Session, person: Person, target: Target) -> Target:
    """Return the target in a session that writes."""
    public = target.place.offering.public_id
    return replace(target, place=get_offering(session, person, public, Permission.AUTHOR))


def _added(session: Session, target: Target, text: str, seen: Seen) -> tuple[str, Seen]:
    """Return the text of a quiz with the questions of another text added, and what is seen of it now.

    :raises BadTable: it has changed since the questions were read.
    :raises TextRefused: it would be too large.
    """
    document = parse_text(text, Kind.QUIZ).document
    assert isinstance(document, Quiz)
    quiz, now_seen = open_quiz(session, target.place, target.name)
    if now_seen != seen:
        raise BadTable(Sentence(CHANGED))
    groups = add_groups(quiz, document.groups, used_ids(session, target) | {item.id for item in quiz.items})
    whole = format_document(replace(quiz, groups=groups))
    if len(whole.encode()) > FILE_LIMIT:
        raise TextRefused(Sentence(TOO_LARGE))
    return whole, seen


def _counted(public: str, person: Person, write: Callable[[Session, datetime], None]) -> Write:
    """Write a part and count it, unless its file was given up meanwhile."""

    def counted(session: Session, now: datetime) -> int:
        row = hold_import(session, public)
        if row is None:
            return 0
        write(session, now)
        return _count(session, row, person, now)

    return counted


def _count(session: Session, row: QuestionImport, person: Person, now: datetime) -> int:
    row.done += 1
    if row.done >= row.parts:
        row.state = "done"
        detail: dict[str, object] = {"file": row.file_name, **row.counts}
        audit.record(session, person, "text.import", offering_id=row.offering_id, detail=detail, now=now)
    session.flush()
    return 1


NOT_READY = marked("This file is not waiting to be taken: it is being read, or was taken already.")
NOT_SOUND = marked(
    "This cannot be published as it is. Take it as a draft: the editor names what is wrong, line by line."
)
NOTHING = marked("There is no question that can be taken.")
CHANGED = marked("The quiz was changed since the file was read. Send the file again.")
TOO_LARGE = marked("With these questions the quiz would be larger than a text can be: 256 KiB.")
COLLEAGUE = marked(
    "%(name)s is writing on this quiz: to publish now would publish that draft too. Take the questions as a"
    " draft, or let %(name)s publish first, then send the file again."
)
