"""What is right in an item, apart from how it is worded: to tell a changed key from other words."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.keys import (
    BestWorstKey,
    ChoiceKey,
    ConstructedKey,
    Key,
    MatchingKey,
    OrderingKey,
    RatingKey,
    WeightedKey,
)
from app.domain.options import Option


@dataclass(frozen=True, slots=True)
class Marks:
    """What a key marks: by the places of the options, and by their texts; ``texts`` are all of them."""

    places: object
    marked: object
    texts: tuple[str, ...]

    def differs(self, other: object) -> bool:
        """Whether something else is right by then; options in another order, or reworded, are not that."""
        if not isinstance(other, Marks):
            return True
        if sorted(self.texts) == sorted(other.texts):
            return self.marked != other.marked
        return self.places != other.places and self.marked != other.marked


def key_of_item(key: Key) -> object:
    """Return what is right, to be compared; nothing of a text that a person marks."""
    if isinstance(key, ConstructedKey):
        return None
    if isinstance(key, MatchingKey):
        pairs = tuple((pair.left, pair.right) for pair in key.pairs)
        return Marks(_rights_of_lefts(key), frozenset(pairs), tuple(text for pair in pairs for text in pair))
    options = getattr(key, "options", None)
    if options is None:
        return key
    texts = tuple(option.text for option in options)
    places = _marked_places(key)
    if isinstance(key, OrderingKey):
        return Marks(places, texts, texts)
    return Marks(places, frozenset((texts[place - 1], mark) for place, mark in places), texts)


def options_of(key: Key) -> tuple[str, ...]:
    """Return what there is to choose among, in the order of the file."""
    if isinstance(key, MatchingKey):
        return tuple(f"{pair.left} {pair.right}" for pair in key.pairs)
    return tuple(option.text for option in _options(key))


def feedback_of(key: Key) -> Marks:
    """Return what is said to who chose an option."""
    parts = key.pairs if isinstance(key, MatchingKey) else _options(key)
    return marks_of(options_of(key), [one.feedback for one in parts])


def marks_of(texts: Sequence[str], values: Sequence[object]) -> Marks:
    """Return what options carry, to be compared: those that carry nothing are left out."""
    carried = [(place, value) for place, value in enumerate(values) if value not in {None, "", frozenset()}]
    return Marks(tuple(carried), frozenset((texts[place], value) for place, value in carried), tuple(texts))


def _options(key: Key) -> tuple[Option, ...]:
    return getattr(key, "options", ())


def _marked_places(key: Key) -> tuple[tuple[int, object], ...]:
    match key:
        case ChoiceKey():
            return tuple((place, True) for place, one in enumerate(key.options, 1) if one.is_key)
        case OrderingKey():
            return tuple((place, place) for place in range(1, len(key.options) + 1))
        case BestWorstKey():
            return ((key.best, "best"), (key.worst, "worst"))
        case RatingKey():
            return tuple((place, (mean, key.low, key.high)) for place, mean in enumerate(key.means, 1))
        case WeightedKey():
            return tuple(enumerate(key.weights, 1))
    return ()


def _rights_of_lefts(key: MatchingKey) -> tuple[int, ...]:
    """Return for each pair where its right side first stands: pairs that share one show it."""
    rights = [pair.right for pair in key.pairs]
    return tuple(rights.index(pair.right) if pair.left else -1 for pair in key.pairs)
