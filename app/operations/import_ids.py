"""Which ids a quiz has ever given to its items: none of them is given again."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Document, Revision, TextDraft
from app.operations.writings import Target

_ID = re.compile(r"(?:[#＃]|was=|旧名=)([a-z0-9-]+)")


def used_ids(session: Session, target: Target) -> frozenset[str]:
    """Return every id that stands in a revision or draft of a quiz, in any of its languages."""
    name, course_id = target.name, target.place.course.id
    revisions = (
        select(Revision.source)
        .join(Document, Document.id == Revision.document_id)
        .where(Document.course_id == course_id, Document.kind == name.kind.value, Document.slug == name.slug)
    )
    drafts = select(TextDraft.text).where(
        TextDraft.course_id == course_id, TextDraft.kind == name.kind.value, TextDraft.slug == name.slug
    )
    texts = [*session.scalars(revisions), *session.scalars(drafts)]
    return frozenset(found for text in texts for found in _ID.findall(text))
