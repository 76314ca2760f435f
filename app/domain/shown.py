"""Answers in the order shown to one learner, and in the order of the file.

Answers are checked and scored in file order; a page and its events count in the order shown.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.domain.answers import is_empty
from app.domain.errors import BadAnswer
from app.domain.items import ItemType
from app.domain.layout import Order, Place

#: turns one position, or raises BadAnswer
Turn = Callable[[Any], str]


def to_file_order(place: Place, answer: Any) -> Any:
    """Turn the positions of an answer from the order shown into that of the file.

    :raises BadAnswer: a position that was not shown, or an answer of another form.
    """
    return _turned(place, answer, _to_file)


def to_shown_order(place: Place, answer: Any) -> Any:
    """Turn the positions of an answer from the file's order into the order shown.

    :raises BadAnswer: a position that the layout does not have.
    """
    return _turned(place, answer, _to_shown)


def _to_file(order: Order) -> Mapping[str, str]:
    return {str(shown): str(number) for shown, number in enumerate(order, 1)}


def _to_shown(order: Order) -> Mapping[str, str]:
    return {str(number): str(shown) for shown, number in enumerate(order, 1)}


def _turned(place: Place, answer: Any, direction: Callable[[Order], Mapping[str, str]]) -> Any:
    if answer is None:
        return None
    if place.blanks:
        return _blanks(answer, [direction(order) for order in place.blanks])
    if not place.order:
        return answer
    return FORMS[place.type](answer, _turner(direction(place.order)))


def _turner(table: Mapping[str, str]) -> Turn:
    def turn(position: Any) -> str:
        if not isinstance(position, str) or position not in table:
            raise BadAnswer(f"the item has no option {str(position)[:10]!r}")
        return table[position]

    return turn


def _one(answer: Any, turn: Turn) -> Any:
    return answer if is_empty(answer) else turn(answer)


def _choice(answer: Any, turn: Turn) -> Any:
    return [turn(position) for position in answer] if isinstance(answer, list) else turn(answer)


def _values(answer: Any, turn: Turn) -> Any:
    if not isinstance(answer, dict):
        return answer
    return {name: _one(position, turn) for name, position in answer.items()}


def _names(answer: Any, turn: Turn) -> Any:
    if not isinstance(answer, dict):
        return answer
    return {turn(position): value for position, value in answer.items()}


def _blanks(answer: Any, tables: list[Mapping[str, str]]) -> Any:
    if not isinstance(answer, list) or len(answer) > len(tables):
        return answer
    return list(_chosen(answer, tables))


def _chosen(answer: list[Any], tables: list[Mapping[str, str]]) -> Iterator[Any]:
    for text, table in zip(answer, tables, strict=False):
        yield _one(text, _turner(table)) if table else text


#: where the positions stand in the answers of each type that has an order
FORMS: Mapping[ItemType, Callable[[Any, Turn], Any]] = {
    ItemType.SINGLE: _choice,
    ItemType.WEIGHTED: _choice,
    ItemType.MULTIPLE: _choice,
    ItemType.ORDERING: _choice,
    ItemType.MATCHING: _values,
    ItemType.BEST_WORST: _values,
    ItemType.RATING: _names,
}
