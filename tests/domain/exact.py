"""Shares of points in whole numbers: what a score must be, whatever decimals make of a third."""

from decimal import Decimal
from fractions import Fraction


def half_up(points: Decimal, part: int | Fraction, whole: int = 1) -> Decimal:
    """Return part / whole of the points, rounded half up to 0.01.

    >>> half_up(Decimal("0.25"), 1, 2), half_up(Decimal("0.35"), 3, 6)
    (Decimal('0.13'), Decimal('0.18'))
    """
    cents = Fraction(points) * part / whole * 100
    return Decimal(int(cents + Fraction(1, 2))) / 100
