"""Automatic numbers in Word: what stands before a paragraph without having been typed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.interchange.docx_package import W

VAL = f"{W}val"
_DIGITS = "零一二三四五六七八九"
_PLACE = re.compile("%([1-9])")
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how its numbers look, where they begin."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1


class Numbering:
    """Counts the lists of a document, paragraph by paragraph."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._styles = _read_styles(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        for one in numbering.findall(f"{W}abstractNum"):
            levels = {_int(level.get(f"{W}ilvl")): _level(level) for level in one.findall(f"{W}lvl")}
            self._levels[one.get(f"{W}abstractNumId", "")] = levels
        for one in numbering.findall(f"{W}num"):
            name = one.get(f"{W}numId", "")
            self._lists[name] = _value(one.find(f"{W}abstractNumId"))
            for change in one.findall(f"{W}lvlOverride"):
                start = change.find(f"{W}startOverride")
                if start is not None:
                    self._restarts[name, _int(change.get(f"{W}ilvl"))] = _int(start.get(VAL), 1)

    def prefix(self, paragraph: Element) -> str:
        """Return what stands before a paragraph, and count it; empty where it is in no list."""
        name, depth = self._place(paragraph)
        levels = self._levels.get(self._lists.get(name, ""), {})
        level = levels.get(depth)
        if level is None or not 0 <= depth < _DEEPEST:
            return ""
        counts = self._count(name, depth, levels)
        if level.format in {"bullet", "none"}:
            return "- " if level.format == "bullet" else ""

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            other = levels.get(place, Level())
            return written(counts[place] or other.start, other.format)

        text = _PLACE.sub(number, level.text)
        return f"{text} " if text else ""

    def _count(self, name: str, depth: int, levels: Mapping[int, Level]) -> list[int | None]:
        counts = self._counts.setdefault(self._lists[name], [None] * _DEEPEST)
        if name not in self._begun:
            self._begun.add(name)
            for place in range(_DEEPEST):
                if (name, place) in self._restarts:
                    counts[place] = self._restarts[name, place] - 1
        now = counts[depth]
        counts[depth] = levels[depth].start if now is None else now + 1
        counts[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        return counts

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return list and level of a paragraph: its own, or those of its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name, depth = self._styles.get(_value(style), ("", 0))
        if own is not None:
            number, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
            name = _value(number) if number is not None else name
            depth = _int(_value(level)) if level is not None else depth
        return name, depth


def _read_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    """Return list and level of the styles that have them, those that they are based on too."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles.findall(f"{W}style") if styles is not None else ():
        name = style.get(f"{W}styleId", "")
        based[name] = _value(style.find(f"{W}basedOn"))
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            own[name] = _value(number), _int(_value(style.find(f"{W}pPr/{W}numPr/{W}ilvl")))
    return {name: found for name in based if (found := _inherited(name, own, based))}


def _inherited(
    name: str, own: Mapping[str, tuple[str, int]], based: Mapping[str, str]
) -> tuple[str, int] | None:
    for _ in range(20):
        if name in own or not name:
            break
        name = based.get(name, "")
    return own.get(name)


def _level(level: Element) -> Level:
    text = level.find(f"{W}lvlText")
    return Level(
        _value(level.find(f"{W}numFmt")) or "decimal",
        text.get(VAL, "") if text is not None else "%1.",
        _int(_value(level.find(f"{W}start")), 1),
    )


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(VAL, "")


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def written(number: int, form: str) -> str:
    """Return a number as a list writes it.

    >>> [written(*one) for one in ((3, "upperLetter"), (12, "chineseCounting"), (2, "decimalEnclosedCircle"))]
    ['C', '十二', '②']
    """
    return _FORMS.get(form, str)(number)


def _letters(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def chinese(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    lead = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return lead + ("" if ones == 0 and tens else _DIGITS[ones])


def _roman(number: int) -> str:
    text = ""
    for worth, sign in zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1), ("C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"), strict=True
    ):
        while number >= worth and len(text) < 20:
            text, number = text + sign, number - worth
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"


_FORMS: Mapping[str, Callable[[int], str]] = {
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"),
        chinese,
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographDigital"), chinese),
}
