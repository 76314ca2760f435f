"""Freeze papers and the practice exams that stand on them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.ids import public_id
from app.domain.paper import freeze_quiz, manifest_hash, manifest_of
from app.domain.roles import Person
from app.models import Exam, Paper
from app.operations.documents import Text, check_practice, get_text, quiz_of
from app.operations.offerings import Place


def open_quiz(session: Session, person: Person, place: Place, slug: str) -> Text:
    """Return a quiz of the course that the person may practise.

    :raises NotPublished, NotFound: no such quiz, or it is for exams only.
    """
    text = get_text(session, place.course.id, Kind.QUIZ, slug)
    check_practice(person, place.offering.id, text.document)
    return text


def find_practice(session: Session, place: Place, document_id: int) -> Exam | None:
    """Return the practice exam of a quiz in an offering."""
    statement = select(Exam).where(
        Exam.offering_id == place.offering.id, Exam.document_id == document_id, Exam.kind == "practice"
    )
    return session.scalar(statement)


def ensure_practice(session: Session, place: Place, text: Text, moment: tuple[datetime, int]) -> Exam:
    """Return the practice exam of a quiz, made at its first start; its pass mark follows the quiz."""
    exam = find_practice(session, place, text.document.id)
    pass_mark = freeze_quiz(quiz_of(text.revisions[text.original]), {}).pass_mark
    if exam is None:
        exam = Exam(
            public_id=public_id(*moment),
            offering_id=place.offering.id,
            kind="practice",
            document_id=text.document.id,
            created_at=moment[0],
        )
        session.add(exam)
    exam.pass_mark = pass_mark
    session.flush()
    return exam


def ensure_paper(session: Session, text: Text, now: datetime) -> Paper:
    """Return the paper of a quiz's present revisions, frozen when it is first needed."""
    quiz = quiz_of(text.revisions[text.original])
    shown = {group.case for group in quiz.groups if group.case}
    cases = {slug: get_text(session, text.document.course_id, Kind.CASE, slug) for slug in sorted(shown)}
    # the exam wall: practice shows nothing of a case that is kept for exams
    is_open = {
        slug: text.document.is_exam_only or not case.document.is_exam_only for slug, case in cases.items()
    }
    pinned = {slug: revision_ids(case) for slug, case in cases.items() if is_open[slug]}
    manifest = manifest_of(freeze_quiz(quiz, revision_ids(text), pinned))
    sha256 = manifest_hash(manifest)
    paper = session.scalar(select(Paper).where(Paper.sha256 == sha256))
    if paper is None:
        paper = Paper(sha256=sha256, manifest=manifest, created_at=now)
        session.add(paper)
        session.flush()
    return paper


def revision_ids(text: Text) -> dict[str, int]:
    """Return the ids of a text's present revisions by language."""
    return {language: revision.id for language, revision in text.revisions.items()}
