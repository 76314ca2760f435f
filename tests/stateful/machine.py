"""Two learners with two windows each and somebody who watches: each step in the model and in the code."""

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.errors import Refusal
from app.operations.closing import close_expired, submit_attempt
from app.operations.entering import Visit, start_exam
from app.operations.halls import open_hall
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.scoring import score_waiting
from app.operations.timekeeping import (
    end_attempts,
    extend_attempts,
    pause_attempts,
    resume_attempts,
    undo_credit,
)
from tests.stateful.comparing import compare
from tests.stateful.model import GRACE, LATE, MINUTE, Attempt, Credit, Learner, Refused, Sent
from tests.stateful.setting import Setting
from tests.stateful.windows import BASES, Intent, Window, intents, save_by_form, save_by_page
from tests.support.exams import order_of

MS, SECOND = timedelta(milliseconds=1), timedelta(seconds=1)
WHO = st.integers(0, 1)
#: which of several, from the newest; more than there are begin anew
WHICH = st.sampled_from([0, 0, 0, 1, 2, 3])
WINDOW = st.integers(0, 1)
MINUTES = st.sampled_from([1, 10, 45])
#: whom an order means: everybody's attempts, counted in bits
CHOSEN = st.integers(1, 15)
#: moments that matter, as seen from a deadline
EDGES = st.sampled_from([-MS, 0 * MS, GRACE - MS, GRACE, GRACE + LATE - MS, GRACE + LATE])
WAITS = st.sampled_from([MS, SECOND, MINUTE, 8 * MINUTE])


class ExamMachine(RuleBasedStateMachine):
    """The steps, and what must hold after each."""

    setting: Setting
    runs = steps = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1
        self.session = self.setting.session
        self.whole = self.session.begin_nested()
        self.names = count(1)
        self.crashes = False
        self.learners: list[Learner] = []
        self.credits: list[Credit] = []
        self.windows: dict[tuple[int, int, int], Window] = {}
        #: everything that was ever sent, by attempt, whatever became of it
        self.log: dict[str, list[Sent]] = {}
        #: the last answer that was acknowledged as saved, by attempt and item
        self.acked: dict[tuple[str, str], tuple[Sent, int]] = {}
        #: how far attempts were compared, so that each is compared whenever it has moved
        self.compared: dict[str, Any] = {}

    @initialize(
        one_device=st.sampled_from([False, False, True]), begins=st.sampled_from([(0, 1), (0, 1), (0,), ()])
    )
    def set_exam(self, one_device: bool, begins: tuple[int, ...]) -> None:
        self.exam = self.setting.exams[one_device]
        self.learners = [Learner(rules) for rules in self.setting.rules[one_device]]
        self.now = self.learners[0].rules.opens
        for who in begins:
            self.begin(who, 0)

    def teardown(self) -> None:
        try:
            self.compared = {}
            self.everything_agrees()
        finally:
            self.whole.rollback()
            self.session.expunge_all()

    @invariant()
    def everything_agrees(self) -> None:
        compare(self)

    # how a step is done

    def do(self, real: Callable[[], Any], model: Callable[[], Any]) -> tuple[Any, Any] | None:
        """Do a step in both worlds: both refuse by the same rule, or both go on. Return what they gave.

        A worker that crashes loses the step before it is committed: nothing of it is left, nor told.
        """
        type(self).steps += 1
        before = deepcopy((self.learners, self.credits))
        step = self.session.begin_nested()
        found, wanted = _outcome(real, Refusal), _outcome(model, Refused)
        assert getattr(found, "code", "") == getattr(wanted, "code", "")
        crashed, self.crashes = self.crashes, False
        is_lost = crashed or isinstance(wanted, Refused)
        if is_lost:
            step.rollback()
            self.learners, self.credits = before
        else:
            step.commit()
        self.session.expire_all()
        return None if is_lost else (found, wanted)

    @property
    def attempts(self) -> list[Attempt]:
        """All attempts, the newest first."""
        return [one for learner in self.learners for one in learner.attempts[::-1]]

    def attempt(self, who: int, which: int) -> Attempt:
        own = self.learners[who].attempts[::-1]
        return own[which % len(own)]

    def chosen(self, bits: int) -> list[Attempt]:
        return [one for place, one in enumerate(self.attempts) if bits >> (place % 4) & 1]

    def window(self, who: int, attempt: Attempt, number: int) -> Window:
        key = (who, attempt.number, number)
        return self.windows.setdefault(
            key, Window(f"window-{who}-{attempt.number}-{number}", f"device-{number}")
        )

    def order(self) -> Any:
        return order_of(self.setting.room, self.now)

    def hall(self) -> Any:
        return self.setting.hall(self.exam)

    def has(self, who: int) -> bool:
        return bool(self.learners and self.learners[who].attempts)

    # time and chance

    @rule(length=WAITS)
    def wait(self, length: timedelta) -> None:
        self.now += length

    @precondition(lambda self: self.attempts)
    @rule(which=WHICH, edge=EDGES)
    def wait_for_a_moment_that_matters(self, which: int, edge: timedelta) -> None:
        attempt = self.attempts[which % len(self.attempts)]
        self.now = max(self.now, attempt.deadline + edge)

    @precondition(lambda self: not self.crashes)
    @rule()
    def crash_in_the_next_step(self) -> None:
        self.crashes = True

    # learners

    @rule(who=WHO, window=WINDOW)
    def start(self, who: int, window: int) -> None:
        self.begin(who, window)

    def begin(self, who: int, window: int) -> None:
        person, chance = self.setting.people[who], next(self.names) << 64

        def real() -> str:
            hall = open_hall(self.session, person, self.exam)
            entered = start_exam(self.session, person, hall, Visit(f"device-{window}"), (self.now, chance))
            assert entered.attempt is not None
            return entered.attempt.public_id

        done = self.do(real, lambda: self.learners[who].start(f"device-{window}", self.now))
        if done is not None:
            public, attempt = done
            attempt.public = attempt.public or public
            assert attempt.public == public

    @precondition(lambda self: self.attempts)
    @rule(who=WHO, which=WHICH, window=WINDOW, meant=intents())
    def save_by_page(self, who: int, which: int, window: int, meant: list[Intent]) -> None:
        if self.has(who):
            attempt = self.attempt(who, which)
            page = self.window(who, attempt, window)
            save_by_page(self, who, attempt, page, self._put_together(attempt, page, meant))

    # what is done most often at an exam is drawn most often
    save_again = save_by_page
    save_once_more = save_by_page

    @precondition(lambda self: self.attempts)
    @rule(who=WHO, which=WHICH, window=WINDOW, meant=intents())
    def save_by_form(self, who: int, which: int, window: int, meant: list[Intent]) -> None:
        if self.has(who):
            attempt = self.attempt(who, which)
            page = self.window(who, attempt, window)
            meant = [one._replace(number="none") for one in meant if one.kind == "answer"]
            save_by_form(self, who, attempt, page, self._put_together(attempt, page, meant))

    def _put_together(self, attempt: Attempt, page: Window, meant: list[Intent]) -> list[Sent]:
        sent = [page.send(one, attempt, next(self.names)) for one in meant]
        self.log.setdefault(attempt.public, []).extend(sent)
        return sent

    @precondition(lambda self: self.attempts)
    @rule(who=WHO, window=WINDOW, answer=st.booleans(), base=BASES)
    def answer_one_item_in_both_windows(self, *, who: int, window: int, answer: bool, base: str) -> None:
        for number, said in ((window, answer), (1 - window, not answer)):
            self.save_by_page(who, 0, number, [Intent("answer", "truth", said, "next", base)])

    @precondition(lambda self: self.log)
    @rule(who=WHO, which=WHICH, back=st.integers(0, 9), window=WINDOW, other_body=st.booleans())
    def send_again(self, *, who: int, which: int, back: int, window: int, other_body: bool) -> None:
        """Send an event again whose answer was lost, or another one under its name."""
        if not self.has(who):
            return
        attempt = self.attempt(who, which)
        sent = self.log.get(attempt.public, [])[-1 - back :][:1]
        if other_body and sent:
            sent = [Sent(**vars(sent[0]) | {"base": sent[0].base + 1})]
        if sent and sent[0].n is not None:
            save_by_page(self, who, attempt, self.window(who, attempt, window), sent)

    @precondition(lambda self: self.attempts)
    @rule(who=WHO, which=WHICH)
    def send_to_the_attempt_of_somebody_else(self, who: int, which: int) -> None:
        if self.has(who):
            public, stranger = self.attempt(who, which).public, self.setting.people[1 - who]
            self.do(lambda: self.setting.pins(public, stranger), _refuse("not_found"))

    @precondition(lambda self: self.attempts)
    @rule(who=WHO, which=WHICH)
    def hand_in(self, who: int, which: int) -> None:
        if self.has(who):
            attempt, person = self.attempt(who, which), self.setting.people[who]
            self.do(
                lambda: submit_attempt(self.session, person, attempt.public, self.now),
                lambda: attempt.hand_in(self.now),
            )

    # jobs

    @precondition(lambda self: self.attempts)
    @rule(scores=st.booleans())
    def work(self, scores: bool) -> None:
        """Let the sweeper or the scoring run to the end."""
        if scores:
            self.do(self._every(score_waiting), lambda: _each(self.attempts, "score"))
        else:
            self.do(self._every(close_expired), lambda: _each(self.attempts, "sweep", self.now))

    def _every(self, work: Callable[..., int]) -> Callable[[], None]:
        def all_slices() -> None:
            while work(self.session, {}, self.now):
                self.session.expire_all()

        return all_slices

    # who watches

    @precondition(lambda self: self.attempts)
    @rule(bits=CHOSEN, ago=st.sampled_from([None, None, 0, 1, 70]), minutes=MINUTES)
    def extend(self, bits: int, ago: int | None, minutes: int) -> None:
        """Give time to chosen ones, or to those who were open so many minutes ago."""
        if ago is None:
            those = self.chosen(bits)
            self._extend({one.public for one in those}, minutes, those)
        else:
            at = self.now - ago * MINUTE
            were = [one for one in self.attempts if one.started <= at and one.is_open(at)]
            self._extend(at, minutes, were)

    def _extend(self, meant: Any, minutes: int, those: list[Attempt]) -> None:
        def model() -> Credit:
            held = [one for one in those if one.is_open(self.now)]
            if not held:
                raise Refused("bad_exam")
            for one in held:
                one.move(minutes * MINUTE)
            self.credits.append(Credit(0, minutes, self.now, held))
            return self.credits[-1]

        order = self.order()
        done = self.do(lambda: extend_attempts(self.session, self.hall(), order, minutes, meant).id, model)
        if done is not None:
            done[1].number = done[0]

    @precondition(lambda self: self.credits)
    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        credit = self.credits[-1 - which % len(self.credits)]

        def model() -> None:
            if credit.is_undone:
                raise Refused("not_found")
            credit.is_undone = True
            for one in credit.to:
                one.take_back(credit.minutes, credit.made, self.now)

        self.do(lambda: undo_credit(self.session, self.hall(), self.order(), credit.number), model)

    @precondition(lambda self: self.attempts)
    @rule(bits=CHOSEN, act=st.sampled_from(["pause", "pause", "resume", "resume", "end"]))
    def stop_time(self, bits: int, act: str) -> None:
        those = self.chosen(bits)
        acts = {"pause": pause_attempts, "resume": resume_attempts, "end": end_attempts}
        public = {one.public for one in those}
        self.do(
            lambda: acts[act](self.session, self.hall(), self.order(), public),
            lambda: _each(those, act, self.now),
        )

    @precondition(lambda self: self.attempts)
    @rule(who=WHO, which=WHICH, minutes=MINUTES, voids=st.sampled_from([False, False, False, True]))
    def reopen_or_void(self, *, who: int, which: int, minutes: int, voids: bool) -> None:
        if not self.has(who):
            return
        attempt = self.attempt(who, which)
        others = [one for one in self.learners[who].attempts if one is not attempt]
        if voids:
            self.do(
                lambda: void_attempt(self.session, self.hall(), self.order(), attempt.public),
                lambda: attempt.void(self.now),
            )
        else:
            self.do(
                lambda: reopen_attempt(self.session, self.hall(), self.order(), attempt.public, minutes),
                lambda: attempt.reopen(minutes, self.now, others),
            )


def _each(attempts: list[Attempt], act: str, *arguments: Any) -> None:
    for one in attempts:
        getattr(one, act)(*arguments)


def _outcome(act: Callable[[], Any], refusal: type[Exception]) -> Any:
    try:
        return act()
    except refusal as refused:
        return refused


def _refuse(code: str) -> Callable[[], None]:
    def refuse() -> None:
        raise Refused(code)

    return refuse
