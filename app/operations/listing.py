"""Whether students come to a text: a syllabus lists it below a module."""

from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.syllabus import Syllabus
from app.operations.documents import find_text, syllabus_of
from app.operations.shelves import Checked


def is_listed(session: Session, course_id: int, checked: Checked) -> bool:
    """Whether the course's syllabus lists a case or quiz for practice; all else needs no line there."""
    document, kind = checked.parsed.document, checked.name.kind
    if document is None or isinstance(document, Syllabus) or checked.is_translation or document.use == "exam":
        return True
    text = find_text(session, course_id, Kind.SYLLABUS, Kind.SYLLABUS.value)
    if text is None:
        return False
    modules = syllabus_of(text.revisions[text.original]).modules
    listed = {
        slug
        for one in modules
        for slug in (one.quizzes if kind is Kind.QUIZ else (*one.cases, *one.readings))
    }
    return checked.name.slug in listed
