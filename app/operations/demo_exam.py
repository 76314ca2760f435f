"""The demo's mock exam: open for a week, as many attempts as one likes."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.exam import ExamKind
from app.models import Exam
from app.operations.demo import COURSE
from app.operations.documents import find_text, quiz_of
from app.operations.enrolment import get_current_offering
from app.operations.exams import Rules, create_exam, schedule_exam
from app.operations.halls import find_hall, list_halls

QUIZ = "mock-exam"
OPEN_FOR = timedelta(days=7)
MINUTES = 60


def ensure_demo_exam(session: Session, now: datetime, chance: int) -> Exam | None:
    """Set the demo's mock exam if none is open; None where its quiz was not loaded.

    :raises NotFound: the demo course was not loaded.
    """
    offering = get_current_offering(session, COURSE)
    text = find_text(session, offering.course_id, Kind.QUIZ, QUIZ)
    if text is None:
        return None
    for hall in list_halls(session, offering.id):
        closes = hall.exam.closes_at
        if hall.document.slug == QUIZ and closes is not None and closes > now:
            return hall.exam
    rules = Rules(
        kind=ExamKind.MOCK,
        opens_at=now,
        closes_at=now + OPEN_FOR,
        minutes=quiz_of(text.revisions[text.original]).minutes or MINUTES,
        attempts_allowed=None,
    )
    exam = create_exam(session, None, (offering, text), rules, (now, chance))
    made = find_hall(session, exam.public_id)
    assert made is not None
    schedule_exam(session, None, made, now)
    return exam
