"""Questions that are being taken in from a file, and the pictures that a course's drafts show."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class QuestionImport(Base):
    """A file that somebody sent. What is in it stands beside the database until it is taken or given up."""

    __tablename__ = "question_import"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'ready', 'refused', 'taking', 'done')", name="state"),
        CheckConstraint("done >= 0 AND done <= parts", name="done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    file_name: Mapped[str]
    #: where to: slug, title, module, use; whether it is added to a quiz, and what was seen of that
    target: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="waiting")
    #: how many questions there are of each verdict
    counts: Mapped[dict[str, Any]]
    #: how many quizzes they make, and how many of them are made
    parts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    is_published: Mapped[bool] = mapped_column(default=False)
    #: a sentence and its values: why it was refused
    refusal: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
