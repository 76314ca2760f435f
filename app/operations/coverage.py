"""What a course asks for: its syllabus held against its practice quizzes and an offering's exams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.coverage import Coverage, coverage
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus
from app.models import Document, PaperRevision, Revision
from app.operations.documents import Text, list_texts, quiz_of
from app.operations.halls import Hall, list_halls
from app.operations.offerings import Place


@dataclass(frozen=True, slots=True)
class Covered:
    """The coverage, and the quizzes and exams by the names of its columns, in their order."""

    coverage: Coverage
    quizzes: Mapping[str, Text]
    exams: Mapping[str, Hall]


def cover_course(session: Session, place: Place, syllabus: Syllabus) -> Covered:
    """Hold a syllabus against what an offering asks, in three statements.

    An exam whose paper is frozen counts as frozen, a draft as its quiz stands now.
    """
    texts = list_texts(session, place.course.id, Kind.QUIZ)
    halls = list_halls(session, place.offering.id)
    frozen = _frozen(session, [hall.exam.paper_id for hall in halls if hall.exam.paper_id])
    practice = {f"quiz {slug}": text for slug, text in texts.items() if not text.document.is_exam_only}
    exams = {f"exam {hall.exam.public_id}": hall for hall in halls}
    asked = {name: _quiz_of_exam(hall, texts, frozen) for name, hall in exams.items()}
    made = coverage(
        syllabus,
        {name: quiz_of(text.revisions[text.original]) for name, text in practice.items()},
        {name: quiz for name, quiz in asked.items() if quiz is not None},
    )
    return Covered(made, practice, exams)


def _quiz_of_exam(hall: Hall, texts: Mapping[str, Text], frozen: Mapping[int, Quiz]) -> Quiz | None:
    """Return what an exam asks; None for a draft whose quiz is retired."""
    if hall.exam.paper_id is not None and hall.exam.paper_id in frozen:
        return frozen[hall.exam.paper_id]
    text = texts.get(hall.document.slug)
    return quiz_of(text.revisions[text.original]) if text else None


def _frozen(session: Session, papers: Sequence[int]) -> dict[int, Quiz]:
    """Return the quizzes that papers were frozen from, by paper."""
    statement = (
        select(PaperRevision.paper_id, Revision)
        .join(Revision, Revision.id == PaperRevision.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(
            PaperRevision.paper_id.in_(papers),
            Document.kind == Kind.QUIZ.value,
            Document.is_translation.is_(False),
        )
        .order_by(Revision.id)
    )
    return {paper: quiz_of(revision) for paper, revision in session.execute(statement)}
