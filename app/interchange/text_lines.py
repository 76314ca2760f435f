"""Texts as lines of a document: each is a paragraph, but for those of a table, list, quotation or code."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"\s*(?:```|~~~)")
_KINDS = (("table", re.compile(r"\s*\|")), ("list", re.compile(r"\s*(?:[-*+]|[0-9]{1,3}[.)])\s|\s{2,}\S")))
_QUOTE = re.compile(r"\s*>")
_CHINESE = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number. A verbatim one is text, whatever it looks like."""

    number: int
    text: str
    is_verbatim: bool = False


def split_text(text: str) -> list[Line]:
    """Return the lines of a text, as ``mark_lines`` does."""
    return mark_lines(enumerate(text.split("\n"), 1))


def mark_lines(numbered: Iterable[tuple[int, str]]) -> list[Line]:
    """Return the lines that are not blank; those of fenced code are verbatim, blank ones too.

    So is one that begins with a backslash, which is not part of it.
    """
    lines: list[Line] = []
    fence = ""
    for number, raw in numbered:
        opening = _FENCE.match(raw)
        if fence or opening:
            lines.append(Line(number, raw, is_verbatim=True))
            sign = opening[0].strip() if opening else ""
            fence = ("" if sign == fence else fence) if fence else sign
        elif raw.startswith("\\"):
            lines.append(Line(number, raw[1:], is_verbatim=True))
        elif raw.strip():
            lines.append(Line(number, raw.rstrip()))
    return lines


def join_lines(lines: Sequence[str]) -> str:
    """Return a text of which each line is a paragraph, but for those that belong to the one before.

    >>> join_lines(["甲", "乙", "| a |", "| - |", "丙"])
    '甲\\n\\n乙\\n\\n| a |\\n| - |\\n\\n丙'
    """
    parts: list[str] = []
    before, in_code = "", False
    for line in lines:
        is_fence = _FENCE.match(line) is not None
        kind = "code" if in_code or is_fence else kind_of(line)
        starts_code = is_fence and not in_code
        is_more = (kind and kind == before and not starts_code) or (parts and parts[-1].endswith("\\"))
        parts += ["\n" if is_more else "\n\n"] * bool(parts) + [line]
        in_code = (not in_code) if is_fence else in_code
        before = kind
    return "".join(parts)


def kind_of(line: str) -> str:
    """Return of what a line is a part: a table, list or quotation, or nothing."""
    if _QUOTE.match(line):
        return "quote"
    return next((kind for kind, sign in _KINDS if sign.match(line)), "")


def to_lines(text: str) -> list[str]:
    """Return a text as lines that ``join_lines`` joins again; lines of one paragraph become one.

    >>> to_lines("甲\\n乙\\n\\n丙")
    ['甲乙', '丙']
    """
    return list(_unwrapped(text))


def _unwrapped(text: str) -> Iterator[str]:
    held, in_code = "", False
    for raw in text.split("\n"):
        is_fence = _FENCE.match(raw) is not None
        stands_alone = in_code or is_fence or bool(kind_of(raw))
        if stands_alone or not raw.strip() or held.endswith("\\"):
            yield from [held] * bool(held)
            held = "" if stands_alone else raw.rstrip()
            yield from [raw] * stands_alone
        else:
            held = _joined(held, raw)
        in_code = in_code != is_fence
    yield from [held] * bool(held)


def _joined(held: str, raw: str) -> str:
    if not held:
        return raw
    is_chinese = _CHINESE.match(held[-1:]) and _CHINESE.match(raw.strip()[:1])
    return held + ("" if is_chinese else " ") + raw.strip()


def normal_text(text: str) -> str:
    """Return a text as documents keep it."""
    return join_lines(to_lines(text))
