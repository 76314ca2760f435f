"""Scoring: what a response earns. Pure, in ``Decimal``, rounded half up to 0.01 once at the end."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from app.domain.answers import check_answer, is_blank
from app.domain.items import Item, ItemType
from app.domain.quiz import ONE
from app.domain.scoring.choice import score_multiple, score_single, score_truth
from app.domain.scoring.constructed import score_constructed
from app.domain.scoring.explain import Explanation, explain_match
from app.domain.scoring.judgement import score_best_worst, score_rating, score_weighted
from app.domain.scoring.number import score_numeric
from app.domain.scoring.order import score_matching, score_ordering
from app.domain.scoring.result import NOTHING, Earned, Part, Score, rounded
from app.domain.scoring.rules import RULES, find_rule, rule_name, scoring_fault, valid_scoring
from app.domain.scoring.text import score_blanks
from app.domain.scoring.walked import score_walk

__all__ = [
    "RULES",
    "Explanation",
    "Part",
    "Score",
    "best_score",
    "explain_match",
    "find_rule",
    "rounded",
    "rule_name",
    "score",
    "scoring_fault",
    "valid_scoring",
]

#: one line an item type: what an answer of the right form earns of so many points
SCORERS: Mapping[ItemType, Callable[[Item, object, Decimal], Earned]] = {
    ItemType.SINGLE: score_single,
    ItemType.MULTIPLE: score_multiple,
    ItemType.TRUE_FALSE: score_truth,
    ItemType.BLANKS: score_blanks,
    ItemType.NUMERIC: score_numeric,
    ItemType.ORDERING: score_ordering,
    ItemType.MATCHING: score_matching,
    ItemType.BEST_WORST: score_best_worst,
    ItemType.RATING: score_rating,
    ItemType.WEIGHTED: score_weighted,
    ItemType.CONSTRUCTED: score_constructed,
    ItemType.UPLOAD: score_constructed,
    ItemType.WALK: score_walk,
}


def score(item: Item, answer: object) -> Score:
    """Score one response to an item that has its points and rule filled in (``with_inherited``).

    Variables have their values put in (``with_values``), and a walk item its case (``with_case``).
    A blank response earns 0 and is not answered. Points are None where a person must mark.

    :raises BadAnswer: the answer has a form that the item cannot take.
    """
    check_answer(item, answer)
    maximum = rounded(_worth(item))
    if not item.is_scored or is_blank(answer):
        return Score(NOTHING, maximum, answered=False)
    earned = SCORERS[item.type](item, answer, maximum)
    points = None if earned.points is None else rounded(earned.points)
    return Score(points, maximum, answered=True, parts=earned.parts)


def best_score(items: Iterable[Item], answer: object) -> Score:
    """Return the best score of an answer over the languages of an item: either wording is right.

    :raises BadAnswer: the answer has a form that the item cannot take.
    """
    scores = [score(item, answer) for item in items]
    return max(scores, key=lambda one: -1 if one.points is None else one.points)


def _worth(item: Item) -> Decimal:
    if not item.is_scored:
        return Decimal(0)
    return ONE if item.points is None else item.points
