"""A student's attempts at the exams of an offering, for those who watch them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.domain.exam import ExamKind
from app.domain.results import ResultState
from app.models import Attempt, Document, Exam
from app.models import Response as ResponseRow

WAITS = exists().where(ResponseRow.attempt_id == Attempt.id, ResponseRow.score.is_(None))


@dataclass(frozen=True, slots=True)
class SatExam:
    """An attempt at an exam and where it stands.

    ``score`` is None until everybody's answers in the exam are marked: markers read without names, and
    must not learn from a name whose answer had which points.
    """

    attempt: Attempt
    exam: Exam
    document: Document
    state: ResultState
    score: Decimal | None

    @property
    def is_released(self) -> bool:
        """Whether the learner sees the result too."""
        return self.exam.released_at is not None and self.state is ResultState.COMPLETE


def list_student_exams(session: Session, offering_id: int, user_id: int, now: datetime) -> list[SatExam]:
    """Return a student's attempts at exams of an offering, newest first, in two statements."""
    statement = (
        select(Attempt, Exam, Document, WAITS)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Document, Document.id == Exam.document_id)
        .where(
            Attempt.user_id == user_id,
            Attempt.is_preview.is_(False),
            Exam.offering_id == offering_id,
            Exam.kind != ExamKind.PRACTICE.value,
        )
        .order_by(Attempt.id.desc())
    )
    rows = session.execute(statement).all()
    unsettled = _unsettled(session, {exam.id for _, exam, _, _ in rows})
    return [
        SatExam(
            attempt,
            exam,
            document,
            state := _state(attempt, now, waits=bool(waits)),
            attempt.score if state is ResultState.COMPLETE and exam.id not in unsettled else None,
        )
        for attempt, exam, document, waits in rows
    ]


def _unsettled(session: Session, exam_ids: Collection[int]) -> set[int]:
    """Return the exams in which somebody's answers are not all marked yet."""
    if not exam_ids:
        return set()
    statement = select(Attempt.exam_id).where(
        Attempt.exam_id.in_(exam_ids),
        Attempt.is_preview.is_(False),
        Attempt.state != "voided",
        or_(Attempt.state != "scored", WAITS),
    )
    return set(session.scalars(statement.distinct()))


def _state(attempt: Attempt, now: datetime, *, waits: bool) -> ResultState:
    if attempt.state == "voided":
        return ResultState.VOIDED
    if attempt.timing.is_open(now):
        return ResultState.SITTING
    if attempt.state != "scored":
        return ResultState.HANDED_IN
    return ResultState.TO_MARK if waits else ResultState.COMPLETE
