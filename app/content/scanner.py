"""From text to lines and blocks: decoding, limits, fences and headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.content.marks import narrow
from app.content.sheet import Sheet

FILE_LIMIT = 256 * 1024
LINE_LIMIT = 10_000
NESTING_LIMIT = 20

_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)", re.DOTALL)
_PREFIX = re.compile(r"(?:[>\s]|[-*+](?=\s)|\d{1,9}[.)](?=\s))*")
_HEADING = re.compile(r"(\s*)(#{1,2})(?!#)(\s*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
_HASHES = frozenset("#＃﹟")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; trailing spaces are gone but in fenced code and quotations of it."""

    number: int
    text: str
    is_fenced: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands here (inside a fence, nothing is blank)."""
        return not self.text and not self.is_fenced

    @property
    def is_indented(self) -> bool:
        """Whether the line begins with a space, a tab or a full-width space."""
        return self.text[:1].isspace()


@dataclass(slots=True)
class Block:
    """A heading with the lines under it; level 0 is what stands before the first heading."""

    level: int
    line: int
    heading: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        """The numbers of its lines, the heading's too."""
        return [self.line, *(line.number for line in self.lines)]


def decode(data: bytes, sheet: Sheet) -> str | None:
    """Decode a file, or say why it cannot be read."""
    if len(data) > FILE_LIMIT:
        sheet.error(1, "file-too-large", f"the file has more than {FILE_LIMIT // 1024} KiB", "split it")
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        sheet.error(line, "not-utf8", "the file is not UTF-8 text", "save it as UTF-8")
        return None
    sheet.error(line, "gb18030", "the file is GB18030 (GBK) text, not UTF-8", "save it as UTF-8 or import it")
    return None


def plain(text: str) -> str:
    """Return a text as it is kept: without a byte order mark, its lines ended by a line feed.

    >>> plain("\\ufeff甲\\r\\n乙\\r")
    '甲\\n乙\\n'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def split_lines(text: str, sheet: Sheet) -> list[Line] | None:
    """Cut text into lines and find the fences; None when a limit is passed."""
    text = plain(text)
    if len(text) > FILE_LIMIT or len(text.encode("utf-8", "surrogatepass")) > FILE_LIMIT:
        sheet.error(1, "file-too-large", f"the file has more than {FILE_LIMIT // 1024} KiB", "split it")
        return None
    raw = text.split("\n")
    if not _within_limits(raw, sheet):
        return None
    fenced = _find_fences(raw, sheet)
    lines = [
        Line(number, line if is_fenced or _is_quote(line) else line.rstrip(), is_fenced)
        for number, (line, is_fenced) in enumerate(zip(raw, fenced, strict=True), 1)
    ]
    _check_nesting(lines, sheet)
    return lines


def _is_quote(text: str) -> bool:
    return text.lstrip()[:1] in (">", "＞")


def _within_limits(raw: Sequence[str], sheet: Sheet) -> bool:
    sound = True
    for number, line in enumerate(raw, 1):
        if len(line) > LINE_LIMIT:
            sheet.error(
                number, "line-too-long", f"the line has more than {LINE_LIMIT} characters", "split it"
            )
            sound = False
        elif control := _CONTROL.search(line):
            name = f"U+{ord(control[0]):04X}"
            column = control.start() + 1
            sheet.error(
                number, "control-character", f"the line holds the character {name}", "delete it", column
            )
            sound = False
    return sound


def _check_nesting(lines: Sequence[Line], sheet: Sheet) -> None:
    for line in lines:
        if line.is_fenced or line.text[:1] not in (">", "-", "*", "+", " ", "\t"):
            continue
        match = _PREFIX.match(line.text)
        prefix = match[0] if match else ""
        signs = len("".join(prefix.split()))
        indent = len(prefix) - len(prefix.lstrip())
        if signs and signs + indent // 2 > NESTING_LIMIT:
            sheet.error(line.number, "too-deep", f"nested more than {NESTING_LIMIT} deep", "write it flatter")


def fence_flags(raw: Sequence[str]) -> tuple[list[bool], list[int]]:
    """Tell which lines stand in fenced code, and where fences open that nothing closes.

    An open fence is taken to end at the next heading.
    """
    flags = [False] * len(raw)
    unclosed: list[int] = []
    index = 0 if any("```" in text or "~~~" in text for text in raw) else len(raw)
    while index < len(raw):
        opening = _opening(raw[index])
        if opening is None:
            index += 1
            continue
        end = _closing(raw, index, opening)
        if end is None:
            unclosed.append(index)
            end = _next_heading(raw, index) - 1
        flags[index : end + 1] = [True] * (end + 1 - index)
        index = end + 1
    return flags, unclosed


def _find_fences(raw: Sequence[str], sheet: Sheet) -> list[bool]:
    flags, unclosed = fence_flags(raw)
    for index in unclosed:
        sheet.spoilt.add(index + 1)
        sheet.error(index + 1, "unclosed-fence", "this fence of code is never closed", "close it with ```")
    return flags


def _opening(text: str) -> str | None:
    if "```" not in text and "~~~" not in text:
        return None
    match = _FENCE.match(text)
    if match is None or (match[1][0] == "`" and "`" in match[2]):
        return None
    return match[1]


def _closing(raw: Sequence[str], start: int, opening: str) -> int | None:
    for index in range(start + 1, len(raw)):
        stripped = raw[index].strip()
        if stripped.startswith(opening) and not stripped.strip(opening[0]):
            return index
    return None


def _next_heading(raw: Sequence[str], start: int) -> int:
    for index in range(start + 1, len(raw)):
        if raw[index].startswith(("# ", "## ")):
            return index
    return len(raw)


def split_blocks(lines: Sequence[Line], sheet: Sheet) -> list[Block]:
    """Cut lines at their headings; the first block holds what stands before any."""
    blocks = [Block(0, lines[0].number if lines else 1)]
    for line in lines:
        block = None if line.is_fenced else _read_heading(line, sheet)
        if block is None:
            blocks[-1].lines.append(line)
            continue
        if line.number in sheet.spoilt:
            sheet.spoilt.add(blocks[-1].line)
        blocks.append(block)
    return blocks


def looks_like_heading(text: str) -> bool:
    """Whether a line outside fences opens a block, or looks as if it should."""
    return text.lstrip()[:1] in _HASHES and _HEADING.match(narrow(text)) is not None


def _read_heading(line: Line, sheet: Sheet) -> Block | None:
    if line.text.lstrip()[:1] not in _HASHES:
        return None
    plain = narrow(line.text)
    match = _HEADING.match(plain)
    if match is None:
        return None
    indent, hashes, gap = match.groups()
    rest = line.text[match.end() :]
    problem = _heading_problem(indent, hashes, bool(gap) or not rest)
    if problem is not None:
        sheet.error(line.number, "bad-heading", *problem)
        sheet.spoilt.add(line.number)
    elif plain[: match.end()] != line.text[: match.end()]:
        sheet.wide.append(line.number)
    return Block(len(hashes), line.number, rest)


def _heading_problem(indent: str, hashes: str, is_spaced: bool) -> tuple[str, str] | None:
    if indent:
        return "a heading begins at the line's start", "take the spaces away"
    if not is_spaced:
        return f"{hashes} needs a space after it", f"write “{hashes} ”, or a backslash before it for text"
    return None


def tidy(raw: Sequence[str]) -> str:
    """Join lines to a text: trailing spaces go, runs of blank lines become one, fences stay."""
    flags, _ = fence_flags(raw)
    kept: list[str] = []
    for text, is_fenced in zip(raw, flags, strict=True):
        line = text if is_fenced else text.rstrip()
        if line or is_fenced or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept)
