"""Which quizzes stand behind the exam wall: students meet them in exams only."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.models import Document


def walled_quizzes(session: Session, course_id: int) -> frozenset[str]:
    """Return the quizzes of a course that are for exams only, by slug; the original says it."""
    statement = select(Document.slug).where(
        Document.course_id == course_id,
        Document.kind == Kind.QUIZ.value,
        Document.use == "exam",
        Document.is_translation.is_(False),
        Document.retired_at.is_(None),
    )
    return frozenset(session.scalars(statement))
