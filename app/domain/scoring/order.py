"""Orderings and matchings: where each step stands, and which sides belong together."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from app.domain.items import Item
from app.domain.keys import MatchingKey
from app.domain.scoring.normal import normal_form
from app.domain.scoring.result import NOTHING, Earned, Part, rounded


def score_ordering(item: Item, answer: object, points: Decimal) -> Earned:
    """Score an ordering by its rule; without one, all or nothing. Parts tell which steps stand right."""
    order = [int(step) for step in answer] if isinstance(answer, list) else []
    share = rounded(points / len(item.options))
    parts = tuple(
        Part(str(place), str(step), step == place, share if step == place else NOTHING)
        for place, step in enumerate(order, start=1)
    )
    return Earned(ORDERING_RULES[item.scoring or "exact"](order, points), parts)


def score_exact(order: Sequence[int], points: Decimal) -> Decimal:
    """Score all or nothing (全对才得分).

    >>> score_exact([1, 2, 3], Decimal(2)), score_exact([1, 3, 2], Decimal(2))
    (Decimal('2'), Decimal('0.00'))
    """
    return points if list(order) == sorted(order) else NOTHING


def score_pairs(order: Sequence[int], points: Decimal) -> Decimal:
    """Score the share of neighbours that are neighbours in the right order too (相邻计分).

    >>> score_pairs([1, 2, 4, 3], Decimal(3)), score_pairs([4, 1, 2, 3], Decimal(3))
    (Decimal('1'), Decimal('2'))
    """
    kept = sum(after == before + 1 for before, after in pairwise(order))
    return points * kept / (len(order) - 1)


ORDERING_RULES: Mapping[str, Callable[[Sequence[int], Decimal], Decimal]] = {
    "exact": score_exact,
    "pairs": score_pairs,
}


def score_matching(item: Item, answer: object, points: Decimal) -> Earned:
    """Score pair by pair, each an equal share. Equal rights are equally right."""
    if not isinstance(item.key, MatchingKey) or not isinstance(answer, dict):
        return Earned(NOTHING)
    forms, wanted = _forms(item.key)
    share = rounded(points / len(wanted))
    parts: list[Part] = []
    for left, right in enumerate(wanted, start=1):
        chosen = answer.get(str(left)) or ""
        is_right = bool(chosen.strip()) and forms[int(chosen) - 1] == right
        verdict = is_right if chosen.strip() else None
        parts.append(Part(str(left), chosen, verdict, share if is_right else NOTHING))
    hits = sum(part.right is True for part in parts)
    return Earned(points * hits / len(wanted), tuple(parts))


@lru_cache(maxsize=1024)
def _forms(key: MatchingKey) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rights in the form in which they are compared, and the one that each left wants."""
    forms = tuple(normal_form(right) for right in key.rights)
    return forms, tuple(form for form, pair in zip(forms, key.pairs, strict=True) if pair.left)
