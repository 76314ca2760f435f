"""Score handed-in attempts by their pinned keys. It may be repeated; the result is the same."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.items import Item
from app.domain.scoring import Score, score
from app.models import Attempt, Mark
from app.models import Response as ResponseRow
from app.operations.attempts import Sitting, get_sitting

ZERO = Decimal(0)
#: attempts in one transaction, each with its responses: no save waits long
SLICE = 10


def list_responses(session: Session, attempt_id: int) -> Sequence[ResponseRow]:
    """Return the responses of an attempt in the order shown."""
    statement = select(ResponseRow).where(ResponseRow.attempt_id == attempt_id)
    return session.scalars(statement.order_by(ResponseRow.position)).all()


def score_attempt(session: Session, sitting: Sitting, now: datetime) -> None:
    """Score every response that a key can judge; what a person must mark stays without a score.

    The attempt's score and maximum count the scored responses only.
    """
    attempt = sitting.attempt
    # somebody else may be scoring it at this moment
    session.refresh(attempt, with_for_update=True)
    if attempt.state != "submitted":
        return
    languages = [sitting.items(language) for language in sitting.revisions]
    responses = list_responses(session, attempt.id)
    for response in responses:
        result = best_score([items[response.item] for items in languages], response.answer)
        response.score, response.detail = result.points, {"parts": _parts(result)}
    scored = [response for response in responses if response.score is not None]
    key_revision = sitting.revisions[sitting.document.language].id
    _mark(session, scored, key_revision, now)
    attempt.score = sum((response.score for response in scored if response.score is not None), ZERO)
    attempt.max = sum((response.max for response in scored), ZERO)
    attempt.state = "scored"
    session.flush()


def best_score(items: Iterable[Item], answer: object) -> Score:
    """Return the best score of an answer over the languages of an item: either wording is right."""
    scores = [score(item, answer) for item in items]
    return max(scores, key=lambda one: -1 if one.points is None else one.points)


def score_waiting(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Score some attempts that were handed in and never scored, as after a crash; return how many."""
    statement = select(Attempt).where(Attempt.state == "submitted").order_by(Attempt.id).limit(SLICE)
    waiting = session.scalars(statement).all()
    for attempt in waiting:
        score_attempt(session, get_sitting(session, attempt.public_id, attempt.user_id), now)
    return len(waiting)


def _mark(session: Session, scored: Iterable[ResponseRow], key_revision: int, now: datetime) -> None:
    """Add the automatic marks, in one statement."""
    rows = [
        {
            "attempt_id": response.attempt_id,
            "item": response.item,
            "points": response.score,
            "source": "auto",
            "key_revision_id": key_revision,
            "marked_at": now,
        }
        for response in scored
    ]
    if rows:
        session.execute(insert(Mark), rows)


def _parts(result: Score) -> list[dict[str, object]]:
    return [
        {"name": part.name, "answer": part.answer, "right": part.right, "points": str(part.points)}
        for part in result.parts
    ]
