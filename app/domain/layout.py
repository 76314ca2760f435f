"""The layout of an attempt: which items were drawn, in which order, with which option order.

It is drawn once from a stored seed and then stored; positions in answers count in the order that was
shown. Order comes from SHA-256 of the seed, not from a random generator, so that any later program
can draw it again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.domain.errors import BadAnswer, UnknownItem
from app.domain.items import ItemType
from app.domain.paper import Paper, PaperGroup, PaperItem

CHOICE_TYPES = frozenset({ItemType.SINGLE, ItemType.MULTIPLE})


@dataclass(frozen=True, slots=True)
class Place:
    """One item as laid out. ``order[p - 1]`` is the place in the file of the option shown at p.

    ``number`` is the number printed beside it, None for an info item; ``group`` counts from 0.
    """

    key: str
    group: int
    number: int | None
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The items of one attempt in the order shown."""

    places: tuple[Place, ...]

    def place(self, key: str) -> Place:
        """Return where an item stands.

        :raises UnknownItem: this attempt's paper drew no such item.
        """
        for place in self.places:
            if place.key == key:
                return place
        raise UnknownItem(key)


def draw_layout(paper: Paper, seed: str) -> Layout:
    """Draw the items, their order and the order of their options from a seed."""
    places: list[Place] = []
    number = 0
    for group_number, group in enumerate(paper.groups):
        for item in _drawn(group, f"{seed}/{group_number}"):
            scored = item.type is not ItemType.INFO
            number += scored
            order = _option_order(item, seed, group.shuffle)
            places.append(Place(item.key, group_number, number if scored else None, order))
    return Layout(tuple(places))


def layout_json(layout: Layout) -> dict[str, Any]:
    """Return the layout as it is stored."""
    return {
        "items": [
            {"key": place.key, "group": place.group, "number": place.number, "order": list(place.order)}
            for place in layout.places
        ]
    }


def read_layout(stored: Mapping[str, Any]) -> Layout:
    """Read a stored layout."""
    return Layout(
        tuple(
            Place(place["key"], place["group"], place["number"], tuple(place["order"]))
            for place in stored["items"]
        )
    )


def to_file_order(place: Place, answer: Any) -> Any:
    """Turn shown option positions of an answer into places in the file; other answers pass unchanged.

    :raises BadAnswer: a position that was not shown.
    """
    if not place.order or answer is None:
        return answer
    if isinstance(answer, list):
        return [_moved(place, position) for position in answer]
    return _moved(place, answer)


def to_shown_order(place: Place, answer: Any) -> Any:
    """Turn places in the file back into the positions that were shown."""
    if not place.order or answer is None:
        return answer
    shown = {str(file_place): str(i) for i, file_place in enumerate(place.order, 1)}
    if isinstance(answer, list):
        return [shown[position] for position in answer]
    return shown[answer]


def _moved(place: Place, position: Any) -> str:
    shown = {str(i): str(file_place) for i, file_place in enumerate(place.order, 1)}
    if not isinstance(position, str) or position not in shown:
        raise BadAnswer(f"option {position!r}")
    return shown[position]


def _drawn(group: PaperGroup, seed: str) -> Sequence[PaperItem]:
    """Choose ``draw`` of the scored items; info items stay where they stand."""
    items = list(group.items)
    scored = [item for item in items if item.type is not ItemType.INFO]
    if group.draw is not None and group.draw < len(scored):
        chosen = set(_shuffled((item.key for item in scored), f"{seed}/draw")[: group.draw])
        items = [item for item in items if item.type is ItemType.INFO or item.key in chosen]
    return _in_random_order(items, seed) if group.shuffle else items


def _in_random_order(items: list[PaperItem], seed: str) -> list[PaperItem]:
    """Shuffle the scored items among their places, so that an info item keeps its own."""
    by_key = {item.key: item for item in items}
    keys = (item.key for item in items if item.type is not ItemType.INFO)
    shuffled = iter(_shuffled(keys, f"{seed}/order"))
    return [item if item.type is ItemType.INFO else by_key[next(shuffled)] for item in items]


def _option_order(item: PaperItem, seed: str, shuffle: bool) -> tuple[int, ...]:
    if item.type not in CHOICE_TYPES:
        return ()
    numbers = [str(i) for i in range(1, item.options + 1)]
    order = _shuffled(numbers, f"{seed}/options/{item.key}") if shuffle else numbers
    return tuple(int(number) for number in order)


def _shuffled(names: Iterable[str], seed: str) -> list[str]:
    return sorted(names, key=lambda name: sha256(f"{seed}/{name}".encode()).digest())
