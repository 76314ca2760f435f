"""Papers composed from blueprints, for tests: plain functions on a session."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.blueprint import Blueprint, Wish
from app.operations.banks import Gathered, gather
from app.operations.composing import prepare_paper, publish_paper
from tests.support.builders import Classroom, place_of, renderer
from tests.support.moments import TODAY

TITLES = {"zh": "期末试卷", "en": "Final paper"}


def gather_from(session: Session, room: Classroom, *slugs: str) -> Gathered:
    """Gather the bank of quizzes of the course."""
    return gather(session, room.offering.course_id, slugs)


def wish_for(gathered: Gathered, **points: str) -> Blueprint:
    """Wish for everything of these question types, each for so many points (``true_false="2"``)."""
    worth = {name.replace("_", "-"): Decimal(value) for name, value in points.items()}
    stock = gathered.bank.stock
    wishes = {cell: Wish(len(stock[cell]), worth[cell.type]) for cell in stock if cell.type in worth}
    return Blueprint(TITLES, wishes)


def compose_paper(
    session: Session, room: Classroom, now: datetime, slugs: tuple[str, ...], points: Mapping[str, str]
) -> str:
    """Let the instructor compose and publish a paper; return its slug."""
    gathered = gather_from(session, room, *slugs)
    paper = prepare_paper(gathered, wish_for(gathered, **points), "7", renderer())
    return publish_paper(session, room.instructor, place_of(session, room.instructor), paper, (now, TODAY))
