"""Documents: the names under which cases, quizzes and syllabuses are published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Document(Base):
    """A case, quiz or syllabus of a course in one language, with its present revision."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("course_id", "kind", "slug", "language"),
        CheckConstraint("kind IN ('case', 'quiz', 'syllabus')", name="kind"),
        CheckConstraint("use IN ('practice', 'exam')", name="use"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[str]
    slug: Mapped[str]
    language: Mapped[str]
    title: Mapped[str]
    #: a translation follows its original's ids
    is_translation: Mapped[bool] = mapped_column(default=False)
    is_reading: Mapped[bool] = mapped_column(default=False)
    #: exam documents reach students only inside a paper (the exam wall)
    use: Mapped[str] = mapped_column(default="practice")
    #: a case's quiz: its slug
    quiz: Mapped[str | None]
    head_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_document_head_revision_id")
    )
    #: content hash last loaded from its file; differs from the head's after publishing elsewhere
    loaded_hash: Mapped[str | None]
    retired_at: Mapped[datetime | None]

    @property
    def is_exam_only(self) -> bool:
        """Whether the exam wall stands before this document."""
        return self.use == "exam"
