"""The append-only log of an attempt. UPDATE and DELETE are refused by triggers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Event(Base):
    """One link of an attempt's chain. ``body`` is the hashed text; the other columns are copies."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("attempt_id", "event_id"),
        CheckConstraint("seq >= 1", name="seq"),
        Index("ix_event_attempt_id_item", "attempt_id", "item"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str]
    kind: Mapped[str]
    item: Mapped[str | None]
    client_id: Mapped[str | None]
    client_n: Mapped[int | None]
    base: Mapped[int | None]
    status: Mapped[str]
    body: Mapped[str]
    received_at: Mapped[datetime]
    prev_hash: Mapped[str]
    hash: Mapped[str]
