"""Begin an attempt: to practise a quiz, or laid out for an exam. Every answer is an event in its chain."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.behaviour import Behaviour
from app.domain.chain import genesis, salted
from app.domain.ids import public_id
from app.domain.layout import draw_layout, layout_json
from app.domain.paper import read_manifest
from app.domain.roles import Person
from app.domain.timing import ClosedBy
from app.models import Attempt, Exam, Paper
from app.operations.closing import close_attempt
from app.operations.documents import Text
from app.operations.offerings import Place, check_running, take_turn
from app.operations.orders import hold_attempt
from app.operations.papers import ensure_paper, ensure_practice
from app.operations.sittings import get_sitting, list_attempts


def start_practice(
    session: Session,
    person: Person,
    where: tuple[Place, Text],
    moment: tuple[datetime, int],
    behaviour: Behaviour = Behaviour.DEFERRED,
) -> Attempt:
    """Start to practise a quiz, or return the person's open attempt at it.

    :param where: the offering, and the quiz in it.
    :param moment: now, and 128 bits of chance for the public id and the seed.
    :param behaviour: when the learner wants to be told what was right; an open attempt keeps its own.
    :raises OfferingArchived: the offering is read-only.
    :raises NotPublished: the quiz walks a case that is not there to be practised.
    """
    place, text = where
    check_running(place.offering)
    take_turn(session, place)
    exam = ensure_practice(session, place, text, moment)
    last = next(iter(list_attempts(session, person, exam.id)), None)
    if last is not None and goes_on(last, place):
        return last
    if last is not None and last.state == "open":
        hold_attempt(session, last)
        close_attempt(session, get_sitting(session, last.public_id, person.id), ClosedBy.PERSON, moment[0])
    paper = ensure_paper(session, text, moment[0])
    attempt = lay_out(exam, paper, person, last.number + 1 if last else 1, moment)
    attempt.behaviour = behaviour.value
    attempt.is_preview = not place.counts
    session.add(attempt)
    session.flush()
    return attempt


def goes_on(attempt: Attempt, place: Place) -> bool:
    """Whether a person goes on with it; not with what they tried while they taught, who learn by now."""
    return attempt.state == "open" and not (attempt.is_preview and place.counts)


def lay_out(exam: Exam, paper: Paper, person: Person, number: int, moment: tuple[datetime, int]) -> Attempt:
    """Return a new attempt with its paper drawn and laid out; the caller adds it.

    :param moment: now, and 128 bits of chance for the public id and the seed.
    """
    now, chance = moment
    seed = f"{chance:032x}"
    layout = layout_json(draw_layout(read_manifest(json.loads(paper.manifest)), seed))
    public = public_id(now, chance)
    return Attempt(
        public_id=public,
        exam_id=exam.id,
        user_id=person.id,
        number=number,
        paper_id=paper.id,
        layout=layout,
        seed=seed,
        started_at=now,
        last_seq=0,
        state="open",
        grace_seconds=exam.grace_seconds,
        late_seconds=exam.late_seconds,
        head_hash=genesis(public, salted(person.public_id, seed), paper.sha256, layout),
    )
