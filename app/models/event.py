"""The append-only log of an attempt. UPDATE and DELETE are refused by triggers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

#: the few events that a live board counts; a query must name them in these very words to find its index
BOARD_EVENTS = text("(kind = 'blur' OR status IN ('conflict', 'late'))")


class Event(Base):
    """One link of an attempt's chain. ``body`` is the hashed text; the other columns are copies."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("attempt_id", "event_id"),
        CheckConstraint("seq >= 1", name="seq"),
        Index("ix_event_attempt_id_item_seq", "attempt_id", "item", "seq"),
        Index(
            "ix_event_board",
            "attempt_id",
            "kind",
            "status",
            "item",
            "seq",
            "client_id",
            "base",
            sqlite_where=BOARD_EVENTS,
            postgresql_where=BOARD_EVENTS,
        ),
        # those that came after the end
        Index(
            "ix_event_late_attempt_id",
            "attempt_id",
            sqlite_where=text("status = 'late'"),
            postgresql_where=text("status = 'late'"),
        ),
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
