"""Texts that are being written: what their authors share before they publish it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

LIVE = text("discarded_at IS NULL")


class TextDraft(Base):
    """The text of a document as its authors left it, not published yet.

    There is one a document, and those that were thrown away or written over: they can be brought back.
    """

    __tablename__ = "text_draft"
    __table_args__ = (
        Index(
            "uq_text_draft_one_live",
            *("course_id", "kind", "slug", "language"),
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        CheckConstraint("kind IN ('case', 'quiz', 'syllabus')", name="kind"),
        CheckConstraint("(discarded_at IS NULL) = (discarded_by_id IS NULL)", name="discarded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[str]
    slug: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    #: how often it was saved: whoever saves says which one they saw
    version: Mapped[int]
    #: the revision that it was begun from, None for a new text
    base_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    saved_at: Mapped[datetime]
    discarded_at: Mapped[datetime | None]
    #: who threw it away or wrote over it
    discarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class CoursePicture(Base):
    """A picture that an author put into a course; texts show it by its name in ``media/``."""

    __tablename__ = "course_picture"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]
