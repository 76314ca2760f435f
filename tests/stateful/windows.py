"""What windows send: how they number it, what they say that they showed, and what they are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.events import AnswerEvent
from app.operations.saving import save_answers, save_batch, store_of
from tests.stateful.model import Attempt, Refused, Sent, Stored

if TYPE_CHECKING:
    from tests.stateful.machine import ExamMachine

#: item -> what may be answered; no position 99 was shown, and no item is called ``nowhere``
ANSWERS: dict[str, list[Any]] = {
    "single": ["1", "2", "2", None, "99"],
    "truth": [True, False, None],
    "number": ["7391846", "7", " ", None],
    "written": ["word", "", None],
    "nowhere": ["1"],
}
ITEMS = ["single", *["truth"] * 3, *["number"] * 2, *["written"] * 3, "nowhere"]
NUMBERS = st.sampled_from(["next", "next", "next", "again", "lower"])
BASES = st.sampled_from(["shown", "head", "none"])


class Intent(NamedTuple):
    """What a window is about to send: a number in which order, on which head of the item."""

    kind: str
    item: str
    answer: Any
    number: str
    base: str


def intents() -> st.SearchStrategy[list[Intent]]:
    """Return batches of one to three events."""
    answers = st.sampled_from(ITEMS).flatmap(
        lambda item: st.builds(
            Intent, st.just("answer"), st.just(item), st.sampled_from(ANSWERS[item]), NUMBERS, BASES
        )
    )
    flags = st.builds(Intent, st.just("flag"), st.sampled_from(ITEMS), st.booleans(), NUMBERS, BASES)
    return st.lists(st.one_of(answers, answers, answers, flags), min_size=1, max_size=3)


@dataclass
class Window:
    """A window on a device: how far it has numbered, which head it shows of each item."""

    client: str
    device: str
    n: int = 0
    shown: dict[str, int] = field(default_factory=dict)

    def send(self, meant: Intent, attempt: Attempt, name: int) -> Sent:
        """Put an event together; a form numbers nothing."""
        heads = {item: head.seq for item, head in attempt.heads.items()}
        base = {"shown": self.shown, "head": heads, "none": {}}[meant.base].get(meant.item, 0)
        n = {"next": self.n + 1, "again": self.n, "lower": max(0, self.n - 2), "none": None}[meant.number]
        self.n = max(self.n, n or 0)
        answer = f"{self.client} {name}" if meant.answer == "word" else meant.answer
        return Sent(f"event-{name:08d}", self.client, n, base, meant.item, answer, meant.kind)

    def hear(self, told: Stored, attempt: Attempt) -> None:
        """Show what counts now: the own answer, or after a conflict the other one."""
        if told.status in {"saved", "conflict"}:
            self.shown[told.sent.item] = attempt.heads[told.sent.item].seq


def save_by_page(machine: ExamMachine, who: int, attempt: Attempt, window: Window, sent: list[Sent]) -> None:
    """Save a batch in which each event stands or falls by itself."""
    person, now, session = machine.setting.people[who], machine.now, machine.session

    def real() -> list[Any]:
        session.flush()
        pins = machine.setting.pins(attempt.public, person)
        events = [as_event(one) for one in sent]
        acks, _ = save_batch(store_of(session), pins, person, events, (now, window.device))
        return [ack.outcome for ack in acks]

    def model() -> list[Stored | Refused]:
        return [_judged(attempt, one, window, now) for one in sent]

    done = machine.do(real, model)
    if done is not None:
        for found, wanted in zip(*done, strict=True):
            _hear(machine, attempt, window, (found, wanted))


def save_by_form(machine: ExamMachine, who: int, attempt: Attempt, window: Window, sent: list[Sent]) -> None:
    """Save a form: all of it or nothing."""
    person, moment = machine.setting.people[who], (machine.now, window.device)
    done = machine.do(
        lambda: save_answers(
            machine.session, person, attempt.public, [as_event(one) for one in sent], moment
        ),
        lambda: [attempt.judge(one, window.device, machine.now) for one in sent],
    )
    if done is not None:
        for found, wanted in zip(*done, strict=True):
            _hear(machine, attempt, window, (found, wanted))


def _judged(attempt: Attempt, sent: Sent, window: Window, now: Any) -> Stored | Refused:
    try:
        return attempt.judge(sent, window.device, now)
    except Refused as refused:
        return refused


def _hear(machine: ExamMachine, attempt: Attempt, window: Window, outcome: tuple[Any, Any]) -> None:
    """Compare what is told of one event with the model; note what was acknowledged as saved."""
    found, wanted = outcome
    if isinstance(wanted, Refused) or isinstance(found, Refusal):
        assert getattr(found, "code", found) == getattr(wanted, "code", wanted)
        return
    assert (found.status, found.seq) == (wanted.status, wanted.seq)
    if wanted.status == "replayed":
        assert found.was == attempt.kept[wanted.sent.id].status
    if wanted.status == "saved":
        _follows(machine.acked.get((attempt.public, wanted.sent.item)), wanted.sent)
        machine.acked[attempt.public, wanted.sent.item] = (wanted.sent, wanted.seq)
    window.hear(wanted, attempt)


def _follows(before: tuple[Sent, int] | None, sent: Sent) -> None:
    """What was acknowledged as saved is replaced by nothing but an event that knew it."""
    if before is None or sent.base >= before[1]:
        return
    assert sent.client == before[0].client
    assert sent.n is None or before[0].n is None or sent.n > before[0].n


def as_event(sent: Sent) -> AnswerEvent:
    """Return an event as the code takes it."""
    return AnswerEvent(sent.id, sent.client, sent.n, sent.base, sent.item, sent.answer, sent.kind)
