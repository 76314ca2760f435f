"""Marks: points given to a response by a rule or by a person. Append-only."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Mark(Base):
    """One mark. Order of force: adjust, appeal, human, regrade, auto."""

    __tablename__ = "mark"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "item"], ["response.attempt_id", "response.item"]),
        CheckConstraint("source IN ('adjust', 'appeal', 'human', 'regrade', 'auto')", name="source"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        Index("ix_mark_attempt_id_item", "attempt_id", "item"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    item: Mapped[str]
    points: Mapped[Decimal]
    source: Mapped[str]
    marker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    comment: Mapped[str] = mapped_column(default="")
    #: revision whose key gave the points
    key_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    marked_at: Mapped[datetime]
    #: why, where a rule or an earlier mark is overruled
    reason: Mapped[str] = mapped_column(default="", server_default="")
    #: numbers of the marking points that were awarded, from 1
    awarded: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))
    #: it met another person's mark that its marker had not seen; it counts only once somebody decides so
    in_conflict: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
