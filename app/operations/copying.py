"""Copy an offering to another term with its exams: their dates move as far as the first day does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.exam import Devices, ExamKind, Sort
from app.domain.roles import Person
from app.domain.terms import Term, moved
from app.models import Exam, Offering
from app.operations.audit import record
from app.operations.documents import get_text, list_texts
from app.operations.exams import Rules, create_exam
from app.operations.halls import Hall, list_halls
from app.operations.offerings import Place, copy_offering


@dataclass(frozen=True, slots=True)
class MovedExam:
    """An exam with the window that it would have in the other term.

    ``is_outside``: a date would lie outside that term. ``is_gone``: its quiz is retired, it cannot come.
    """

    hall: Hall
    opens_at: datetime | None
    closes_at: datetime | None
    is_outside: bool
    is_gone: bool

    @property
    def is_likely(self) -> bool:
        """Whether it would be held again: resits and deferred exams belong to their own term."""
        return not self.is_gone and self.hall.exam.sort == Sort.REGULAR


@dataclass(frozen=True, slots=True)
class Move:
    """To which term, in which time zone, and which exams come along, by public id."""

    term: Term
    zone: ZoneInfo
    exams: Collection[str] = ()


def plan_copy(session: Session, place: Place, move: Move) -> Sequence[MovedExam]:
    """Return the exams of an offering as they would stand in another term."""
    known = list_texts(session, place.course.id, Kind.QUIZ)
    return [
        _moved(hall, move, place.offering, is_gone=hall.document.slug not in known)
        for hall in list_halls(session, place.offering.id)
    ]


def copy_with_exams(
    session: Session, place: Place, person: Person, move: Move, moment: tuple[datetime, int]
) -> Offering:
    """Copy an offering; the chosen exams come along as drafts, with moved dates and without their codes.

    :param moment: now, and chance.
    :raises BadName: see ``create_offering``.
    """
    now, chance = moment
    made = copy_offering(session, place, move.term, now, chance)
    detail = {"from": place.offering.term, "term": made.term}
    record(session, person, "offering.copy", offering_id=made.id, detail=detail, now=now)
    for number, one in enumerate(plan_copy(session, place, move), 1):
        if one.hall.exam.public_id in move.exams and not one.is_gone:
            text = get_text(session, place.course.id, Kind.QUIZ, one.hall.document.slug)
            create_exam(session, person, (made, text), _rules(one), (now, chance ^ number))
    return made


def _moved(hall: Hall, move: Move, old: Offering, *, is_gone: bool) -> MovedExam:
    days = (move.term.starts_on - old.starts_on).days
    opens, closes = (moved(at, days, move.zone) for at in (hall.exam.opens_at, hall.exam.closes_at))
    dates = [at.astimezone(move.zone).date() for at in (opens, closes) if at is not None]
    is_outside = any(not move.term.starts_on <= day <= move.term.ends_on for day in dates)
    return MovedExam(hall, opens, closes, is_outside, is_gone)


def _rules(one: MovedExam) -> Rules:
    exam: Exam = one.hall.exam
    kept = Rules(**{name.name: getattr(exam, name.name) for name in fields(Rules)})
    return replace(
        kept,
        kind=ExamKind(exam.kind),
        devices=Devices(exam.devices),
        sort=Sort(exam.sort),
        opens_at=one.opens_at,
        closes_at=one.closes_at,
        code="",
    )
