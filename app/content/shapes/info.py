"""Information between items: a heading with ``{info}`` (说明) and no answer lines."""

from app.content.answers import Entry
from app.content.shapes.shape import Answers, Shape
from app.domain.items import Item, ItemType


def _claims(answers: Answers) -> bool:
    return bool(answers.attributes.get("info"))


def _accepts(entry: Entry) -> bool:
    return False


def _read(answers: Answers) -> None:
    if answers.entries:
        line = answers.entries[0].line
        answers.refuse("other-shape", "information (说明) takes no answer", "take {info} away", line)


def _write(item: Item, language: str) -> list[str]:
    return []


def _figure(item: Item) -> object:
    return None


INFO = Shape(ItemType.INFO, _claims, _accepts, _read, _write, _figure, keys=frozenset({"info"}))
