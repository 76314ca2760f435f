"""Immutable revisions of documents, and their rendered text."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Revision(Base):
    """One state of a document's text. Never changed, never deleted."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index("ix_revision_content_hash", "content_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    content_hash: Mapped[str]
    source: Mapped[str]
    #: key of its row in ``rendering``: content and pictures together
    rendering_key: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    message: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))


class ManifestEntry(Base):
    """A picture or file that a revision refers to by name, pinned to its bytes."""

    __tablename__ = "manifest_entry"
    __table_args__ = (Index("ix_manifest_entry_sha256", "sha256"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))


class Rendering(Base):
    """Sanitised HTML of a text by fragment, made once by one renderer version."""

    __tablename__ = "rendering"

    key: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    #: fragment name -> HTML
    fragments: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
