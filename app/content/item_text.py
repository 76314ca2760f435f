"""The texts of a question without their marks, and the hashes by which questions are the same."""

import json
import re
from dataclasses import replace
from hashlib import sha256

from app.content.canonical import plain_value
from app.domain.items import Item
from app.domain.keys import BlanksKey, Dropdown, MatchingKey
from app.domain.quiz import Group

_GAP = re.compile(r"\[\[[0-9]{1,3}\]\]")
_PICTURE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(
    r"(?m)^[ \t]*(?:[#>]+|```.*|[-*+][ \t])|\\(?=[^\w\s])|\*{1,3}|`+|(?<![\w_])_{1,2}(?=[^\W_])"
)


def plain_text(markdown: str) -> str:
    r"""Return a text on one line, without pictures, links and the marks of Markdown.

    >>> plain_text("> **先开**哪扇[门](door.md)？\n\n![雨棚](media/a.png) [[1]]")
    '先开哪扇门？ 雨棚 ____'
    """
    text = _PICTURE.sub(r"\1", _GAP.sub("____", markdown))
    return " ".join(_MARKS.sub("", text).split())


def stem_text(item: Item, group: Group) -> str:
    """Return what a question asks; the text that it shares with others where it has none of its own."""
    return plain_text(item.stem) or plain_text(f"{group.title} {group.stem}")


def answer_text(item: Item) -> str:
    """Return what stands in a question below its stem: options, both sides of a matching."""
    texts = [option.text for option in item.options]
    if isinstance(item.key, MatchingKey):
        texts = [*item.key.lefts, *item.key.rights]
    if isinstance(item.key, BlanksKey):
        texts = [text for blank in item.key.blanks if isinstance(blank, Dropdown) for text in blank.options]
    return "; ".join(plain_text(text) for text in texts)


def item_hash(item: Item) -> str:
    """Return the hash of a question as written, whatever it is called."""
    return _hash(replace(item, id="", was=None))


def meaning_hash(item: Item) -> str:
    """Return the hash of what a question asks and what is right: its copies elsewhere have the same."""
    return _hash([item.type.value, item.heading, item.body, item.key, item.walk])


def _hash(value: object) -> str:
    text = json.dumps(plain_value(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:32]
