"""The history of a text: its revisions, and what changed between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.changes import Change, changes_between
from app.content.comparison import DiffLine, diff_lines
from app.domain.errors import NotFound
from app.models import Document, Revision, User
from app.operations.documents import read_text
from app.operations.writings import Target


@dataclass(frozen=True, slots=True)
class Version:
    """A revision with the name of its author, empty where it came from a file."""

    revision: Revision
    author: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one text to another: what it means, and the lines.

    Where one of them has errors nothing can be said of what it means.
    """

    changes: Sequence[Change]
    lines: Sequence[DiffLine]
    has_errors: bool


def list_versions(session: Session, target: Target) -> Sequence[Version]:
    """Return the revisions of a text, the newest first, in one statement."""
    name = target.name
    statement = (
        select(Revision, User.name)
        .join(Document, Document.id == Revision.document_id)
        .outerjoin(User, User.id == Revision.author_id)
        .where(Document.course_id == target.place.course.id, Document.kind == name.kind.value)
        .where(Document.slug == name.slug, Document.language == name.language)
        .order_by(Revision.number.desc())
    )
    return [Version(row.Revision, row.name or "") for row in session.execute(statement)]


def get_version(versions: Sequence[Version], number: int) -> Version:
    """Return the revision of a number.

    :raises NotFound: there is none.
    """
    found = next((one for one in versions if one.revision.number == number), None)
    if found is None:
        raise NotFound(str(number))
    return found


def compare_texts(old: str, new: str, target: Target) -> Comparison:
    """Compare two texts; where one cannot be read only its lines are compared."""
    before, after = (read_text(text, target.name.kind).document for text in (old, new))
    has_errors = before is None or after is None
    changes = [] if before is None or after is None else changes_between(before, after)
    return Comparison(changes, diff_lines(old, new), has_errors)
