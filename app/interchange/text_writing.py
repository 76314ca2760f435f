"""Write questions as a paper that is read again: sections, numbers, lettered options, labels."""

from collections.abc import Iterator, Sequence

from app.domain.imported import Section
from app.interchange.docx_numbering import chinese
from app.interchange.exporting import Export, Row
from app.interchange.finishing import finish
from app.interchange.keys import letter
from app.interchange.questions import FIELDS, Question
from app.interchange.text_lines import join_lines, kind_of, to_lines
from app.interchange.text_signs import looks_special, read_heading, split_options
from app.interchange.type_words import find_type

#: labels in their order; stem and options stand before them
LABELS = (
    *("type", "answer", "points", "partial", "difficulty", "level", "topic", "objectives", "words", "files"),
    *("hint", "criteria", "explanation"),
)
_PROSE = frozenset({"explanation"})
_TRUSTED = frozenset({"single", "multiple", "true-false", "blanks", "ordering", "matching"})


def write_text(export: Export) -> str:
    """Return the questions as a text."""
    return "\n".join(write_lines(export)) + "\n"


def write_lines(export: Export) -> Iterator[str]:
    """Yield the lines of the paper, empty ones between questions."""
    yield _safe(export.title or " ")
    number = 0
    for place, (section, rows) in enumerate(export.parts, 1):
        heading = _heading(section, rows, place)
        if heading:
            yield from ("", heading)
            number = 0
        if section.stem:
            yield from ("", "材料：", *_block(section.stem))
        said = read_heading(heading) if heading else None
        for row in rows:
            number += 1
            yield ""
            yield from _question(row, number, said.texts if said else {})


def _heading(section: Section, rows: Sequence[Row], place: int) -> str:
    if not section.title:
        return ""
    worths = {row.texts.get("points") for row in rows if row.is_scored}
    each = worths.pop() if len(worths) == 1 else None
    note = f"（每题{each}分）" if each else ""
    for heading in (f"{chinese(place)}、{section.title}{note}", f"{chinese(place)}、{section.title}"):
        found = read_heading(heading)
        if found is not None and found.title == section.title:
            return heading
    return f"{chinese(place)}、\\{section.title}"


def _question(row: Row, number: int, said: dict[str, str]) -> Iterator[str]:
    stem, *more = to_lines(row.texts["stem"]) or [""]
    opened = [f"{number}.", *_mark_code([stem, *more])]
    if not kind_of(stem) and not stem.startswith(("```", "~~~")):
        is_exact = _is_changed(row, [stem, *more], said)
        opened = [f"{number}. " + ("\\" if is_exact else "") + stem, *_mark_code(more)]
    yield from opened
    for place, option in enumerate(row.options):
        yield from _option(option, place)
    for name in LABELS:
        text = row.texts.get(name, "")
        if text and not _is_said(name, text, said):
            yield from _label(name, text)


def _is_said(name: str, text: str, said: dict[str, str]) -> bool:
    """Whether the heading of the section says it of all its questions."""
    if name == "type":
        kind = find_type(said.get("type", ""))
        return kind == find_type(text) and kind in _TRUSTED
    return name == "points" and said.get(name) == text


def _is_changed(row: Row, lines: list[str], said: dict[str, str]) -> bool:
    """Whether the stem would be read as something else: with its type, points or answer in it."""
    tried = Question(0, {"stem": "\n".join(lines), "type": row.texts.get("type", "")}, list(row.options))
    given = {name: row.texts[name] for name in ("answer", "points") if name in row.texts}
    tried.texts |= {name: text for name, text in given.items() if not _is_said(name, text, said)}
    before = tried.texts | {"stem": join_lines(lines)}
    finish(tried)
    return tried.texts != before or lines[0].startswith("\\")


def _option(text: str, place: int) -> Iterator[str]:
    first, *more = to_lines(text) or [""]
    exact = "\\" if first.startswith("\\") or len(split_options(first, place)) > 1 else ""
    yield f"{letter(place)}. {exact}{first}"
    yield from _mark_code(more)


def _label(name: str, text: str) -> Iterator[str]:
    lines = to_lines(text) if name in _PROSE else text.split("\n")
    label = f"{FIELDS[name][0]}："
    if len(lines) == 1 and not kind_of(lines[0]):
        yield f"{label}{lines[0]}"
    elif name in _PROSE:
        yield from (label, *_mark_code(lines))
    else:
        yield f"{label}{lines[0]}"
        yield from map(_safe, lines[1:])


def _block(text: str) -> Iterator[str]:
    yield from _mark_code(to_lines(text))


def _mark_code(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, those of fenced code as they are and the others so that they stay text."""
    in_code = False
    for line in lines:
        is_fence = line.lstrip().startswith(("```", "~~~"))
        yield line if in_code or is_fence else _safe(line)
        in_code = in_code != is_fence


def _safe(line: str) -> str:
    return f"\\{line}" if looks_special(line) else line
