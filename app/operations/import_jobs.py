"""What jobs do of an import: read a large file, make many quizzes, forget what nobody took."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.content.render import Renderer
from app.content.writer import format_document
from app.domain.errors import Refusal
from app.domain.words import Sentence, marked
from app.models import QuestionImport
from app.operations.import_files import folder_of, remove_files
from app.operations.import_rows import KEEP, drop_import, find_import, hold_import, refuse, refuse_import
from app.operations.import_taking import keep_pictures, lacks_pictures, prepare_part, store_pictures
from app.operations.jobs import SLICE_ROWS, Write
from app.operations.question_imports import check_free, course_of, note_look, open_quiz, place_of, wanted_of
from app.operations.reading_process import UNREADABLE, read_apart
from app.operations.signing import INSTANCE
from app.operations.writings import Seen

LOG = logging.getLogger("casehall.imports")
#: a quiz of the largest size takes longer than a paragraph
SECONDS = 20.0


def read_waiting(session: Session, instance: Path, arguments: Mapping[str, Any]) -> Write | None:
    """Read a file that waits; return what writes how it went, None where there is nothing to do."""
    row = find_import(session, str(arguments["import"]))
    if row is None or row.state != "waiting":
        return None
    public = row.public_id
    try:
        seen, counts = _look(session, row, instance)
    except Refusal as refusal:
        sentence = getattr(refusal, "sentence", Sentence(NOT_HERE))
        return _settling(public, lambda found: refuse(found, sentence))
    except Exception:
        # whatever a file did to its reader: its author is told, and so is whoever looks after the service
        LOG.exception("import %s cannot be read", public)
        return _settling(public, lambda found: refuse(found, Sentence(UNREADABLE)))
    return _settling(public, lambda found: note_look(found, seen, counts))


def _settling(public: str, note: Callable[[QuestionImport], None]) -> Write:
    """Note how a file was read; what was read of one that was given up meanwhile is removed."""

    def settle(session: Session, now: datetime) -> int:
        found = hold_import(session, public)
        if found is None:
            remove_files(session.info[INSTANCE], public)
        else:
            note(found)
        return 1

    return settle


def _look(session: Session, row: QuestionImport, instance: Path) -> tuple[Seen, Mapping[str, int]]:
    _, place = place_of(session, row)
    wanted, quiz = wanted_of(row), wanted_of(row).quiz()
    course, seen = course_of(session, place, wanted)
    text = format_document(open_quiz(session, place, wanted.name())[0]) if wanted.is_added else ""
    about = {"title": quiz.title, "language": quiz.language, "use": quiz.use, "module": quiz.module}
    request = {
        "name": row.file_name,
        "wanted": about,
        "objectives": sorted(course.objectives),
        "pictures": sorted(course.pictures),
        "text": text,
    }
    counts = read_apart(folder_of(instance, row.public_id), request)
    if not wanted.is_added:
        check_free(session, place, wanted, counts["parts"])
    return seen, counts


def take_waiting(session: Session, instance: Path, arguments: Mapping[str, Any]) -> Write | None:
    """Make the pictures or the next quiz of an import ready; None where there is nothing to do."""
    row = find_import(session, str(arguments["import"]))
    if row is None or row.state != "taking":
        return None
    public = row.public_id
    renderer = Renderer(SECONDS)
    try:
        if lacks_pictures(session, row, instance):
            keep_pictures(instance, public)
            return lambda session, now: _store(session, public, instance, now)
        return _guarded(public, prepare_part(session, row, instance, renderer))
    except Refusal as refusal:
        return _refusing(public, getattr(refusal, "sentence", Sentence(FAILED)))
    except Exception:
        LOG.exception("import %s cannot be taken", public)
        return _refusing(public, Sentence(FAILED))
    finally:
        renderer.close()


def _guarded(public: str, write: Write) -> Write:
    """Note why a quiz was refused in the moment in which it was to be written; nothing of it stays."""

    def guarded(session: Session, now: datetime) -> int:
        try:
            with session.begin_nested():
                return write(session, now)
        except Refusal as refusal:
            return refuse_import(session, public, getattr(refusal, "sentence", Sentence(FAILED)))

    return guarded


def _store(session: Session, public: str, instance: Path, now: datetime) -> int:
    row = find_import(session, public)
    return store_pictures(session, row, instance, now) if row else 0


def _refusing(public: str, sentence: Sentence) -> Write:
    return lambda session, now: refuse_import(session, public, sentence)


def has_old_imports(session: Session, now: datetime) -> bool:
    """Whether a file waits that nobody took within a day."""
    return bool(session.scalar(select(exists().where(QuestionImport.created_at <= now - KEEP))))


def purge_imports(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Forget some of the files that nobody took within a day; return how many."""
    old = select(QuestionImport).where(QuestionImport.created_at <= now - KEEP).limit(SLICE_ROWS)
    rows = session.scalars(old).all()
    for row in rows:
        drop_import(session, row, session.info[INSTANCE])
    return len(rows)


NOT_HERE = marked("You cannot write texts of this course any more, or it is archived.")
FAILED = marked("A quiz could not be made: somebody else made one of this name, or it cannot be shown.")
