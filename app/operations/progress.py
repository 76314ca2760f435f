"""Read what learners did in an offering, and let the one rule of the tracker judge it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.progress import CourseProgress, Evidence, QuizRecord, course_progress
from app.domain.results import reached_share
from app.domain.roles import Role
from app.domain.syllabus import Module, Syllabus
from app.models import Attempt, CaseWalk, Cohort, Document, Enrolment, Exam, Paper, User
from app.operations.offerings import Place

PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Learner:
    """A student of an offering, and how far the student has come."""

    user: User
    cohort: Cohort | None
    progress: CourseProgress


def percentage(attempt: Attempt) -> Decimal | None:
    """Return an attempt's score as a percentage with two decimals, None while it has none.

    Rounded down: 59.999 % is not the 60 % that pass.
    """
    return reached_share(attempt.score, attempt.max)


def evidence_by_person(
    session: Session, offering_id: int, people: Collection[int] | None = None
) -> Mapping[int, Evidence]:
    """Return what people did in an offering, by user id, in two statements. Previews never count.

    :param people: user ids; None for everybody.
    """
    found = _gather_evidence(session, [offering_id], people)
    return {user_id: evidence for (_, user_id), evidence in found.items()}


def evidence_by_offering(
    session: Session, offering_ids: Collection[int], user_id: int
) -> Mapping[int, Evidence]:
    """Return what a person did in offerings, by offering id, in two statements. Previews never count."""
    found = _gather_evidence(session, offering_ids, [user_id])
    return {offering_id: evidence for (offering_id, _), evidence in found.items()}


def _gather_evidence(
    session: Session, offering_ids: Collection[int], people: Collection[int] | None
) -> Mapping[tuple[int, int], Evidence]:
    """Return what people did, by offering and user id."""
    found: dict[tuple[int, int], Evidence] = {}
    for offering_id, user_id, document, done_at in session.execute(_walks(offering_ids, people)):
        key = offering_id, user_id
        found[key] = _with_walk(found.get(key, Evidence()), document, done_at is not None)
    for attempt, exam, slug, own in session.execute(_attempts(offering_ids, people)):
        key = exam.offering_id, attempt.user_id
        record = found.get(key, Evidence()).quiz(slug)
        record = record.after(percentage(attempt), own, exam.pass_mark, was_answered=attempt.answered > 0)
        found[key] = _with_record(found.get(key, Evidence()), slug, record)
    return found


def published_part(syllabus: Syllabus, titles: Collection[tuple[str, str]]) -> Syllabus:
    """Return the syllabus with the material that is really there: nobody can do what is retired."""
    return replace(syllabus, modules=tuple(_published(module, titles) for module in syllabus.modules))


def list_learners(
    session: Session, place: Place, syllabus: Syllabus, cohorts: Collection[int] | None
) -> Sequence[Learner]:
    """Return the students of an offering with their progress, by cohort, else class, and login.

    :param cohorts: cohort ids to look at; None for all students.
    """
    rows = session.execute(_students(place.offering.id, cohorts)).all()
    evidence = evidence_by_person(
        session, place.offering.id, None if cohorts is None else [u.id for u, _ in rows]
    )
    return [
        Learner(user, cohort, course_progress(syllabus, evidence.get(user.id, Evidence())))
        for user, cohort in rows
    ]


def visible_cohorts(place: Place) -> frozenset[int] | None:
    """Return the cohorts whose people this person may look at; None means all."""
    return place.membership.cohorts if place.membership.role is Role.ASSISTANT else None


def get_student(session: Session, place: Place, public: str) -> tuple[User, Cohort | None]:
    """Return a student of the offering whom the person may look at.

    :raises NotFound: there is no such student, or not in this person's cohorts.
    """
    statement = _students(place.offering.id, visible_cohorts(place)).where(User.public_id == public)
    row = session.execute(statement).first()
    if row is None:
        raise NotFound(public)
    return row.User, row.Cohort


def list_student_walks(
    session: Session, offering_id: int, user_id: int
) -> Sequence[tuple[CaseWalk, Document]]:
    """Return a student's walks that count, newest first, with their documents."""
    statement = (
        select(CaseWalk, Document)
        .join(Document, Document.id == CaseWalk.document_id)
        .where(
            CaseWalk.user_id == user_id,
            CaseWalk.offering_id == offering_id,
            CaseWalk.is_preview.is_(False),
        )
        .order_by(CaseWalk.id.desc())
    )
    return [(walk, document) for walk, document in session.execute(statement)]


def list_student_attempts(
    session: Session, offering_ids: Collection[int], user_id: int
) -> Sequence[tuple[Attempt, Document]]:
    """Return a student's attempts at practice of offerings that count, newest first, with their quizzes.

    Exams are told of when they are released, see ``operations.own_exams``.
    """
    statement = (
        select(Attempt, Document)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Document, Document.id == Exam.document_id)
        .where(
            Attempt.user_id == user_id,
            Exam.offering_id.in_(offering_ids),
            Exam.kind == PRACTICE,
            Attempt.is_preview.is_(False),
        )
        .order_by(Attempt.id.desc())
    )
    return [(attempt, document) for attempt, document in session.execute(statement)]


def _students(offering_id: int, cohorts: Collection[int] | None) -> Select[User, Cohort]:
    statement = (
        select(User, Cohort)
        .join(Enrolment, Enrolment.user_id == User.id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.offering_id == offering_id, Enrolment.role == Role.STUDENT.value)
        .order_by(func.coalesce(Cohort.name, User.class_name), User.login)
    )
    return statement if cohorts is None else statement.where(Enrolment.cohort_id.in_(cohorts))


def _walks(
    offering_ids: Collection[int], people: Collection[int] | None
) -> Select[int, int, Document, datetime | None]:
    statement = (
        select(CaseWalk.offering_id, CaseWalk.user_id, Document, CaseWalk.done_at)
        .join(Document, Document.id == CaseWalk.document_id)
        .where(CaseWalk.offering_id.in_(offering_ids), CaseWalk.is_preview.is_(False))
    )
    return statement if people is None else statement.where(CaseWalk.user_id.in_(people))


def _attempts(
    offering_ids: Collection[int], people: Collection[int] | None
) -> Select[Attempt, Exam, str, Decimal]:
    statement = (
        select(Attempt, Exam, Document.slug, Paper.pass_mark)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(Paper, Paper.id == Attempt.paper_id)
        .join(Document, Document.id == Exam.document_id)
        .where(
            Exam.offering_id.in_(offering_ids),
            # an exam's result is not told before its release
            Exam.kind == PRACTICE,
            Attempt.state == "scored",
            Attempt.is_preview.is_(False),
        )
        .order_by(Attempt.number)
    )
    return statement if people is None else statement.where(Attempt.user_id.in_(people))


def _with_walk(evidence: Evidence, document: Document, done: bool) -> Evidence:
    if not done:
        return replace(evidence, begun=evidence.begun | {document.slug})
    return replace(evidence, walked=evidence.walked | {document.slug})


def _with_record(evidence: Evidence, slug: str, record: QuizRecord) -> Evidence:
    return replace(evidence, quizzes={**(evidence.quizzes or {}), slug: record})


def _published(module: Module, titles: Collection[tuple[str, str]]) -> Module:
    def only(kind: str, slugs: Iterable[str]) -> tuple[str, ...]:
        return tuple(slug for slug in slugs if (kind, slug) in titles)

    return replace(
        module,
        cases=only("case", module.cases),
        readings=only("case", module.readings),
        quizzes=only("quiz", module.quizzes),
    )
