"""An exam that a student has begun, and what those who watch it see: one object for a whole test."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.events import AnswerEvent, Receipt
from app.models import Attempt, Exam
from app.operations.board import Board, Counts, Seat, look_at_board
from app.operations.halls import Hall
from app.operations.orders import Order
from app.operations.presence import Presences
from app.operations.saving import save_answers
from tests.support.builders import Classroom, later
from tests.support.exams import hall_of, set_exam, sit_exam


@dataclass
class Scene:
    """An exam of an hour that the student has begun."""

    session: Session
    classroom: Classroom
    exam: Exam
    attempt: Attempt
    now: datetime

    @property
    def hall(self) -> Hall:
        """Return the exam as its instructor sees it."""
        return hall_of(self.session, self.classroom, self.exam)

    @property
    def order(self) -> Order:
        """Return what an order says, given after a minute."""
        return Order(self.classroom.instructor, "断电", later(self.now))

    def board(self, at: datetime | None = None, presences: Presences | None = None) -> Board:
        """Return the board."""
        return look_at_board(self.session, self.hall, presences or Presences(), at or self.now)

    def seat(self, at: datetime | None = None, presences: Presences | None = None) -> Seat:
        """Return the student's seat."""
        seats = self.board(at, presences).seats
        return next(seat for seat in seats if seat.login == self.classroom.student.login)

    def counts(self) -> Counts:
        """Return what the student's events tell."""
        sat = self.seat().sat
        assert sat is not None
        return sat.counts

    def save(self, *events: AnswerEvent, at: datetime | None = None) -> list[Receipt]:
        """Send events of the student."""
        return save_answers(
            self.session, self.classroom.student, self.attempt.public_id, events, at or self.now
        )


def make_scene(session: Session, classroom: Classroom, now: datetime) -> Scene:
    """Set an exam of an hour, and let the student begin it."""
    exam = set_exam(session, classroom, now)
    return Scene(session, classroom, exam, sit_exam(session, classroom.student, exam, now), now)
