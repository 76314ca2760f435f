"""Scripts: responses as a marker meets them: a token for the learner, an order of chance that stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.items import MARKED_BY_PERSON, ItemType
from app.domain.marking import ScriptState, script_state, token_of
from app.domain.paper import PaperItem
from app.models import Attempt, Exam, Mark, Paper, Response, User
from app.operations.halls import Hall
from app.operations.sittings import paper_of

HUMAN = "human"
#: whether the last mark of a response that a person gave met another one
IN_CONFLICT: ColumnElement[bool | None] = (
    select(Mark.in_conflict)
    .where(Mark.attempt_id == Response.attempt_id, Mark.item == Response.item, Mark.source == HUMAN)
    .order_by(Mark.id.desc())
    .limit(1)
    .correlate(Response)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Script:
    """A response to be marked. What names its attempt stays on this side of the page."""

    token: str
    state: ScriptState
    attempt_id: int
    attempt: str
    user_id: int


@dataclass(frozen=True, slots=True)
class Pile:
    """An item that a person marks, and how many of its responses wait, are marked, have two marks."""

    item: str
    type: ItemType
    points: Decimal
    to_mark: int
    marked: int
    in_conflict: int


def marked_items(session: Session, exam: Exam) -> Sequence[PaperItem]:
    """Return the items of an exam's paper that a person marks, in the order of the file."""
    if exam.paper_id is None:
        return []
    groups = paper_of(session.get_one(Paper, exam.paper_id).manifest).groups
    return [item for group in groups for item in group.items if item.type in MARKED_BY_PERSON]


def list_piles(session: Session, hall: Hall) -> Sequence[Pile]:
    """Return the items of an exam that a person marks. What was left blank earns nothing, and is no work."""
    counts = count_states(session, [hall.exam.id])
    return [
        Pile(
            item=one.key,
            type=one.type,
            points=one.points,
            to_mark=counts.get((hall.exam.id, one.key, ScriptState.TO_MARK), 0),
            marked=counts.get((hall.exam.id, one.key, ScriptState.MARKED), 0),
            in_conflict=counts.get((hall.exam.id, one.key, ScriptState.CONFLICT), 0),
        )
        for one in marked_items(session, hall.exam)
    ]


def count_states(session: Session, exam_ids: Sequence[int]) -> Mapping[tuple[int, str, ScriptState], int]:
    """Count the answered responses that no key judged, by exam, item and state, in one statement."""
    judged = (
        select(Mark.id)
        .where(Mark.attempt_id == Response.attempt_id, Mark.item == Response.item, Mark.source == HUMAN)
        .correlate(Response)
        .exists()
    )
    rows = _answered(exam_ids, Attempt.exam_id).where(Response.score.is_(None) | judged).subquery()
    columns = (rows.c.exam_id, rows.c.item, rows.c.has_score, rows.c.in_conflict)
    found: dict[tuple[int, str, ScriptState], int] = {}
    for exam_id, item, has_score, met, count in session.execute(
        select(*columns, func.count()).group_by(*columns)
    ):
        state = script_state(has_score=bool(has_score), is_in_conflict=bool(met))
        found[exam_id, item, state] = found.get((exam_id, item, state), 0) + count
    return found


def list_scripts(session: Session, exam: Exam, item: str) -> Sequence[Script]:
    """Return the responses to an item that a person marks, in their order.

    :raises NotFound: the exam has no such item to be marked.
    """
    if item not in {one.key for one in marked_items(session, exam)}:
        raise NotFound(item)
    about = (Attempt.id, Attempt.public_id, Attempt.user_id, Attempt.seed)
    rows = session.execute(_answered([exam.id], *about).where(Response.item == item))
    scripts = [
        Script(
            token=token_of(exam.public_id, item, row.seed),
            state=script_state(has_score=bool(row.has_score), is_in_conflict=bool(row.in_conflict)),
            attempt_id=row.id,
            attempt=row.public_id,
            user_id=row.user_id,
        )
        for row in rows
    ]
    return sorted(scripts, key=lambda script: script.token)


def get_script(session: Session, exam: Exam, item: str, token: str) -> Script:
    """Return one response to an item by its token.

    :raises NotFound: there is none.
    """
    found = next((one for one in list_scripts(session, exam, item) if one.token == token), None)
    if found is None:
        raise NotFound(token)
    return found


def list_marks(session: Session, attempt_id: int, item: str) -> Sequence[tuple[Mark, str]]:
    """Return the marks that people gave to a response, with their names, the first one first."""
    statement = (
        select(Mark, User.name)
        .outerjoin(User, User.id == Mark.marker_id)
        .where(Mark.attempt_id == attempt_id, Mark.item == item, Mark.source == HUMAN)
        .order_by(Mark.id)
    )
    return [(mark, name or "") for mark, name in session.execute(statement)]


def counting_marks(session: Session, attempt_id: int) -> Mapping[str, Mark]:
    """Return the marks of people that count in an attempt, by item."""
    statement = (
        select(Mark)
        .join(Response, (Response.attempt_id == Mark.attempt_id) & (Response.item == Mark.item))
        .where(
            Mark.attempt_id == attempt_id,
            Mark.source == HUMAN,
            Mark.in_conflict.is_(False),
            Response.answered,
            Response.score.is_not(None),
        )
        .order_by(Mark.id)
    )
    return {mark.item: mark for mark in session.scalars(statement)}


def _answered(exam_ids: Sequence[int], *columns: Any) -> Select[Any]:
    """Select the answered responses of scored attempts that are no previews."""
    return (
        select(
            *columns,
            Response.item,
            Response.score.is_not(None).label("has_score"),
            IN_CONFLICT.label("in_conflict"),
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(
            Attempt.exam_id.in_(exam_ids),
            Attempt.is_preview.is_(False),
            Attempt.state == "scored",
            Response.answered,
        )
    )
