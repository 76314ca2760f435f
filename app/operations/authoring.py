"""Publish texts as their authors wrote them: what was published since they looked is not overwritten."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.canonical import content_hash
from app.content.edition import edition_key
from app.content.fragments import fragments_of
from app.content.render import Renderer
from app.domain.errors import DraftChanged, TextRefused
from app.domain.quiz import Quiz
from app.domain.roles import Person
from app.domain.words import Sentence, marked
from app.models import Document, Revision
from app.operations import audit
from app.operations.bank_reading import read_questions
from app.operations.following import follow_edition
from app.operations.publishing import describe
from app.operations.put_aside import put_aside
from app.operations.renderings import Made
from app.operations.revisions import Content, Origin, add_revision
from app.operations.shelves import Checked
from app.operations.writings import Seen, Target, find_state, hold, number_of

LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text that was checked and rendered, ready to be published."""

    checked: Checked
    digest: str
    rendered: Made


def prepare_text(checked: Checked, renderer: Renderer) -> Prepared:
    """Render a sound text, outside any transaction.

    :raises TextRefused: it has errors.
    :raises RenderFailed: it cannot be rendered.
    """
    document = checked.parsed.document
    if document is None or not checked.is_sound:
        raise TextRefused(Sentence(marked("Mend the errors first.")))
    if isinstance(document, Quiz):
        read_questions(checked.text, document.language, checked.is_translation)
    digest = content_hash(document)
    key = edition_key(digest, checked.manifest)
    return Prepared(checked, digest, Made(key, renderer.render(fragments_of(document), checked.manifest)))


def publish_text(
    session: Session, person: Person, target: Target, prepared: Prepared, given: tuple[Seen, str, datetime]
) -> Revision:
    """Publish a text as the next revision of its document, which is made if it is new; its draft is over.

    :param given: what the author saw before, what they say of the change, and now.
    :raises OfferingArchived: the offering is read-only.
    :raises DraftChanged: somebody else saved or published since, or after the draft was begun.
    :raises TextRefused: it says what is published already.
    """
    hold(session, target)
    seen, message, now = given
    document, head, draft = find_state(session, target)
    if seen != Seen(draft.version if draft else 0, number_of(head)):
        raise DraftChanged
    if document and head and head.source == prepared.checked.text and document.retired_at is None:
        raise TextRefused(Sentence(marked("This is what is published already.")))
    document = document or _new_document(session, target, prepared.checked)
    prepared.rendered.store(session, now)
    revision = _add_revision(session, document, prepared, Origin(now, person.id, message.strip()))
    assert prepared.checked.parsed.document is not None
    describe(document, target.place.course, prepared.checked.parsed.document)
    session.flush()
    follow_edition(session, document, prepared.checked.parsed.document)
    if draft is not None and draft.author_id != person.id and draft.text != prepared.checked.text:
        put_aside(session, person, target, draft, now)
    elif draft is not None:
        session.delete(draft)
    place = target.place.offering.id
    detail = target.name.detail | {"number": str(revision.number)}
    audit.record(session, person, "text.publish", offering_id=place, detail=detail, now=now)
    return revision


def _add_revision(session: Session, document: Document, prepared: Prepared, origin: Origin) -> Revision:
    if document.retired_at is not None:  # its file is gone, and would take the text away again
        document.loaded_hash = None
    checked = prepared.checked
    content = Content(checked.text, prepared.digest, prepared.rendered.key, checked.manifest)
    return add_revision(session, document, content, replace(origin, message=origin.message[:LONGEST_MESSAGE]))


def _new_document(session: Session, target: Target, checked: Checked) -> Document:
    course_id, is_translation = target.place.course.id, checked.is_translation
    document = Document(course_id=course_id, title="", is_translation=is_translation, **checked.name.detail)
    session.add(document)
    session.flush()
    return document
