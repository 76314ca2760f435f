"""Write texts: one draft a document, shared by its authors; nobody's words are overwritten unseen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.canonical import content_hash
from app.content.edition import edition_key
from app.content.fragments import fragments_of
from app.content.render import Renderer
from app.content.scanner import plain
from app.domain.errors import DraftChanged, NotFound, TextRefused
from app.domain.roles import Person
from app.domain.words import Sentence, marked
from app.models import Document, Revision, TextDraft
from app.operations import audit
from app.operations.offerings import check_running, take_turn
from app.operations.publishing import describe
from app.operations.renderings import Made
from app.operations.revisions import Content, Origin, add_revision
from app.operations.shelves import Checked
from app.operations.writings import Seen, Target, find_state, number_of

LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text that was checked and rendered, ready to be published."""

    checked: Checked
    digest: str
    rendered: Made


def save_draft(
    session: Session, person: Person, target: Target, change: tuple[str, Seen], now: datetime
) -> TextDraft:
    """Save a text as the draft of its document; the same text again is saved already.

    :param change: the text, and what the author saw of it before.
    :raises OfferingArchived: the offering is read-only.
    :raises DraftChanged: somebody else saved or published since.
    """
    _hold(session, target)
    text, seen = plain(change[0]), change[1]
    _, head, draft = find_state(session, target)
    if draft is not None and draft.text == text and seen.number == number_of(head):
        return draft
    _check_seen(draft, head, seen)
    if draft is None:
        draft = TextDraft(course_id=target.place.course.id, **target.name.detail, version=0)
        session.add(draft)
    draft.text, draft.version, draft.base_id = text, draft.version + 1, head.id if head else None
    draft.author_id, draft.saved_at = person.id, now
    session.flush()
    return draft


def discard_draft(session: Session, target: Target, seen: Seen) -> None:
    """Throw a draft away; what is published stays.

    :raises OfferingArchived: the offering is read-only.
    :raises NotFound: there is no draft.
    :raises DraftChanged: somebody else saved or published since.
    """
    _hold(session, target)
    _, head, draft = find_state(session, target)
    if draft is None:
        raise NotFound(target.name.slug)
    _check_seen(draft, head, seen)
    session.delete(draft)
    session.flush()


def prepare_text(checked: Checked, renderer: Renderer) -> Prepared:
    """Render a sound text, outside any transaction.

    :raises TextRefused: it has errors.
    :raises RenderFailed: it cannot be rendered.
    """
    document = checked.parsed.document
    if document is None or not checked.is_sound:
        raise TextRefused(Sentence(marked("Mend the errors first.")))
    digest = content_hash(document)
    key = edition_key(digest, checked.manifest)
    return Prepared(checked, digest, Made(key, renderer.render(fragments_of(document), checked.manifest)))


def publish_text(
    session: Session, person: Person, target: Target, prepared: Prepared, given: tuple[Seen, str, datetime]
) -> Revision:
    """Publish a text as the next revision of its document, which is made if it is new; its draft is over.

    :param given: what the author saw before, what they say of the change, and now.
    :raises OfferingArchived: the offering is read-only.
    :raises DraftChanged: somebody else saved or published since.
    :raises TextRefused: it says what is published already.
    """
    _hold(session, target)
    seen, message, now = given
    document, head, draft = find_state(session, target)
    _check_seen(draft, head, seen)
    if document and head and head.source == prepared.checked.text and document.retired_at is None:
        raise TextRefused(Sentence(marked("This is what is published already.")))
    document = document or _new_document(session, target, prepared.checked)
    prepared.rendered.store(session, now)
    content = Content(
        prepared.checked.text, prepared.digest, prepared.rendered.key, prepared.checked.manifest
    )
    origin = Origin(now, person.id, message.strip()[:LONGEST_MESSAGE])
    revision = add_revision(session, document, content, origin)
    assert prepared.checked.parsed.document is not None
    describe(document, target.place.course, prepared.checked.parsed.document)
    if draft is not None:
        session.delete(draft)
    place = target.place.offering.id
    detail = target.name.detail | {"number": str(revision.number)}
    audit.record(session, person, "text.publish", offering_id=place, detail=detail, now=now)
    return revision


def _new_document(session: Session, target: Target, checked: Checked) -> Document:
    course_id, is_translation = target.place.course.id, checked.is_translation
    document = Document(course_id=course_id, title="", is_translation=is_translation, **checked.name.detail)
    session.add(document)
    session.flush()
    return document


def _hold(session: Session, target: Target) -> None:
    check_running(target.place.offering)
    take_turn(session, target.place)


def _check_seen(draft: TextDraft | None, head: Revision | None, seen: Seen) -> None:
    if seen != Seen(draft.version if draft else 0, number_of(head)):
        raise DraftChanged
