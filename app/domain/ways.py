"""The ways on from every state of a case: what ``reach`` and ``sweep`` explore."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import add

from app.domain.case import SectionKind
from app.domain.route import Route, Values, affected, holds, onward, settle, skipped, start_values

STATE_LIMIT = 20_000
ZERO = Decimal(0)

#: a section index with the dimensions' values on entering it
State = tuple[int, Values]
#: points earned on the way, and the state entered (None: the path leads nowhere)
Edge = tuple[Decimal, State | None]


@dataclass(slots=True)
class Reach:
    """The reachable states of a case.

    ``reached`` are the sections that some path shows, ``skipped`` those whose condition failed on
    some path (one that is reached and never skipped has a condition that cannot fail). ``cycles``
    are (section, target) index pairs that lead back; ``dead_ends`` are sections from which the path
    leads nowhere although the case has decisions.
    """

    best: Decimal = ZERO
    worst: Decimal = ZERO
    reached: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)
    cycles: list[tuple[int, int]] = field(default_factory=list)
    dead_ends: set[int] = field(default_factory=set)
    states: int = 0
    too_many: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether every path of the case comes to an ending."""
        return not (self.cycles or self.dead_ends or self.too_many)


@dataclass(frozen=True, slots=True)
class Move:
    """One way on from a section. ``change`` is what it adds to the dimensions, None if nothing."""

    points: Decimal
    target: int | None
    change: Values | None


@dataclass(frozen=True, slots=True)
class Ways:
    """What ``explore`` asks of every state, worked out once a section."""

    route: Route
    moves: Sequence[Sequence[Move]]
    has_condition: Sequence[bool]


def ways_of(route: Route) -> Ways:
    """Work out the ways on from every section, once."""
    sections = route.case.sections
    return Ways(
        route=route,
        moves=[tuple(_moves(route, index)) for index in range(len(sections))],
        has_condition=[section.when is not None for section in sections],
    )


def _moves(route: Route, index: int) -> Iterator[Move]:
    section = route.section(index)
    if section.kind is SectionKind.DECISION:
        zeros = start_values(route)
        for choice in section.choices:
            change = affected(route, zeros, choice)
            change_if_any = change if any(change) else None
            yield Move(choice.points or ZERO, onward(route, index, choice), change_if_any)
    elif section.kind is not SectionKind.ENDING:
        yield Move(ZERO, onward(route, index, None), None)


def edges(ways: Ways, state: State, reach: Reach) -> Iterator[Edge]:
    """Give the ways on from a state."""
    index, values = state
    for move in ways.moves[index]:
        target, changed = move.target, values
        if move.change is not None:
            changed = tuple(map(add, values, move.change))
        if target is not None and ways.has_condition[target]:
            reach.skipped.update(skipped(ways.route, target, changed))
            target = settle(ways.route, target, changed)
        if target is not None:
            yield move.points, (target, changed)
        elif ways.route.has_decisions:
            yield move.points, None


def note(route: Route, state: State, reach: Reach) -> bool:
    """Note what a state shows: its section, what belongs to it, and after an ending the questions.

    Return whether that depends on the dimensions.
    """
    index, values = state
    is_last = route.section(index).kind is SectionKind.ENDING or not route.has_decisions
    pending = [index, *(route.closing if is_last else ())]
    depends = False
    while pending:
        i = pending.pop()
        when = route.section(i).when
        depends = depends or when is not None
        if holds(route, when, values):
            reach.reached.add(i)
            pending += (*route.attached.get(i, ()), *route.gated.get(i, ()))
        else:
            reach.skipped.add(i)
    return depends
