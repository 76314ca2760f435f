"""What scoring gives: a score, and where an item has several blanks, one part for each."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Part:
    """One blank of a response. Its points are rounded by themselves: the score is not their sum."""

    name: str
    answer: object
    right: bool | None
    points: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """What a response earned of ``maximum``; ``points`` is None until a person has marked it."""

    points: Decimal | None
    maximum: Decimal
    answered: bool
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Earned:
    """What a scorer found, not yet rounded; ``points`` is None where a person must mark."""

    points: Decimal | None
    parts: tuple[Part, ...] = ()


def rounded(points: Decimal) -> Decimal:
    """Round points half up to 0.01.

    >>> rounded(Decimal("0.125"))
    Decimal('0.13')
    """
    return points.quantize(CENT, ROUND_HALF_UP)
