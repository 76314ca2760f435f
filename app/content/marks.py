"""What marks a line: which lines are markers, which only look like one, and which are text."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

#: where NFKC finds characters that stand for one ASCII character (full-width, small, raised, …)
from app.content.hints import Hint, to_write

_WIDE_RANGES = ((0xA0, 0x100), (0x2000, 0x2100), (0x3000, 0x3001), (0xFB29, 0xFB2A), (0xFE00, 0x10000))


def _wide_characters() -> dict[int, str]:
    table: dict[int, str] = {}
    for start, stop in _WIDE_RANGES:
        for code in range(start, stop):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and " " <= plain <= "~":
                table[code] = plain
    return table


WIDE = _wide_characters()


def narrow(text: str) -> str:
    """Put the ASCII character for every full-width one; the length stays the same."""
    return text if text.isascii() else text.translate(WIDE)


class Mark(StrEnum):
    """What a marker opens."""

    OPTION = "option"
    ANSWER = "answer"
    VARIABLE = "variable"
    HINT = "hint"
    RULE = "rule"
    POINT = "point"
    PAIR = "pair"
    QUOTE = "quote"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Marker:
    """One line read as a marker; its text begins at ``start``.

    ``brackets`` and ``inside`` are those of an option; a failed marker has code, problem and fix.
    """

    mark: Mark
    start: int = 0
    brackets: str = ""
    inside: str = ""
    is_indented: bool = False
    is_wide: bool = False
    code: str = ""
    problem: str = ""
    fix: str = ""


_BULLET = re.compile(r"(\s*)([-*+]|\d{1,9}[.)、])(\s*)(.?)")
_LATER_ROUND = re.compile(r"\+|-|\d{1,3}")
_LATER_SQUARE = re.compile(r"\d{1,3}(?:\.\d{1,6})?")
#: an option that is not marked, by its bracket
_EMPTY = {"(": "- ( )", "[": "- [ ]"}
_POINTS = re.compile(r"[-+]?\d+(?:\.\d+)?\s*(?:分|pt)")
_CLOSING = {")": "(", "]": "["}
_SINGLE = {"=": Mark.ANSWER, "@": Mark.VARIABLE, "?": Mark.HINT}
_FIRST = frozenset("-*+0123456789=@?>_")
#: characters a marker line can begin with, full-width ones too
_STARTERS = _FIRST | {chr(code) for code, plain in WIDE.items() if plain in _FIRST}
BACKSLASH = "a backslash before it makes it text"


def read_marker(text: str) -> Marker | None:
    """Read one line outside fences; None when it is text."""
    stripped = text.lstrip()
    if not stripped or stripped[0] not in _STARTERS:
        return None
    plain = narrow(text)
    first = narrow(stripped[0])
    indent = len(text) - len(stripped)
    if first in _SINGLE:
        return None if indent else _read_single(plain, text)
    if first == ">":
        return Marker(Mark.QUOTE, indent + 1, is_indented=indent > 0, is_wide=stripped[0] != ">")
    if first == "_":
        return _read_rule(plain.strip(), text, indent)
    return _read_bullet(plain, text)


def _failed(problem: str, fix: str = BACKSLASH, code: str = "bad-marker") -> Marker:
    return Marker(Mark.FAILED, code=code, problem=problem, fix=fix)


def _read_single(plain: str, text: str) -> Marker:
    if len(plain) > 1 and not plain[1].isspace():
        return _failed(f"a line that begins with {plain[0]} needs a space after it")
    start = len(plain) - len(plain[1:].lstrip()) if len(plain) > 1 else 1
    return Marker(_SINGLE[plain[0]], start, is_wide=plain[:start] != text[:start])


def _read_rule(stripped: str, text: str, indent: int) -> Marker | None:
    if stripped.strip("_") or len(stripped) == 1:
        return None
    if len(stripped) < 4:
        return _failed("an answer space takes four underscores or more", to_write("____"))
    if indent:
        return _failed(
            "an answer space begins at the line's start", "take the spaces away", "indented-marker"
        )
    return Marker(Mark.RULE, len(text), is_wide="_" not in text)


def _read_bullet(plain: str, text: str) -> Marker | None:
    match = _BULLET.match(plain)
    if match is None:
        return None
    opening = match.end(4) - 1
    if match[4] in ("(", "["):
        return _read_bracket(match, plain, text)
    if match[4] == "{" and match[2] in ("-", "*"):
        return _read_point(plain, text, opening)
    return None


def _read_point(plain: str, text: str, opening: int) -> Marker | None:
    close = plain.find("}", opening)
    if close < 0 or not _POINTS.fullmatch(plain[opening + 1 : close].strip()):
        return None
    head = plain[: close + 1]
    if head[0].isspace():
        return _failed(
            "a marking point begins at the line's start", "take the spaces away", "indented-marker"
        )
    start = close + 1 + _spaces(plain, close + 1)
    inside = plain[opening + 1 : close].strip()
    return Marker(Mark.POINT, start, "{}", inside, is_wide=head != text[: close + 1])


def _read_bracket(match: re.Match[str], plain: str, text: str) -> Marker | None:
    opening = match.start(4)
    close = _closing(plain, opening)
    if close is None:
        return _failed("this bracket is not closed, or closed by another one")
    inside = plain[opening + 1 : close].strip()
    if not _is_mark(plain[opening], inside):
        return _refuse_short(plain, opening, close)
    problem = _misplaced(match)
    if problem is not None:
        return problem
    brackets = plain[opening] + plain[close]
    wide = plain[: close + 1] != text[: close + 1]
    start = close + 1 + _spaces(plain, close + 1)
    return Marker(Mark.OPTION, start, brackets, inside.lower(), is_wide=wide)


def _closing(plain: str, opening: int) -> int | None:
    """Find where the bracket at ``opening`` closes, brackets inside it closed too."""
    pending: list[str] = []
    for position in range(opening, len(plain)):
        char = plain[position]
        if char in "([":
            pending.append(char)
        elif char in _CLOSING:
            if pending.pop() != _CLOSING[char]:
                return None
            if not pending:
                return position
    return None


def _is_mark(bracket: str, inside: str) -> bool:
    if inside in ("", "x", "X"):
        return True
    later = _LATER_ROUND if bracket == "(" else _LATER_SQUARE
    return later.fullmatch(inside) is not None


def _refuse_short(plain: str, opening: int, close: int) -> Marker | None:
    """Refuse up to three characters that are no mark; links and footnotes are text."""
    inside = plain[opening + 1 : close]
    is_link = plain[opening] == "[" and plain[close + 1 : close + 2] == "("
    if len(inside.strip()) > 3 or is_link or inside.startswith("^"):
        return None
    fix = Hint(f"( ) or (x), [ ] or [x]; {BACKSLASH}", known=("( )", "(x)", "[ ]", "[x]"))
    return _failed(f"{plain[opening : close + 1]} is no mark of an option", fix)


def _misplaced(match: re.Match[str]) -> Marker | None:
    indent, bullet, gap, bracket = match.groups()
    if bullet not in ("-", "*"):
        fix = Hint(f"write - {bracket} instead of {bullet} {bracket}", write=_EMPTY[bracket])
        return _failed("an option begins with “- ”", fix)
    if not gap:
        return _failed("a space is missing before the bracket", to_write(_EMPTY[bracket]))
    if indent:
        return _failed("an option begins at the line's start", "take the spaces away", "indented-option")
    return None


def _spaces(plain: str, start: int) -> int:
    return len(plain) - start - len(plain[start:].lstrip())
