"""The text of a heading: its decoration goes, its attributes are read."""

import re
from dataclasses import dataclass

from app.content.attributes import Attributes, Place, read_attributes
from app.content.scanner import Block
from app.content.sheet import Sheet
from app.content.tokens import read_tokens, split_block
from app.content.values import BadValue, read_id

_NUMBER = re.compile(r"(?:[0-9０-９]{1,3}[.．、)）]|[(（][0-9０-９]{1,3}[)）])(?![0-9０-９])\s*")

#: a paragraph that opens a section of a case
LABEL = re.compile(r"\s*【(分析提示|参考答案)】[::]?\s*")


@dataclass(slots=True)
class Head:
    """A heading that was read; its id is given once all written ids of the file are known.

    A broken one has a fault, or its block cannot be judged; what follows from that is not said.
    """

    block: Block
    text: str
    attributes: Attributes
    is_broken: bool
    id: str = ""

    @property
    def line(self) -> int:
        """The heading's line."""
        return self.block.line


def drop_number(text: str) -> str:
    """Drop leading numbers such as ``1.`` ``2、`` ``（3）``; they are decoration.

    >>> drop_number("（3） 1.5倍")
    '1.5倍'
    """
    while match := _NUMBER.match(text):
        text = text[match.end() :]
    return text


def written_id(heading: str) -> str | None:
    """Return the id that a heading gives itself, None where it has none, or one that may be cut.

    >>> written_id("结尾 {#end 5 分}"), written_id("结尾 {#End}"), written_id("结尾 {#en d}")
    ('end', None, None)
    """
    tokens = read_tokens(split_block(heading)[1] or "")
    if any(token.key is None and token.written.isalnum() for token in tokens):
        return None
    written = next((token.value for token in tokens if token.key == "id"), "")
    try:
        return read_id(written)
    except BadValue:
        return None


def read_head(block: Block, place: Place, sheet: Sheet) -> Head:
    """Read a heading and claim its id."""
    with sheet.watch() as watch:
        attributes = read_attributes(drop_number(block.heading), block.line, place, sheet)
        is_spoilt = any(line in sheet.spoilt for line in block.numbers)
        head = Head(block, attributes.text, attributes, watch.is_broken or is_spoilt)
    if "id" in attributes.values:
        sheet.claim(attributes.values["id"], block.line)
    return head


def name_head(head: Head, prefix: str, sheet: Sheet) -> None:
    """Give the head its written id, or the first free one."""
    head.id = head.attributes.get("id") or sheet.name(prefix, head.line)
