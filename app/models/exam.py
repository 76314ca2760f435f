"""Exams: sittings of a paper in an offering, practice quizzes among them."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Exam(Base):
    """One sitting. A practice exam has a document, no window, and as many attempts as one likes."""

    __tablename__ = "exam"
    __table_args__ = (
        CheckConstraint("kind IN ('practice', 'assignment', 'mock', 'exam')", name="kind"),
        CheckConstraint("kind <> 'practice' OR document_id IS NOT NULL", name="practice_has_document"),
        CheckConstraint("pass_mark BETWEEN 0 AND 10000", name="pass_mark"),
        Index(
            "uq_exam_practice",
            "offering_id",
            "document_id",
            unique=True,
            sqlite_where=text("kind = 'practice'"),
            postgresql_where=text("kind = 'practice'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    kind: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    #: percentage 0..100 from which the learner passes
    pass_mark: Mapped[Decimal]
    created_at: Mapped[datetime]
