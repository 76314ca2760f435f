"""Blocks ``{…}`` and their tokens: what is one, what is text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.content.hints import Hint, to_write
from app.content.marks import narrow
from app.content.vocabulary import ATTRIBUTE_KEYS, FLAGS, key_of

NUMBER_UNIT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?([^0-9.]+)")
EFFECT = re.compile(r"([^\s=+\-]+)([+-][0-9]{1,4})")
#: an effect with a unit, which is a slip
EFFECT_UNIT = re.compile(rf"({EFFECT.pattern})(?:分|pt)")
#: points or hours with a space before their unit, which is a slip
SPACED_UNIT = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?)\s+(分|pt|学时|h)")
_UNITS = {"分": "points", "pt": "points", "学时": "hours", "h": "hours"}
_UNIT = r"\s+(?:分|pt|学时|h)(?!\S)"
_NAME = r"[^\s=＝#＃][^\s=＝]*"
#: a value that no other word could be: no id, points, key or effect
_VALUE = r"(?![#＃]|[-+]?[0-9０-９.]+(?:分|pt|学时|h)(?!\S)|\S*[=＝])\S+"
#: a key and its value with spaces between or within, which is a slip
_SPACED = (
    rf"{_NAME}\s+[=＝]\s*\S*(?:{_UNIT})?|{_NAME}[=＝]\s+{_VALUE}(?:{_UNIT})?"
    r"|(?:each|每题|next|下一步)[=＝]\s+\S+"
    rf"|{_NAME}[=＝][^\s=＝<>＜＞]+(?:{_UNIT}|\s+[<>＜＞=＝]+\s*\S+|[<>＜＞=＝]+\s+\S+)"
)
_TOKEN = re.compile(rf"[-+]?[0-9０-９]+(?:[.．][0-9０-９]+)?{_UNIT}|{_SPACED}|\S+")
#: keys whose values are words of the author; their characters are never narrowed
_WORDS = frozenset({"topic", "when"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a block: its English key (None: no attribute), its value, and as it is written."""

    key: str | None
    value: str
    written: str
    column: int


def split_block(text: str, *, takes_effects: bool = False) -> tuple[str, str | None, bool]:
    """Cut a final ``{…}`` block off: the text before, what it holds (None if it is text), well placed?"""
    opening = _opening(narrow(text)) if narrow(text[-1:]) == "}" else None
    if opening is None:
        return text, None, True
    inside = text[opening + 1 : -1]
    if not _is_block(inside, takes_effects):
        return text, None, True
    before = text[:opening]
    return before.rstrip(), inside, not before or before[-1].isspace()


def _opening(plain: str) -> int | None:
    if is_escaped(plain, len(plain) - 1):
        return None
    opening = plain.rfind("{")
    if opening < 0 or is_escaped(plain, opening) or "}" in plain[opening:-1]:
        return None
    return opening


def is_escaped(plain: str, position: int) -> bool:
    before = plain[:position]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _is_block(inside: str, takes_effects: bool) -> bool:
    tokens = read_tokens(inside)
    if any(token.key is not None or token.written[0] in "#＃" for token in tokens):
        return True
    slips = (EFFECT, EFFECT_UNIT, SPACED_UNIT) if takes_effects else (SPACED_UNIT,)
    words = [narrow(token.written) for token in tokens]
    return "=" in narrow(inside) or any(form.fullmatch(word) for form in slips for word in words)


def spaced_unit(plain: str) -> tuple[str, Hint] | None:
    """Return what is said of a number with a space before its unit, and its fix; None where it is none.

    >>> spaced_unit("2 分"), spaced_unit("2分")
    (('no space between 2 and 分', 'write 2分'), None)
    """
    match = SPACED_UNIT.fullmatch(plain)
    if match is None:
        return None
    return f"no space between {match[1]} and {match[2]}", to_write(f"{match[1]}{match[2]}", plain)


def is_open(text: str) -> bool:
    r"""Whether the last brace of a text opens and nothing closes it.

    >>> is_open("{0分]"), is_open("{0分}"), is_open(r"\{0分")
    (True, False, False)
    """
    plain = narrow(text)
    opening = plain.rfind("{")
    return opening >= 0 and not is_escaped(plain, opening) and "}" not in plain[opening:]


# who cuts a block off has read it already to know that it is one
@lru_cache(maxsize=16)
def read_tokens(inside: str) -> Sequence[Token]:
    return tuple(_read_token(match[0], match.start() + 1) for match in _TOKEN.finditer(inside))


def _read_token(written: str, column: int) -> Token:
    plain = narrow(written)
    if plain.startswith("#"):
        return Token("id", plain[1:], written, column)
    if len(plain.split()) > 1:
        return Token(None, "", written, column)
    name, equals, value = plain.partition("=")
    if equals:
        key = key_of(name, ATTRIBUTE_KEYS)
        start = len(name) + 1
        return Token(key, written[start:] if key in _WORDS else value, written, column)
    if (match := NUMBER_UNIT.fullmatch(plain)) and match[1] in _UNITS:
        return Token(_UNITS[match[1]], plain, written, column)
    flag = key_of(plain, ATTRIBUTE_KEYS)
    return Token(flag if flag in FLAGS else None, "", written, column)
