"""Bring in answers that a learner's page handed out because nothing reached the server."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadExport, NotFound, Refusal
from app.domain.exported import Export
from app.domain.roles import Person
from app.models import Attempt, User
from app.operations import audit
from app.operations.halls import Hall
from app.operations.offerings import check_running
from app.operations.people import load_person
from app.operations.pins import pins_of
from app.operations.saving import Ack, save_batch, store_of
from app.operations.sittings import Sitting, get_sitting

IMPORT = "exam.import"


@dataclass(frozen=True, slots=True)
class Imported:
    """Whose answers were brought in, and what became of each event, in their order."""

    user: User
    sitting: Sitting
    acks: Sequence[Ack]


def import_answers(
    session: Session, person: Person, hall: Hall, export: Export, moment: tuple[datetime, str]
) -> Imported:
    """Judge a page's events as if the page sent them now; each has its outcome, replays their first.

    :param moment: now, and the address that asks.
    :raises OfferingArchived: the offering is read-only.
    :raises BadExport: the file is of another exam (``attempt``), names somebody else (``person``), or the
        learner has no place in the offering any more (``left``).
    """
    check_running(hall.offering)
    attempt, user = _find(session, hall, export)
    sitting = get_sitting(session, attempt.public_id, user.id)
    learner, now = load_person(session, user), moment[0]
    session.flush()
    # whichever device it was written on: the staff hold the file in their hands
    device = (now, attempt.device or "")
    try:
        acks, _ = save_batch(store_of(session), pins_of(sitting), learner, export.events, device)
    except NotFound:
        raise BadExport("left") from None
    # the events went past the session
    session.refresh(attempt)
    _tell(session, person, hall, (attempt, export, acks), moment)
    return Imported(user, sitting, acks)


def _find(session: Session, hall: Hall, export: Export) -> tuple[Attempt, User]:
    statement = (
        select(Attempt, User)
        .join(User, User.id == Attempt.user_id)
        .where(Attempt.exam_id == hall.exam.id, Attempt.public_id == export.attempt)
    )
    row = session.execute(statement).first()
    if row is None:
        raise BadExport("attempt")
    if row.User.public_id != export.person:
        raise BadExport("person")
    return row.Attempt, row.User


def _tell(
    session: Session,
    person: Person,
    hall: Hall,
    done: tuple[Attempt, Export, Sequence[Ack]],
    moment: tuple[datetime, str],
) -> None:
    attempt, export, acks = done
    now, address = moment
    outcomes = Counter(outcome_of(ack) for ack in acks)
    detail = {
        "exam": hall.exam.public_id,
        "attempt": attempt.public_id,
        "exported_at": export.exported_at,
        **dict(sorted(outcomes.items())),
    }
    about = audit.About(
        person_id=attempt.user_id, offering_id=hall.offering.id, detail=detail, address=address
    )
    audit.record(session, person, IMPORT, now=now, **about)


def outcome_of(ack: Ack) -> str:
    """Return what became of an event: its status, or the rule that refused it."""
    return ack.outcome.code if isinstance(ack.outcome, Refusal) else ack.outcome.status
