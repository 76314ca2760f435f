"""Keep text text: a backslash where a line of a document would be read as something else."""

import re
from collections.abc import Callable

from app.content.arrows import find_arrow
from app.content.headings import drop_number
from app.content.marks import Mark, narrow, read_marker
from app.content.pasted import looks_marked
from app.content.scanner import fence_flags, looks_like_heading
from app.content.tokens import split_block
from app.content.vocabulary import Kind

_LABEL = re.compile(r"\s*【(?:分析提示|参考答案)】")
#: what opens another block of Markdown than a paragraph
_BLOCK = re.compile(
    r"[#>|]|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|(?:[-=*_]\s?){3,}$|\[[^\]]*\]:",
)
_LEAD = re.compile(r"\s*(?:[0-9A-Za-z]+\s?(?=[.)、．）])|【?[^\W\d_]{2,12}】?\s*(?=[:：]))?")


def escape_text(text: str, kind: Kind | None = None) -> str:
    """Put a backslash into every line that a reader would take for a marker or heading.

    Items of a quiz and sections of a case have marks of their own.
    """
    lines = text.split("\n")
    flags, _ = fence_flags(lines)
    pairs = zip(lines, flags, strict=True)
    return "\n".join(line if fenced else escape_line(line, kind) for line, fenced in pairs)


def escape_line(line: str, kind: Kind | None = None) -> str:
    """Put a backslash before the first special character of a line that is no text."""
    marker = read_marker(line)
    is_marked = marker is not None and marker.mark is not Mark.QUOTE
    if is_marked or looks_like_heading(line) or _is_special(line, kind):
        return _insert(line)
    return line


def escape_paragraph(line: str, kind: Kind | None = None) -> str:
    r"""Keep a line that begins a paragraph one: no marker, heading, list, table, quotation or fence.

    >>> escape_paragraph("2024. 年"), escape_paragraph("**粗** 体")
    ('2024\\. 年', '**粗** 体')
    """
    escaped = escape_line(line, kind)
    return _insert(line) if escaped == line and _BLOCK.match(narrow(line)) else escaped


def _is_special(line: str, kind: Kind | None) -> bool:
    if kind is Kind.CASE:
        return _LABEL.match(line) is not None
    return kind is Kind.QUIZ and looks_marked(line)


def escape_more(text: str) -> str:
    """Keep the continuation lines of an answer line text; they stand indented."""
    first, *more = text.split("\n")
    return "\n".join([first, *(escape_line(f"  {line}")[2:] for line in more)])


def _insert(line: str) -> str:
    match = _LEAD.match(line)
    position = match.end() if match else 0
    return f"{line[:position]}\\{line[position:]}"


def escape_heading(text: str) -> str:
    """Keep a heading's number and final braces, where they are its text."""
    if drop_number(text) != text:
        text = _insert(text)
    return escape_tail(text)


def escape_objective(text: str) -> str:
    """Keep an objective that would be read as an option."""
    return text if read_marker(f"- {text}") is None else f"\\{text}"


def escape_arrow(text: str) -> str:
    """Keep the end of an option that would be read as an arrow."""
    start = find_arrow(narrow(text))
    return text if start is None else f"{text[:start]}\\{text[start:]}"


def escape_tail(text: str, *, takes_effects: bool = False) -> str:
    """Keep braces that would be read as attributes."""
    text = _escape_each(text, lambda plain: plain.find("{#"))
    return escape_block(text, takes_effects=takes_effects)


def escape_block(text: str, *, takes_effects: bool = False) -> str:
    r"""Keep the final braces of a line that would be read as attributes.

    >>> escape_block("集合 {x=1}"), escape_block("集合 {1}")
    ('集合 \\{x=1}', '集合 {1}')
    """
    _, inside, _ = split_block(text, takes_effects=takes_effects)
    if inside is None:
        return text
    position = narrow(text).rfind("{")
    return f"{text[:position]}\\{text[position:]}"


def _escape_each(text: str, find: Callable[[str], int]) -> str:
    position, done = find(narrow(text)), ""
    while position >= 0:
        escaped = text[:position].endswith("\\")
        done += text[:position] + ("" if escaped else "\\") + text[position]
        text = text[position + 1 :]
        position = find(narrow(text))
    return done + text
