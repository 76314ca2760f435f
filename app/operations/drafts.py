"""Drafts of texts: one a document, shared by its authors; nobody's words are overwritten unseen."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.content.scanner import plain
from app.domain.errors import DraftChanged, NotFound
from app.domain.roles import Person
from app.models import Revision, TextDraft
from app.operations.put_aside import last_version, put_aside
from app.operations.writings import Seen, Target, base_number, find_state, hold, number_of


def save_draft(
    session: Session, person: Person, target: Target, change: tuple[str, Seen], now: datetime
) -> TextDraft:
    """Save a text as the draft of its document; the same text again is saved already.

    A draft that was begun from an older revision stays so until its author has seen the newer one.

    :param change: the text, and what the author saw of it before.
    :raises OfferingArchived: the offering is read-only.
    :raises DraftChanged: somebody else saved or published since.
    """
    hold(session, target)
    text, seen = plain(change[0]), change[1]
    _, head, draft = find_state(session, target)
    is_level, is_saved = seen.number == number_of(head), draft is not None and draft.text == text
    if not (is_level and is_saved):
        _check_seen(session, draft, head, seen)
    if draft is None or (not is_saved and draft.author_id != person.id):
        draft = _next_draft(session, person, target, draft, now)
    if is_level:
        draft.base_id = head.id if head else None
    if not is_saved:
        draft.text, draft.version = text, draft.version + 1
        draft.author_id, draft.saved_at = person.id, now
    session.add(draft)
    session.flush()
    return draft


def _next_draft(
    session: Session, person: Person, target: Target, draft: TextDraft | None, now: datetime
) -> TextDraft:
    """Begin a draft; that of a colleague which it takes the place of is kept."""
    if draft is not None:
        put_aside(session, person, target, draft, now)
    base_id, version = draft.base_id if draft else None, last_version(session, target)
    return TextDraft(course_id=target.place.course.id, **target.name.detail, version=version, base_id=base_id)


def discard_draft(session: Session, person: Person, target: Target, seen: Seen, now: datetime) -> None:
    """Throw a draft away; it is kept aside, and what is published stays.

    :raises OfferingArchived: the offering is read-only.
    :raises NotFound: there is no draft.
    :raises DraftChanged: somebody else saved or published since.
    """
    hold(session, target)
    _, head, draft = find_state(session, target)
    if draft is None:
        raise NotFound(target.name.slug)
    _check_seen(session, draft, head, seen)
    put_aside(session, person, target, draft, now)


def _check_seen(session: Session, draft: TextDraft | None, head: Revision | None, seen: Seen) -> None:
    """Refuse who saw another draft; one that is behind may be written on by who knows its beginning only."""
    numbers = {number_of(head)} | ({base_number(session, draft)} if draft else set())
    if seen.version != (draft.version if draft else 0) or seen.number not in numbers:
        raise DraftChanged
