"""What can be reached in a case: its states, its best and worst score, and where it is broken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import add

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


@dataclass(frozen=True, slots=True)
class _Move:
    """One way on from a section. ``change`` is what it adds to the dimensions, None if nothing."""

    points: Decimal
    target: int | None
    change: Values | None


@dataclass(frozen=True, slots=True)
class _Ways:
    """What ``explore`` asks of every state, worked out once a section."""

    route: Route
    moves: Sequence[Sequence[_Move]]
    has_condition: Sequence[bool]


#: best and worst score from here on, and a bit for each section reachable from here
_Found = tuple[Decimal, Decimal, int]


@dataclass(slots=True)
class _Frame:
    state: State
    edges: Iterator[Edge]
    outcomes: list[Edge]


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
    found = _search(_ways(route), (first, values), reach)
    reach.states = len(found)
    if (first, values) in found:
        reach.best, reach.worst, _ = found[first, values]
    return reach


def _ways(route: Route) -> _Ways:
    sections = route.case.sections
    return _Ways(
        route=route,
        moves=[tuple(_moves(route, index)) for index in range(len(sections))],
        has_condition=[section.when is not None for section in sections],
    )


def _moves(route: Route, index: int) -> Iterator[_Move]:
    section = route.section(index)
    if section.kind is SectionKind.DECISION:
        zeros = start_values(route)
        for choice in section.choices:
            change = affected(route, zeros, choice)
            change_if_any = change if any(change) else None
            yield _Move(choice.points or ZERO, onward(route, index, choice), change_if_any)
    elif section.kind is not SectionKind.ENDING:
        yield _Move(ZERO, onward(route, index, None), None)


def _search(ways: _Ways, root: State, reach: Reach) -> dict[State, _Found]:
    found: dict[State, _Found] = {}
    open_sections = {root[0]}
    noted: set[int] = set()
    stack = [_open(ways, root, reach, noted)]
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
            stack.append(_open(ways, state, reach, noted))
    return found


def _take(edge: Edge, frame: _Frame, open_sections: set[int], reach: Reach) -> State | None:
    """Note one edge of a frame; return the state it leads to, None where it ends or closes a cycle."""
    state = edge[1]
    if state is None:
        reach.dead_ends.add(frame.state[0])
        return None
    if state[0] in open_sections:
        reach.cycles.append((frame.state[0], state[0]))
        return None
    frame.outcomes.append(edge)
    return state


def _open(ways: _Ways, state: State, reach: Reach, noted: set[int]) -> _Frame:
    if state[0] not in noted and not _note(ways.route, state, reach):
        noted.add(state[0])
    return _Frame(state, _edges(ways, state, reach), [])


def _note(route: Route, state: State, reach: Reach) -> bool:
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


def _close(frame: _Frame, found: dict[State, _Found], reach: Reach) -> _Found:
    index = frame.state[0]
    best, worst, below = None, None, 0
    for points, state in frame.outcomes:
        child = found.get(state) if state else None
        if child is not None:
            best = points + child[0] if best is None else max(best, points + child[0])
            worst = points + child[1] if worst is None else min(worst, points + child[1])
            below |= child[2]
    if below >> index & 1:
        reach.cycles.append((index, index))
    return best or ZERO, worst or ZERO, below | 1 << index


def _edges(ways: _Ways, state: State, reach: Reach) -> Iterator[Edge]:
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
