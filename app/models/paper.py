"""Papers: immutable manifests of what is asked and how it scores."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Paper(Base):
    """A frozen paper, named by the SHA-256 of its manifest (canonical JSON)."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    manifest: Mapped[str]
    created_at: Mapped[datetime]
