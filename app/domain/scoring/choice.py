"""Choice items: positions are compared as sets, never in an order."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from app.domain.items import Item
from app.domain.keys import TruthKey
from app.domain.scoring.result import Earned

Chosen = frozenset[str]
NOTHING = Decimal(0)


def score_single(item: Item, answer: object, points: Decimal) -> Earned:
    """Score a single-choice item: the key earns everything."""
    return Earned(points if answer in keys_of(item) else NOTHING)


def score_truth(item: Item, answer: object, points: Decimal) -> Earned:
    """Score a true-false item."""
    right = isinstance(item.key, TruthKey) and answer is item.key.value
    return Earned(points if right else NOTHING)


def score_multiple(item: Item, answer: object, points: Decimal) -> Earned:
    """Score a multiple-response item by its rule; without one, all or nothing."""
    chosen = frozenset(answer) if isinstance(answer, list) else frozenset()
    rule, _, part = (item.scoring or "all").partition(":")
    if rule == "fixed":
        return Earned(score_fixed(chosen, keys_of(item), points, Decimal(part)))
    return Earned(MULTIPLE_RULES[rule](chosen, keys_of(item), points))


def keys_of(item: Item) -> Chosen:
    """Return the positions of the right options, in file order numbers."""
    return frozenset(str(place) for place, option in enumerate(item.options, start=1) if option.is_key)


def score_all(chosen: Chosen, key: Chosen, points: Decimal) -> Decimal:
    """Score all or nothing (全对才得分).

    >>> score_all(frozenset("ab"), frozenset("ab"), Decimal(2))
    Decimal('2')
    """
    return points if chosen == key else NOTHING


def score_half(chosen: Chosen, key: Chosen, points: Decimal) -> Decimal:
    """Score a part of the right options with half (少选得一半), a wrong choice with nothing.

    >>> score_half(frozenset("a"), frozenset("ab"), Decimal(2))
    Decimal('1')
    """
    return score_fixed(chosen, key, points, points / 2)


def score_share(chosen: Chosen, key: Chosen, points: Decimal) -> Decimal:
    """Score by share (少选按比例): a wrong choice voids it.

    >>> score_share(frozenset("a"), frozenset("ab"), Decimal(4))
    Decimal('2')
    >>> score_share(frozenset("ac"), frozenset("ab"), Decimal(4))
    Decimal('0')
    """
    return points * len(chosen) / len(key) if chosen and chosen <= key else NOTHING


def score_fixed(chosen: Chosen, key: Chosen, points: Decimal, part: Decimal) -> Decimal:
    """Score a part of the right options with fixed points (少选得n分), a wrong choice with nothing.

    >>> score_fixed(frozenset("a"), frozenset("abc"), Decimal(4), Decimal("1.5"))
    Decimal('1.5')
    """
    if chosen == key:
        return points
    return min(part, points) if chosen and chosen < key else NOTHING


def score_signed(chosen: Chosen, key: Chosen, points: Decimal) -> Decimal:
    """Score right minus wrong choices (逐项计分), as a share of the right options, not below 0.

    >>> score_signed(frozenset("abc"), frozenset("ab"), Decimal(4))
    Decimal('2')
    """
    balance = len(chosen & key) - len(chosen - key)
    return points * balance / len(key) if balance > 0 else NOTHING


def score_kprim(chosen: Chosen, key: Chosen, points: Decimal) -> Decimal:
    """Score four statements, each judged true or false: four right earn all, three half.

    Krebs, R. (2004), Anleitung zur Herstellung von MC-Fragen und MC-Prüfungen, Bern: type K'.

    >>> [score_kprim(frozenset(c), frozenset("12"), Decimal(2)) for c in ("12", "123", "34")]
    [Decimal('2'), Decimal('1'), Decimal('0')]
    """
    misjudged = len(chosen ^ key)
    return {0: points, 1: points / 2}.get(misjudged, NOTHING)


MULTIPLE_RULES: Mapping[str, Callable[[Chosen, Chosen, Decimal], Decimal]] = {
    "all": score_all,
    "half": score_half,
    "share": score_share,
    "signed": score_signed,
    "kprim": score_kprim,
}
