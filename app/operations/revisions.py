"""Add a revision to a document: from a file, from a blueprint, or as its author wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Document, ManifestEntry, Revision
from app.operations.bank_rows import bank_revision
from app.operations.staleness import note_stale


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision says: its text, the hash of what it means, its rendering, and its pictures.

    ``manifest`` maps the names of pictures to the SHA-256 of their bytes.
    """

    source: str
    content_hash: str
    rendering_key: str
    manifest: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a revision, when, and what they say of it; nobody where it came from a file."""

    at: datetime
    author_id: int | None = None
    message: str = ""


def add_revision(session: Session, document: Document, content: Content, origin: Origin) -> Revision:
    """Make a text the head revision of its document, which comes back if it was retired.

    What comes back follows no file any more, until one is loaded.
    """
    head = session.get(Revision, document.head_revision_id) if document.head_revision_id else None
    revision = Revision(
        document_id=document.id,
        number=head.number + 1 if head else 1,
        content_hash=content.content_hash,
        source=content.source,
        rendering_key=content.rendering_key,
        author_id=origin.author_id,
        message=origin.message,
        created_at=origin.at,
        parent_id=head.id if head else None,
    )
    session.add(revision)
    session.flush()
    for name, sha256 in content.manifest.items():
        session.add(ManifestEntry(revision_id=revision.id, name=name, sha256=sha256))
    if document.retired_at is not None:
        document.retired_at, document.loaded_hash = None, None
    document.head_revision_id = revision.id
    session.flush()
    bank_revision(session, document, revision)
    note_stale(session, document, revision, origin.at)
    return revision


def take_back(session: Session, document: Document, rendering_key: str) -> Revision | None:
    """Bring a retired document back as it is: where its head revision says what it is to say, else None."""
    head = session.get(Revision, document.head_revision_id) if document.head_revision_id else None
    if document.retired_at is None or head is None or head.rendering_key != rendering_key:
        return None
    document.retired_at = None
    session.flush()
    bank_revision(session, document, head)
    return head
