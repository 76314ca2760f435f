"""The answer that earns an item's full points, as its key gives it; positions count in file order."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from app.domain.case import Case, SectionKind
from app.domain.items import Item, ItemType
from app.domain.keys import (
    BestWorstKey,
    Blank,
    BlanksKey,
    ChoiceKey,
    ConstructedKey,
    Dropdown,
    MatchingKey,
    NumericKey,
    OrderingKey,
    RatingKey,
    TruthKey,
    WalkKey,
    WeightedKey,
)
from app.domain.scoring.arithmetic import evaluate
from app.domain.scoring.number import accepts, limits_of, round_to
from app.domain.walk import Walk, walk_choices

#: decimals that are tried for a value that has no end
PLACES = range(21)
#: the section that waits, whether the way is over, the dimensions: what may follow depends on no more
State = tuple[str | None, bool, tuple[tuple[str, int], ...]]


def right_answer(item: Item) -> object:
    """Return an answer that earns everything; None where there is none to give (a file, a text to read).

    Variables have their values put in (``with_values``), and a walk item its case (``with_case``). What a
    person marks is answered with the marking points.
    """
    find = FINDERS.get(item.type)
    return find(item.key) if find else None


def best_way(case: Case) -> tuple[int, ...]:
    """Return the options, by number, of a way through the case that earns the most.

    What a way still earns follows from where it stands: each state is gone on from once.
    """
    ahead: dict[State, tuple[Decimal, tuple[int, ...]]] = {}
    pending: list[tuple[int, ...]] = [()]
    while pending:
        taken = pending[-1]
        here = walk_choices(case, taken)
        ways = [(*taken, number) for number in range(1, options_at(case, here) + 1)]
        reached = [walk_choices(case, way) for way in ways]
        unknown = [way for way, one in zip(ways, reached, strict=True) if _state_of(one) not in ahead]
        if unknown:
            pending += unknown
            continue
        earned = [one.score - here.score + ahead[_state_of(one)][0] for one in reached]
        best = max(range(len(ways)), key=earned.__getitem__, default=None)
        ahead[_state_of(here)] = (
            (Decimal(0), ())
            if best is None
            else (earned[best], (best + 1, *ahead[_state_of(reached[best])][1]))
        )
        pending.pop()
    return ahead[_state_of(walk_choices(case, ()))][1]


def _state_of(walk: Walk) -> State:
    return walk.at, walk.ended, tuple(sorted(walk.dimensions.items()))


def options_at(case: Case, state: Walk) -> int:
    """Return how many options the decision has that waits, 0 at the end."""
    if state.at is None or state.ended:
        return 0
    section = case.section(state.at)
    return len(section.choices) if section.kind is SectionKind.DECISION else 0


def nearest_number(key: NumericKey) -> str:
    """Return the value of a key, as short as it is still accepted.

    >>> nearest_number(NumericKey(value="10/3", tolerance="0.01"))
    '3.33'
    """
    low, high = limits_of(key)
    value = evaluate(key.value) if key.value is not None else (low + high) / 2
    for places in PLACES:
        written = f"{round_to(value, places):f}"
        if accepts(key, written):
            return written
    return f"{value:f}"


def _choice(key: object) -> object:
    assert isinstance(key, ChoiceKey)
    return next((str(number) for number, one in enumerate(key.options, 1) if one.is_key), None)


def _choices(key: object) -> object:
    assert isinstance(key, ChoiceKey)
    return [str(number) for number, one in enumerate(key.options, 1) if one.is_key]


def _truth(key: object) -> object:
    assert isinstance(key, TruthKey)
    return key.value


def _blanks(key: object) -> object:
    assert isinstance(key, BlanksKey)
    return [_filled(blank) for blank in key.blanks]


def _filled(blank: Blank) -> str:
    if isinstance(blank, Dropdown):
        return str(blank.key)
    return blank[0].replace("*", "")


def _number(key: object) -> object:
    assert isinstance(key, NumericKey)
    return nearest_number(key)


def _order(key: object) -> object:
    assert isinstance(key, OrderingKey)
    return [str(number) for number in range(1, len(key.options) + 1)]


def _pairs(key: object) -> object:
    assert isinstance(key, MatchingKey)
    rights = [pair.right for pair in key.pairs if pair.left]
    return {str(number): str(key.rights.index(right) + 1) for number, right in enumerate(rights, 1)}


def _best_worst(key: object) -> object:
    assert isinstance(key, BestWorstKey)
    return {"best": str(key.best), "worst": str(key.worst)}


def _ratings(key: object) -> object:
    assert isinstance(key, RatingKey)
    return {str(number): round(mean) for number, mean in enumerate(key.means, 1)}


def _heaviest(key: object) -> object:
    assert isinstance(key, WeightedKey)
    return str(key.weights.index(max(key.weights)) + 1)


def _points(key: object) -> object:
    assert isinstance(key, ConstructedKey)
    return written_points([point.text for point in key.points] or key.guidance)


def written_points(points: Sequence[str]) -> str | None:
    """Write marking points as an answer."""
    return "\n".join(f"{number}. {text}" for number, text in enumerate(points, 1)) or None


def _way(key: object) -> object:
    assert isinstance(key, WalkKey)
    return [str(number) for number in best_way(key.case)]


FINDERS: Mapping[ItemType, Callable[[object], object]] = {
    ItemType.SINGLE: _choice,
    ItemType.MULTIPLE: _choices,
    ItemType.TRUE_FALSE: _truth,
    ItemType.BLANKS: _blanks,
    ItemType.NUMERIC: _number,
    ItemType.ORDERING: _order,
    ItemType.MATCHING: _pairs,
    ItemType.BEST_WORST: _best_worst,
    ItemType.RATING: _ratings,
    ItemType.WEIGHTED: _heaviest,
    ItemType.CONSTRUCTED: _points,
    ItemType.WALK: _way,
}
