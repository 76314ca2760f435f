"""The demo's mock exams: one a course, open for a week, as many attempts as one likes."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.exam import ExamKind
from app.models import Exam, Offering
from app.operations.demo import demo_offerings
from app.operations.documents import find_text, quiz_of
from app.operations.exams import Rules, create_exam, schedule_exam
from app.operations.halls import find_hall, list_halls

QUIZ = "mock-exam"
OPEN_FOR = timedelta(days=7)
#: so that simulated students, who do nothing in the future, can sit it at once
OPEN_SINCE = timedelta(days=1)
MINUTES = 60


def ensure_demo_exams(session: Session, now: datetime, chance: int) -> list[Exam]:
    """Set the mock exam of each demo course that has none open; none where its quiz was not loaded.

    :raises NotFound: the first demo course was not loaded.
    """
    found = []
    for number, offering in enumerate(demo_offerings(session)):
        exam = _ensure_exam(session, offering, now, chance ^ number)
        if exam is not None:
            found.append(exam)
    return found


def _ensure_exam(session: Session, offering: Offering, now: datetime, chance: int) -> Exam | None:
    text = find_text(session, offering.course_id, Kind.QUIZ, QUIZ)
    if text is None:
        return None
    for hall in list_halls(session, offering.id):
        closes = hall.exam.closes_at
        if hall.document.slug == QUIZ and closes is not None and closes > now:
            return hall.exam
    rules = Rules(
        kind=ExamKind.MOCK,
        opens_at=now - OPEN_SINCE,
        closes_at=now + OPEN_FOR,
        minutes=quiz_of(text.revisions[text.original]).minutes or MINUTES,
        attempts_allowed=None,
    )
    exam = create_exam(session, None, (offering, text), rules, (now, chance))
    made = find_hall(session, exam.public_id)
    assert made is not None
    schedule_exam(session, None, made, now)
    return exam
