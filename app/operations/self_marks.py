"""Self-assessment (自评): how learners judge their own written answers; never a grade."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.case import SectionKind, marking_total
from app.domain.errors import BadAnswer, NotNext
from app.domain.roles import Person
from app.models import SelfMark
from app.operations.offerings import check_running
from app.operations.walks import Journey, get_journey, lock_walk


def assess_own_answer(
    session: Session, person: Person, public: str, claim: tuple[str, Sequence[int]], now: datetime
) -> SelfMark:
    """Store how learners judge their own committed answer (自评): which marking points it meets.

    :param claim: the section, and the numbers (from 0) of the marking points claimed.
    :raises NotNext: the section is no question of this walk that was committed.
    :raises BadAnswer: the question has no such marking point.
    """
    lock_walk(session, person, public)
    journey = get_journey(session, person, public)
    check_running(journey.offering)
    section_id, claimed = claim
    committed = {commit.section for commit in journey.commits}
    section = journey.case.section(section_id) if section_id in committed else None
    if section is None or section.kind is not SectionKind.QUESTION:
        raise NotNext(section_id)
    if any(not 0 <= number < len(section.marking_points) for number in claimed):
        raise BadAnswer(section_id)
    points = sum((section.marking_points[number].points for number in set(claimed)), Decimal(0))
    mark = session.get(SelfMark, (journey.row.id, section_id))
    if mark is None:
        mark = SelfMark(walk_id=journey.row.id, section=section_id)
        session.add(mark)
    mark.claimed, mark.points, mark.marked_at = sorted(set(claimed)), points, now
    session.flush()
    return mark


def list_self_marks(session: Session, walk_id: int) -> Mapping[str, SelfMark]:
    """Return the self-assessments of a walk by section."""
    rows = session.scalars(select(SelfMark).where(SelfMark.walk_id == walk_id))
    return {row.section: row for row in rows}


def self_assessment(journey: Journey, marks: Mapping[str, SelfMark]) -> tuple[Decimal, Decimal]:
    """Return points claimed and points possible over the answered questions, apart from the score."""
    answered = {commit.section for commit in journey.commits}
    questions = [
        section
        for section in journey.case.sections
        if section.kind is SectionKind.QUESTION and section.id in answered
    ]
    possible = sum((marking_total(section) for section in questions), Decimal(0))
    return sum((mark.points for mark in marks.values()), Decimal(0)), possible
