"""Compare what is stored with what was acknowledged."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.domain.errors import BadReceipt
from app.domain.receipt import read_receipt
from app.factory import create_app
from app.models import Attempt, Event, Response, User
from app.operations.receipts import list_receipts
from app.operations.signing import KEY_FILE, load_key
from app.operations.verifying import list_public_ids, verify_attempt
from app.web.database import database, reading, renewed_reading
from tests.crash.writers import Learner
from tests.support.instance import make_settings


@dataclass(slots=True)
class Outcome:
    """What a trial found. The lists must be empty."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    attempts: int = 0
    replayed: int = 0
    #: answers that came after the time, receipts that were given, attempts that the time closed
    late: int = 0
    receipts: int = 0
    timed_out: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    misattributed: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    #: receipts that are gone, others than they were, or do not verify
    unkept: list[str] = field(default_factory=list)
    #: answers that count although they came after the time
    untimely: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def findings(self) -> Mapping[str, list[str]]:
        """Return what may not have happened, by what it is called."""
        return {
            "lost": self.lost,
            "duplicated": self.duplicated,
            "misattributed": self.misattributed,
            "chain breaks": self.broken,
            "receipts not kept": self.unkept,
            "counted after their time": self.untimely,
            "faults": self.faults,
        }

    @property
    def is_clean(self) -> bool:
        """Whether the promise held."""
        return not any(self.findings.values())

    def __str__(self) -> str:
        """Say what was found."""
        ends = ", ".join(f"{number} {kind}" for kind, number in sorted(self.kills.items()))
        found = ", ".join(f"{len(lines)} {name}" for name, lines in self.findings.items())
        return (
            f"{self.kills.total()} kills ({ends}); {self.acknowledged} acknowledged answers"
            f" ({self.replayed} of them after a lost response, {self.late} late) in {self.attempts} attempts"
            f" ({self.timed_out} closed by their time), {self.receipts} receipts: {found}"
        )


def compare(instance: Path, more: Mapping[str, str], people: Sequence[Learner], outcome: Outcome) -> None:
    """Compare everything."""
    app = create_app(make_settings(instance, **more))
    with app.app_context():
        for one in people:
            outcome.faults += [f"{one.login}: {fault}" for fault in one.faults]
            compare_answers(one, outcome)
            compare_receipts(instance, one, outcome)
        compare_owners(outcome)
        compare_times(outcome)
        ids = list_public_ids(reading())
        outcome.attempts = len(ids)
        found = [verify_attempt(renewed_reading(), public) for public in ids]
        outcome.broken += [str(fault) for fault in found if fault is not None]
    # only now has the context given its connection back
    with app.app_context():
        database().close()


def compare_answers(one: Learner, outcome: Outcome) -> None:
    """Look for each acknowledged answer of a learner, and whether what was saved counts."""
    columns = (Attempt.public_id, Event.event_id, Event.seq, Event.hash, Event.body)
    statement = (
        select(*columns)
        .join(Event, Event.attempt_id == Attempt.id)
        .join(User, User.id == Attempt.user_id)
        .where(User.login == one.login)
    )
    rows = {(f"/attempts/{row.public_id}", row.event_id): row for row in reading().execute(statement)}
    saved: dict[str, int] = {}
    for sent in one.sent:
        if sent.ack is None:
            continue
        outcome.acknowledged += 1
        outcome.replayed += sent.ack["status"] == "replayed"
        first = sent.ack.get("was", sent.ack["status"])
        outcome.late += first == "late"
        if first == "saved":
            saved[sent.paper] = sent.ack["seq"]
        if not _is_kept(rows.get((sent.paper, sent.event["id"])), sent.ack, sent.event):
            outcome.lost.append(f"{one.login} {sent}")
    compare_responses(one, saved, outcome)


def _is_kept(row: Any, ack: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    if row is None or (row.seq, row.hash) != (ack["seq"], ack["hash"]):
        return False
    body = json.loads(row.body)
    status = ack.get("was", ack["status"])
    return bool(body["answer"] == event["answer"] and body["status"] == status)


def compare_responses(one: Learner, saved: Mapping[str, int], outcome: Outcome) -> None:
    """After the end what was last acknowledged as saved counts, or what was sent after it."""
    statement = (
        select(Attempt.public_id, Attempt.state, Response.event_seq)
        .join(User, User.id == Attempt.user_id)
        .outerjoin(Response, (Response.attempt_id == Attempt.id) & (Response.item == "written"))
        .where(User.login == one.login)
    )
    for public, state, seq in reading().execute(statement):
        paper = f"/attempts/{public}"
        if state != "open" and (seq or 0) < saved.get(paper, 0):
            outcome.lost.append(f"{paper}: the response is of event {seq}, {saved[paper]} was saved")
        if state == "open" and paper in one.receipts:
            outcome.lost.append(f"{paper} was handed in and is open")


def compare_receipts(instance: Path, one: Learner, outcome: Outcome) -> None:
    """Each receipt is kept as it was given, byte by byte, and verifies by the key that is kept too."""
    ids = select(Attempt.public_id, Attempt.id).join(User, User.id == Attempt.user_id)
    known = {f"/attempts/{row[0]}": row[1] for row in reading().execute(ids.where(User.login == one.login))}
    for paper, text in one.receipts.items():
        outcome.receipts += 1
        fault = _fault_of_receipt(instance, list_receipts(reading(), known.get(paper, 0)), text)
        if fault is not None:
            outcome.unkept.append(f"{paper} {fault}: {text}")


def _fault_of_receipt(instance: Path, kept: Sequence[str], text: str) -> str | None:
    if kept != [text]:
        return "is not kept"
    # who asks for a key that is gone would be given another one
    if not (instance / KEY_FILE).exists():
        return f"{KEY_FILE} is gone"
    try:
        read_receipt(text, load_key(instance).public_key())
    except BadReceipt as refusal:
        return str(refusal)
    return None


def compare_times(outcome: Outcome) -> None:
    """No answer counts that was received after its attempt's time."""
    columns = (Attempt.public_id, Attempt.deadline_at, Attempt.grace_seconds, Event.seq, Event.received_at)
    statement = select(*columns).join(Event, Event.attempt_id == Attempt.id)
    timed = statement.where(Event.status == "saved", Attempt.deadline_at.is_not(None))
    for public, deadline, grace, seq, received_at in reading().execute(timed):
        if deadline is not None and received_at >= deadline + timedelta(seconds=grace):
            outcome.untimely.append(f"{public}: event {seq} at {received_at}, due {deadline}")
    closed = select(Attempt.id).where(Attempt.closed_by == "deadline")
    outcome.timed_out = len(reading().scalars(closed).all())


def compare_owners(outcome: Outcome) -> None:
    """Every answer says whose it is: it must stand once, in an attempt of that person."""
    statement = (
        select(User.login, Event.body)
        .join(Attempt, Attempt.user_id == User.id)
        .join(Event, Event.attempt_id == Attempt.id)
        .where(Event.kind == "answer")
    )
    seen: Counter[str] = Counter()
    for login, body in reading().execute(statement):
        answer = json.loads(body)["answer"]
        seen[answer] += 1
        if answer.split(" ", 1)[0] != login:
            outcome.misattributed.append(f"{login}: {answer}")
    outcome.duplicated += [answer for answer, number in seen.items() if number > 1]
