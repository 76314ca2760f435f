"""Situational judgement: best and worst, ratings against an expert panel, options of unequal worth."""

from decimal import Decimal

from app.domain.items import Item
from app.domain.keys import BestWorstKey, RatingKey, WeightedKey
from app.domain.scoring.result import NOTHING, Earned, Part, rounded


def score_best_worst(item: Item, answer: object, points: Decimal) -> Earned:
    """Score best and worst with half each.

    One of them reversed voids the other: it could only be right by naming the same option twice, which
    is refused.

    McDaniel & Nguyen (2001), Situational judgment tests, Int. J. of Selection and Assessment 9: the
    most/least response format.
    """
    if not isinstance(item.key, BestWorstKey) or not isinstance(answer, dict):
        return Earned(NOTHING)
    keys = {"best": str(item.key.best), "worst": str(item.key.worst)}
    chosen = {name: (answer.get(name) or "").strip() for name in keys}
    share = points / 2
    parts = tuple(
        Part(
            name,
            chosen[name],
            _verdict(chosen[name], key),
            rounded(share) if chosen[name] == key else NOTHING,
        )
        for name, key in keys.items()
    )
    hits = sum(part.right is True for part in parts)
    return Earned(share * hits, parts)


def _verdict(chosen: str, key: str) -> bool | None:
    return chosen == key if chosen else None


def score_rating(item: Item, answer: object, points: Decimal) -> Earned:
    """Score each rating by its distance from the panel's mean: 1 - |r - mean| / range.

    The item earns the mean over all its options; one that was not rated earns nothing. Legree et al.
    (2005), Using consensus based measurement, in Schulze & Roberts (eds.), Emotional Intelligence.
    """
    if not isinstance(item.key, RatingKey) or not isinstance(answer, dict):
        return Earned(NOTHING)
    key, total = item.key, NOTHING
    span = key.high - key.low
    parts: list[Part] = []
    for place, mean in enumerate(key.means, start=1):
        rating = answer.get(str(place))
        near = NOTHING if rating is None else span - abs(rating - mean)
        total += near
        right = None if rating is None else near == span
        parts.append(Part(str(place), rating, right, rounded(points * near / (span * len(key.means)))))
    return Earned(points * total / (span * len(key.means)), tuple(parts))


def score_weighted(item: Item, answer: object, points: Decimal) -> Earned:
    """Score an option with its own points; the best one is worth the item's."""
    if not isinstance(item.key, WeightedKey) or not isinstance(answer, str):
        return Earned(NOTHING)
    return Earned(min(item.key.weights[int(answer) - 1], points))
