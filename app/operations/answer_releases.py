"""Release the model answers of a case that were kept back until the instructor says so."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.case import Case
from app.domain.roles import Person
from app.models import AnswerRelease
from app.operations.audit import record
from app.operations.documents import Text
from app.operations.offerings import Place, check_running


def find_release(session: Session, offering_id: int, document_id: int) -> AnswerRelease | None:
    """Return who released the model answers of a case in an offering, and when."""
    return session.get(AnswerRelease, (offering_id, document_id))


def waits_for_release(case: Case) -> bool:
    """Whether a case has a model answer that is kept back until release."""
    return any(section.reveal == "release" for section in case.sections)


def release_answers(session: Session, place: Place, person: Person, text: Text, now: datetime) -> None:
    """Release a case's model answers to everybody of the offering who answered. Twice changes nothing.

    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    if find_release(session, place.offering.id, text.document.id) is not None:
        return
    session.add(
        AnswerRelease(
            offering_id=place.offering.id,
            document_id=text.document.id,
            released_by_id=person.id,
            released_at=now,
        )
    )
    detail = {"case": text.document.slug}
    record(session, person, "answers.release", offering_id=place.offering.id, detail=detail, now=now)
