"""Cases that students of an offering walked, those among them that are retired by now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from app.content.parse import Kind
from app.domain.errors import NotPublished
from app.models import CaseWalk, Document, Enrolment, Revision, WalkCommit
from app.operations.documents import Text, as_text
from app.operations.offerings import Place


@dataclass(frozen=True, slots=True)
class WalkedCase:
    """A case that was walked, with its title in the language that was asked for, if it has it."""

    slug: str
    title: str
    is_retired: bool


def walks_that_count(place: Place, cohorts: Collection[int] | None = None) -> list[ColumnElement[bool]]:
    """Return what holds of the walks to report: somebody of the cohorts decided, and not to try it out."""
    commit = aliased(WalkCommit)
    people = select(Enrolment.user_id).where(Enrolment.offering_id == place.offering.id)
    if cohorts is not None:
        people = people.where(Enrolment.cohort_id.in_(cohorts))
    return [
        CaseWalk.offering_id == place.offering.id,
        CaseWalk.is_preview.is_(False),
        CaseWalk.user_id.in_(people),
        exists().where(commit.walk_id == CaseWalk.id),
    ]


def list_walked_cases(session: Session, place: Place, language: str) -> Sequence[WalkedCase]:
    """Return the cases with walks to report, in one statement."""
    original = aliased(Document)
    in_language = and_(
        Document.course_id == original.course_id,
        Document.kind == original.kind,
        Document.slug == original.slug,
        Document.language == language,
    )
    walked = select(CaseWalk.document_id).where(*walks_that_count(place))
    rows = session.execute(
        select(original, Document.title)
        .outerjoin(Document, in_language)
        .where(original.id.in_(walked))
        .order_by(original.slug)
    )
    return [WalkedCase(one.slug, title or one.title, one.retired_at is not None) for one, title in rows]


def get_kept_case(session: Session, course_id: int, slug: str) -> Text:
    """Return a case that was published, be it retired by now.

    :raises NotPublished: there never was one of this name.
    """
    statement = (
        select(Document, Revision)
        .join(Revision, Revision.id == Document.head_revision_id)
        .where(Document.course_id == course_id, Document.kind == Kind.CASE.value, Document.slug == slug)
    )
    rows = [(document, revision) for document, revision in session.execute(statement)]
    is_retired = any(one.retired_at is not None and not one.is_translation for one, _ in rows)
    # of a case in use, a translation that was taken away stays away
    text = as_text([row for row in rows if is_retired or row[0].retired_at is None])
    if text is None:
        raise NotPublished(slug)
    return text
