"""What follows a new edition of a text at once: the pass mark of its practice, hours of renamed modules."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus
from app.models import CourseFile, DeliveredHours, Document, Exam, Offering


def follow_edition(session: Session, document: Document, text: Case | Quiz | Syllabus) -> None:
    """Let what hangs on a document by name or figure follow its new head revision."""
    if document.is_translation:
        return
    if isinstance(text, Quiz):
        practice = (Exam.document_id == document.id) & (Exam.kind == "practice")
        session.execute(update(Exam).where(practice).values(pass_mark=text.needed))
    elif isinstance(text, Syllabus):
        for module in text.modules:
            if module.was is not None:
                _rename_module(session, document.course_id, module.was, module.id)


def _rename_module(session: Session, course_id: int, old: str, new: str) -> None:
    """Take the hours held and the files of a module along; in every language the new id is its name."""
    offerings = select(Offering.id).where(Offering.course_id == course_id)
    held = DeliveredHours.offering_id.in_(offerings) & (DeliveredHours.module == old)
    session.execute(update(DeliveredHours).where(held).values(module=new))
    files = (CourseFile.course_id == course_id) & (CourseFile.module == old)
    session.execute(update(CourseFile).where(files).values(module=new))
