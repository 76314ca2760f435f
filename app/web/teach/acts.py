"""The acts of somebody who watches an exam: what each is called, whom it can concern, what it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from app.domain.board import GOING, OVER, SeatState
from app.operations.credits import find_twin
from app.operations.devices import free_device
from app.operations.halls import Hall
from app.operations.orders import Order
from app.operations.reopening import reopen_attempt, void_attempt
from app.operations.timekeeping import end_attempts, extend_attempts, pause_attempts, resume_attempts
from app.web.database import Session
from app.web.teach.order_forms import MinutesForm, OrderForm, TimeForm


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom an order concerns (public ids of attempts, or all who were open at an instant), and minutes."""

    chosen: Sequence[str] | datetime
    minutes: int = 0

    @property
    def named(self) -> Sequence[str]:
        """The attempts, where they are named."""
        return () if isinstance(self.chosen, datetime) else self.chosen


#: does an order; returns what was done, in words
Deed = Callable[[Session, Hall, Order, Wish], str]


@dataclass(frozen=True, slots=True)
class Act:
    """``states`` are those of the seats it can concern; one that is ``for_one`` concerns one person."""

    name: str
    title: Any
    lead: Any
    states: frozenset[SeatState]
    form: type[OrderForm]
    do: Deed
    for_one: bool = False
    #: what it does cannot be taken back by the opposite act: who it concerns is shown once more
    is_final: bool = False


def _extend(session: Session, hall: Hall, order: Order, wish: Wish) -> str:
    """Give minutes, once where the button was pressed twice."""
    if find_twin(session, hall, order, wish.minutes, wish.chosen) is None:
        extend_attempts(session, hall, order, wish.minutes, wish.chosen)
    return gettext("More time is given. Their pages show it within 12 seconds.")


def _pause(session: Session, hall: Hall, order: Order, wish: Wish) -> str:
    count = pause_attempts(session, hall, order, wish.named)
    return ngettext(
        "The time of %(num)s person stands still.", "The time of %(num)s people stands still.", count
    )


def _resume(session: Session, hall: Hall, order: Order, wish: Wish) -> str:
    count = resume_attempts(session, hall, order, wish.named)
    return ngettext("The time of %(num)s person goes on.", "The time of %(num)s people goes on.", count)


def _end(session: Session, hall: Hall, order: Order, wish: Wish) -> str:
    count = end_attempts(session, hall, order, wish.named)
    return ngettext("%(num)s attempt was ended.", "%(num)s attempts were ended.", count)


def _reopen(session: Session, hall: Hall, order: Order, wish: Wish) -> str:
    reopen_attempt(session, hall, order, wish.named[0], wish.minutes)
    return gettext("The attempt is open again.")


def _free(session: Session, hall: Hall, order: Order, wish: Wish) -> str:
    free_device(session, hall, order, wish.named[0])
    return gettext("The next device on which this person opens the exam has it from then on.")


def _void(session: Session, hall: Hall, order: Order, wish: Wish) -> str:
    void_attempt(session, hall, order, wish.named[0])
    return gettext("The attempt counts for nothing now. Everything in it stays on record.")


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act("extend", _l("More time"), _l("Moves the end of their attempts."), GOING, TimeForm, _extend),
        Act(
            "pause",
            _l("Pause"),
            _l("Their time stands still and their pages are covered until it goes on."),
            frozenset({SeatState.SITTING}),
            OrderForm,
            _pause,
        ),
        Act(
            "resume",
            _l("Go on"),
            _l("Their time goes on; the end moves by the length of the pause."),
            frozenset({SeatState.PAUSED}),
            OrderForm,
            _resume,
        ),
        Act(
            "end",
            _l("End"),
            _l("Ends their attempts now, as if time were over. What their pages still hold arrives as late."),
            GOING,
            OrderForm,
            _end,
            is_final=True,
        ),
        Act(
            "reopen",
            _l("Open again"),
            _l("Opens one attempt again that was handed in or closed, for some minutes from now."),
            OVER,
            MinutesForm,
            _reopen,
            for_one=True,
        ),
        Act(
            "device",
            _l("Another device"),
            _l("Takes one attempt from the device that has it; the next one that it is opened on has it."),
            GOING,
            OrderForm,
            _free,
            for_one=True,
        ),
        Act(
            "void",
            _l("Void"),
            _l("Lets one attempt count for nothing. It stays on record whole; a new one may be begun."),
            GOING | OVER,
            OrderForm,
            _void,
            for_one=True,
        ),
    )
}
#: what concerns results, and is shut once they are released
ABOUT_RESULTS = frozenset({"reopen", "void"})
#: what concerns exams only that hold each attempt on the device on which it was begun
ABOUT_DEVICES = frozenset({"device"})
