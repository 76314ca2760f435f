"""The live board: everybody who is expected at an exam, in a few statements however many those are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, case, distinct, func, select
from sqlalchemy.orm import Session

from app.domain.board import GOING, SILENT, SeatState, seat_state, time_left
from app.domain.deadline import NO_TIME
from app.domain.events import BLUR, LATE
from app.domain.timing import Timing
from app.models import (
    Attempt,
    Cohort,
    CreditedAttempt,
    Enrolment,
    Event,
    Exam,
    Paper,
    Presence,
    TimeCredit,
    User,
)
from app.models.attempt import timing_of
from app.models.event import BOARD_EVENTS
from app.operations.conflicts import IS_OPEN_CONFLICT
from app.operations.expecting import expected_at
from app.operations.halls import Hall
from app.operations.presence import Presences, Sighting, together
from app.operations.sittings import paper_of

PERSON = (User.id, User.public_id, User.login, User.name, User.class_name, User.disabled_at)
ATTEMPT = (
    Attempt.id.label("attempt_id"),
    Attempt.public_id.label("attempt"),
    Attempt.number,
    Attempt.state,
    Attempt.closed_by,
    Attempt.started_at,
    Attempt.deadline_at,
    Attempt.grace_seconds,
    Attempt.late_seconds,
    Attempt.paused_at,
    Attempt.submitted_at,
    Attempt.answered,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the events of an attempt tell at a glance: how often the page lost the focus, items with two
    answers of which nobody has chosen one, answers that came late."""

    focus_lost: int = 0
    conflicts: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Sat:
    """The attempt that somebody sits, or sat last."""

    public_id: str
    number: int
    started_at: datetime
    submitted_at: datetime | None
    answered: int
    timing: Timing
    left: timedelta | None
    extra: timedelta
    counts: Counts


@dataclass(frozen=True, slots=True)
class Seat:
    """One line of the board. ``is_expected`` is false for whoever has left the offering since."""

    person: str
    login: str
    name: str
    group: str
    cohort_id: int | None
    state: SeatState
    is_expected: bool = True
    is_disabled: bool = False
    sat: Sat | None = None
    seen: Sighting | None = None
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody's seat, by login; ``items`` is how many questions each has to answer."""

    seats: Sequence[Seat]
    items: int
    at: datetime
    cohorts: Mapping[int, str] = field(default_factory=dict)

    def seat_of(self, attempt: str) -> Seat | None:
        """Return the seat of an attempt that is shown."""
        return next((one for one in self.seats if one.sat and one.sat.public_id == attempt), None)


def look_at_board(session: Session, hall: Hall, presences: Presences, now: datetime) -> Board:
    """Return the board of an exam, in four statements."""
    expected = session.execute(_expected(hall.exam)).all()
    sat = _shown_attempts(session.execute(_sat(hall.exam.id)))
    counts = _count_events(session, hall.exam.id)
    groups = {row.id: row for row in expected}
    others = [row for number, row in sat.items() if number not in groups]
    seats = [_seat(hall.exam, row, sat.get(row.id), (counts, presences, now)) for row in (*expected, *others)]
    return Board(
        seats=sorted(seats, key=lambda seat: seat.login),
        items=count_items(session, hall.exam),
        at=now,
        cohorts={row.cohort_id: row.cohort for row in expected if row.cohort_id is not None},
    )


def count_items(session: Session, exam: Exam) -> int:
    """Count the questions that everybody has to answer, 0 while no paper is frozen."""
    manifest = session.scalar(select(Paper.manifest).where(Paper.id == exam.paper_id))
    return paper_of(manifest).count if manifest else 0


def _expected(exam: Exam) -> Select[*tuple[Any, ...]]:
    return (
        select(*PERSON, Cohort.id.label("cohort_id"), Cohort.name.label("cohort"))
        .join(Enrolment, Enrolment.user_id == User.id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(expected_at(exam))
    )


#: minutes that an attempt was given and that were not taken back
CREDITED = (
    select(func.coalesce(func.sum(TimeCredit.minutes), 0))
    .join(CreditedAttempt, CreditedAttempt.credit_id == TimeCredit.id)
    .where(CreditedAttempt.attempt_id == Attempt.id, TimeCredit.undone_at.is_(None))
    .correlate(Attempt)
    .scalar_subquery()
    .label("credited")
)


def _sat(exam_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(*ATTEMPT, *PERSON, Presence.seen_at, Presence.address, Presence.gaps, CREDITED)
        .join(User, User.id == Attempt.user_id)
        .outerjoin(Presence, Presence.attempt_id == Attempt.id)
        .where(Attempt.exam_id == exam_id, Attempt.is_preview.is_(False))
        .order_by(Attempt.number)
    )


def _shown_attempts(rows: Iterable[Row[Any]]) -> dict[int, Row[Any]]:
    """Return the attempt to show by person: the open one, else the last."""
    shown: dict[int, Row[Any]] = {}
    for row in rows:
        if row.id not in shown or shown[row.id].state != "open":
            shown[row.id] = row
    return shown


def _count_events(session: Session, exam_id: int) -> dict[int, Counts]:
    """Count what the board tells of events by attempt: one statement, on an index of just those events."""
    statement = (
        select(
            Event.attempt_id,
            func.count(case((Event.kind == BLUR, 1))),
            func.count(distinct(case((IS_OPEN_CONFLICT, Event.item)))),
            func.count(case((Event.status == LATE, 1))),
        )
        .join(Attempt, Attempt.id == Event.attempt_id)
        .where(Attempt.exam_id == exam_id, BOARD_EVENTS)
        .group_by(Event.attempt_id)
    )
    return {row[0]: Counts(*row[1:]) for row in session.execute(statement)}


def _seat(
    exam: Exam,
    person: Row[Any],
    sat: Row[Any] | None,
    known: tuple[Mapping[int, Counts], Presences, datetime],
) -> Seat:
    counts, presences, now = known
    timing = timing_of(sat) if sat else None
    state = seat_state(timing, now)
    seen = _seen(sat, presences) if sat else None
    is_expected = sat is not person
    return Seat(
        person=person.public_id,
        login=person.login,
        name=person.name,
        group=(person.cohort if is_expected else None) or person.class_name,
        cohort_id=person.cohort_id if is_expected else None,
        state=state,
        is_expected=is_expected,
        is_disabled=person.disabled_at is not None,
        sat=_sat_of(exam, sat, timing, counts, now) if sat and timing else None,
        seen=seen,
        is_silent=state in GOING and (seen is None or now - seen.seen_at > SILENT),
    )


def _sat_of(exam: Exam, sat: Row[Any], timing: Timing, counts: Mapping[int, Counts], now: datetime) -> Sat:
    return Sat(
        public_id=sat.attempt,
        number=sat.number,
        started_at=sat.started_at,
        submitted_at=sat.submitted_at,
        answered=sat.answered,
        timing=timing,
        left=time_left(timing, now) if timing.is_open(now) else NO_TIME,
        extra=timedelta(minutes=sat.credited),
        counts=counts.get(sat.attempt_id, Counts()),
    )


def _seen(sat: Row[Any], presences: Presences) -> Sighting | None:
    written = None if sat.seen_at is None else Sighting(sat.seen_at, sat.address, sat.gaps)
    return together(written, presences.find(sat.attempt_id))
