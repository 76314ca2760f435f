"""Every mark that the responses of an attempt were given, and which of them count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Mark, Revision, User
from app.operations.scoring import list_responses


@dataclass(frozen=True, slots=True)
class GivenMark:
    """One mark. A person's carries their name, a key's the number of the revision that held the key.

    ``awarded`` are numbers of marking points, from 1; ``counts``: the response has its points from this mark.
    """

    item: str
    points: Decimal
    name: str
    key_revision: int | None
    comment: str
    reason: str
    awarded: Sequence[int]
    at: datetime
    in_conflict: bool
    counts: bool = False


@dataclass(frozen=True, slots=True)
class MarkedResponse:
    """What a response earned, None while nothing counts, and all its marks, the first one first."""

    item: str
    score: Decimal | None
    max: Decimal
    answered: bool
    marks: Sequence[GivenMark]


def list_marked_responses(session: Session, attempt_id: int) -> Sequence[MarkedResponse]:
    """Return the responses of an attempt that was handed in, in the order shown, with their marks."""
    marks: dict[str, list[Mark]] = {}
    statement = select(Mark).where(Mark.attempt_id == attempt_id).order_by(Mark.id)
    for mark in session.scalars(statement):
        marks.setdefault(mark.item, []).append(mark)
    names = _names(session, [mark for each in marks.values() for mark in each])
    numbers = _numbers(session, [mark for each in marks.values() for mark in each])
    return [
        MarkedResponse(
            item=row.item,
            score=row.score,
            max=row.max,
            answered=row.answered,
            marks=[
                GivenMark(
                    item=row.item,
                    points=mark.points,
                    name=names.get(mark.marker_id or 0, ""),
                    key_revision=numbers.get(mark.key_revision_id or 0),
                    comment=mark.comment,
                    reason=mark.reason,
                    awarded=mark.awarded,
                    at=mark.marked_at,
                    in_conflict=mark.in_conflict,
                    counts=row.score is not None and mark is standing_mark(marks[row.item]),
                )
                for mark in marks.get(row.item, ())
            ],
        )
        for row in list_responses(session, attempt_id)
    ]


def standing_mark(marks: Sequence[Mark]) -> Mark | None:
    """Return the mark that stands: the last one that did not meet another one unseen."""
    return next((mark for mark in reversed(marks) if not mark.in_conflict), None)


def _names(session: Session, marks: Sequence[Mark]) -> dict[int, str]:
    people = {mark.marker_id for mark in marks if mark.marker_id is not None}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(people))) if people else ()
    return {row.id: row.name for row in rows}


def _numbers(session: Session, marks: Sequence[Mark]) -> dict[int, int]:
    keys = {mark.key_revision_id for mark in marks if mark.key_revision_id is not None}
    rows = session.execute(select(Revision.id, Revision.number).where(Revision.id.in_(keys))) if keys else ()
    return {row.id: row.number for row in rows}
