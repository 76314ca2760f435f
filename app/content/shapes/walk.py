"""A case as an item (案例决策题): a heading with ``{walk=slug}`` and no answer lines."""

from app.content.answers import Entry
from app.content.shapes.shape import Answers, Shape
from app.domain.items import Item, ItemType


def _claims(answers: Answers) -> bool:
    return "walk" in answers.attributes.values


def _accepts(entry: Entry) -> bool:
    return False


def _read(answers: Answers) -> None:
    if answers.entries:
        message = "the decisions of this item stand in its case; it takes no answer lines"
        answers.refuse("other-shape", message, "take them away, or walk=", answers.entries[0].line)


def _write(item: Item, language: str) -> list[str]:
    return []


def _figure(item: Item) -> object:
    return item.walk


WALK = Shape(ItemType.WALK, _claims, _accepts, _read, _write, _figure, keys=frozenset({"walk"}))
