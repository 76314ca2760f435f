"""Check one item of a practice attempt before handing in: the feedback of its behaviour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.answers import is_blank
from app.domain.behaviour import Behaviour, Standing, standing
from app.domain.errors import AnswerRequired, AttemptClosed, ItemChanged, ItemSettled, NotChecked
from app.domain.events import CHECK, AnswerEvent, Head, Record
from app.domain.roles import Person
from app.domain.scoring import Score, best_score
from app.domain.shown import to_file_order
from app.operations.events import append_check, find_receipt, record_of
from app.operations.offerings import check_running
from app.operations.sittings import Sitting, lock_attempt, open_sitting


@dataclass(frozen=True, slots=True)
class Request:
    """Which item a window wants to be checked; ``id`` names the request as an event."""

    id: str
    client: str
    item: str
    #: seq of the answer that the window shows, None where it has just sent it
    base: int | None = None


def check_item(session: Session, person: Person, public: str, request: Request, now: datetime) -> Standing:
    """Check the saved answer of an item; asking again about the same answer changes nothing.

    :raises NotFound: this person has no such attempt.
    :raises AttemptClosed, OfferingArchived: the attempt no longer takes answers.
    :raises UnknownItem: the drawn paper holds no such item.
    :raises NotChecked: this attempt, or this item, is judged after handing in.
    :raises ItemChanged: another answer stands than the window shows.
    :raises AnswerRequired: there is no answer to check.
    :raises ItemSettled: the item has no try left.
    """
    lock_attempt(session, person, public)
    sitting = open_sitting(session, person, public)
    if not sitting.is_open(now):
        raise AttemptClosed(public)
    check_running(sitting.offering)
    sitting.layout.place(request.item)
    record = record_of(session, sitting.attempt.id)
    head, checked = record.heads.get(request.item), record.checks.get(request.item, [])
    _check_shown(request, head)
    present = standing_of(sitting, record, request.item)
    if checked and head is not None and checked[-1] == head.answer:
        return present
    if head is None or is_blank(head.answer):
        raise AnswerRequired(request.item)
    if not present.may_check:
        raise ItemSettled(request.item) if present.is_settled else NotChecked(request.item)
    event = AnswerEvent(request.id, request.client, None, head.seq, request.item, head.answer, CHECK)
    if find_receipt(session, sitting.attempt.id, event) is None:
        append_check(session, sitting.attempt, event, now)
        record.checks.setdefault(request.item, []).append(head.answer)
    return standing_of(sitting, record, request.item)


def _check_shown(request: Request, head: Head | None) -> None:
    """Refuse to check another answer than the one that the window shows."""
    if request.base is not None and request.base != (head.seq if head else 0):
        raise ItemChanged(request.item)


def standing_of(sitting: Sitting, record: Record, key: str) -> Standing:
    """Return where an item stands after its checks."""
    if sitting.behaviour is Behaviour.DEFERRED:
        return Standing()
    return standing(sitting.behaviour, sitting.items()[key], earned_all(sitting, record, key))


def earned_all(sitting: Sitting, record: Record, key: str) -> Sequence[bool]:
    """Tell of each check of an item whether its answer earned full marks, or was not for a key to judge."""
    return [score_shown(sitting, key, answer).earned_all for answer in record.checks.get(key, [])]


def score_shown(sitting: Sitting, key: str, answer: Any) -> Score:
    """Score an answer whose positions count in the order shown."""
    items = [sitting.items(language)[key] for language in sitting.revisions]
    return best_score(items, to_file_order(sitting.layout.place(key), answer))
