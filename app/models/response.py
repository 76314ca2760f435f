"""Responses: the fold of an attempt's events at hand-in, rebuildable at any time."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Response(Base):
    """What the learner left at one item. ``score`` is None until somebody marks it."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint("score IS NULL OR score >= 0", name="score_not_negative"),
        CheckConstraint("score IS NULL OR score <= max", name="score_at_most_max"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    answer: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    answered: Mapped[bool]
    #: the event that set it, 0 if none did
    event_seq: Mapped[int]
    score: Mapped[Decimal | None]
    max: Mapped[Decimal]
    detail: Mapped[dict[str, Any]]
