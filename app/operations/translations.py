"""Translations in the making: begun from the structure of their original, shown beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.parse import Parsed
from app.content.side_by_side import structure_for
from app.domain.errors import NotPublished
from app.domain.roles import Person
from app.models import Course
from app.operations.documents import read_text
from app.operations.drafts import save_draft
from app.operations.shelves import Checked, published_heads
from app.operations.writings import Seen, Target, Writing, find_state, name_of


@dataclass(frozen=True, slots=True)
class Original:
    """What a translation follows: the published text, and what was read of it."""

    text: str
    language: str
    parsed: Parsed


def begin_translation(
    session: Session, person: Person, target: Target, language: str, now: datetime
) -> Target:
    """Begin a translation as a draft with the structure of its original; one that there is stays as it is.

    :param target: the original.
    :raises OfferingArchived: the offering is read-only.
    :raises NotPublished: there is no published original of this name.
    """
    document, head, _ = find_state(session, target)
    read = read_text(head.source, target.name.kind).document if head else None
    if document is None or document.retired_at or document.is_translation or read is None:
        raise NotPublished(target.name.slug)
    into = replace(target, name=replace(target.name, language=language))
    _, there, draft = find_state(session, into)
    if there is None and draft is None:
        save_draft(session, person, into, (structure_for(read, language), Seen(0, 0)), now)
    return into


def find_original(session: Session, course: Course, checked: Checked) -> Original | None:
    """Return the original that a translation follows, None for an original."""
    if not checked.is_translation:
        return None
    name = checked.name
    for row, head in published_heads(session, course.id):
        if not row.is_translation and replace(name_of(row), language=name.language) == name:
            return Original(head.source, row.language, read_text(head.source, name.kind))
    return None


def languages_missing(writings: Sequence[Writing], languages: Sequence[str]) -> dict[int, list[str]]:
    """Return the languages into which published originals can be translated, by the id of their document."""
    there = {one.name for one in writings}
    found: dict[int, list[str]] = {}
    for one in writings:
        if one.document and one.head and not one.is_retired and not one.document.is_translation:
            missing = [name for name in languages if replace(one.name, language=name) not in there]
            found[one.document.id] = missing
    return found
