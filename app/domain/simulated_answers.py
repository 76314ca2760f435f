"""How a simulated student answers: as the key has it, or as people go wrong, by type.

Positions count in file order.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from typing import Any

from app.domain.case import Case
from app.domain.items import Item, ItemType
from app.domain.keys import (
    BlanksKey,
    ConstructedKey,
    Dropdown,
    MatchingKey,
    NumericKey,
    RatingKey,
    WalkKey,
)
from app.domain.model_answers import nearest_number, options_at, right_answer, written_points
from app.domain.walk import walk_choices

#: what goes wrong with numbers: a place, a forgotten tenth, the other way round
SLIPS = (Decimal(10), Decimal("0.1"), Decimal("1.1"), Decimal("0.5"), Decimal(2))
UNSURE = "不确定"


def attempted_answer(item: Item, right: float, chance: Random) -> Any:
    """Return an answer, right with a probability, else wrong; None where nothing can be given.

    Where parts are scored apart, each is right with it: blanks, pairs, ratings, points, decisions.
    """
    parts = IN_PARTS.get(item.type)
    if parts:
        return parts(item.key, right, chance)
    answer = right_answer(item)
    if answer is None or chance.random() < right:
        return answer
    return WRONG[item.type](item, answer, chance)


def _other(count: int, one: object, chance: Random) -> str:
    """Return another position than this one; this one where there is no other."""
    others = [str(number) for number in range(1, count + 1) if str(number) != one]
    return chance.choice(others or [str(one)])


def _another_option(item: Item, answer: Any, chance: Random) -> Any:
    return _other(len(item.options), answer, chance)


def _another_set(item: Item, answer: Any, chance: Random) -> Any:
    """Leave one of the right options out, or choose a wrong one more."""
    changed = set(answer) ^ {str(chance.randint(1, len(item.options)))}
    return sorted(changed or answer, key=int)


def _another_order(item: Item, answer: Any, chance: Random) -> Any:
    """Let two neighbours change places."""
    first = chance.randrange(len(answer) - 1)
    return [*answer[:first], answer[first + 1], answer[first], *answer[first + 2 :]]


def _another_number(item: Item, answer: Any, chance: Random) -> Any:
    if not isinstance(item.key, NumericKey):
        return answer
    value = Decimal(nearest_number(item.key))
    return f"{(value * chance.choice(SLIPS) if value else Decimal(1)).normalize():f}"


def _another_pair(item: Item, answer: Any, chance: Random) -> Any:
    """Take another option for the best, or for the worst."""
    name = chance.choice(["best", "worst"])
    taken = set(answer.values())
    free = [str(number) for number in range(1, len(item.options) + 1) if str(number) not in taken]
    return {**answer, name: chance.choice(free)} if free else answer


def _blanks(key: Any, right: float, chance: Random) -> Any:
    assert isinstance(key, BlanksKey)
    return [_filled(blank, chance, is_right=chance.random() < right) for blank in key.blanks]


def _filled(blank: Any, chance: Random, *, is_right: bool) -> str:
    if isinstance(blank, Dropdown):
        return str(blank.key) if is_right else _other(len(blank.options), str(blank.key), chance)
    return str(chance.choice(blank)).replace("*", "") if is_right else UNSURE


def _pairs(key: Any, right: float, chance: Random) -> Any:
    assert isinstance(key, MatchingKey)
    rights = [pair.right for pair in key.pairs if pair.left]
    known = [str(key.rights.index(one) + 1) for one in rights]
    return {
        str(number): one if chance.random() < right else chance.choice(known)
        for number, one in enumerate(known, 1)
    }


def _ratings(key: Any, right: float, chance: Random) -> Any:
    """Who is less sure rates further from the panel."""
    assert isinstance(key, RatingKey)
    far = (key.high - key.low) * (1 - right) / 2
    return {
        str(number): max(key.low, min(key.high, round(float(mean) + chance.gauss(0, far))))
        for number, mean in enumerate(key.means, 1)
    }


def _written(key: Any, right: float, chance: Random) -> Any:
    """Name some of the marking points, one at least."""
    assert isinstance(key, ConstructedKey)
    points = [point.text for point in key.points] or list(key.guidance)
    named = [text for text in points if chance.random() < right] or points[:1]
    return written_points(named) or UNSURE


def _way(key: Any, right: float, chance: Random) -> Any:
    """Decide one decision after the other: for an option that earns most, or for any other."""
    assert isinstance(key, WalkKey)
    taken: list[int] = []
    while _options_left(key.case, taken):
        taken.append(_decided(key.case, taken, right, chance))
    return [str(number) for number in taken]


def _options_left(case: Case, taken: list[int]) -> int:
    return options_at(case, walk_choices(case, taken))


def _decided(case: Case, taken: list[int], right: float, chance: Random) -> int:
    at = walk_choices(case, taken).at
    points = [choice.points or Decimal(0) for choice in case.section(at or "").choices]
    best = points.index(max(points)) + 1
    if chance.random() < right:
        return best
    return int(_other(len(points), str(best), chance))


#: types whose parts are scored apart
IN_PARTS: Mapping[ItemType, Callable[[Any, float, Random], Any]] = {
    ItemType.BLANKS: _blanks,
    ItemType.MATCHING: _pairs,
    ItemType.RATING: _ratings,
    ItemType.CONSTRUCTED: _written,
    ItemType.WALK: _way,
}
#: what a wrong answer of the other types looks like
WRONG: Mapping[ItemType, Callable[[Item, Any, Random], Any]] = {
    ItemType.SINGLE: _another_option,
    ItemType.WEIGHTED: _another_option,
    ItemType.MULTIPLE: _another_set,
    ItemType.TRUE_FALSE: lambda _item, answer, _chance: not answer,
    ItemType.NUMERIC: _another_number,
    ItemType.ORDERING: _another_order,
    ItemType.BEST_WORST: _another_pair,
}
