"""Walk a case: start, commit, self-assess; always on the revision that the walk began with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.case import Case
from app.domain.errors import AlreadyCommitted, NotFound, NotNext
from app.domain.ids import public_id
from app.domain.roles import Person
from app.domain.walk import Commit, Walk, asked_for, check_commit, walk
from app.models import AnswerRelease, CaseWalk, Course, Document, Offering, Revision, WalkCommit
from app.operations.documents import Text, case_of, check_practice, get_text
from app.operations.offerings import Place, check_running, take_turn


@dataclass(frozen=True, slots=True)
class Journey:
    """A walk with what it stands on. ``revisions`` are the pinned ones by language."""

    row: CaseWalk
    offering: Offering
    course: Course
    document: Document
    revisions: Mapping[str, Revision]
    commits: Sequence[WalkCommit]
    #: the instructor released model answers that were kept back
    released: bool = False

    @property
    def case(self) -> Case:
        """The case in its original language, as it was when the walk began."""
        return case_of(self.revisions[self.document.language])

    @property
    def state(self) -> Walk:
        """Where the walk stands: the fold of its commits."""
        return walk(self.case, [as_commit(commit) for commit in self.commits], released=self.released)

    @property
    def revealed(self) -> Sequence[str]:
        """Every section that may leave the server; of a reading those that were shown so far."""
        return shown_so_far(self.case, self.state, self.row.shown)


def shown_so_far(case: Case, state: Walk, shown: int) -> Sequence[str]:
    """Return every section that may leave the server; of a reading those up to as many as were shown."""
    if not case.is_reading:
        return state.revealed
    unread = set(state.path[shown:])
    return list(takewhile(lambda section: section not in unread, state.revealed))


def as_commit(row: WalkCommit) -> Commit:
    """Return a stored commit as a value."""
    return Commit(row.section, row.choice, row.reason, row.text)


def open_case(session: Session, person: Person, place: Place, slug: str) -> Text:
    """Return a case of the course that the person may read.

    :raises NotPublished, NotFound: no such case, or it is for exams only.
    """
    text = get_text(session, place.course.id, Kind.CASE, slug)
    check_practice(person, place.offering.id, text.document)
    return text


def list_walks(session: Session, person: Person, place: Place, document_id: int) -> Sequence[CaseWalk]:
    """Return the person's own walks through a case, newest first."""
    statement = (
        select(CaseWalk)
        .where(
            CaseWalk.user_id == person.id,
            CaseWalk.offering_id == place.offering.id,
            CaseWalk.document_id == document_id,
        )
        .order_by(CaseWalk.id.desc())
    )
    return session.scalars(statement).all()


def open_walk(walks: Sequence[CaseWalk], place: Place) -> CaseWalk | None:
    """Return the walk to go on with; not what somebody tried while they taught, who learns by now."""
    return next((row for row in walks if row.done_at is None and not (row.is_preview and place.counts)), None)


def start_walk(
    session: Session, person: Person, place: Place, text: Text, moment: tuple[datetime, int]
) -> CaseWalk:
    """Start to walk a case, or return the walk of it that is not done yet.

    :param moment: now, and 128 bits of chance for the public id.
    :raises OfferingArchived: the offering is read-only.
    """
    check_running(place.offering)
    take_turn(session, place)
    open_one = open_walk(list_walks(session, person, place, text.document.id), place)
    if open_one is not None:
        return open_one
    row = _new_walk(person, place, text, moment)
    session.add(row)
    _settle(row, case_of(text.revisions[text.original]), [], moment[0])
    session.flush()
    return row


def _new_walk(person: Person, place: Place, text: Text, moment: tuple[datetime, int]) -> CaseWalk:
    return CaseWalk(
        public_id=public_id(*moment),
        user_id=person.id,
        offering_id=place.offering.id,
        document_id=text.document.id,
        revision_id=text.revisions[text.original].id,
        translation_id=next((r.id for lang, r in text.revisions.items() if lang != text.original), None),
        is_preview=not place.counts,
        started_at=moment[0],
        shown=1,
    )


def get_journey(session: Session, person: Person, public: str) -> Journey:
    """Return a person's own walk with its pinned revisions and commits, in two statements.

    :raises NotFound: this person has no such walk, or may not practise the case there any more.
    """
    statement = (
        select(CaseWalk, Offering, Course, Document, Revision, AnswerRelease)
        .join(Offering, Offering.id == CaseWalk.offering_id)
        .join(Course, Course.id == Offering.course_id)
        .join(Revision, Revision.id.in_([CaseWalk.revision_id, CaseWalk.translation_id]))
        .join(Document, Document.id == Revision.document_id)
        .outerjoin(
            AnswerRelease,
            (AnswerRelease.offering_id == Offering.id) & (AnswerRelease.document_id == CaseWalk.document_id),
        )
        .where(CaseWalk.public_id == public, CaseWalk.user_id == person.id)
    )
    rows = session.execute(statement).all()
    if not rows:
        raise NotFound(public)
    row, offering, course = rows[0].CaseWalk, rows[0].Offering, rows[0].Course
    original = next(one.Document for one in rows if one.Document.id == row.document_id)
    check_practice(person, offering.id, original)
    revisions = {one.Document.language: one.Revision for one in rows}
    released = rows[0].AnswerRelease is not None
    return Journey(row, offering, course, original, revisions, list_commits(session, row.id), released)


def list_commits(session: Session, walk_id: int) -> Sequence[WalkCommit]:
    """Return the commits of a walk in order."""
    mine = select(WalkCommit).where(WalkCommit.walk_id == walk_id)
    return session.scalars(mine.order_by(WalkCommit.seq)).all()


def commit_section(session: Session, person: Person, public: str, commit: Commit, now: datetime) -> CaseWalk:
    """Commit a decision or a written answer, once.

    :raises NotFound: this person has no such walk.
    :raises AlreadyCommitted, NotNext, WalkEnded, UnknownChoice, ReasonRequired, AnswerRequired, TooLong:
        see ``domain.walk.check_commit``.
    :raises OfferingArchived: the offering is read-only.
    """
    lock_walk(session, person, public)
    journey = get_journey(session, person, public)
    check_running(journey.offering)
    commit = asked_for(journey.case, commit)
    if journey.case.is_reading:
        return _read_on(journey, commit.section, now)
    done = [as_commit(earlier) for earlier in journey.commits]
    check_commit(journey.case, done, commit)
    session.add(
        WalkCommit(
            walk_id=journey.row.id,
            seq=len(done) + 1,
            section=commit.section,
            choice=commit.choice,
            reason=commit.reason.strip(),
            text=commit.text.strip(),
            committed_at=now,
        )
    )
    _settle(journey.row, journey.case, [*done, commit], now)
    session.flush()
    return journey.row


def lock_walk(session: Session, person: Person, public: str) -> None:
    """Hold the walk for this transaction, so that two commits at once are judged one by one.

    :raises NotFound: this person has no such walk.
    """
    statement = select(CaseWalk).where(CaseWalk.public_id == public, CaseWalk.user_id == person.id)
    held = statement.with_for_update().execution_options(populate_existing=True)
    if session.scalar(held) is None:
        raise NotFound(public)


def _read_on(journey: Journey, section_id: str, now: datetime) -> CaseWalk:
    """Show the next section of a reading; it is read when its last one was shown."""
    row, sections = journey.row, journey.state.path
    if section_id not in sections[: row.shown]:
        raise NotNext(section_id)
    if section_id != sections[row.shown - 1]:
        raise AlreadyCommitted(section_id)
    row.shown = min(row.shown + 1, len(sections))
    _settle(row, journey.case, [], now)
    return row


def _settle(row: CaseWalk, case: Case, commits: Sequence[Commit], now: datetime) -> None:
    """Copy where the fold stands into the row, for reports and the tracker."""
    state = walk(case, commits)
    over = row.shown >= len(state.path) if case.is_reading else state.ended
    done = over if case.is_reading else state.done
    row.ended_at = row.ended_at or (now if over else None)
    row.done_at = row.done_at or (now if done else None)
    row.ending, row.score, row.best = state.ending, state.score, state.best
