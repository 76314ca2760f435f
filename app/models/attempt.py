"""Attempts: a person's sitting of an exam, with its layout as evidence."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.timing import Timing
from app.models.base import Base


class Attempt(Base):
    """One attempt. ``layout`` was drawn from ``seed`` at the start and is read, never redrawn."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("exam_id", "user_id", "number"),
        CheckConstraint("state IN ('open', 'submitted', 'scored', 'voided')", name="state"),
        CheckConstraint("behaviour IN ('deferred', 'immediate', 'tries')", name="behaviour"),
        CheckConstraint("state = 'open' OR submitted_at IS NOT NULL", name="closed_has_time"),
        CheckConstraint("closed_by IN ('person', 'deadline')", name="closed_by"),
        CheckConstraint("answered >= 0", name="answered"),
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
        # those that wait to be scored
        Index(
            "ix_attempt_submitted_id",
            "id",
            sqlite_where=text("state = 'submitted'"),
            postgresql_where=text("state = 'submitted'"),
        ),
        # those whose time may be over
        Index(
            "ix_attempt_open_deadline_at",
            "deadline_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    number: Mapped[int]
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    layout: Mapped[dict[str, Any]]
    seed: Mapped[str]
    #: when the page tells what was right: after handing in, at once, or in several tries
    behaviour: Mapped[str] = mapped_column(default="deferred", server_default="deferred")
    #: an author's preview counts nowhere
    is_preview: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    #: seconds after the deadline in which answers still count, and after those, are kept as late
    grace_seconds: Mapped[int] = mapped_column(default=30, server_default="30")
    late_seconds: Mapped[int] = mapped_column(default=600, server_default="600")
    state: Mapped[str] = mapped_column(default="open")
    closed_by: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    #: how many items have an answer that is not blank
    answered: Mapped[int] = mapped_column(default=0, server_default="0")
    head_hash: Mapped[str]
    score: Mapped[Decimal | None]
    max: Mapped[Decimal | None]
    #: since when its time stands still
    paused_at: Mapped[datetime | None]
    #: when it last could not be closed or scored by a job; it is tried again after a rest
    stuck_at: Mapped[datetime | None]
    #: hash of the token of the sign-in that has it open, where only one device may
    device: Mapped[str | None]
    #: why it was voided
    void_reason: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def timing(self) -> Timing:
        """What decides whether the attempt takes answers."""
        return timing_of(self)


#: what ``timing_of`` needs, for statements that read nothing else of many attempts
TIMING = (
    Attempt.state,
    Attempt.closed_by,
    Attempt.deadline_at,
    Attempt.grace_seconds,
    Attempt.late_seconds,
    Attempt.paused_at,
)


def timing_of(row: Any) -> Timing:
    """Return the timing of an attempt, or of a row that has the columns of ``TIMING``."""
    seconds = (row.grace_seconds, row.late_seconds)
    return Timing.stored(row.state, row.closed_by, row.deadline_at, seconds, row.paused_at)


class AttemptFile(Base):
    """A file that the learner gave to an attempt; its bytes are a blob. An answer names it."""

    __tablename__ = "attempt_file"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), primary_key=True)
    #: as the learner's device called it
    name: Mapped[str]
    received_at: Mapped[datetime]


class Receipt(Base):
    """The signed receipt of a hand-in, byte by byte as it was given; one more after each reopening.

    ``number`` is the seq of the event that closed the attempt.
    """

    __tablename__ = "receipt"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    given_at: Mapped[datetime]


class Presence(Base):
    """When an attempt's page was last heard of, and from where; written about once a minute."""

    __tablename__ = "presence"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(default="")
    #: how often the page came back after it had been silent for longer than it ever is
    gaps: Mapped[int] = mapped_column(default=0)
