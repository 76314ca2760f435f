"""Score handed-in attempts by their pinned keys. It may be repeated; the result is the same."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from app.domain.attempt_states import Act, after
from app.domain.behaviour import Behaviour, penalised, wrong_before
from app.domain.events import Record
from app.domain.scoring import Score, best_score, rounded
from app.models import Attempt, Mark
from app.models import Response as ResponseRow
from app.operations.checks import earned_all
from app.operations.events import record_of
from app.operations.sittings import Sitting, get_sitting
from app.operations.stuck import may_be_tried, try_each

ZERO = Decimal(0)
#: attempts in one transaction, each with its responses: no save waits long
SLICE = 10


def list_responses(session: Session, attempt_id: int) -> Sequence[ResponseRow]:
    """Return the responses of an attempt in the order shown."""
    statement = select(ResponseRow).where(ResponseRow.attempt_id == attempt_id)
    return session.scalars(statement.order_by(ResponseRow.position)).all()


def score_attempt(session: Session, sitting: Sitting, now: datetime) -> None:
    """Score every response that a key can judge; what a person must mark stays without a score."""
    attempt = sitting.attempt
    # somebody else may be scoring it at this moment
    session.refresh(attempt, with_for_update=True)
    if attempt.state != "submitted":
        return
    record = record_of(session, attempt.id) if sitting.behaviour is Behaviour.TRIES else Record()
    responses = list_responses(session, attempt.id)
    for response in responses:
        _score(sitting, record, response)
    _mark(session, sitting, responses, (now, ""))
    count_up(sitting, responses)
    attempt.state = after(attempt.state, Act.SCORE).value
    session.flush()


def rescore_response(session: Session, sitting: Sitting, item: str, why: tuple[datetime, str]) -> None:
    """Score one response of a scored attempt anew, after its answer has changed.

    :param why: now, and the reason that its automatic mark carries.
    """
    responses = list_responses(session, sitting.attempt.id)
    changed = [response for response in responses if response.item == item]
    for response in changed:
        _score(sitting, Record(), response)
    _mark(session, sitting, changed, why)
    count_up(sitting, responses)
    session.flush()


def count_up(sitting: Sitting, responses: Sequence[ResponseRow]) -> None:
    """Add up an attempt's points, as far as it is scored.

    Its maximum are the full marks of its paper; in practice nobody marks what no key can judge, and it
    counts for nothing, written or left empty.
    """
    items = sitting.items()
    counted = [one for one in responses if not (sitting.is_practice and items[one.item].is_marked_by_person)]
    sitting.attempt.score = sum((one.score for one in counted if one.score is not None), ZERO)
    sitting.attempt.max = sum((one.max for one in counted), ZERO)


def _score(sitting: Sitting, record: Record, response: ResponseRow) -> None:
    items = [sitting.items(language)[response.item] for language in sitting.revisions]
    result = best_score(items, response.answer)
    wrong = _wrong_tries(sitting, record, response.item)
    response.score = None if result.points is None else rounded(penalised(result.points, wrong))
    is_full = result.points == result.maximum
    response.detail = {"parts": _parts(result), "wrong": wrong, "full": is_full}


def _wrong_tries(sitting: Sitting, record: Record, key: str) -> int:
    """Count the tries before the final answer that did not earn full marks."""
    answers, head = record.checks.get(key, []), record.heads.get(key)
    if not answers or head is None:
        return 0
    return wrong_before(answers, earned_all(sitting, record, key), head.answer)


def has_waiting(session: Session, now: datetime) -> bool:
    """Whether an attempt that was handed in waits to be scored."""
    return session.scalar(_waiting(now).with_only_columns(Attempt.id).limit(1)) is not None


def score_waiting(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Score some attempts that were handed in and never scored, as after a crash; return how many.

    One that cannot be scored holds up no other.
    """
    waiting = session.scalars(_waiting(now).order_by(Attempt.id).limit(SLICE)).all()
    return try_each(session, waiting, _score_waiting, now)


def _waiting(now: datetime) -> Select[Attempt]:
    return select(Attempt).where(Attempt.state == "submitted", may_be_tried(now))


def _score_waiting(session: Session, attempt: Attempt, now: datetime) -> None:
    score_attempt(session, get_sitting(session, attempt.public_id, attempt.user_id), now)


def _mark(
    session: Session, sitting: Sitting, responses: Iterable[ResponseRow], why: tuple[datetime, str]
) -> None:
    """Add the automatic marks of those that have a score, in one statement."""
    now, reason = why
    key_revision = sitting.revisions[sitting.document.language].id
    rows = [
        {
            "attempt_id": response.attempt_id,
            "item": response.item,
            "points": response.score,
            "source": "auto",
            "key_revision_id": key_revision,
            "marked_at": now,
            "reason": reason,
        }
        for response in responses
        if response.score is not None
    ]
    if rows:
        session.execute(insert(Mark), rows)


def _parts(result: Score) -> list[dict[str, object]]:
    return [
        {"name": part.name, "answer": part.answer, "right": part.right, "points": str(part.points)}
        for part in result.parts
    ]
