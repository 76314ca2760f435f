"""Gaps in rendered texts: where a page puts a blank to fill in, or the value of a variable.

A text is rendered once and shown to many; what differs from one attempt to the next is put into its
gaps when the page is made. A gap is a number between two characters of the private use area, which
Markdown and the sanitiser let pass.
"""

import re
from collections.abc import Mapping

from app.content.fences import outside_fences
from app.domain.items import Item
from app.domain.keys import BlanksKey

_OPEN, _CLOSE = "\ue000", "\ue001"
_BLANK = re.compile(r"(?<!\\)\[\[([0-9]{1,3})\]\]")
_BLANK_GAP = re.compile(f"{_OPEN}#([0-9]+){_CLOSE}")
_VALUE = re.compile(f"{_OPEN}@([0-9]+){_CLOSE}")


def with_gaps(item: Item, text: str) -> str:
    r"""Put gaps where the text of an item names its blanks and variables.

    >>> from app.domain.items import ItemType, Variable
    >>> item = Item("q1", ItemType.NUMERIC, None, variables=(Variable("X", "1", "9"),))
    >>> split_gaps(with_gaps(item, r"{X} 万, {Y}, \{X}"), {"X": "7"})
    ['7 万, {Y}, \\{X}']
    """
    text = text.replace(_OPEN, "").replace(_CLOSE, "")
    if isinstance(item.key, BlanksKey) and item.key.is_cloze:
        text = outside_fences(text, lambda line: _BLANK.sub(rf"{_OPEN}#\1{_CLOSE}", line))
    for number, variable in enumerate(item.variables, start=1):
        name = re.escape(variable.name)
        text = re.sub(rf"(?<!\\)\{{{name}\}}", f"{_OPEN}@{number}{_CLOSE}", text)
    return text


def split_gaps(html: str, values: Mapping[str, str]) -> list[str | int]:
    """Cut a rendered text at its blanks, which stand as their numbers; values of variables are put in.

    >>> from app.domain.items import ItemType
    >>> item = Item("q1", ItemType.BLANKS, BlanksKey((("a",),), is_cloze=True))
    >>> split_gaps(with_gaps(item, "x [[1]] y"), {})
    ['x ', 1, ' y']
    """
    shown = list(values.values())
    text = _VALUE.sub(lambda found: _shown(shown, int(found[1])), html)
    parts = _BLANK_GAP.split(text)
    return [int(part) if place % 2 else part for place, part in enumerate(parts) if part]


def _shown(values: list[str], number: int) -> str:
    return values[number - 1] if number <= len(values) else "…"
