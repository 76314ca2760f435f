"""Walks through cases: what was committed, when, on which revision."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CaseWalk(Base):
    """One way through a case, pinned to the revision of the original and of the translation.

    ``shown`` counts the sections of a reading that were sent. ``score`` and ``best`` repeat the fold
    of the commits for reports; the fold is the truth.
    """

    __tablename__ = "case_walk"
    __table_args__ = (
        Index("ix_case_walk_user_id_offering_id_document_id", "user_id", "offering_id", "document_id"),
        Index("ix_case_walk_offering_id_document_id", "offering_id", "document_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    translation_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    #: practising in front of students does not count for any report (an author's preview)
    is_preview: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    shown: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    ending: Mapped[str | None]
    score: Mapped[Decimal | None]
    best: Mapped[Decimal | None]


class WalkCommit(Base):
    """A decision or written answer, committed once."""

    __tablename__ = "walk_commit"
    __table_args__ = (
        UniqueConstraint("walk_id", "section"),
        CheckConstraint("choice IS NULL OR choice >= 1", name="choice"),
    )

    walk_id: Mapped[int] = mapped_column(ForeignKey("case_walk.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[str]
    choice: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    committed_at: Mapped[datetime]


class AnswerRelease(Base):
    """The model answers of a case that wait for release were released in an offering."""

    __tablename__ = "answer_release"

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    released_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime]


class SelfMark(Base):
    """How learners judged their own written answer (自评); never a grade."""

    __tablename__ = "self_mark"

    walk_id: Mapped[int] = mapped_column(ForeignKey("case_walk.id"), primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    #: numbers (from 0) of the marking points claimed
    claimed: Mapped[list[Any]]
    points: Mapped[Decimal]
    marked_at: Mapped[datetime]
