"""Options that are ranges of numbers: do two of them overlap?"""

import re
from decimal import Decimal
from typing import NamedTuple

from app.content.marks import narrow

_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,4})?)"
_BETWEEN = re.compile(
    rf"{_NUMBER}\s*([^0-9\s.~–—-]{{0,4}}?)\s*(?:-|~|–|—|\.\.|至|到|to)\s*{_NUMBER}\s*(.{{0,12}})"
)
_BOUND = re.compile(
    rf"(不少于|不低于|至少|超过|大于|不超过|不多于|至多|少于|小于|低于)?\s*{_NUMBER}\s*(.{{0,12}})"
)
_ABOVE = frozenset({"不少于", "不低于", "至少", "以上"})
_BELOW = frozenset({"不超过", "不多于", "至多", "以下", "以内"})
_BEYOND = frozenset({"超过", "大于"})
_UNDER = frozenset({"少于", "小于", "低于"})
_SUFFIX = re.compile(r"(以上|以下|以内)$")
_INFINITE = Decimal("Infinity")
_STEP = Decimal("0.0001")


class Span(NamedTuple):
    """A range of numbers of one unit, both ends inclusive."""

    low: Decimal
    high: Decimal
    unit: str


def overlap(texts: list[str]) -> tuple[int, int] | None:
    """Return the numbers of the first two options whose ranges overlap.

    >>> overlap(["5~10分钟", "10~15分钟", "20分钟以上"])
    (1, 2)
    >>> overlap(["10分钟", "15分钟"]) is None
    True
    """
    spans = [(number, span) for number, text in enumerate(texts, 1) if (span := read_span(text))]
    for index, (number, span) in enumerate(spans):
        for earlier, other in spans[:index]:
            if span.unit == other.unit and span.low <= other.high and other.low <= span.high:
                return earlier, number
    return None


def read_span(text: str) -> Span | None:
    """Read an option that is a range and nothing else; a single number is a range of one."""
    plain = narrow(text).strip().rstrip("。.")
    match = _BETWEEN.fullmatch(plain)
    if match is not None:
        low, unit, high, last = match.groups()
        return Span(Decimal(low), Decimal(high), last) if unit in ("", last) else None
    match = _BOUND.fullmatch(plain)
    if match is None:
        return None
    return _bounded(match[1] or "", Decimal(match[2]), match[3])


def _bounded(word: str, number: Decimal, unit: str) -> Span:
    suffix = _SUFFIX.search(unit)
    if suffix is not None:
        word, unit = suffix[1], unit[: suffix.start()]
    if word in _ABOVE | _BEYOND:
        return Span(number + (_STEP if word in _BEYOND else 0), _INFINITE, unit)
    if word in _BELOW | _UNDER:
        return Span(-_INFINITE, number - (_STEP if word in _UNDER else 0), unit)
    return Span(number, number, unit)
