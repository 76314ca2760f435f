"""Release the results of an exam, take the release back, and say what learners then see."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.chain import canonical_json
from app.domain.deadline import NO_ALLOWANCE, Allowances
from app.domain.errors import NotReleasable
from app.domain.marking import ScriptState
from app.domain.review import Matrix, matrix_json, read_matrix
from app.domain.roles import Person, Role
from app.domain.timing import Taking, Timing
from app.models import Accommodation, Attempt, Enrolment, Event, User
from app.models import Response as ResponseRow
from app.models.attempt import TIMING, timing_of
from app.operations import audit
from app.operations.conflicts import IS_OPEN_CONFLICT
from app.operations.halls import Hall
from app.operations.late import CLOSED, list_late, undecided
from app.operations.offerings import check_running
from app.operations.orders import Order, about, check_order, tell
from app.operations.scripts import count_states


class Need(StrEnum):
    """What must be so before results are released; the words are those of a command."""

    CLOSED = "the exam is open for somebody"
    SAT = "attempts are open"
    SWEPT = "attempts wait to be closed by their time"
    ARRIVED = "attempts may still get late answers"
    SCORED = "attempts wait to be scored"
    SOUND = "attempts cannot be closed or scored; the server's log names them"
    MARKED = "answers wait to be marked"
    CHOSEN = "answers have two marks"
    DECIDED = "late answers wait for a decision"


@dataclass(frozen=True, slots=True)
class Check:
    """A need, and how many things are in its way; ``until`` is when time alone settles it."""

    need: Need
    count: int
    until: datetime | None = None

    @property
    def is_met(self) -> bool:
        """Whether nothing is in its way."""
        return self.count == 0


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Two windows answered an item and nobody chose before the end; one answer counts, both stand.

    Both count positions in the order shown.
    """

    attempt: Attempt
    user: User
    item: str
    counts: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Checklist:
    """Everything that is looked at before a release. Conflicts are told and hold nothing up."""

    checks: Sequence[Check]
    conflicts: Sequence[OpenConflict]

    @property
    def missing(self) -> list[Check]:
        """What is in the way of the release."""
        return [one for one in self.checks if not one.is_met]


def make_checklist(session: Session, hall: Hall, now: datetime) -> Checklist:
    """Look at everything that must be so before the results of an exam are released."""
    timings = _timings(session, hall.exam.id)
    closes = latest_close(session, hall)
    arriving = [one for one in timings if one.takes(now) is Taking.LATE]
    last = max((one.closes_at + one.late_window for one in arriving if one.closes_at), default=None)
    states = count_states(session, [hall.exam.id])
    late = undecided(list_late(session, hall.exam.id))
    counted = {state: sum(n for (_, _, each), n in states.items() if each is state) for state in ScriptState}
    checks = (
        Check(Need.CLOSED, int(closes is None or now < closes), closes),
        Check(Need.SAT, sum(one.is_open(now) for one in timings)),
        Check(Need.SWEPT, sum(one.state == "open" and one.is_over(now) for one in timings)),
        Check(Need.ARRIVED, len(arriving), last),
        Check(Need.SCORED, sum(one.state == "submitted" for one in timings)),
        Check(Need.SOUND, _count_stuck(session, hall.exam.id)),
        Check(Need.MARKED, counted[ScriptState.TO_MARK]),
        Check(Need.CHOSEN, counted[ScriptState.CONFLICT]),
        Check(Need.DECIDED, len(late)),
    )
    return Checklist(checks, list_open_conflicts(session, hall.exam.id))


def release_exam(session: Session, person: Person | None, hall: Hall, now: datetime) -> None:
    """Release the results of an exam that its caller holds; doing it twice changes nothing.

    :raises OfferingArchived: the offering is read-only.
    :raises NotReleasable: with what is in the way.
    """
    check_running(hall.offering)
    if hall.exam.released_at is not None:
        return
    found = make_checklist(session, hall, now)
    if found.missing:
        said = "; ".join(f"{one.need} ({one.count})" for one in found.missing)
        raise NotReleasable(f"Not released: {said}.")
    hall.exam.released_at = now
    hall.exam.released_by_id = person.id if person else None
    session.flush()
    detail = {"exam": hall.exam.public_id, "conflicts": len(found.conflicts)}
    audit.record(session, person, "exam.release", offering_id=hall.offering.id, detail=detail, now=now)


def withdraw_release(session: Session, hall: Hall, order: Order) -> None:
    """Take the release of an exam's results back.

    :raises OfferingArchived: the offering is read-only.
    :raises BadExam: the reason is missing.
    """
    check_running(hall.offering)
    check_order(order)
    if hall.exam.released_at is None:
        return
    told = {"released": hall.exam.released_at.isoformat()}
    hall.exam.released_at = hall.exam.released_by_id = None
    session.flush()
    tell(session, order, "exam.release_undo", about(hall, order, told))


def change_review(session: Session, person: Person, hall: Hall, matrix: Matrix, now: datetime) -> None:
    """Say what learners see of an exam and when; what cannot be shown so early is left out.

    :raises OfferingArchived: the offering is read-only.
    """
    check_running(hall.offering)
    before, after = dict(hall.exam.review), matrix_json(read_matrix(matrix_json(matrix)))
    if before == after:
        return
    hall.exam.review = after
    session.flush()
    detail = {"exam": hall.exam.public_id, "before": before, "after": after}
    audit.record(session, person, "exam.review", offering_id=hall.offering.id, detail=detail, now=now)


def latest_close(session: Session, hall: Hall) -> datetime | None:
    """Return when an exam has closed for every student, whatever they are allowed; None: it never does."""
    window = hall.exam.window
    if hall.exam.scheduled_at is None or window.closes is None:
        return None
    granted = session.scalars(select(Accommodation).where(Accommodation.exam_id == hall.exam.id)).all()
    if not granted:
        return window.closes
    people = {row.user_id: row.allowance for row in granted if row.user_id is not None}
    cohorts = {row.cohort_id: row.allowance for row in granted if row.cohort_id is not None}
    students = session.execute(
        select(Enrolment.user_id, Enrolment.cohort_id).where(
            Enrolment.offering_id == hall.offering.id, Enrolment.role == Role.STUDENT.value
        )
    )
    own = [
        Allowances(cohorts.get(row.cohort_id, NO_ALLOWANCE), people.get(row.user_id, NO_ALLOWANCE))
        for row in students
    ]
    closes = [one.window(window).closes for one in own]
    return max([window.closes, *(one for one in closes if one is not None)])


def list_open_conflicts(session: Session, exam_id: int) -> Sequence[OpenConflict]:
    """Return the conflicts that were open when attempts were handed in, in one statement."""
    counting = aliased(Event)
    statement = (
        select(Attempt, User, Event.item, counting.body.label("counts"), Event.body.label("other"))
        .join(Attempt, Attempt.id == Event.attempt_id)
        .join(User, User.id == Attempt.user_id)
        .join(ResponseRow, (ResponseRow.attempt_id == Event.attempt_id) & (ResponseRow.item == Event.item))
        .join(
            counting,
            (counting.attempt_id == Event.attempt_id) & (counting.seq == ResponseRow.event_seq),
        )
        .where(Attempt.exam_id == exam_id, Attempt.is_preview.is_(False), Attempt.state.in_(CLOSED))
        .where(IS_OPEN_CONFLICT)
        .order_by(User.login, ResponseRow.position, Event.seq)
    )
    found = [
        OpenConflict(row.Attempt, row.User, row.item, _answer(row.counts), _answer(row.other))
        for row in session.execute(statement)
    ]
    different = [one for one in found if one.counts != one.other]
    once = {(one.attempt.id, one.item, canonical_json(one.other)): one for one in different}
    return list(once.values())


def _answer(body: str) -> Any:
    said: Mapping[str, Any] = json.loads(body)
    return said["answer"]


def _timings(session: Session, exam_id: int) -> Sequence[Timing]:
    """Return when the attempts that count take answers."""
    return [timing_of(row) for row in session.execute(select(*TIMING).where(*_counting(exam_id)))]


def _counting(exam_id: int) -> tuple[ColumnElement[bool], ...]:
    return Attempt.exam_id == exam_id, Attempt.is_preview.is_(False), Attempt.state != "voided"


def _count_stuck(session: Session, exam_id: int) -> int:
    """Return how many attempts that count could not be closed or scored when that was last tried."""
    stuck = Attempt.stuck_at.is_not(None), *_counting(exam_id)
    return session.scalar(select(func.count()).select_from(Attempt).where(*stuck)) or 0
