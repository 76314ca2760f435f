"""What can be reached in a case: its states, its best and worst score, and where it is broken."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from app.domain.case import Case, SectionKind
from app.domain.route import (
    Route,
    Values,
    affected,
    holds,
    onward,
    route_of,
    settle,
    skipped,
    start_values,
)

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


@dataclass(slots=True)
class _Found:
    """What is known of a finished state; ``below`` has a bit for each section reachable from it."""

    best: Decimal
    worst: Decimal
    below: int


@dataclass(slots=True)
class _Frame:
    state: State
    edges: Iterator[Edge]
    outcomes: list[tuple[Decimal, State]] = field(default_factory=list)


@lru_cache(maxsize=256)
def explore(case: Case) -> Reach:
    """Walk every reachable state (section, dimension values) once, without recursion.

    What is returned is kept for the next walk of the same case: only read it.
    """
    route = route_of(case)
    reach = Reach()
    values = start_values(route)
    reach.skipped.update(skipped(route, route.first, values))
    first = settle(route, route.first, values)
    if first is None:
        reach.dead_ends.update({0} if route.has_decisions else ())
        return reach
    found = _search(route, (first, values), reach)
    reach.states = len(found)
    root = found.get((first, values))
    if root is not None:
        reach.best, reach.worst = root.best, root.worst
    return reach


def _search(route: Route, root: State, reach: Reach) -> dict[State, _Found]:
    found: dict[State, _Found] = {}
    open_sections = {root[0]}
    stack = [_open(route, root, reach)]
    while stack:
        frame = stack[-1]
        edge = next(frame.edges, None)
        if edge is None:
            stack.pop()
            open_sections.discard(frame.state[0])
            found[frame.state] = _close(frame, found, reach)
        elif (state := _take(edge, frame, open_sections, reach)) and state not in found:
            if len(found) + len(stack) >= STATE_LIMIT:
                reach.too_many = True
                return found
            open_sections.add(state[0])
            stack.append(_open(route, state, reach))
    return found


def _take(edge: Edge, frame: _Frame, open_sections: set[int], reach: Reach) -> State | None:
    """Note one edge of a frame; return the state it leads to, None where it ends or closes a cycle."""
    points, state = edge
    if state is None:
        reach.dead_ends.add(frame.state[0])
        return None
    if state[0] in open_sections:
        reach.cycles.append((frame.state[0], state[0]))
        return None
    frame.outcomes.append((points, state))
    return state


def _open(route: Route, state: State, reach: Reach) -> _Frame:
    _note(route, state, reach)
    return _Frame(state, _edges(route, state, reach))


def _note(route: Route, state: State, reach: Reach) -> None:
    """Note what a state shows: its section, what belongs to it, and after an ending the questions."""
    index, values = state
    is_last = route.section(index).kind is SectionKind.ENDING or not route.has_decisions
    pending = [index, *(route.closing if is_last else ())]
    while pending:
        i = pending.pop()
        if holds(route, route.section(i).when, values):
            reach.reached.add(i)
            pending += (*route.attached.get(i, ()), *route.gated.get(i, ()))
        else:
            reach.skipped.add(i)


def _close(frame: _Frame, found: dict[State, _Found], reach: Reach) -> _Found:
    children = [(points, found[state]) for points, state in frame.outcomes if state in found]
    below = 0
    for _, child in children:
        below |= child.below
    if below >> frame.state[0] & 1:
        reach.cycles.append((frame.state[0], frame.state[0]))
    return _Found(
        best=max((points + child.best for points, child in children), default=ZERO),
        worst=min((points + child.worst for points, child in children), default=ZERO),
        below=below | 1 << frame.state[0],
    )


def _edges(route: Route, state: State, reach: Reach) -> Iterator[Edge]:
    index, values = state
    section = route.section(index)
    if section.kind is SectionKind.ENDING:
        return
    if section.kind is SectionKind.DECISION:
        for choice in section.choices:
            changed = affected(route, values, choice)
            target = onward(route, index, choice)
            yield choice.points or ZERO, _entered(route, target, changed, reach)
        return
    state_after = _entered(route, onward(route, index, None), values, reach)
    if state_after is not None or route.has_decisions:
        yield ZERO, state_after


def _entered(route: Route, target: int | None, values: Values, reach: Reach) -> State | None:
    reach.skipped.update(skipped(route, target, values))
    index = settle(route, target, values)
    return None if index is None else (index, values)
