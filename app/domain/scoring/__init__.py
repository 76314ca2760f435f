"""Scoring: what a response earns. Pure, in ``Decimal``, rounded half up to 0.01 once at the end."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from app.domain.answers import check_answer, is_blank
from app.domain.items import Item, ItemType
from app.domain.quiz import ONE
from app.domain.scoring.choice import score_multiple, score_single, score_truth
from app.domain.scoring.constructed import score_constructed
from app.domain.scoring.explain import Explanation, explain_match
from app.domain.scoring.number import score_numeric
from app.domain.scoring.result import Earned, Part, Score, rounded
from app.domain.scoring.rules import RULES, find_rule, rule_name, scoring_fault, valid_scoring
from app.domain.scoring.text import score_blanks

__all__ = [
    "RULES",
    "Explanation",
    "Part",
    "Score",
    "explain_match",
    "find_rule",
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
    ItemType.CONSTRUCTED: score_constructed,
}


def score(item: Item, answer: object) -> Score:
    """Score one response to an item that has its points and rule filled in (``with_inherited``).

    A blank response earns 0 and is not answered. Points are None where a person must mark.

    :raises BadAnswer: the answer has a form that the item cannot take.
    """
    check_answer(item, answer)
    maximum = rounded(_worth(item))
    if not item.is_scored or is_blank(answer):
        return Score(rounded(Decimal(0)), maximum, answered=False)
    earned = SCORERS[item.type](item, answer, maximum)
    points = None if earned.points is None else rounded(earned.points)
    return Score(points, maximum, answered=True, parts=earned.parts)


def _worth(item: Item) -> Decimal:
    if not item.is_scored:
        return Decimal(0)
    return ONE if item.points is None else item.points
