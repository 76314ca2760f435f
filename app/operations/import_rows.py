"""The row of a file that is taken in: found, held, refused, given up."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.roles import Person
from app.domain.words import Sentence
from app.models import QuestionImport
from app.operations.import_files import remove_files
from app.operations.offerings import Place

#: how long a file waits for its author
KEEP = timedelta(days=1)


def get_import(session: Session, person: Person, place: Place, public: str, now: datetime) -> QuestionImport:
    """Return a file that a person sent to an offering within the last day.

    :raises NotFound: there is none, or it is somebody else's.
    """
    row = session.scalar(select(QuestionImport).where(QuestionImport.public_id == public))
    if row is None or (row.author_id, row.offering_id) != (person.id, place.offering.id):
        raise NotFound(public)
    if row.created_at <= now - KEEP:
        raise NotFound(public)
    return row


def find_import(session: Session, public: str) -> QuestionImport | None:
    """Return a file, whosever it is."""
    return session.scalar(select(QuestionImport).where(QuestionImport.public_id == public))


def hold_import(session: Session, public: str) -> QuestionImport | None:
    """Return a file as it is now, and let nobody else change it or give it up until this is done."""
    held = select(QuestionImport).where(QuestionImport.public_id == public).with_for_update()
    return session.scalar(held.execution_options(populate_existing=True))


def drop_import(session: Session, row: QuestionImport, instance: Path) -> int:
    """Give up a file: nothing of it stays but the quizzes that were made; return how many these are."""
    held = hold_import(session, row.public_id)
    if held is not None:
        session.delete(held)
        session.flush()
    remove_files(instance, row.public_id)
    return held.done if held else 0


def refuse_import(session: Session, public: str, sentence: Sentence) -> int:
    """Note why a file was not taken."""
    row = hold_import(session, public)
    if row is not None:
        refuse(row, sentence)
    return 1


def refuse(row: QuestionImport, sentence: Sentence) -> None:
    """Note on its row why a file was not taken."""
    row.state, row.refusal = "refused", {"text": sentence.text, "values": dict(sentence.values)}
