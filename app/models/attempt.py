"""Attempts: a person's sitting of an exam, with its layout as evidence."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Attempt(Base):
    """One attempt. ``layout`` was drawn from ``seed`` at the start and is read, never redrawn."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("exam_id", "user_id", "number"),
        CheckConstraint("state IN ('open', 'submitted', 'scored', 'voided')", name="state"),
        CheckConstraint("state = 'open' OR submitted_at IS NOT NULL", name="closed_has_time"),
        CheckConstraint("state <> 'scored' OR max IS NOT NULL", name="scored_has_max"),
        Index(
            "uq_attempt_one_open",
            "exam_id",
            "user_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_attempt_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    number: Mapped[int]
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    layout: Mapped[dict[str, Any]]
    seed: Mapped[str]
    #: an author's preview counts nowhere
    is_preview: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="open")
    submitted_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str]
    score: Mapped[Decimal | None]
    max: Mapped[Decimal | None]
