"""Lines that only an item can have: pairs, and what was pasted from a word processor."""

import re

from app.content.hints import Hint
from app.content.marks import Mark, Marker, narrow

_ARROW = re.compile(r"(?<!\\)(?:<->|↔)")
_LETTER = re.compile(r"[A-H]\s?[.、)](?![A-Za-z]\.)")
_LABEL = re.compile(
    r"【?(正确答案|参考答案|答案|解析|答案解析|answer|explanation)】?\s*(:|】)", re.IGNORECASE
)
_NO_OPTIONS = Hint(
    "write “- ( ) …” and “- (x) …” for the key, or use the import of pasted text; A\\. is text",
    write="- ( ) …",
)
_NO_ANSWERS = "mark the key (x) or write = …; the explanation (解析) is > …; or use the import of pasted text"
_LETTERS = frozenset("ABCDEFGHＡＢＣＤＥＦＧＨ")
_LABELS = frozenset("【正参答解aAeE")


def looks_marked(text: str) -> bool:
    """Whether this line of an item would be read as a pair or as pasted text."""
    return (read_pair(text) or read_pasted(text)) is not None


def read_pair(text: str) -> Marker | None:
    """Find a pair of a matching item: ``- 左 <-> 右``."""
    plain = narrow(text)
    if plain[:2] in ("- ", "* ") and _ARROW.search(plain):
        return Marker(Mark.PAIR, 2)
    return None


def read_pasted(text: str) -> Marker | None:
    """Find what was pasted from a word processor: ``A. …``, ``答案：``, ``解析：``."""
    stripped = text.lstrip()
    if stripped[:1] in _LETTERS and _LETTER.match(narrow(stripped[:5])):
        said = "options are not lettered here"
        return Marker(Mark.FAILED, code="pasted-option", problem=said, fix=_NO_OPTIONS)
    if stripped[:1] in _LABELS and (match := _LABEL.match(narrow(stripped[:20]))):
        said = f"{match[1]}： is not read here"
        return Marker(Mark.FAILED, code="pasted-answer", problem=said, fix=_NO_ANSWERS)
    return None
