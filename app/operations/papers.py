"""Freeze papers and the practice exams that stand on them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.errors import NotPublished
from app.domain.ids import public_id
from app.domain.paper import Paper as Frozen
from app.domain.paper import freeze_quiz, manifest_hash, manifest_of
from app.domain.quiz import Quiz, without_retired
from app.domain.roles import Person
from app.models import Exam, Paper, PaperRevision, Revision
from app.operations.bank_desks import find_retired
from app.operations.documents import Text, check_practice, get_text, quiz_of
from app.operations.offerings import Place
from app.operations.sittings import paper_of


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
    """Return the practice exam of a quiz, made at its first start; then it follows the quiz's editions."""
    exam = find_practice(session, place, text.document.id)
    if exam is None:
        exam = Exam(
            public_id=public_id(*moment),
            offering_id=place.offering.id,
            kind="practice",
            document_id=text.document.id,
            pass_mark=quiz_of(text.revisions[text.original]).needed,
            created_at=moment[0],
        )
        session.add(exam)
        session.flush()
    return exam


def ensure_paper(session: Session, text: Text, now: datetime) -> Paper:
    """Return the paper of a quiz's present revisions, frozen when it is first needed.

    :raises NotPublished: an item walks a case that is not there, or kept for exams.
    """
    return store_paper(session, freeze_text(session, text), now)


def freeze_text(session: Session, text: Text) -> Frozen:
    """Freeze the present revisions of a quiz, in all its languages.

    :raises NotPublished: an item walks a case that is not there, or kept for exams.
    """
    quiz = quiz_of(text.revisions[text.original])
    if any(group.draw for group in quiz.groups):
        retired = find_retired(session, [text.document.id])
        quiz = without_retired(quiz, {item for _, item in retired})
    return freeze_quiz(quiz, revision_ids(text), _pin_cases(session, text, quiz))


def store_paper(session: Session, frozen: Frozen, now: datetime) -> Paper:
    """Return the row of a paper, made when it is first needed: equal papers are one."""
    manifest = manifest_of(frozen)
    sha256 = manifest_hash(manifest)
    paper = session.scalar(select(Paper).where(Paper.sha256 == sha256))
    if paper is None:
        paper = Paper(sha256=sha256, manifest=manifest, pass_mark=frozen.pass_mark, created_at=now)
        session.add(paper)
        session.flush()
    return paper


def revisions_of_exam(session: Session, exam: Exam) -> Mapping[str, Revision]:
    """Return the revisions of the quiz that an exam's paper was frozen from, by language."""
    manifest = session.get_one(Paper, exam.paper_id).manifest
    pinned = paper_of(manifest).revisions
    found = {one.id: one for one in session.scalars(select(Revision).where(Revision.id.in_(pinned.values())))}
    return {language: found[number] for language, number in pinned.items()}


def pin_revisions(session: Session, paper: Paper, frozen: Frozen) -> None:
    """Note which revisions a paper shows, so that their pictures reach those who sit it."""
    shown = {number for ids in (frozen.revisions, *frozen.cases.values()) for number in ids.values()}
    known = session.scalars(select(PaperRevision.revision_id).where(PaperRevision.paper_id == paper.id))
    missing = sorted(shown - set(known))
    session.add_all(PaperRevision(paper_id=paper.id, revision_id=number) for number in missing)
    session.flush()


def _pin_cases(session: Session, text: Text, quiz: Quiz) -> dict[str, dict[str, int]]:
    """Return the revisions of the cases that a quiz shows and walks.

    The exam wall stands here: practice shows nothing of a case that is kept for exams.
    """
    walked = {item.walk for item in quiz.items if item.walk}
    shown = {group.case for group in quiz.groups if group.case} | walked
    cases = {slug: get_text(session, text.document.course_id, Kind.CASE, slug) for slug in sorted(shown)}
    walled = {slug for slug, case in cases.items() if case.document.is_exam_only}
    if not text.document.is_exam_only and walled & walked:
        raise NotPublished(", ".join(sorted(walled & walked)))
    return {
        slug: revision_ids(case)
        for slug, case in cases.items()
        if text.document.is_exam_only or slug not in walled
    }


def revision_ids(text: Text) -> dict[str, int]:
    """Return the ids of a text's present revisions by language."""
    return {language: revision.id for language, revision in text.revisions.items()}
