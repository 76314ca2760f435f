"""What waits on the desk of somebody who teaches or marks: answers to mark, exams that run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.marking import ScriptState
from app.models import Attempt, Exam
from app.operations.halls import Hall, as_halls, halls
from app.operations.scripts import count_states


@dataclass(frozen=True, slots=True)
class ToMark:
    """An exam with answers that wait for a marker: how many."""

    hall: Hall
    count: int


@dataclass(frozen=True, slots=True)
class Desk:
    """``to_mark`` are exams with answers that no key judges, ``running`` people who sit an exam now."""

    to_mark: Sequence[ToMark] = ()
    running: int = 0


def look_at_desk(session: Session, marking: Collection[int], watching: Collection[int] = ()) -> Desk:
    """Gather what waits in offerings where one marks, and count who sits where one watches.

    Practice is judged by its learners.
    """
    return Desk(list_to_mark(session, marking), count_sitting(session, watching))


def list_to_mark(session: Session, offering_ids: Collection[int]) -> Sequence[ToMark]:
    """Return the exams of offerings that have answers to be marked, the oldest first."""
    set_ones = halls().where(Exam.offering_id.in_(offering_ids), Exam.released_at.is_(None))
    found = {hall.exam.id: hall for hall in as_halls(session, set_ones.order_by(Exam.opens_at, Exam.id))}
    waiting: dict[int, int] = {}
    for (exam_id, _, state), count in count_states(session, list(found)).items():
        if state is not ScriptState.MARKED:
            waiting[exam_id] = waiting.get(exam_id, 0) + count
    return [ToMark(hall, waiting[exam_id]) for exam_id, hall in found.items() if exam_id in waiting]


def count_sitting(session: Session, offering_ids: Collection[int]) -> int:
    """Count the attempts at exams of offerings that are open, previews left out."""
    graded = select(Exam.id).where(Exam.offering_id.in_(offering_ids), Exam.kind != "practice")
    statement = select(func.count()).where(
        Attempt.exam_id.in_(graded), Attempt.is_preview.is_(False), Attempt.state == "open"
    )
    return session.scalar(statement) or 0
