"""Scoring rules by name, and which item each of them fits."""

import re
from dataclasses import dataclass
from decimal import Decimal

from app.domain.items import Item, ItemType

_FIXED = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)", re.ASCII)
_KPRIM_STATEMENTS = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """A scoring rule: its Chinese and English name (``n`` stands for points) and whom it fits."""

    zh: str
    en: str
    types: frozenset[ItemType]


_MULTIPLE = frozenset({ItemType.MULTIPLE})
RULES: dict[str, Rule] = {
    "all": Rule("全对才得分", "all or nothing", frozenset({ItemType.MULTIPLE, ItemType.BLANKS})),
    "half": Rule("少选得一半", "half for a part", _MULTIPLE),
    "share": Rule("少选按比例", "share of the right options", _MULTIPLE),
    "fixed": Rule("少选得n分", "n points for a part", _MULTIPLE),
    "signed": Rule("逐项计分", "right minus wrong", _MULTIPLE),
    "kprim": Rule("四项判断", "four statements", _MULTIPLE),
    "exact": Rule("全对才得分", "exact order", frozenset({ItemType.ORDERING})),
    "pairs": Rule("相邻计分", "share of neighbours", frozenset({ItemType.ORDERING})),
}


def find_rule(text: str) -> str | None:
    """Return the rule that an author wrote, in Chinese or by its key; None if there is none.

    >>> find_rule("少选得1.5分"), find_rule("fixed:1.5"), find_rule("全对才得分"), find_rule("fixed")
    ('fixed:1.5', 'fixed:1.5', 'all', None)
    """
    if text.startswith("少选得") and text.endswith("分"):
        text = f"fixed:{text[3:-1]}"
    name, colon, points = text.partition(":")
    if name == "fixed":
        return text if _FIXED.fullmatch(points) and Decimal(points) > 0 else None
    if colon:
        return None
    return next((key for key, rule in RULES.items() if text in {key, rule.zh}), None)


def rules_of(item_type: ItemType) -> frozenset[str]:
    """Return the rules that fit items of a type, by their keys.

    >>> sorted(rules_of(ItemType.ORDERING)), sorted(rules_of(ItemType.SINGLE))
    (['exact', 'pairs'], [])
    """
    return frozenset(key for key, rule in RULES.items() if item_type in rule.types)


def rule_name(rule: str, language: str) -> str:
    """Return a rule's name for readers of this language.

    >>> rule_name("fixed:1.5", "zh"), rule_name("kprim", "en")
    ('少选得1.5分', 'four statements')
    """
    key, _, points = rule.partition(":")
    name = RULES[key].zh if language.startswith("zh") else RULES[key].en
    return re.sub(r"(?<![a-z])n(?![a-z])", points, name) if points else name


def scoring_fault(rule: str, item: Item) -> str | None:
    """Return why a rule (by its key) does not fit an item, None if it does."""
    key, _, points = rule.partition(":")
    if find_rule(rule) != rule:
        return "there is no such scoring rule"
    if item.type not in RULES[key].types:
        return f"the rule does not fit items of type {item.type}"
    if key == "kprim" and len(item.options) != _KPRIM_STATEMENTS:
        return "the rule needs exactly four options"
    if points and item.points is not None and Decimal(points) > item.points:
        return "a part cannot earn more than the item"
    return None


def valid_scoring(rule: str, item: Item) -> bool:
    """Whether a rule (by its key) fits an item."""
    return scoring_fault(rule, item) is None
