"""What may be wrong since a text changed, until somebody has looked at it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

OPEN = text("settled_at IS NULL")


class Stale(Base):
    """A text, an item of one, or an exam that was made before a text it stands on changed.

    ``before_id`` is the revision it was made with, ``since_id`` the one that is published now.
    """

    __tablename__ = "stale"
    __table_args__ = (
        CheckConstraint("(document_id IS NULL) <> (exam_id IS NULL)", name="one_of_both"),
        CheckConstraint("why IN ('translation', 'belongs', 'shows', 'walks', 'copy', 'paper')", name="why"),
        CheckConstraint("how IN ('', 'seen', 'changed')", name="how"),
        Index("ix_stale_course_id", "course_id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_stale_document_id", "document_id"),
        Index("ix_stale_cause_id", "cause_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    why: Mapped[str]
    #: the text that may be wrong
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    #: an item of it; empty: the whole text
    item: Mapped[str] = mapped_column(default="")
    exam_id: Mapped[int | None] = mapped_column(ForeignKey("exam.id"))
    #: the text that changed
    cause_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    before_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    since_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    noted_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: somebody looked and found it right, or changed it
    how: Mapped[str] = mapped_column(default="")
