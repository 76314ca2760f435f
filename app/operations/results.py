"""Results of an exam: everybody's for those who set and watch it, the released ones for their learners."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from app.domain.results import Result, ResultState, reached_share
from app.domain.roles import Person
from app.models import Attempt, Cohort, Document, Enrolment, Exam, User
from app.models import Response as ResponseRow
from app.models.attempt import timing_of
from app.operations import audit
from app.operations.expecting import expected_at
from app.operations.halls import Hall
from app.operations.releasing import latest_close
from app.operations.scripts import marked_items

ONE_PLACE = Decimal("0.1")
SAT = (
    Attempt.id,
    Attempt.public_id,
    Attempt.user_id,
    Attempt.number,
    Attempt.state,
    Attempt.closed_by,
    Attempt.started_at,
    Attempt.submitted_at,
    Attempt.deadline_at,
    Attempt.grace_seconds,
    Attempt.late_seconds,
    Attempt.paused_at,
    Attempt.score,
    Attempt.max,
)


@dataclass(frozen=True, slots=True)
class Released:
    """An attempt of one's own at an exam whose results are released."""

    attempt: Attempt
    exam: Exam
    document: Document

    @property
    def title(self) -> str:
        """What the exam is called."""
        return self.exam.title or self.document.title


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the responses of an attempt earned, and how many wait for a marker."""

    objective: Decimal | None
    subjective: Decimal | None
    to_mark: int


def list_results(session: Session, hall: Hall, now: datetime) -> list[Result]:
    """Return a line for each student who is expected, and for whoever sat besides, in a few statements.

    Of several attempts the one with the most points counts, of equal ones the first.
    """
    parts = _parts(session, hall.exam)
    attempts = _attempts(session, hall.exam.id)
    closes = latest_close(session, hall)
    is_over = closes is not None and now >= closes
    lines = []
    for user, cohort, is_expected in _people(session, hall, list(attempts)):
        own = attempts.get(user.id, [])
        about: dict[str, Any] = {"login": user.login, "name": user.name, "cohort": cohort}
        about |= {"is_expected": is_expected, "attempts": len(own)}
        if not own:
            lines.append(Result(**about, state=ResultState.ABSENT if is_over else ResultState.EXPECTED))
            continue
        row = max(own, key=lambda one: (_rank(one), one.score or Decimal(0), -one.number))
        lines.append(Result(**about, **_facts(row, parts.get(row.id), hall.exam, now)))
    return lines


def list_released(session: Session, person: Person, offering_ids: Collection[int]) -> Sequence[Released]:
    """Return a person's own attempts at exams of offerings whose results are released, newest first."""
    statement = (
        select(Attempt, Exam, Document)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Document, Document.id == Exam.document_id)
        .where(
            Attempt.user_id == person.id,
            Attempt.is_preview.is_(False),
            Attempt.state == "scored",
            Exam.offering_id.in_(offering_ids),
            Exam.released_at.is_not(None),
        )
        .order_by(Attempt.id.desc())
    )
    return [Released(*row) for row in session.execute(statement)]


def record_export(session: Session, person: Person, hall: Hall, lines: int, now: datetime) -> None:
    """Note that the results of an exam were taken out as a file."""
    detail = {"exam": hall.exam.public_id, "lines": lines}
    audit.record(session, person, "exam.export", offering_id=hall.offering.id, detail=detail, now=now)


def _people(session: Session, hall: Hall, sat: Sequence[int]) -> list[tuple[User, str, bool]]:
    """Return the students with their cohorts, else classes, and others who sat; whether each is expected."""
    statement = (
        select(User, Cohort.name, Enrolment.user_id.is_not(None))
        .select_from(User)
        .outerjoin(Enrolment, (Enrolment.user_id == User.id) & expected_at(hall.exam))
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.user_id.is_not(None) | User.id.in_(sat))
        .order_by(User.login)
    )
    return [
        (user, cohort or user.class_name, bool(expected))
        for user, cohort, expected in session.execute(statement)
    ]


def _attempts(session: Session, exam_id: int) -> Mapping[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    statement = select(*SAT).where(Attempt.exam_id == exam_id, Attempt.is_preview.is_(False))
    rows: Sequence[Any] = session.execute(statement.order_by(Attempt.id)).all()
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return found


def _parts(session: Session, exam: Exam) -> Mapping[int, _Parts]:
    """Add the points of responses up by attempt, apart by who scores them."""
    by_person = ResponseRow.item.in_([item.key for item in marked_items(session, exam)])
    waits = by_person & ResponseRow.score.is_(None)
    statement = (
        select(
            ResponseRow.attempt_id,
            func.sum(case((~by_person, ResponseRow.score))),
            func.sum(case((by_person, ResponseRow.score))),
            func.sum(case((waits, 1), else_=0)),
        )
        .join(Attempt, Attempt.id == ResponseRow.attempt_id)
        .where(Attempt.exam_id == exam.id, Attempt.is_preview.is_(False))
        .group_by(ResponseRow.attempt_id)
    )
    return {
        number: _Parts(objective, None if waiting else subjective, waiting)
        for number, objective, subjective, waiting in session.execute(statement)
    }


def _rank(row: Row[Any]) -> int:
    """Return which attempts count before others: those handed in, then an open one, then voided ones."""
    return {"voided": 0, "open": 1}.get(row.state, 2)


def _facts(row: Row[Any], parts: _Parts | None, exam: Exam, now: datetime) -> dict[str, Any]:
    """Return what an attempt says about its person's result."""
    facts: dict[str, Any] = {"state": _state(row, parts, now), "attempt": row.public_id}
    if facts["state"] not in {ResultState.COMPLETE, ResultState.TO_MARK} or parts is None:
        return facts
    share = reached_share(row.score, row.max)
    is_complete = facts["state"] is ResultState.COMPLETE
    return facts | {
        "objective": parts.objective,
        "subjective": parts.subjective,
        "total": row.score if is_complete else None,
        "max": row.max,
        "minutes": minutes_between(row.started_at, row.submitted_at),
        "passed": share >= exam.pass_mark if is_complete and share is not None else None,
        "to_mark": parts.to_mark,
    }


def minutes_between(start: datetime, end: datetime) -> Decimal:
    """Return the minutes between two instants, with one decimal."""
    return (Decimal(int((end - start).total_seconds())) / 60).quantize(ONE_PLACE, ROUND_HALF_UP)


def _state(row: Row[Any], parts: _Parts | None, now: datetime) -> ResultState:
    timing = timing_of(row)
    if row.state == "voided":
        return ResultState.VOIDED
    if timing.is_open(now):
        return ResultState.SITTING
    if row.state != "scored":
        return ResultState.HANDED_IN
    return ResultState.TO_MARK if parts is not None and parts.to_mark else ResultState.COMPLETE
