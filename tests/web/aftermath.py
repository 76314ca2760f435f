"""An exam that was sat, for the tests of the pages that come after it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.review import Aspect, Phase
from app.domain.roles import Permission, Person
from app.models import Attempt, Exam
from app.operations.closing import close_expired
from app.operations.halls import get_hall
from app.operations.releasing import change_review
from app.operations.scoring import score_waiting
from tests.support.builders import Classroom
from tests.support.exams import HOUR, hall_of, set_exam, sit_exam
from tests.support.sitting import give, make_marker, script_of, send_answers, sit_and_hand_in

Store = Callable[[], AbstractContextManager[Session]]
ANSWERS = {"written": "先为女宾开门", "truth": False, "number": "7391846"}


@dataclass
class Aftermath:
    """An exam of an hour in a window of two; ``over`` is when it can be released."""

    store: Store
    room: Classroom
    exam: str
    marker: Person
    now: datetime

    @property
    def over(self) -> datetime:
        """The moment at which nothing of the exam is open any more."""
        return self.now + 2 * HOUR + timedelta(minutes=11)

    @property
    def teach(self) -> str:
        """The address of its pages for those who teach."""
        return f"/teach/exams/{self.exam}"

    def hand_in(self, person: Person | None = None, **given: object) -> str:
        """Let somebody sit the exam; return the address of the attempt."""
        with self.store() as session:
            sat = sit_and_hand_in(session, person or self.room.student, self.row(session), self.now, **given)
            return f"/attempts/{sat.public_id}"

    def run_out(self, late: dict[str, Any], **given: object) -> str:
        """Let the student's time run out, with answers that come too late; return the attempt's address."""
        over = self.now + HOUR + timedelta(seconds=30)
        with self.store() as session:
            sat = sit_exam(session, self.room.student, self.row(session), self.now)
            send_answers(session, self.room.student, sat, self.now, **given)
            send_answers(session, self.room.student, sat, over + timedelta(seconds=40), **late)
            close_expired(session, {}, over + timedelta(minutes=1))
            score_waiting(session, {}, over + timedelta(minutes=1))
            return f"/attempts/{sat.public_id}"

    def mark(self, attempt: str, points: str, **more: str) -> None:
        """Let the marker mark the written answer of an attempt."""
        with self.store() as session:
            sat = self._attempt(session, attempt)
            hall = hall_of(session, self.room, self.row(session))
            give(session, self.marker, (hall, sat), (points, more.get("reason", "")), self.now)

    def script(self, attempt: str) -> str:
        """Return the address at which the written answer of an attempt is marked."""
        with self.store() as session:
            found = script_of(session, self.row(session), self._attempt(session, attempt))
        return f"{self.teach}/marking/written/{found.token}"

    def release(self, *aspects: Aspect) -> None:
        """Release the results, whatever is missing; learners see these aspects, if any are named."""
        with self.store() as session:
            if aspects:
                self._show(session, dict.fromkeys(aspects, frozenset({Phase.RELEASED})))
            self.row(session).released_at = self.over

    def show_early(self, *aspects: Aspect) -> None:
        """Let learners see aspects in every phase that allows it."""
        with self.store() as session:
            self._show(session, dict.fromkeys(aspects, frozenset(Phase)))

    def _show(self, session: Session, matrix: dict[Aspect, frozenset[Phase]]) -> None:
        hall = hall_of(session, self.room, self.row(session))
        change_review(session, self.room.instructor, hall, matrix, self.now)

    def row(self, session: Session) -> Exam:
        """Return the exam's row."""
        return get_hall(session, self.room.instructor, self.exam, Permission.SET_EXAM).exam

    def _attempt(self, session: Session, address: str) -> Attempt:
        statement = select(Attempt).where(Attempt.public_id == address.rpartition("/")[2])
        return session.scalars(statement).one()


@pytest.fixture
def aftermath(store, classroom, now, time):
    """Return an exam of the instructor, which nobody has sat yet."""
    with store() as session:
        exam = set_exam(session, classroom, now, title="期末考试").public_id
        marker = make_marker(session, classroom)
    return Aftermath(store, classroom, exam, marker, now)
