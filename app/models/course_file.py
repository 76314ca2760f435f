"""Files that instructors put beside the modules of a course."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CourseFile(Base):
    """A file of a module. One that was removed stays as a row, and is shown to nobody."""

    __tablename__ = "course_file"
    __table_args__ = (
        Index("ix_course_file_course_id", "course_id"),
        CheckConstraint("(removed_at IS NULL) = (removed_by_id IS NULL)", name="removed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    #: the module's id in the syllabus
    module: Mapped[str]
    title: Mapped[str]
    #: its type by its usual ending
    ending: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    removed_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """The name under which it is kept by whoever downloads it."""
        return f"{self.title}.{self.ending}"
