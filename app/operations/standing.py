"""How an attempt stands, in one statement: asked every ten seconds by everybody who sits an exam."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from app.domain.errors import NotFound
from app.domain.roles import Person
from app.domain.timing import Timing
from app.models import Attempt, Document, Exam
from app.models.prepared import Prepared, as_instant
from app.operations.documents import check_use
from app.operations.people import LookUp

STANDING = (
    select(
        Attempt.state,
        Attempt.closed_by,
        Attempt.deadline_at,
        Attempt.grace_seconds,
        Attempt.late_seconds,
        Attempt.answered,
        Attempt.last_seq,
        Exam.offering_id,
        Document.use,
        Exam.kind,
        Attempt.paused_at,
        Attempt.id,
        Attempt.device,
    )
    .join(Exam, Exam.id == Attempt.exam_id)
    .outerjoin(Document, Document.id == Exam.document_id)
    .where(Attempt.public_id == bindparam("public_id"), Attempt.user_id == bindparam("user_id"))
)


class StandingRow(NamedTuple):
    """A row of an attempt, as much of it as its standing needs."""

    state: str
    closed_by: str | None
    deadline_at: Any
    grace_seconds: int
    late_seconds: int
    answered: int
    last_seq: int
    offering_id: int
    use: str | None
    kind: str
    paused_at: Any
    id: int
    device: str | None


#: asked every ten seconds by everybody who sits an exam
PREPARED = Prepared(STANDING, StandingRow)


@dataclass(frozen=True, slots=True)
class AttemptStanding:
    """Where an attempt stands; ``answered`` counts its items with an answer.

    ``device`` is the only one that may have it open, None where any may.
    """

    attempt_id: int
    is_practice: bool
    device: str | None
    timing: Timing
    answered: int
    last_seq: int


def find_standing(look_up: LookUp, person: Person, public: str) -> AttemptStanding:
    """Return how a person's own attempt stands.

    :raises NotFound: this person has no such attempt, or may not see it any more.
    """
    rows = look_up(PREPARED, {"public_id": public, "user_id": person.id})
    if not rows:
        raise NotFound(public)
    row = rows[0]
    check_use(person, row.offering_id, is_walled=row.use == "exam" and row.kind == "practice")
    seconds = (row.grace_seconds, row.late_seconds)
    deadline, paused = as_instant(row.deadline_at), as_instant(row.paused_at)
    timing = Timing.stored(row.state, row.closed_by, deadline, seconds, paused)
    return AttemptStanding(
        attempt_id=row.id,
        is_practice=row.kind == "practice",
        device=row.device,
        timing=timing,
        answered=row.answered,
        last_seq=row.last_seq,
    )
