"""What the live board shows: totals that filter, and the seats that are asked for, in the order asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.domain.board import GOING, SeatState
from app.operations.board import Board, Seat
from app.web.teach.blueprint import bp

#: what each state is called, and how its badge looks
LOOKS: Mapping[SeatState, tuple[Any, str]] = {
    SeatState.SITTING: (_l("Sitting"), "right"),
    SeatState.PAUSED: (_l("Paused"), "amber"),
    SeatState.NOT_BEGUN: (_l("Not begun"), "quiet"),
    SeatState.HANDED_IN: (_l("Submitted"), "accent"),
    SeatState.CLOSED_BY_TIME: (_l("Closed by time"), "accent"),
    SeatState.VOIDED: (_l("Voided"), "wrong"),
}
FAR = datetime.max.replace(tzinfo=UTC)
NEVER = datetime.min.replace(tzinfo=UTC)

#: filters by name: what they are called, whom they show
FILTERS: Mapping[str, tuple[Any, Callable[[Seat], bool]]] = {
    "": (_l("Expected"), lambda seat: True),
    "present": (_l("Present"), lambda seat: seat.state in GOING and not seat.is_silent),
    "silent": (_l("Not heard of"), lambda seat: seat.is_silent),
    "sitting": (_l("Sitting"), lambda seat: seat.state is SeatState.SITTING),
    "paused": (_l("Paused"), lambda seat: seat.state is SeatState.PAUSED),
    "handed_in": (_l("Submitted"), lambda seat: seat.state is SeatState.HANDED_IN),
    "closed_by_time": (_l("Closed by time"), lambda seat: seat.state is SeatState.CLOSED_BY_TIME),
    "not_begun": (_l("Not begun"), lambda seat: seat.state is SeatState.NOT_BEGUN),
    "voided": (_l("Voided"), lambda seat: seat.state is SeatState.VOIDED),
}


def _deadline(seat: Seat) -> datetime:
    return (seat.state in GOING and seat.sat and seat.sat.timing.deadline) or FAR


def _heard(seat: Seat) -> datetime:
    """Whoever sits and was not heard of for longest comes first."""
    if seat.state not in GOING:
        return FAR
    return seat.seen.seen_at if seat.seen else NEVER


#: orders by name: what they are called, what they go by
SORTS: Mapping[str, tuple[Any, Callable[[Seat], Any]]] = {
    "": (_l("Student number"), lambda seat: ()),
    "name": (_l("Name"), lambda seat: seat.name),
    "state": (_l("State"), lambda seat: list(SeatState).index(seat.state)),
    "seen": (_l("Not heard of for longest"), _heard),
    "left": (_l("Least time left"), _deadline),
    "answered": (_l("Fewest answers"), lambda seat: seat.sat.answered if seat.sat else -1),
}


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are of a kind; its link shows them alone."""

    name: str
    text: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: whom to show, of which class, by which words, in which order."""

    show: str = ""
    cohort: int | None = None
    words: str = ""
    sort: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """Return it as the parameters of an address."""
        named = {"show": self.show, "cohort": self.cohort, "q": self.words, "sort": self.sort}
        return {name: value for name, value in named.items() if value}

    def wants(self, seat: Seat) -> bool:
        """Whether a seat is of the class, and its student goes by the words."""
        if self.cohort is not None and seat.cohort_id != self.cohort:
            return False
        told = f"{seat.login} {seat.name} {seat.group}".casefold()
        return all(word in told for word in self.words.casefold().split())


def read_asked(arguments: MultiDict[str, str]) -> Asked:
    """Read what an address asks for; what it names wrongly asks for nothing."""
    show, sort = arguments.get("show", ""), arguments.get("sort", "")
    return Asked(
        show=show if show in FILTERS else "",
        cohort=arguments.get("cohort", type=int),
        words=arguments.get("q", "")[:64].strip(),
        sort=sort if sort in SORTS else "",
    )


def show_seats(board: Board, asked: Asked) -> Sequence[Seat]:
    """Return the seats that are asked for, in the order asked for."""
    _, is_shown = FILTERS[asked.show]
    _, order = SORTS[asked.sort]
    return sorted((seat for seat in board.seats if asked.wants(seat) and is_shown(seat)), key=order)


def totals(board: Board, asked: Asked, public_id: str) -> Sequence[Total]:
    """Count the seats of each kind, of the class and words that are asked for."""
    seats = [seat for seat in board.seats if asked.wants(seat)]
    found = []
    for name, (text, is_shown) in FILTERS.items():
        query = {key: value for key, value in asked.query.items() if key != "show"}
        url = url_for("teach.board", public_id=public_id, show=name or None, **query)
        found.append(Total(name, str(text), sum(is_shown(seat) for seat in seats), url))
    return found


@bp.app_template_filter()
def seat_look(state: SeatState) -> tuple[str, str]:
    """Return what a state is called, and how its badge looks."""
    name, look = LOOKS[state]
    return str(name), look
