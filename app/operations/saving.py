"""Save what a learner answers or commits: each is an event, judged under the attempt's lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, attributes

from app.domain.errors import AttemptClosed, OfferingArchived, OtherDevice, Refusal
from app.domain.events import AnswerEvent, Receipt
from app.domain.protocol import Sent, Unfit
from app.domain.roles import Person
from app.models import Attempt
from app.operations.event_store import EventStore, Held
from app.operations.judging import Desk, close_desk, judge_event, open_desk
from app.operations.pins import Pins, pins_of
from app.operations.sittings import lock_attempt, open_sitting


@dataclass(frozen=True, slots=True)
class Ack:
    """What became of one event of a batch: its receipt, or the rule that refused it."""

    id: str | None
    outcome: Receipt | Refusal


def save_answers(
    session: Session,
    person: Person,
    public: str,
    events: Sequence[AnswerEvent],
    moment: datetime | tuple[datetime, str],
) -> list[Receipt]:
    """Append answers and commits to an open attempt, all or none.

    :param moment: now, or now and the device that sent them.

    :raises NotFound: this person has no such attempt.
    :raises AttemptClosed, OfferingArchived: the attempt no longer takes answers.
    :raises OtherDevice: the attempt is open on another device.
    :raises UnknownItem, BadAnswer: an event names what the drawn paper or its item has not.
    :raises ItemSettled: the item was checked for the last time.
    :raises NotNext, AlreadyCommitted, UnknownChoice, ReasonRequired, WalkEnded: a commit broke its rule.
    :raises UnknownFile, FileRefused: an answer names a file that its item does not take.
    :raises EventMismatch: an event's id was used before with another body.
    """
    desk, attempt = _open(session, person, public, moment)
    receipts = [judge_event(desk, event) for event in events]
    close_desk(desk)
    _tell(attempt, desk.held)
    return receipts


def save_dated(
    session: Session,
    person: Person,
    public: str,
    dated: Sequence[tuple[datetime, AnswerEvent]],
    device: str,
) -> None:
    """Append answers and commits that were given one after the other, each at its own moment; all or none.

    For simulated students: the attempt is opened once, so that nobody waits long for a turn to write.

    :raises Refusal: see ``save_answers``.
    """
    if not dated:
        return
    desk, attempt = _open(session, person, public, (dated[0][0], device))
    for at, event in dated:
        desk.now = at
        judge_event(desk, event)
    close_desk(desk)
    _tell(attempt, desk.held)


def save_form(
    session: Session,
    person: Person,
    public: str,
    events: Sequence[AnswerEvent],
    moment: datetime | tuple[datetime, str],
) -> list[Ack]:
    """Append the answers of a form that are good; each is judged by itself, in order.

    :param moment: now, or now and the device that sent them.
    :raises NotFound: this person has no such attempt.
    :raises AttemptClosed, OfferingArchived, OtherDevice: the attempt takes none of them.
    """
    desk, attempt = _open(session, person, public, moment)
    acks = [_acknowledge(desk, event) for event in events]
    for ack in acks:
        if isinstance(ack.outcome, AttemptClosed | OfferingArchived | OtherDevice):
            raise ack.outcome
    close_desk(desk)
    _tell(attempt, desk.held)
    return acks


def save_batch(
    store: EventStore, pins: Pins, person: Person, sent: Sequence[Sent], moment: tuple[datetime, str]
) -> tuple[list[Ack], Held]:
    """Append the events of a batch that are good; each is judged by itself, in order.

    :param moment: when the request was received, and the device that sent it.
    :raises NotFound: this person has no such attempt, or may not see it any more.
    """
    desk = open_desk(store, pins, person, moment)
    acks = [_acknowledge(desk, one) for one in sent]
    close_desk(desk)
    return acks, desk.held


def store_of(session: Session) -> EventStore:
    """Return the store on a session's own connection, in its transaction."""
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    return EventStore(driver, connection.dialect.name)


def _open(
    session: Session, person: Person, public: str, moment: datetime | tuple[datetime, str]
) -> tuple[Desk, Attempt]:
    lock_attempt(session, person, public)
    sitting = open_sitting(session, person, public)
    session.flush()
    when = moment if isinstance(moment, tuple) else (moment, "")
    return open_desk(store_of(session), pins_of(sitting), person, when), sitting.attempt


def _tell(attempt: Attempt, held: Held) -> None:
    """Let the session know what was stored past it."""
    for name in ("last_seq", "head_hash", "answered"):
        attributes.set_committed_value(attempt, name, getattr(held, name))


def _acknowledge(desk: Desk, sent: Sent) -> Ack:
    if isinstance(sent, Unfit):
        return Ack(sent.id, sent.refusal)
    try:
        return Ack(sent.id, judge_event(desk, sent))
    except Refusal as refusal:
        return Ack(sent.id, refusal)
