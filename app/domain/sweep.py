"""Explore a case whose ways all lead on in the text: once down, once up, without looking for cycles."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.domain.route import Values
from app.domain.ways import STATE_LIMIT, ZERO, Edge, Reach, State, Ways, edges, note

#: the states of one section, and the ways on from each
Level = dict[Values, list[Edge]]


def leads_on(ways: Ways) -> bool:
    """Whether every way on leads to a later place in the text, so that no path can lead back."""
    return all(
        move.target is None or move.target > index for index, moves in enumerate(ways.moves) for move in moves
    )


def sweep(ways: Ways, root: State, reach: Reach) -> None:
    """Explore a case that leads on: its states in text order, then their scores from the end."""
    levels: list[Level] = [{} for _ in ways.moves]
    levels[root[0]][root[1]] = []
    for index in range(len(levels)):
        _spread(ways, index, levels, reach)
        reach.states += len(levels[index])
        if reach.states > STATE_LIMIT:
            reach.states, reach.too_many = STATE_LIMIT, True
            return
    reach.best, reach.worst = _scores(levels)[root]


def _spread(ways: Ways, index: int, levels: Sequence[Level], reach: Reach) -> None:
    """Note the states of a section and enter the states that they lead to."""
    level, depends = levels[index], True
    step = _only_step(ways, index)
    for values in level:
        if depends:
            depends = note(ways.route, (index, values), reach)
        if step is not None:
            level[values] = [(ZERO, (step, values))]
            levels[step].setdefault(values, [])
            continue
        level[values] = list(edges(ways, (index, values), reach))
        for _, state in level[values]:
            if state is None:
                reach.dead_ends.add(index)
            else:
                levels[state[0]].setdefault(state[1], [])


def _only_step(ways: Ways, index: int) -> int | None:
    """Return where every state of a section leads unchanged, as most sections lead; None where it depends."""
    if len(ways.moves[index]) != 1:
        return None
    (move,) = ways.moves[index]
    if move.target is None or ways.has_condition[move.target]:
        return None
    return None if move.points or move.change is not None else move.target


def _scores(levels: Sequence[Mapping[Values, Sequence[Edge]]]) -> dict[State, tuple[Decimal, Decimal]]:
    """Return best and worst score from each state on."""
    scores: dict[State, tuple[Decimal, Decimal]] = {}
    for index in range(len(levels) - 1, -1, -1):
        for values, onward in levels[index].items():
            scores[index, values] = _score(onward, scores)
    return scores


def _score(
    onward: Sequence[Edge], scores: Mapping[State, tuple[Decimal, Decimal]]
) -> tuple[Decimal, Decimal]:
    if len(onward) == 1:
        ((gained, following),) = onward
        if following is not None and not gained:
            return scores[following]
    ends = [(points, scores[state]) for points, state in onward if state is not None]
    best = max((points + score[0] for points, score in ends), default=ZERO)
    worst = min((points + score[1] for points, score in ends), default=ZERO)
    return best, worst
