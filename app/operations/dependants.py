"""What will not fit any more once a text is published: other texts of its course that name what it had."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.content.canonical import content_hash
from app.content.diagnostics import Diagnostic
from app.content.parity import compare
from app.content.parse import Parsed
from app.content.references import check_references
from app.content.shelf import Shelf
from app.content.sources import Source
from app.models import Course, Document
from app.operations.shelves import Checked, TextName, published_heads, read_heads, source_of_row
from app.operations.writings import name_of

#: a translation of which only the original has changed
LAGS = "translation-lags"
NO_MEDIA: frozenset[Path] = frozenset()
OF_FILES = frozenset({"missing-picture", "missing-file"})


@dataclass(frozen=True, slots=True)
class Unfit:
    """A line of another text that will not fit: which text, its title, the line, and why.

    ``line`` is 0 and ``text`` empty where it is the text as a whole.
    """

    name: TextName
    title: str
    line: int
    text: str
    code: str


def unfit_elsewhere(session: Session, course: Course, checked: Checked) -> Sequence[Unfit]:
    """Return what will not fit any more once a text is published; what does not fit already is not told.

    A text with errors tells nothing of others: it cannot be published.
    """
    own = checked.source
    if not checked.is_sound or own.is_translation:
        return []
    rows = published_heads(session, course.id)
    others = {source_of_row(course, row): (row, head.source) for row, head in rows}
    before = read_heads(course, rows)
    old, new = Shelf(before, NO_MEDIA), Shelf({**before, own: checked.parsed}, NO_MEDIA)
    found: list[Unfit] = []
    for source in sorted(others.keys() - {own}):
        faults = _faults(source, own, new)
        faults -= _faults(source, own, old) if faults else set()
        row, text = others[source]
        found += [_unfit(one, row, text) for one in sorted(faults)]
        if not faults and _follows(source, own) and _has_changed(before.get(own), checked.parsed):
            found.append(Unfit(name_of(row), row.title, 0, "", LAGS))
    return found


def _faults(source: Source, own: Source, shelf: Shelf) -> set[Diagnostic]:
    """Return the errors of another text that come of what stands on the shelf."""
    found = set(check_references(source, shelf))
    if _follows(source, own) and own in shelf.parsed:
        found |= set(compare(shelf.parsed[own], shelf.parsed[source]))
    return {one for one in found if one.is_error and one.code not in OF_FILES}


def _follows(source: Source, original: Source) -> bool:
    return source.is_translation and source.name == original.name


def _has_changed(before: Parsed | None, after: Parsed) -> bool:
    if before is None or before.document is None or after.document is None:
        return False
    return content_hash(before.document) != content_hash(after.document)


def _unfit(fault: Diagnostic, row: Document, text: str) -> Unfit:
    lines = text.split("\n")
    shown = lines[fault.line - 1].strip() if 0 < fault.line <= len(lines) else ""
    return Unfit(name_of(row), row.title, fault.line, shown, fault.code)
