"""What texts are called in a language that is not their own."""

from collections.abc import Collection, Mapping

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app.models import Document

ORIGINAL, TWIN = aliased(Document), aliased(Document)


def titles_of(session: Session, documents: Collection[Document], language: str) -> Mapping[int, str]:
    """Return the titles of texts by id: in the language where they have it, else in their own.

    One statement, none where every text is in the language itself.
    """
    titles = {one.id: one.title for one in documents}
    others = {one.id for one in documents if one.language != language}
    if not others:
        return titles
    is_same = and_(
        TWIN.course_id == ORIGINAL.course_id, TWIN.kind == ORIGINAL.kind, TWIN.slug == ORIGINAL.slug
    )
    statement = (
        select(ORIGINAL.id, TWIN.title)
        .join(TWIN, is_same)
        .where(ORIGINAL.id.in_(others), TWIN.language == language, TWIN.retired_at.is_(None))
    )
    return titles | {number: title for number, title in session.execute(statement)}
