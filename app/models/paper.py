"""Papers: immutable manifests of what is asked and how it scores."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Paper(Base):
    """A frozen paper, named by the SHA-256 of its manifest (canonical JSON).

    ``pass_mark`` (percent 0..100) is the manifest's, for questions to the database.
    """

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    manifest: Mapped[str]
    pass_mark: Mapped[Decimal] = mapped_column(server_default="6000")
    created_at: Mapped[datetime]


class PaperRevision(Base):
    """A revision that the paper of an exam shows: its quiz or a case, in one language."""

    __tablename__ = "paper_revision"
    __table_args__ = (Index("ix_paper_revision_revision_id", "revision_id"),)

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
