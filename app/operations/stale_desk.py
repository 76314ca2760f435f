"""Look at what is stale, find it right, or renew the paper of an exam that nobody has begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import BadExam, ExamBegun, NotFound
from app.domain.roles import Permission, Person
from app.domain.words import marked
from app.models import Document, Exam, Offering, PaperRevision, Revision, Stale, User
from app.operations import audit
from app.operations.bank_use import refresh_asked
from app.operations.exams import freeze_paper
from app.operations.halls import Hall, as_halls, count_begun, halls
from app.operations.hours import LARGEST_ID
from app.operations.offerings import Place, check_running, list_places

#: as many as a page lists; the newest first
MOST_LISTED = 200
CAUSE, BEFORE, SINCE = aliased(Document), aliased(Revision), aliased(Revision)


@dataclass(frozen=True, slots=True)
class StaleLine:
    """What may be wrong and why: a text or an exam, the text that changed, from which revision to which.

    ``begun`` counts those who have begun the exam: its paper stands.
    """

    row: Stale
    place: Place
    cause: Document
    before: Revision
    since: Revision
    author: str
    document: Document | None
    hall: Hall | None = None
    begun: int = 0


def list_stale(session: Session, person: Person, now: datetime) -> list[StaleLine]:
    """Return what is stale in the courses that a person is an author of, in four statements."""
    own = list_places(session, person, Permission.AUTHOR)
    taught, places = {place.offering.id: place for place in own}, _by_course(own, now.date())
    statement = (
        select(Stale, CAUSE, BEFORE, SINCE, User.name, Document)
        .join(CAUSE, CAUSE.id == Stale.cause_id)
        .join(BEFORE, BEFORE.id == Stale.before_id)
        .join(SINCE, SINCE.id == Stale.since_id)
        .outerjoin(User, User.id == SINCE.author_id)
        .outerjoin(Document, Document.id == Stale.document_id)
        .where(Stale.course_id.in_(places), *_is_live(person, now))
        .order_by(Stale.noted_at.desc(), Stale.id)
        .limit(MOST_LISTED)
    )
    rows = session.execute(statement).all()
    exams = {row[0].exam_id for row in rows if row[0].exam_id}
    query = halls().where(Exam.id.in_(exams))
    held = {hall.exam.id: hall for hall in as_halls(session, query)} if exams else {}
    begun = count_begun(session, exams) if exams else {}
    lines = []
    for row in rows:
        hall, place = held.get(row[0].exam_id or 0), places[row[0].course_id]
        # of an exam the offering that it is held in
        place = taught.get(hall.offering.id, place) if hall else place
        about = (row[0], place, *row[1:4], row[4] or "", row[5])
        lines.append(StaleLine(*about, hall=hall, begun=begun.get(row[0].exam_id or 0, 0)))
    return lines


def _by_course(own: Sequence[Place], today: date) -> dict[int, Place]:
    """Return one offering a course: the one that runs on this day, else the newest."""
    running = [place for place in own if place.offering.starts_on <= today <= place.offering.ends_on]
    return {place.course.id: place for place in [*reversed(own), *reversed(running)]}


def count_stale(session: Session, person: Person, now: datetime) -> int:
    """Count what is stale in the courses that a person is an author of, in one statement."""
    own = person.offerings_where(Permission.AUTHOR)
    courses = select(Offering.course_id).where(Offering.id.in_(own))
    counted = select(func.count()).select_from(Stale)
    return session.scalar(counted.where(Stale.course_id.in_(courses), *_is_live(person, now))) or 0


def mark_seen(session: Session, person: Person, number: int, now: datetime) -> None:
    """Note that somebody has looked, and that it is still right; what is settled stays as it is.

    :raises NotFound: there is nothing of this number in a course that the person is an author of.
    """
    places = {place.course.id: place for place in reversed(list_places(session, person, Permission.AUTHOR))}
    row = session.get(Stale, number) if number <= LARGEST_ID else None
    if row is None or row.course_id not in places:
        raise NotFound(str(number))
    if row.settled_at is not None:
        return
    row.settled_at, row.settled_by_id, row.how = now, person.id, "seen"
    cause = session.get_one(Document, row.cause_id)
    detail = {"changed": f"{cause.kind}/{cause.slug}", "why": row.why, "item": row.item}
    place = places[row.course_id].offering.id
    audit.record(session, person, "text.seen", offering_id=place, detail=detail, now=now)


def renew_paper(session: Session, person: Person, hall: Hall, now: datetime) -> None:
    """Freeze the paper of an exam anew, from the texts as they are published now.

    :raises OfferingArchived: the offering is read-only.
    :raises BadExam: it is a draft, over, or its quiz has no question.
    :raises ExamBegun: somebody has begun; the paper stands.
    :raises NotPublished: its quiz is gone, or walks a case that is not there.
    """
    check_running(hall.offering)
    exam = hall.exam
    if exam.scheduled_at is None:
        raise BadExam(marked("The exam is a draft: its paper is frozen when it is scheduled."))
    if exam.released_at is not None or (exam.closes_at is not None and exam.closes_at <= now):
        raise BadExam(marked("The exam is over; its paper stands."))
    if count_begun(session, [exam.id]):
        raise ExamBegun(exam.public_id)
    before = exam.paper_id
    freeze_paper(session, hall, now)
    if exam.paper_id == before:
        return
    session.flush()
    refresh_asked(session, hall, before, exam.paper_id)
    detail = {"exam": exam.public_id}
    audit.record(session, person, "exam.renew", offering_id=hall.offering.id, detail=detail, now=now)


def _is_live(person: Person, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Select what nobody has settled; an exam while it is set, not over, and still has that paper."""
    shows = (
        select(Exam.id)
        .join(PaperRevision, PaperRevision.paper_id == Exam.paper_id)
        .where(Exam.id == Stale.exam_id, PaperRevision.revision_id == Stale.before_id)
        .where(Exam.scheduled_at.is_not(None), Exam.released_at.is_(None), Exam.closes_at > now)
        .where(Exam.offering_id.in_(person.offerings_where(Permission.SET_EXAM)))
    )
    return Stale.settled_at.is_(None), or_(Stale.exam_id.is_(None), exists(shows))
