"""Keys as plain JSON, in the form of an answer where there is one: positions, wordings, numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from app.content.lint_key import right_options
from app.domain.items import Item, ItemType
from app.domain.keys import Blank, BlanksKey, ConstructedKey, Dropdown, MatchingKey, RatingKey, WeightedKey
from app.domain.options import MarkingPoint


def plain(value: object) -> Any:
    """Return a value as JSON takes it: whole numbers as integers, others as floats."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return [plain(part) for part in value] if isinstance(value, tuple) else value


def key_json(item: Item) -> Any:
    """Return an item's key."""
    return KEYS[item.type](item, item.key)


def options_json(item: Item) -> list[dict[str, Any]]:
    """Return an item's options in file order, with their points where each has its own."""
    options: list[dict[str, Any]] = [{"text": one.text, "feedback": one.feedback} for one in item.options]
    if isinstance(item.key, WeightedKey):
        for option, weight in zip(options, item.key.weights, strict=True):
            option["points"] = plain(weight)
    return options


def extras_json(item: Item) -> dict[str, Any]:
    """Return what only items of this type have."""
    extras: dict[str, Any] = {}
    if isinstance(item.key, RatingKey):
        extras["scale"] = [item.key.low, item.key.high]
    if isinstance(item.key, MatchingKey):
        extras["lefts"] = list(item.key.lefts)
        extras["rights"] = [{"text": pair.right, "feedback": pair.feedback} for pair in item.key.pairs]
    if item.type is ItemType.NUMERIC:
        extras["variables"] = [asdict(variable) for variable in item.variables]
    extras |= {"file": list(item.file)} if item.type is ItemType.UPLOAD else {}
    return extras | ({"walk": item.walk} if item.type is ItemType.WALK else {})


def points_json(points: Sequence[MarkingPoint]) -> list[dict[str, Any]]:
    """Return marking points."""
    return [{"points": plain(point.points), "text": point.text} for point in points]


def _one(item: Item, _key: Any) -> Any:
    return next((str(place) for place in right_options(item)), None)


def _several(item: Item, _key: Any) -> Any:
    return [str(place) for place in right_options(item)]


def _matching(_item: Item, key: MatchingKey) -> Any:
    matched = [place for place, pair in enumerate(key.pairs, 1) if pair.left]
    return {str(left): str(right) for left, right in enumerate(matched, 1)}


def _blank(blank: Blank) -> Any:
    if isinstance(blank, Dropdown):
        return {"options": list(blank.options), "key": str(blank.key)}
    return list(blank)


def _blanks(_item: Item, key: BlanksKey) -> Any:
    return [_blank(blank) for blank in key.blanks]


def _written(_item: Item, key: ConstructedKey) -> Any:
    return {"points": points_json(key.points), "guidance": plain(key.guidance)}


#: one line an item type
KEYS: Mapping[ItemType, Callable[[Item, Any], Any]] = {
    ItemType.SINGLE: _one,
    ItemType.WEIGHTED: _one,
    ItemType.MULTIPLE: _several,
    ItemType.TRUE_FALSE: lambda item, key: key.value,
    ItemType.BLANKS: _blanks,
    ItemType.NUMERIC: lambda item, key: asdict(key),
    ItemType.ORDERING: lambda item, key: [str(place) for place in range(1, len(key.options) + 1)],
    ItemType.MATCHING: _matching,
    ItemType.BEST_WORST: lambda item, key: {"best": str(key.best), "worst": str(key.worst)},
    ItemType.RATING: lambda item, key: {str(place): plain(mean) for place, mean in enumerate(key.means, 1)},
    ItemType.CONSTRUCTED: _written,
    ItemType.UPLOAD: _written,
    ItemType.WALK: lambda item, key: None,
    ItemType.INFO: lambda item, key: None,
}
