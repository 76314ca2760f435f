"""Close attempts: handed in by their person, or by the time. Then their events are folded into responses."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.answers import is_blank
from app.domain.attempt_states import Act, after
from app.domain.events import Head
from app.domain.exam import check_hand_in
from app.domain.roles import Person
from app.domain.shown import to_file_order
from app.domain.timing import ClosedBy
from app.models import Attempt
from app.models import Response as ResponseRow
from app.models.attempt import TIMING, timing_of
from app.models.exam import as_minutes
from app.operations.devices import check_device
from app.operations.events import append_note, heads_of
from app.operations.offerings import check_running
from app.operations.receipts import give_receipt
from app.operations.sittings import Sitting, get_sitting, lock_attempt, open_sitting
from app.operations.stuck import may_be_tried, try_each

#: attempts that one slice of the sweeper closes: no save waits long
SLICE = 10
SETTLING = timedelta(seconds=3)


def submit_attempt(
    session: Session, person: Person, public: str, now: datetime, device: str | None = None
) -> Sitting:
    """Hand the attempt in: fold its events into responses and close it. Handing in twice changes nothing.

    An attempt whose time is over is closed by the time, whoever asks. Scoring is a step of its own, see
    ``operations.scoring``.

    :param device: hash of the sign-in that asks; None: whoever it is.
    :raises NotFound: this person has no such attempt.
    :raises OfferingArchived: the offering is read-only.
    :raises OtherDevice: the attempt is open on another device.
    :raises TooEarly: the exam cannot be handed in yet.
    """
    lock_attempt(session, person, public)
    sitting = open_sitting(session, person, public)
    if sitting.attempt.state != "open":
        return sitting
    if sitting.is_open(now):
        check_running(sitting.offering)
        check_device(sitting.attempt, device)
        attempt, earliest = sitting.attempt, as_minutes(sitting.exam.earliest_minutes)
        check_hand_in(attempt.started_at, earliest, attempt.timing.shown_deadline(now), now)
        close_attempt(session, sitting, ClosedBy.PERSON, now)
    else:
        close_attempt(session, sitting, ClosedBy.DEADLINE, now)
    return sitting


def close_attempt(session: Session, sitting: Sitting, cause: ClosedBy, now: datetime) -> None:
    """Close an attempt that this transaction holds, and give its receipt.

    What time closed was handed in at its deadline, however much later the row is written.

    :raises BadTransition: it is closed already.
    """
    attempt = sitting.attempt
    state = after(attempt.state, Act.CLOSE)
    append_note(session, attempt, "submit", now, {"cause": cause.value})
    by_time = cause is ClosedBy.DEADLINE and attempt.deadline_at is not None
    attempt.state, attempt.submitted_at = state.value, attempt.deadline_at if by_time else now
    attempt.closed_by, attempt.paused_at, attempt.stuck_at = cause.value, None, None
    rows = store_responses(session, sitting, heads_of(session, attempt.id))
    session.flush()
    give_receipt(session, sitting, len(rows), now)


def store_responses(session: Session, sitting: Sitting, heads: Mapping[str, Head]) -> list[ResponseRow]:
    """Store what the heads amount to; rows that an earlier hand-in left are written anew."""
    folded = fold_responses(sitting, heads)
    statement = select(ResponseRow).where(ResponseRow.attempt_id == sitting.attempt.id)
    known = {row.item: row for row in session.scalars(statement)}
    for row in folded:
        if row.item in known:
            before = known[row.item]
            before.answer, before.answered, before.event_seq = row.answer, row.answered, row.event_seq
            before.score, before.detail = None, {}
        else:
            session.add(row)
    return folded


def fold_responses(sitting: Sitting, heads: Mapping[str, Head]) -> list[ResponseRow]:
    """Return the responses that an attempt's heads amount to; positions count in file order here."""
    items = sitting.items()
    rows: list[ResponseRow] = []
    for position, place in enumerate(sitting.layout.places, 1):
        item, head = items[place.key], heads.get(place.key)
        if not item.is_scored:
            continue
        answer = to_file_order(place, head.answer) if head else None
        rows.append(
            ResponseRow(
                attempt_id=sitting.attempt.id,
                item=place.key,
                position=position,
                answer=answer,
                answered=not is_blank(answer),
                event_seq=head.seq if head else 0,
                max=item.points,
                detail={},
            )
        )
    return rows


def has_settled(session: Session, now: datetime) -> bool:
    """Whether ``close_settled`` has something to do."""
    return has_expired(session, now - SETTLING)


def close_settled(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Close some attempts whose time is over, a little later than they could be.

    What was received in the last instant may still wait for its turn to write.
    """
    return _close(session, list_expired(session, now - SETTLING, SLICE), now)


def has_expired(session: Session, now: datetime) -> bool:
    """Whether the time of an open attempt is over."""
    return bool(list_expired(session, now, 1))


def close_expired(session: Session, arguments: Mapping[str, Any], now: datetime) -> int:
    """Close some attempts whose time is over, whoever is there; return how many.

    One that cannot be closed holds up no other: it is passed over, and what is wrong with it is logged.
    """
    return _close(session, list_expired(session, now, SLICE), now)


def _close(session: Session, attempt_ids: Sequence[int], now: datetime) -> int:
    # in the order in which everybody holds several attempts
    expired = select(Attempt).where(Attempt.id.in_(attempt_ids)).order_by(Attempt.id)
    return try_each(session, session.scalars(expired).all(), _close_if_over, now)


def _close_if_over(session: Session, attempt: Attempt, now: datetime) -> None:
    session.refresh(attempt, with_for_update=True)
    if attempt.state == "open" and attempt.timing.is_over(now):
        sitting = get_sitting(session, attempt.public_id, attempt.user_id)
        close_attempt(session, sitting, ClosedBy.DEADLINE, now)


def list_expired(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of open attempts whose deadline and grace have passed, the oldest deadline first.

    Grace is a number of each row, which SQL of two databases would add to an instant in two ways: rows that
    are still in it are passed over here. At the common end of an exam those are many, so that nothing but
    their times is read.
    """
    statement = (
        select(Attempt.id, *TIMING)
        .where(Attempt.state == "open", Attempt.deadline_at <= now, Attempt.paused_at.is_(None))
        .where(may_be_tried(now))
        .order_by(Attempt.deadline_at)
    )
    rows = session.execute(statement)
    return list(islice((row.id for row in rows if timing_of(row).is_over(now)), limit))
