"""Answers that came after the end: who sent them, what counts now, and what somebody decides about them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from app.domain.answers import is_blank
from app.domain.deadline import told_deadline
from app.domain.errors import BadExam, DecidedAlready, ResultsReleased
from app.domain.events import ACCEPT, ANSWER, COMMIT, LATE, REJECT, Head, fold
from app.domain.words import marked
from app.models import Attempt, Event, User
from app.models import Response as ResponseRow
from app.operations.closing import fold_responses
from app.operations.events import EPOCH, MICROSECOND, append_decision, heads_of
from app.operations.halls import Hall
from app.operations.offerings import check_running
from app.operations.orders import Order, about, check_order, hold_attempts_of, tell
from app.operations.scoring import rescore_response
from app.operations.sittings import get_sitting

CLOSED = ("submitted", "scored")
#: late answers that are decided about in one transaction
MOST_DECIDED = 100
#: a literal, so that the index of late events is used
IS_LATE = Event.status == literal_column(f"'{LATE}'")
Body = Mapping[str, Any]

#: what the log calls a ruling
ACTIONS = {ACCEPT: "exam.accept_late", REJECT: "exam.reject_late"}


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """The last answer of a window to an item that came too late, by how much, and what counts now.

    Both count positions in the order shown. ``ruling`` is ``ACCEPT``, ``REJECT``, or None while nobody
    has decided, with the ``reason``.
    """

    attempt: Attempt
    user: User
    item: str
    seq: int
    late_by: timedelta
    present: Any
    sent: Any
    ruling: str | None = None
    reason: str = ""

    @property
    def name(self) -> str:
        """What the answer is called in the form in which somebody decides."""
        return f"{self.attempt.public_id}:{self.seq}"


def has_late(session: Session, exam_id: int) -> bool:
    """Whether anything came too late in an exam, previews left out."""
    statement = (
        select(Event.seq)
        .join(Attempt, Attempt.id == Event.attempt_id)
        .where(IS_LATE, Attempt.exam_id == exam_id, Attempt.is_preview.is_(False))
    )
    return session.execute(statement.limit(1)).first() is not None


def list_late(session: Session, exam_id: int, attempt: str | None = None) -> Sequence[LateAnswer]:
    """Return the answers that came too late to closed attempts of an exam, by student, in two statements.

    Of each window the answer that it wrote last is told, whichever came last. One that a later answer of the
    reopened attempt has overtaken needs no decision and is left out.

    :param attempt: public id of the only attempt that is wanted.
    """
    late = select(Event.attempt_id).where(IS_LATE)
    wanted = Attempt.public_id == attempt if attempt else Attempt.exam_id == exam_id
    statement = (
        select(Attempt, User)
        .join(User, User.id == Attempt.user_id)
        .where(wanted, Attempt.exam_id == exam_id, Attempt.is_preview.is_(False))
        .where(Attempt.state.in_(CLOSED), Attempt.id.in_(late))
        .order_by(User.login, Attempt.number)
    )
    sat = session.execute(statement).all()
    bodies = _bodies(session, [row.Attempt.id for row in sat])
    return [one for row in sat for one in _of_attempt(row.Attempt, row.User, bodies[row.Attempt.id])]


def undecided(found: Sequence[LateAnswer]) -> list[LateAnswer]:
    """Return those that wait for a decision."""
    return [one for one in found if one.ruling is None]


def decide_late(session: Session, hall: Hall, order: Order, chosen: Sequence[str], kind: str) -> int:
    """Let late answers count, or not; return how many. What counts then is scored anew.

    :param chosen: their names.
    :param kind: ``ACCEPT`` or ``REJECT``.
    :raises OfferingArchived, ResultsReleased: nothing can be decided any more.
    :raises BadExam: the reason is missing, or more is chosen than can be decided at once.
    :raises NotFound: the exam has no such attempt.
    :raises DecidedAlready: one of them does not wait for a decision any more.
    """
    check_running(hall.offering)
    check_order(order)
    if hall.exam.released_at is not None:
        raise ResultsReleased(hall.exam.public_id)
    names = sorted(set(chosen))
    if len(names) > MOST_DECIDED:
        raise BadExam(marked("Choose at most 100 answers at a time."))
    by_attempt = {public: list(each) for public, each in groupby(names, key=_attempt_of)}
    hold_attempts_of(session, hall, list(by_attempt))
    for public, each in by_attempt.items():
        for one in _wanted(session, hall, public, each, kind):
            _decide(session, hall, order, one, kind)
    return len(names)


def _wanted(
    session: Session, hall: Hall, public: str, names: Sequence[str], kind: str
) -> Sequence[LateAnswer]:
    """Return the named late answers of an attempt: all of them wait, at most one a question is to count."""
    waiting = {one.name: one for one in undecided(list_late(session, hall.exam.id, public))}
    if not waiting.keys() >= set(names):
        raise DecidedAlready(public)
    wanted = [waiting[name] for name in names]
    if kind == ACCEPT and len({one.item for one in wanted}) < len(wanted):
        raise BadExam(marked("Of two late answers to one question only one can count: choose one."))
    return wanted


def _attempt_of(name: str) -> str:
    return name.partition(":")[0]


def _decide(session: Session, hall: Hall, order: Order, late: LateAnswer, kind: str) -> None:
    said: dict[str, Any] = {"reason": order.reason, "by": order.by and order.by.public_id}
    if kind == ACCEPT:
        said["answer"] = late.sent
    body = {"item": late.item, "seq": late.seq}
    append_decision(session, late.attempt, kind, body, (said, order.now))
    if kind == ACCEPT:
        _refold(session, late, order)
    told = {"attempt": late.attempt.public_id, "item": late.item, "seq": late.seq}
    tell(session, order, ACTIONS[kind], about(hall, order, told, late.attempt.user_id))


def _refold(session: Session, late: LateAnswer, order: Order) -> None:
    """Write the response anew that the accepted answer has changed, and score it."""
    attempt = late.attempt
    heads = heads_of(session, attempt.id)
    attempt.answered = sum(not is_blank(head.answer) for head in heads.values())
    sitting = get_sitting(session, attempt.public_id, attempt.user_id)
    folded = next(row for row in fold_responses(sitting, heads) if row.item == late.item)
    row = session.get_one(ResponseRow, (attempt.id, late.item))
    row.answer, row.answered, row.event_seq = folded.answer, folded.answered, folded.event_seq
    row.score, row.detail = None, {}
    session.flush()
    if attempt.state == "scored":
        rescore_response(session, sitting, late.item, (order.now, order.reason))


def _bodies(session: Session, attempt_ids: Sequence[int]) -> dict[int, list[Body]]:
    found: dict[int, list[Body]] = {one: [] for one in attempt_ids}
    statement = select(Event.attempt_id, Event.body).where(Event.attempt_id.in_(attempt_ids))
    for attempt_id, body in session.execute(statement.order_by(Event.attempt_id, Event.seq)):
        found[attempt_id].append(json.loads(body))
    return found


def _of_attempt(attempt: Attempt, user: User, bodies: Sequence[Body]) -> list[LateAnswer]:
    late = [one for one in bodies if one["status"] == LATE and one["kind"] in {ANSWER, COMMIT}]
    heads = fold(bodies)
    last = _last_words(late)
    shown = []
    for one in late:
        ruling, head = _ruling(bodies, one), heads.get(one["item"])
        is_overtaken = one["seq"] not in last or (head is not None and head.seq > one["seq"])
        if ruling is None and is_overtaken:
            continue
        before = fold(each for each in bodies if each["seq"] < one["seq"]).get(one["item"])
        shown.append(
            LateAnswer(
                attempt=attempt,
                user=user,
                item=one["item"],
                seq=one["seq"],
                late_by=_late_by(attempt, bodies, one),
                present=before.answer if before else None,
                sent=_sent(one, before),
                ruling=ruling[0] if ruling else None,
                reason=ruling[1] if ruling else "",
            )
        )
    return shown


def _last_words(late: Sequence[Body]) -> set[int]:
    """Return the seq of what each window wrote last to each item, but for what another window then knew of.

    A window numbers its answers, which may arrive in any order.
    """
    last: dict[tuple[str, str], Body] = {}
    for one in late:
        known = last.setdefault((one["item"], one["client"]), one)
        if one["n"] is None or known["n"] is None or one["n"] > known["n"]:
            last[one["item"], one["client"]] = one
    words = list(last.values())
    return {
        one["seq"]
        for one in words
        if not any(other["item"] == one["item"] and other["base"] >= one["seq"] for other in words)
    }


def _ruling(bodies: Sequence[Body], late: Body) -> tuple[str, str] | None:
    """Return what was decided about a late answer, and why.

    Where another window's late answer was chosen to count, this one was not.
    """
    for one in bodies:
        if one["kind"] in {ACCEPT, REJECT} and one["base"] == late["seq"]:
            return one["kind"], one["reason"]
    for one in bodies:
        if one["kind"] == ACCEPT and one["item"] == late["item"] and one["seq"] > late["seq"]:
            return REJECT, one["reason"]
    return None


def _sent(body: Body, head: Head | None) -> Any:
    """Return the answer that a late event would make; a decision of a case goes on from those before."""
    if body["kind"] == ANSWER:
        return body["answer"]
    return [*(head.answer if head else ()), body["answer"]["choice"]]


def _late_by(attempt: Attempt, bodies: Sequence[Body], late: Body) -> timedelta:
    """Return by how much an answer came after the close that held then."""
    deadline = told_deadline(one for one in bodies if one["seq"] < late["seq"])
    received: datetime = EPOCH + late["received_at"] * MICROSECOND
    if deadline is None:
        return timedelta()
    return max(timedelta(), received - deadline - timedelta(seconds=attempt.grace_seconds))
