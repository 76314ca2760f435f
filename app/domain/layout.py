"""The layout of an attempt: which items were drawn, in which order, with which options and values.

It is drawn once from a stored seed and then stored; positions in answers count in the order that was
shown. Order comes from SHA-256 of the seed, not from a random generator, so that any later program
can draw it again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from typing import Any

from app.domain.errors import UnknownItem
from app.domain.items import CHOICE_TYPES, ItemType
from app.domain.paper import Paper, PaperGroup, PaperItem
from app.domain.variables import draw_values

Order = tuple[int, ...]
#: how often a version of a paper is drawn until it is unlike the others
MOST_DRAWS = 24


@dataclass(frozen=True, slots=True)
class Place:
    """One item as laid out. ``order[p - 1]`` is the place in the file of the option shown at p.

    Of a matching these are the rights, equal ones shown once. ``number`` is the number printed beside
    the item, None for an info item; ``group`` counts from 0. ``blanks`` has one order a blank (empty:
    it is written in), ``values`` those of the item's variables.
    """

    key: str
    group: int
    number: int | None
    order: Order = ()
    type: ItemType = ItemType.SINGLE
    blanks: tuple[Order, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


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
    """Draw the items, their order, the order of their options and their values from a seed."""
    places: list[Place] = []
    number = 0
    for group_number, group in enumerate(paper.groups):
        for item in _drawn(group, f"{seed}/{group_number}"):
            scored = item.type is not ItemType.INFO
            number += scored
            places.append(
                Place(
                    key=item.key,
                    group=group_number,
                    number=number if scored else None,
                    order=_order_of(item, seed, group.shuffle),
                    type=item.type,
                    blanks=_blank_orders(item, seed, group.shuffle),
                    values=draw_values(item.variables, f"{seed}/values/{item.key}"),
                )
            )
    return Layout(tuple(places))


def draw_versions(paper: Paper, seed: str, names: Sequence[str]) -> list[Layout]:
    """Draw a layout for each name, each unlike those before it if the paper can be laid out otherwise.

    Drawn again and again: of a paper with two orders only, ``MOST_DRAWS`` draws all give the same one
    once in 16 million papers.
    """
    versions: list[Layout] = []
    for name in names:
        draws = (draw_layout(paper, f"{seed}/{name}{again}") for again in ("", *range(2, MOST_DRAWS + 1)))
        first = next(draws)
        versions.append(next((one for one in chain([first], draws) if one not in versions), first))
    return versions


def in_file_order(paper: Paper) -> Layout:
    """Return the layout in which an author reads a paper: everything as it stands in the file."""
    places: list[Place] = []
    number = 0
    for group_number, group in enumerate(paper.groups):
        for item in group.items:
            scored = item.type is not ItemType.INFO
            number += scored
            order = item.shown_once or tuple(range(1, item.options + 1))
            blanks = tuple(tuple(range(1, count + 1)) for count in item.blanks)
            values = {variable.name: f"{{{variable.name}}}" for variable in item.variables}
            places.append(
                Place(item.key, group_number, number if scored else None, order, item.type, blanks, values)
            )
    return Layout(tuple(places))


def layout_json(layout: Layout) -> dict[str, Any]:
    """Return the layout as it is stored."""
    return {"items": [_place_json(place) for place in layout.places]}


def read_layout(stored: Mapping[str, Any]) -> Layout:
    """Read a stored layout; the first ones named no types and knew choice items only."""
    return Layout(
        tuple(
            Place(
                key=place["key"],
                group=place["group"],
                number=place["number"],
                order=tuple(place["order"]),
                type=ItemType(place.get("type", ItemType.SINGLE)),
                blanks=tuple(tuple(order) for order in place.get("blanks", ())),
                values=place.get("values", {}),
            )
            for place in stored["items"]
        )
    )


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "key": place.key,
        "group": place.group,
        "number": place.number,
        "order": list(place.order),
        "type": place.type.value,
        "blanks": [list(order) for order in place.blanks],
        "values": dict(place.values),
    }


def draw_once(paper: Paper, seed: str) -> Paper:
    """Return the paper with its draws made, the same for everybody; orders stay each person's own."""
    groups = (
        replace(group, items=tuple(_chosen(group, f"{seed}/{number}")), draw=None)
        for number, group in enumerate(paper.groups)
    )
    return replace(paper, groups=tuple(groups))


def _drawn(group: PaperGroup, seed: str) -> Sequence[PaperItem]:
    """Choose the items of a group, in the order in which they are shown."""
    items = _chosen(group, seed)
    return _in_random_order(items, seed) if group.shuffle else items


def _chosen(group: PaperGroup, seed: str) -> list[PaperItem]:
    """Choose ``draw`` of the scored items; info items stay where they stand."""
    items = list(group.items)
    scored = [item for item in items if item.type is not ItemType.INFO]
    if group.draw is None or group.draw >= len(scored):
        return items
    chosen = set(_shuffled((item.key for item in scored), f"{seed}/draw")[: group.draw])
    return [item for item in items if item.type is ItemType.INFO or item.key in chosen]


def _in_random_order(items: list[PaperItem], seed: str) -> list[PaperItem]:
    """Shuffle the scored items among their places, so that an info item keeps its own."""
    by_key = {item.key: item for item in items}
    keys = (item.key for item in items if item.type is not ItemType.INFO)
    shuffled = iter(_shuffled(keys, f"{seed}/order"))
    return [item if item.type is ItemType.INFO else by_key[next(shuffled)] for item in items]


def _order_of(item: PaperItem, seed: str, shuffle: bool) -> Order:
    seed = f"{seed}/options/{item.key}"
    if item.type is ItemType.ORDERING:
        return _disordered(tuple(range(1, item.options + 1)), seed)
    if item.type is ItemType.MATCHING:
        return _disordered(item.shown_once, seed)
    if item.type not in CHOICE_TYPES:
        return ()
    return _order(item.options, seed, shuffle)


def _blank_orders(item: PaperItem, seed: str, shuffle: bool) -> tuple[Order, ...]:
    return tuple(
        _order(count, f"{seed}/options/{item.key}/{number}", shuffle)
        for number, count in enumerate(item.blanks, 1)
    )


def _order(count: int, seed: str, shuffle: bool) -> Order:
    numbers = tuple(range(1, count + 1))
    return _mixed(numbers, seed) if shuffle else numbers


def _disordered(numbers: Order, seed: str) -> Order:
    """Draw an order other than the file's: that one is the key."""
    if len(numbers) < 2:
        return numbers
    tries = 0
    while (order := _mixed(numbers, f"{seed}/{tries}" if tries else seed)) == numbers:
        tries += 1
    return order


def _mixed(numbers: Order, seed: str) -> Order:
    return tuple(int(number) for number in _shuffled(map(str, numbers), seed))


def _shuffled(names: Iterable[str], seed: str) -> list[str]:
    return sorted(names, key=lambda name: sha256(f"{seed}/{name}".encode()).digest())
