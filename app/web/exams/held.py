"""Exams in the lists of those who watch them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.operations.halls import Hall, count_begun
from app.operations.own_exams import titles_in
from app.web.clock import clock, local_zone
from app.web.database import Session
from app.web.languages import current_language


@dataclass(frozen=True, slots=True)
class HeldExam:
    """An exam with its course, its state and how many attempts there are."""

    hall: Hall
    title: str
    course: str
    state: str
    begun: int

    @property
    def spans_days(self) -> bool:
        """Whether it closes on another day than it opens, here."""
        opens, closes = self.hall.exam.opens_at, self.hall.exam.closes_at
        if opens is None or closes is None:
            return False
        return opens.astimezone(local_zone()).date() != closes.astimezone(local_zone()).date()


def held_exams(session: Session, halls: Sequence[Hall]) -> list[HeldExam]:
    """Present exams, in two statements."""
    if not halls:
        return []
    language, now = current_language(), clock()
    titles = titles_in(session, halls, language)
    begun = count_begun(session, [hall.exam.id for hall in halls])
    return [
        HeldExam(
            hall=hall,
            title=titles[hall.exam.id],
            course=hall.course.title(language),
            state=hall.exam.state(now).value,
            begun=begun.get(hall.exam.id, 0),
        )
        for hall in halls
    ]
