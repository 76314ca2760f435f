"""The library of files, and the check of it: every text by itself and all of them together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.content.diagnostics import Diagnostic, Severity
from app.content.lint import lint
from app.content.parity import compare
from app.content.parse import Parsed
from app.content.references import check_references
from app.content.shelf import Shelf
from app.content.sources import (
    Source,
    find_files,
    find_media,
    find_sources,
    media_of,
    neighbours_of,
    read_source,
    source_of,
)
from app.content.vocabulary import Kind

MISSING_SYLLABUS = "missing-syllabus"

__all__ = [
    "MISSING_SYLLABUS",
    "Report",
    "Source",
    "check_library",
    "check_text",
    "find_media",
    "find_sources",
    "media_of",
    "read_source",
    "unknown_kind",
]


@dataclass(frozen=True)
class Report:
    """What a check found: the sources with what was read, and all diagnostics in order."""

    parsed: dict[Source, Parsed] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that refuse a text."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.is_error)


def check_library(paths: Iterable[Path]) -> Report:
    """Check the texts at or under these paths, against what lies beside them in their course.

    :raises FileNotFoundError: a path does not exist.
    """
    files = find_files(paths)
    sources = [source for path in files if (source := source_of(path)) is not None]
    diagnostics = [unknown_kind(path) for path in files if source_of(path) is None]
    shelves: dict[tuple[Path, str], Shelf] = {}
    for source in sources:
        shelf = shelves.get(source.shelf) or _fill(source, sources)
        shelves[source.shelf] = shelf
        diagnostics += check_text(source, shelf)
    diagnostics += [one for shelf in shelves.values() for one in _check_course(sources, shelf)]
    parsed = {source: shelves[source.shelf].parsed[source] for source in sources}
    return Report(parsed, tuple(sorted(set(diagnostics))))


def _fill(source: Source, sources: Iterable[Source]) -> Shelf:
    """Read every text of the source's course; of a folder outside any only those asked for."""
    known = {other.path.resolve(): other for other in sources if other.shelf == source.shelf}
    for neighbour in neighbours_of(source):
        known.setdefault(neighbour.path.resolve(), neighbour)
    return Shelf({other: read_source(other) for other in sorted(known.values())})


def check_text(source: Source, shelf: Shelf) -> list[Diagnostic]:
    """Check one text by itself, and against what stands on its shelf."""
    parsed = shelf.parsed[source]
    noted = [*parsed.diagnostics, *lint(parsed), *check_references(source, shelf), *_check_name(source)]
    return noted + (
        _check_translation(source, shelf) if source.is_translation else _check_missing(source, shelf)
    )


def _check_translation(source: Source, shelf: Shelf) -> list[Diagnostic]:
    original = next((s for s in shelf.parsed if s.name == source.name and not s.is_translation), None)
    if original is None:
        return [_warning(source, "no-original", "this translation has no original beside it")]
    return list(compare(shelf.parsed[original], shelf.parsed[source]))


def _check_missing(source: Source, shelf: Shelf) -> list[Diagnostic]:
    present = {other.language for other in shelf.parsed if other.name == source.name}
    missing = sorted(shelf.languages - present)
    fix = f"write {source.slug}.{missing[0]}.md" if missing else ""
    return (
        [_warning(source, "no-translation", f"not translated into {', '.join(missing)}", fix)]
        if missing
        else []
    )


def _check_course(sources: Iterable[Source], shelf: Shelf) -> list[Diagnostic]:
    """Say once, at the first of its texts that is asked for, that a course has no syllabus."""
    first = next(source for source in sources if source in shelf.parsed)
    if not first.course or any(shelf.originals(Kind.SYLLABUS)):
        return []
    message = f"the course {first.course} has no syllabus, so students do not find its texts"
    fix = f"write cases/{first.course}/syllabus.md with title, hours and a module that names them"
    return [_warning(first, MISSING_SYLLABUS, message, fix)]


def _check_name(source: Source) -> list[Diagnostic]:
    names = [source.slug, *([source.course] if source.course else [])]
    bad = next((name for name in names if not name.isascii() or not name.replace("-", "a").isalnum()), None)
    if bad is None and all(name == name.lower() for name in names):
        return []
    message = f"{bad or source.path.name} cannot be a slug"
    return [Diagnostic(str(source.path), 1, 1, Severity.ERROR, "bad-name", message, "use a-z, 0-9 and -")]


def _warning(source: Source, code: str, message: str, fix: str = "") -> Diagnostic:
    return Diagnostic(str(source.path), 1, 1, Severity.WARNING, code, message, fix)


def unknown_kind(path: Path) -> Diagnostic:
    """Say that nothing tells what kind of text a file is."""
    message = "neither name, folder nor front matter says what this is"
    fix = "write format: case, quiz or syllabus in its front matter"
    return Diagnostic(str(path), 1, 1, Severity.ERROR, "unknown-kind", message, fix)
