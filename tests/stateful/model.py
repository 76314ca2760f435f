"""What is promised of attempts at an exam, said once more in plain Python, without a table or a hash.

It is written from the design and knows nothing of the code that it is compared with.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

MINUTE = timedelta(minutes=1)
GRACE, LATE = timedelta(seconds=30), timedelta(minutes=10)
#: item -> the answer that earns its two points
KEYS = {"single": "2", "truth": False, "number": "7391846"}


class Refused(Exception):
    """The model refuses, by the rule of this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sent:
    """An event as a window sends it. ``n`` is None where a form sends it."""

    id: str
    client: str
    n: int | None
    base: int
    item: str
    answer: Any
    kind: str = "answer"


@dataclass(frozen=True)
class Stored:
    """An event that was kept."""

    sent: Sent
    seq: int
    status: str


@dataclass
class Rules:
    """What was set of the exam, with the minutes that this person has."""

    opens: datetime
    closes: datetime
    minutes: timedelta
    earliest: timedelta
    attempts: int
    one_device: bool


@dataclass
class Attempt:
    """One attempt: what the page was told, and nothing else."""

    number: int
    started: datetime
    deadline: datetime
    device: str | None
    rules: Rules
    public: str = ""
    state: str = "open"
    closed_by: str | None = None
    submitted: datetime | None = None
    grace: timedelta = GRACE
    paused: datetime | None = None
    last_seq: int = 1
    kept: dict[str, Stored] = field(default_factory=dict)
    heads: dict[str, Stored] = field(default_factory=dict)
    hand_ins: int = 0
    reopened: datetime | None = None

    # time

    def is_over(self, now: datetime) -> bool:
        return self.paused is None and now >= self.deadline + self.grace

    def is_open(self, now: datetime) -> bool:
        return self.state == "open" and not self.is_over(now)

    def takes(self, now: datetime) -> str:
        """Return ``open``, ``late`` or ``closed``."""
        if self.is_open(now):
            return "open"
        if self.state == "voided" or self.closed_by == "person":
            return "closed"
        return "late" if now < self.deadline + self.grace + LATE else "closed"

    # saving

    @property
    def answered(self) -> int:
        return sum(not is_blank(head.sent.answer) for head in self.heads.values())

    def judge(self, sent: Sent, device: str, now: datetime) -> Stored:
        """Keep an event, or return what was kept of it before, then as ``replayed``."""
        known = self.kept.get(sent.id)
        if known is not None:
            if known.sent != sent:
                raise Refused("event_mismatch")
            return Stored(sent, known.seq, "replayed")
        taking = self.takes(now)
        if taking == "closed":
            raise Refused("attempt_closed")
        if self.device not in (None, device):
            raise Refused("other_device")
        check(sent)
        status = "noted" if sent.kind == "flag" else "late" if taking == "late" else self._compare(sent)
        self.last_seq += 1
        stored = Stored(sent, self.last_seq, status)
        self.kept[sent.id] = stored
        if status == "saved":
            self.heads[sent.item] = stored
        return stored

    def _compare(self, sent: Sent) -> str:
        head = self.heads.get(sent.item)
        if head is None:
            return "saved"
        if head.sent.client == sent.client:
            overtaken = sent.n is not None and head.sent.n is not None and sent.n <= head.sent.n
            return "superseded" if overtaken else "saved"
        return "saved" if sent.base >= head.seq else "conflict"

    # the end, and what may follow

    def close(self, by: str, now: datetime) -> None:
        self.state, self.closed_by, self.paused = "submitted", by, None
        self.submitted = self.deadline if by == "deadline" else now
        self.hand_ins += 1
        self.last_seq += 1

    def hand_in(self, now: datetime) -> None:
        if self.state != "open":
            return
        if self.is_over(now):
            self.close("deadline", now)
            return
        shown = self.deadline if self.paused is None else self.deadline + (now - self.paused)
        if now < self.started + self.rules.earliest and now < shown:
            raise Refused("too_early")
        self.close("person", now)

    def sweep(self, now: datetime) -> None:
        if self.state == "open" and self.is_over(now):
            self.close("deadline", now)

    def score(self) -> None:
        if self.state == "submitted":
            self.state = "scored"

    @property
    def points(self) -> int | None:
        """What it earns, None while it was not scored."""
        if self.state != "scored":
            return None
        return sum(2 for item, key in KEYS.items() if item in self.heads and self._says(item, key))

    def _says(self, item: str, key: Any) -> bool:
        answer = self.heads[item].sent.answer
        return type(answer) is type(key) and answer == key

    def pause(self, now: datetime) -> None:
        if self.is_open(now) and self.paused is None:
            self.paused = now
            self.last_seq += 1

    def resume(self, now: datetime) -> None:
        if self.is_open(now) and self.paused is not None:
            self.move(now - self.paused)
            self.paused = None

    def move(self, length: timedelta) -> None:
        self.deadline += length
        self.last_seq += 1

    def end(self, now: datetime) -> None:
        if self.is_open(now):
            self.deadline, self.grace, self.paused = now, timedelta(0), None
            self.last_seq += 1

    def reopen(self, minutes: int, now: datetime, others: Iterable["Attempt"]) -> None:
        state = "submitted" if self.state == "open" and self.is_over(now) else self.state
        if state not in {"submitted", "scored"} or any(one.state == "open" for one in others):
            raise Refused("bad_transition")
        self.sweep(now)
        self.state, self.closed_by, self.submitted = "open", None, None
        self.deadline, self.grace, self.reopened = now + minutes * MINUTE, GRACE, now
        self.last_seq += 1

    def void(self, now: datetime) -> None:
        if self.state == "voided":
            raise Refused("bad_transition")
        self.state, self.paused = "voided", None
        self.submitted = self.submitted or now
        self.last_seq += 1

    def take_back(self, minutes: int, since: datetime, now: datetime) -> None:
        """Take minutes back that were given at a moment, but leave a minute."""
        if not self.is_open(now) or (self.reopened is not None and self.reopened >= since):
            return
        left = self.deadline - (self.paused or now) - MINUTE
        self.move(-max(timedelta(0), min(minutes * MINUTE, left)))


def check(sent: Sent) -> None:
    """Refuse what the paper cannot take."""
    if sent.item == "nowhere":
        raise Refused("unknown_item")
    if sent.answer == "99":
        raise Refused("bad_answer")


def is_blank(answer: Any) -> bool:
    return answer is None or (isinstance(answer, str) and not answer.strip())


@dataclass
class Learner:
    """A person and the attempts at this exam, in order."""

    rules: Rules
    attempts: list[Attempt] = field(default_factory=list)

    def start(self, device: str, now: datetime) -> Attempt:
        """Begin, go on, or be led to the last attempt that counts."""
        sat = next((one for one in self.attempts if one.state == "open"), None)
        if sat is not None and sat.is_open(now):
            if self.rules.one_device and sat.device != device:
                sat.device = device
                sat.last_seq += 1
            return sat
        counting = [one for one in self.attempts if one.state != "voided"]
        if len(counting) < self.rules.attempts and now >= self.rules.closes:
            raise Refused("exam_closed")
        if sat is not None:
            sat.close("deadline", now)
        if len(counting) >= self.rules.attempts:
            return counting[-1]
        deadline = min(now + self.rules.minutes, self.rules.closes)
        held = device if self.rules.one_device else None
        begun = Attempt(len(self.attempts) + 1, now, deadline, held, self.rules)
        self.attempts.append(begun)
        return begun


@dataclass
class Credit:
    """Minutes that were given."""

    number: int
    minutes: int
    made: datetime
    to: list[Attempt]
    is_undone: bool = False
