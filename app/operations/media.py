"""Pictures and files: who may see which."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import NotFound
from app.domain.roles import Permission, Person
from app.models import (
    Attempt,
    Blob,
    CoursePicture,
    Document,
    Exam,
    ManifestEntry,
    Offering,
    PaperRevision,
    Revision,
)

TWIN = aliased(Document)
#: a text in any of its languages is for exams only
IS_WALLED = exists().where(
    TWIN.course_id == Document.course_id,
    TWIN.kind == Document.kind,
    TWIN.slug == Document.slug,
    TWIN.use == "exam",
)


def _sat(person: Person) -> Select[int]:
    """Select the revisions that the papers of a person's exams show, where the person still has a place."""
    return (
        select(PaperRevision.revision_id)
        .join(Attempt, Attempt.paper_id == PaperRevision.paper_id)
        .join(Exam, Exam.id == Attempt.exam_id)
        .where(
            Attempt.user_id == person.id,
            Exam.offering_id.in_(person.offerings_where(Permission.STUDY)),
        )
    )


def _drafted(sha256: str, authored: Select[int]) -> Select[Blob]:
    """Select a picture that was put in for drafts of the person's own courses."""
    return (
        select(Blob)
        .join(CoursePicture, CoursePicture.sha256 == Blob.sha256)
        .where(Blob.sha256 == sha256, CoursePicture.course_id.in_(authored))
        .limit(1)
    )


def get_media(session: Session, person: Person, sha256: str) -> Blob:
    """Return a blob that a text of the person's courses refers to.

    Those of drafts, and of texts for exams only, are for authors; the latter also for who has begun an
    exam whose paper shows them.

    :raises NotFound: there is no such blob, or none of the person's texts shows it.
    """
    studied = select(Offering.course_id).where(Offering.id.in_(person.offerings_where(Permission.STUDY)))
    authored = select(Offering.course_id).where(Offering.id.in_(person.offerings_where(Permission.AUTHOR)))
    statement = (
        select(Blob)
        .join(ManifestEntry, ManifestEntry.sha256 == Blob.sha256)
        .join(Revision, Revision.id == ManifestEntry.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(
            Blob.sha256 == sha256,
            or_(
                Document.course_id.in_(studied) & ~IS_WALLED,
                Document.course_id.in_(authored),
                Revision.id.in_(_sat(person)),
            ),
        )
        .limit(1)
    )
    blob = session.scalar(statement) or session.scalar(_drafted(sha256, authored))
    if blob is None:
        raise NotFound(sha256)
    return blob
