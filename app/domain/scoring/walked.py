"""Cases as items: the share of the best score that a walk could reach."""

from decimal import Decimal

from app.domain.item_walk import stand_of
from app.domain.items import Item
from app.domain.keys import WalkKey
from app.domain.scoring.result import Earned, Part, rounded

NOTHING = Decimal(0)


def score_walk(item: Item, answer: object, points: Decimal) -> Earned:
    """Score a walk as far as it went: score / best of the case, not below 0.

    A decision before the end that was never made earns nothing.
    """
    if not isinstance(item.key, WalkKey) or not isinstance(answer, list):
        return Earned(NOTHING)
    state = stand_of(item.key.case, answer)
    earned = max(NOTHING, points * state.score / state.best) if state.best > 0 else NOTHING
    part = Part(state.ending or "", list(answer), None, rounded(earned))
    return Earned(earned, (part,))
