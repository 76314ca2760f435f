"""Look at an exam before it begins: what would go wrong, what somebody should know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.errors import NotRendered
from app.domain.origins import read_origins
from app.domain.paper import Paper
from app.domain.roles import Role
from app.domain.words import Sentence, marked
from app.models import Document, Enrolment, FrozenItem, PaperRevision, RetiredItem, Revision, Stale, User
from app.models.exam import as_minutes
from app.operations.documents import find_fragments, find_text, quiz_of
from app.operations.halls import Hall
from app.operations.own_exams import paper_of_exam
from app.operations.papers import revision_ids

SOON = timedelta(days=1)


class Level(StrEnum):
    """How much a finding weighs: an error forbids the exam, a warning wants to be known."""

    ERROR = "error"
    WARNING = "warning"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    level: Level
    sentence: Sentence


def preflight(session: Session, hall: Hall, now: datetime) -> Sequence[Finding]:
    """Look at everything that can be looked at in the database, in a few statements."""
    paper = paper_of_exam(session, hall)
    found = [
        *_of_times(hall, now),
        *(_of_paper(session, hall, paper) if paper else ()),
        *_of_people(session, hall),
    ]
    return found or [Finding(Level.FINE, Sentence(marked("Nothing stands in the way of this exam.")))]


def _of_times(hall: Hall, now: datetime) -> Iterator[Finding]:
    exam = hall.exam
    if hall.offering.is_archived:
        yield error(marked("The offering is archived: nobody can begin."))
    if exam.scheduled_at is None:
        yield warning(marked("The exam is a draft: no student sees it."))
    if exam.opens_at is None or exam.closes_at is None:
        yield error(marked("The exam has no window: say when it opens and closes."))
        return
    if exam.closes_at <= now:
        yield warning(marked("The window is over."))
    duration = as_minutes(exam.minutes)
    if duration is not None and exam.closes_at - exam.opens_at < duration:
        yield warning(marked("The window is shorter than the duration: nobody has the whole time."))


def _of_paper(session: Session, hall: Hall, paper: Paper) -> Iterator[Finding]:
    if not hall.document.is_exam_only:
        yield warning(marked("The paper comes from a quiz that students can practise."))
    yield from _of_origins(session, hall, paper)
    text = find_text(session, hall.course.id, Kind.QUIZ, hall.document.slug)
    if text is None:
        yield warning(marked("The quiz was retired since; the paper stands."))
    elif dict(paper.revisions) != revision_ids(text):
        yield warning(marked("The quiz was changed since the paper was frozen; the paper stands."))
    yield from of_staleness(session, hall)
    published = session.scalars(
        select(Document.language).where(
            Document.course_id == hall.course.id,
            Document.kind == Kind.QUIZ.value,
            Document.slug == hall.document.slug,
            Document.retired_at.is_(None),
        )
    )
    for language in sorted(set(published) - set(paper.revisions)):
        yield warning(
            marked("The translation (%(language)s) does not fit the original and is left out."),
            language=language,
        )
    if not _is_rendered(session, hall):
        yield error(marked("A text of the paper is not rendered; run: casehall content render"))


def _of_origins(session: Session, hall: Hall, paper: Paper) -> Iterator[Finding]:
    """Warn of what a composed paper takes from quizzes that students can practise, or could once."""
    revision = session.get_one(Revision, min(paper.revisions.values()))
    origins = read_origins(quiz_of(revision).source)
    practised = session.scalars(
        select(Document.title)
        .where(
            Document.course_id == hall.course.id,
            Document.kind == Kind.QUIZ.value,
            Document.slug.in_(origins),
            Document.is_translation.is_(False),
            Document.use == "practice",
        )
        .order_by(Document.slug)
    ).all()
    if practised:
        yield warning(
            marked("Questions of the paper come from quizzes that students can practise: %(quizzes)s."),
            quizzes=", ".join(practised),
        )


def of_staleness(session: Session, hall: Hall) -> Iterator[Finding]:
    """Warn of cases that changed since the paper was frozen, and of questions that nobody looked at since."""
    titles = session.scalars(
        select(Document.title)
        .join(Revision, Revision.document_id == Document.id)
        .join(PaperRevision, PaperRevision.revision_id == Revision.id)
        .where(PaperRevision.paper_id == hall.exam.paper_id, Document.kind == Kind.CASE.value)
        .where(Document.head_revision_id != Revision.id, Document.is_translation.is_(False))
        .order_by(Document.slug)
    ).all()
    if titles:
        yield warning(
            marked("Cases were changed since the paper was frozen: %(cases)s. The paper stands."),
            cases=", ".join(titles),
        )
    waiting = select(func.count()).select_from(Stale)
    waiting = waiting.where(Stale.document_id == hall.document.id, Stale.settled_at.is_(None))
    if number := session.scalar(waiting):
        yield warning(
            marked("What the quiz stands on was changed; nobody has looked at it since: %(number)s."),
            number=number,
        )
    retired = select(func.count()).select_from(FrozenItem).where(FrozenItem.paper_id == hall.exam.paper_id)
    same = (RetiredItem.document_id == FrozenItem.document_id) & (RetiredItem.item == FrozenItem.item)
    if number := session.scalar(retired.join(RetiredItem, same)):
        yield warning(marked("Questions of the paper are retired: %(number)s."), number=number)


def _is_rendered(session: Session, hall: Hall) -> bool:
    shown = select(PaperRevision.revision_id).where(PaperRevision.paper_id == hall.exam.paper_id)
    revisions = session.scalars(select(Revision).where(Revision.id.in_(shown))).all()
    try:
        find_fragments(session, revisions)
    except NotRendered:
        return False
    return True


def _of_people(session: Session, hall: Hall) -> Iterator[Finding]:
    students = (Enrolment.offering_id == hall.offering.id) & (Enrolment.role == Role.STUDENT.value)
    counted = select(
        func.count(),
        func.count().filter(User.disabled_at.is_not(None)),
        func.count().filter(User.must_change_password),
    )
    everybody, disabled, waiting = session.execute(
        counted.select_from(Enrolment).join(User, User.id == Enrolment.user_id).where(students)
    ).one()
    if not everybody:
        yield warning(marked("Nobody is enrolled in this offering."))
    if disabled:
        yield warning(marked("Accounts that are disabled and cannot sign in: %(number)s."), number=disabled)
    if waiting:
        yield warning(
            marked("Students who have not changed their first password: %(number)s."), number=waiting
        )


def error(text: str, **values: str | int) -> Finding:
    """Return what forbids the exam."""
    return Finding(Level.ERROR, Sentence(text, values))


def warning(text: str, **values: str | int) -> Finding:
    """Return what somebody should know."""
    return Finding(Level.WARNING, Sentence(text, values))
