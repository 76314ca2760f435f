"""Pictures and files: who may see which."""

from sqlalchemy import Select, case, exists, or_, select
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
#: the quiz of an exam
ASKED = aliased(Document)
#: a text in any of its languages is for exams only
IS_WALLED = exists().where(
    TWIN.course_id == Document.course_id,
    TWIN.kind == Document.kind,
    TWIN.slug == Document.slug,
    TWIN.use == "exam",
)


def _sat(person: Person) -> Select[int]:
    """Select the revisions that the papers of a person's exams show, where the person still has a place.

    An exam that was only tried out, and practice that is for exams only now, show theirs to authors alone.
    """
    is_theirs = case((Exam.kind == "practice", ASKED.use != "exam"), else_=Attempt.is_preview.is_(False))
    return (
        select(PaperRevision.revision_id)
        .join(Attempt, Attempt.paper_id == PaperRevision.paper_id)
        .join(Exam, Exam.id == Attempt.exam_id)
        .join(ASKED, ASKED.id == Exam.document_id)
        .where(
            Attempt.user_id == person.id,
            Exam.offering_id.in_(person.offerings_where(Permission.STUDY)),
            is_theirs | Exam.offering_id.in_(person.offerings_where(Permission.AUTHOR)),
        )
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
    blob = session.scalar(statement) or _of_authors(session, person, sha256)
    if blob is None:
        raise NotFound(sha256)
    return blob


def _of_authors(session: Session, person: Person, sha256: str) -> Blob | None:
    """Return a picture that an author of the person's courses put in; nobody else sees it before its text."""
    authored = select(Offering.course_id).where(Offering.id.in_(person.offerings_where(Permission.AUTHOR)))
    statement = (
        select(Blob)
        .join(CoursePicture, CoursePicture.sha256 == Blob.sha256)
        .where(Blob.sha256 == sha256, CoursePicture.course_id.in_(authored))
        .limit(1)
    )
    return session.scalar(statement)
