"""Constructed answers: a person marks them."""

from decimal import Decimal

from app.domain.items import Item
from app.domain.scoring.result import Earned


def score_constructed(_item: Item, _answer: object, _points: Decimal) -> Earned:
    """Leave an answered item to a marker: no points yet."""
    return Earned(None)
