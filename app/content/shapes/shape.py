"""What a shape of answer lines is: how it is recognised, read, checked and written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.content.answers import Body, Entry
from app.content.attributes import Attributes
from app.content.headings import Head
from app.content.sheet import Sheet
from app.domain.items import Item, ItemType, Variable
from app.domain.keys import Key

OPTION_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Answers:
    """The answer lines of one item with what is needed to read them.

    ``points`` are the item's own or its group's; ``multiple`` the quiz's rule for multiple items.
    """

    head: Head
    body: Body
    sheet: Sheet
    points: Decimal | None = None
    multiple: str | None = None
    variables: tuple[Variable, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the item's variables."""
        return tuple(variable.name for variable in self.variables)

    @property
    def entries(self) -> Sequence[Entry]:
        """The answer lines in text order."""
        return self.body.entries

    @property
    def attributes(self) -> Attributes:
        """The attributes of the item's heading."""
        return self.head.attributes

    def refuse(self, code: str, message: str, fix: str = "", line: int | None = None) -> None:
        """Note an error on the heading, or on the line given."""
        self.sheet.error(line or self.head.line, code, message, fix)


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of answer lines.

    ``claims`` tells by heading and first answer line whether the item has this shape; ``accepts``
    whether a further answer line belongs to it; ``read`` gives the key, or None after an error was
    noted; ``write`` gives the answer lines in a language. ``keys`` are the attributes this type takes besides
    those of every item, ``scorings`` its scoring rules. ``figure`` is what a translation must share.
    """

    type: ItemType
    claims: Callable[[Answers], bool]
    accepts: Callable[[Entry], bool]
    read: Callable[[Answers], Key]
    write: Callable[[Item, str], list[str]]
    figure: Callable[[Item], object]
    keys: frozenset[str] = frozenset()


def indent(text: str, first: str = "") -> list[str]:
    """Write a text after its marker; further lines are indented by two spaces."""
    head, *more = text.split("\n")
    return [f"{first}{head}".rstrip(), *(f"  {line}" if line else "" for line in more)]


def quote(text: str, lead: str = "") -> list[str]:
    """Write a text as a quotation; nothing where there is none."""
    return [f"{lead}> {line}" if line else f"{lead}>" for line in text.split("\n")] if text else []
