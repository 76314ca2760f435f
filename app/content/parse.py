"""Text → document: the one way in for cases, quizzes and syllabuses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from app.content.case_text import read_case
from app.content.diagnostics import Diagnostic, count_of
from app.content.front_matter import read_front_matter, split_front_matter
from app.content.pictures import check_pictures
from app.content.quiz_text import read_quiz
from app.content.scanner import Block, Line, decode, split_blocks, split_lines
from app.content.sheet import Picture, Sheet
from app.content.syllabus_text import read_syllabus
from app.content.vocabulary import Kind
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus

__all__ = ["Kind", "Parsed", "language_of", "parse_bytes", "parse_text"]

Document = Case | Quiz | Syllabus
_READERS: Mapping[Kind, Callable[[dict[str, Any], Sequence[Block], Sheet], Document]] = {
    Kind.CASE: read_case,
    Kind.QUIZ: read_quiz,
    Kind.SYLLABUS: read_syllabus,
}


@dataclass(frozen=True)
class Parsed:
    """What a text says, and what there is to say about it. The document is None after an error.

    ``partial`` is what could be read of it all the same: good to see what it names, and for nothing else.

    ``lines`` tells the line of each id, of ``id/n`` (the nth answer line or option),
    ``id/cases`` (a module's material), ``key:name`` (front matter), ``#n`` (the nth group) and
    ``---`` (where the front matter opens). ``unwritten`` are ids that the text does not give itself.
    """

    kind: Kind
    path: str
    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    unwritten: frozenset[str] = frozenset()
    lines: Mapping[str, int] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    partial: Document | None = None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that refuse the text."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.is_error)

    @property
    def is_sound(self) -> bool:
        """Whether the text has no error."""
        return not self.errors


def parse_bytes(data: bytes, kind: Kind, path: str = "<text>") -> Parsed:
    """Parse the bytes of a file."""
    sheet = Sheet(path)
    text = decode(data, sheet)
    if text is None:
        return _close(kind, None, sheet)
    return parse_text(text, kind, path)


def parse_text(text: str, kind: Kind, path: str = "<text>") -> Parsed:
    """Parse a text; one pass notes everything there is to say."""
    sheet = Sheet(path)
    lines = split_lines(text, sheet)
    if lines is None:
        return _close(kind, None, sheet)
    return _close(kind, _read(lines, kind, sheet), sheet)


def _read(lines: Sequence[Line], kind: Kind, sheet: Sheet) -> Document:
    matter, rest = split_front_matter(lines, sheet)
    front: dict[str, Any] = {}
    if matter is None:
        sheet.broken |= {"front", "dimensions"}
    else:
        front = read_front_matter(matter, kind, sheet)
        _settle_language(front, sheet)
    before, *blocks = split_blocks(rest, sheet)
    _check_before(before, sheet)
    sheet.pictures = check_pictures(rest, sheet)
    return _READERS[kind](front, blocks, sheet)


def language_of(path: str) -> str | None:
    """Return the language that a file's name gives: ``en`` for ``slug.en.md``, else None."""
    _, dot, language = PurePath(path).name.removesuffix(".md").partition(".")
    return language if dot and path.endswith(".md") else None


def _settle_language(front: dict[str, Any], sheet: Sheet) -> None:
    named = language_of(sheet.path)
    if named is None or "language" in sheet.broken:
        return
    written = front.setdefault("language", named)
    if written != named:
        line = sheet.places["key:language"]
        message = f"language: the file's name says {named}"
        sheet.error(line, "bad-value", message, f"write {named} or rename the file")


def _check_before(before: Block, sheet: Sheet) -> None:
    stray = next((line for line in before.lines if line.text or line.is_fenced), None)
    if stray is not None and "front" not in sheet.broken:
        message = "text stands before the first heading"
        sheet.error(stray.number, "text-before-heading", message, "open a section with ## above it")


def _close(kind: Kind, document: Document | None, sheet: Sheet) -> Parsed:
    if sheet.wide:
        lines = sorted(set(sheet.wide))
        message = f"full-width marks on {count_of(len(lines), 'line')}, the first is here"
        sheet.warn(lines[0], "full-width-mark", message, "the formatter repairs them")
    return Parsed(
        kind=kind,
        path=sheet.path,
        document=None if sheet.error_count else document,
        diagnostics=tuple(sorted(sheet.diagnostics)),
        unwritten=frozenset(sheet.unwritten),
        lines=dict(sheet.places),
        pictures=tuple(sheet.pictures),
        partial=document,
    )
