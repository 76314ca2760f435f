"""Written attribute blocks: ``{#id 5分 目标=4.1}`` in the document's language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from app.content.values import plain_number
from app.content.vocabulary import (
    ATTRIBUTE_KEYS,
    CONSTRUCTED_KINDS,
    DIFFICULTIES,
    LEVELS,
    ORDERINGS,
    REASONS,
    REVEALS,
    SCORINGS,
    TYPES,
    is_chinese,
    write_word,
)
from app.domain.case import Condition

_WORDS: Mapping[str, Mapping[str, str]] = {
    "level": LEVELS,
    "difficulty": DIFFICULTIES,
    "kind": CONSTRUCTED_KINDS,
    "reason": REASONS,
    "reveal": REVEALS,
    "type": TYPES,
}


def write_block(pairs: Iterable[tuple[str, object]], language: str) -> str:
    """Write the pairs that say something as one block with a space before it, else nothing."""
    tokens = [_token(key, value, language) for key, value in pairs if _is_said(value)]
    return f" {{{' '.join(tokens)}}}" if tokens else ""


def _is_said(value: object) -> bool:
    """Whether a value is written; 0 points are."""
    return not (value is None or value is False or value in ((), ""))


def _token(key: str, value: object, language: str) -> str:
    if key == "id":
        return f"#{value}"
    if key == "points" and isinstance(value, Decimal):
        return write_points(value, language)
    if key == "hours" and isinstance(value, Decimal):
        return _hours(value, language)
    if key == "effect":
        return str(value)
    name = ATTRIBUTE_KEYS[key] if is_chinese(language) else key
    return name if value is True else f"{name}={_value(key, value, language)}"


def _value(key: str, value: object, language: str) -> str:
    if isinstance(value, tuple):
        return ",".join("_".join(str(word).split()) for word in value)
    if isinstance(value, Decimal):
        return write_points(value, language)
    if isinstance(value, Condition):
        return f"{value.dimension}{value.operator}{value.value}"
    if key == "scoring":
        return write_scoring(str(value), language)
    if key == "next":
        return f"#{value}"
    return write_word(str(value), _WORDS[key], language) if key in _WORDS else str(value)


def write_points(points: Decimal, language: str) -> str:
    """Write points with the unit they were typed with, else the language's."""
    unit = getattr(points, "unit", "") or ("分" if is_chinese(language) else "pt")
    return f"{plain_number(points)}{unit}"


def _hours(hours: Decimal, language: str) -> str:
    unit = getattr(hours, "unit", "") or ("学时" if is_chinese(language) else "")
    return f"{plain_number(hours)}{unit}" if unit else f"hours={plain_number(hours)}"


def write_scoring(rule: str, language: str) -> str:
    """Write a scoring rule; fixed points stand inside the Chinese words."""
    name, _, points = rule.partition(":")
    if name == "fixed" and is_chinese(language):
        return f"少选得{points}分"
    if rule == "exact":
        return write_word(rule, ORDERINGS, language)
    return write_word(rule, SCORINGS, language)
