"""The exams of a student: which are coming, which can be sat now, what became of the others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.domain.deadline import NO_ALLOWANCE, Allowances, Window
from app.domain.errors import Refusal
from app.domain.exam import check_moment
from app.domain.paper import Paper as Frozen
from app.domain.roles import Person
from app.models import Accommodation, Attempt, Document, Enrolment, Exam, Paper
from app.operations.entering import entry_of
from app.operations.halls import Hall, halls
from app.operations.sittings import paper_of


class OwnState(StrEnum):
    """How an exam stands for one student, in the order in which it matters."""

    SITTING = "sitting"
    #: it can be begun now
    OPEN = "open"
    COMING = "coming"
    #: handed in, and it can be begun once more
    AGAIN = "again"
    HANDED_IN = "handed_in"
    RELEASED = "released"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class OwnExam:
    """An exam as one student has it: the own window, the own attempts, the newest first."""

    hall: Hall
    allowances: Allowances
    attempts: Sequence[Attempt]

    @property
    def window(self) -> Window:
        """When it is open for this student, and how long the student has."""
        return self.allowances.window(self.hall.exam.window)

    @property
    def begun(self) -> int:
        """How many attempts count towards those that are allowed."""
        return sum(one.state != "voided" and not one.is_preview for one in self.attempts)

    @property
    def last(self) -> Attempt | None:
        """The newest attempt that counts."""
        return next((one for one in self.attempts if one.state != "voided"), None)

    def sitting(self, now: datetime) -> Attempt | None:
        """Return the attempt that takes answers now."""
        return next((one for one in self.attempts if one.timing.is_open(now)), None)

    def refusal(self, now: datetime) -> Refusal | None:
        """Return why the exam cannot be begun at this moment, None if it can."""
        try:
            check_moment(entry_of(self.hall.exam, self.allowances), now, self.begun)
        except Refusal as refusal:
            return refusal
        return None

    def state(self, now: datetime) -> OwnState:
        """Tell how the exam stands for this student."""
        if self.sitting(now) is not None:
            return OwnState.SITTING
        if self.refusal(now) is None:
            return OwnState.OPEN if self.last is None else OwnState.AGAIN
        if self.last is not None:
            is_told = self.hall.exam.released_at is not None
            return OwnState.RELEASED if is_told else OwnState.HANDED_IN
        opens = self.window.opens
        return OwnState.COMING if opens is not None and now < opens else OwnState.MISSED


def list_own_exams(session: Session, person: Person, offering_ids: Collection[int]) -> Sequence[OwnExam]:
    """Return the scheduled exams of these offerings as the person has them, in one statement.

    Those that open first come first.
    """
    scheduled = Exam.offering_id.in_(offering_ids), Exam.scheduled_at.is_not(None)
    return _own(session, person, *scheduled)


def own_exam(session: Session, person: Person, hall: Hall) -> OwnExam:
    """Return an exam as a person has it, in one statement."""
    (found,) = _own(session, person, Exam.id == hall.exam.id)
    return found


def paper_of_exam(session: Session, hall: Hall) -> Frozen | None:
    """Return the paper that was frozen for an exam, None while it is a draft."""
    row = session.get(Paper, hall.exam.paper_id) if hall.exam.paper_id else None
    return paper_of(row.manifest) if row else None


def titles_in(session: Session, found: Collection[Hall], language: str) -> Mapping[int, str]:
    """Return what exams are called in a language, by exam id: their own title, else that of their quiz."""
    slugs = {hall.document.slug for hall in found}
    statement = select(Document.course_id, Document.slug, Document.title).where(
        Document.kind == "quiz", Document.slug.in_(slugs), Document.language == language
    )
    known = {(row.course_id, row.slug): row.title for row in session.execute(statement)}
    return {
        hall.exam.id: hall.exam.title or known.get((hall.course.id, hall.document.slug), hall.document.title)
        for hall in found
    }


def _own(session: Session, person: Person, *wanted: ColumnElement[bool]) -> list[OwnExam]:
    """Read exams together with what is the person's own; few rows an exam, since people have few attempts."""
    cohorts = select(Enrolment.cohort_id).where(
        Enrolment.user_id == person.id, Enrolment.cohort_id.is_not(None)
    )
    granted = or_(Accommodation.user_id == person.id, Accommodation.cohort_id.in_(cohorts))
    statement = (
        halls()
        .add_columns(Attempt, Accommodation)
        .outerjoin(Attempt, (Attempt.exam_id == Exam.id) & (Attempt.user_id == person.id))
        .outerjoin(Accommodation, (Accommodation.exam_id == Exam.id) & granted)
        .where(*wanted)
        .order_by(Exam.opens_at, Exam.id, Attempt.number.desc())
    )
    rows: dict[int, list[Any]] = {}
    for row in session.execute(statement):
        rows.setdefault(row.Exam.id, []).append(row)
    return [_gather(each) for each in rows.values()]


def _gather(rows: Sequence[Any]) -> OwnExam:
    """Fold the rows of one exam."""
    first = rows[0]
    attempts = {row.Attempt.id: row.Attempt for row in rows if row.Attempt is not None}
    granted = [row.Accommodation for row in rows if row.Accommodation is not None]
    return OwnExam(
        hall=Hall(first.Exam, first.Offering, first.Course, first.Document),
        allowances=Allowances(
            cohort=next((one.allowance for one in granted if one.cohort_id is not None), NO_ALLOWANCE),
            personal=next((one.allowance for one in granted if one.user_id is not None), NO_ALLOWANCE),
        ),
        attempts=list(attempts.values()),
    )
