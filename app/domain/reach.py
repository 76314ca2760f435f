"""What can be reached in a case: its states, its best and worst score, and where it is broken."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.domain.case import Case
from app.domain.kept import kept_by_object
from app.domain.route import route_of, settle, skipped, start_values
from app.domain.sweep import leads_on, sweep
from app.domain.ways import STATE_LIMIT, ZERO, Edge, Reach, State, Ways, edges, note, ways_of

__all__ = ["STATE_LIMIT", "ZERO", "Reach", "explore"]

#: best and worst score from here on, and a bit for each section reachable from here
_Found = tuple[Decimal, Decimal, int]


@dataclass(slots=True)
class _Frame:
    state: State
    edges: Iterator[Edge]
    outcomes: list[Edge]


@kept_by_object(size=256)
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
    ways = ways_of(route)
    if leads_on(ways):
        sweep(ways, (first, values), reach)
        return reach
    found = _search(ways, (first, values), reach)
    reach.states = len(found)
    if (first, values) in found:
        reach.best, reach.worst, _ = found[first, values]
    return reach


def _search(ways: Ways, root: State, reach: Reach) -> dict[State, _Found]:
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


def _open(ways: Ways, state: State, reach: Reach, noted: set[int]) -> _Frame:
    if state[0] not in noted and not note(ways.route, state, reach):
        noted.add(state[0])
    return _Frame(state, edges(ways, state, reach), [])


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
