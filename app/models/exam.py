"""Exams: sittings of a paper in an offering, practice quizzes among them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.deadline import Allowance, Window
from app.domain.exam import ExamState, exam_state
from app.models.base import Base


class Exam(Base):
    """One sitting. A practice exam has a document, no window, and as many attempts as one likes.

    The paper of any other is frozen when it is set; minutes that are None do not limit.
    """

    __tablename__ = "exam"
    __table_args__ = (
        CheckConstraint("kind IN ('practice', 'assignment', 'mock', 'exam')", name="kind"),
        CheckConstraint("kind <> 'practice' OR document_id IS NOT NULL", name="practice_has_document"),
        CheckConstraint("pass_mark BETWEEN 0 AND 10000", name="pass_mark"),
        CheckConstraint("closes_at > opens_at", name="window"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("attempts_allowed > 0", name="attempts_allowed"),
        CheckConstraint("devices IN ('any', 'newest', 'first')", name="devices"),
        CheckConstraint("sort IN ('regular', 'deferred', 'resit')", name="sort"),
        CheckConstraint("released_at IS NULL OR scheduled_at IS NOT NULL", name="released_was_scheduled"),
        Index(
            "uq_exam_practice",
            "offering_id",
            "document_id",
            unique=True,
            sqlite_where=text("kind = 'practice'"),
            postgresql_where=text("kind = 'practice'"),
        ),
        Index("ix_exam_offering_id", "offering_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    kind: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    #: percentage 0..100 from which the learner passes
    pass_mark: Mapped[Decimal]
    created_at: Mapped[datetime]
    #: empty: it is called as its quiz
    title: Mapped[str] = mapped_column(default="", server_default="")
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    #: minutes after the opening in which one may still begin (迟到)
    late_minutes: Mapped[int | None]
    #: minutes after the start before which one cannot hand in (最早交卷)
    earliest_minutes: Mapped[int | None]
    #: None: as many as one likes
    attempts_allowed: Mapped[int | None]
    code: Mapped[str] = mapped_column(default="", server_default="")
    networks: Mapped[str] = mapped_column(default="", server_default="")
    #: what everybody reads before the start (考试须知), in plain text
    notice: Mapped[str] = mapped_column(default="", server_default="")
    needs_honour: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    devices: Mapped[str] = mapped_column(default="any", server_default="any")
    #: a draw is made once for all, not for each person
    draws_once: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    one_at_a_time: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    sort: Mapped[str] = mapped_column(default="regular", server_default="regular")
    #: aspect -> phases in which a learner sees it
    review: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    grace_seconds: Mapped[int] = mapped_column(default=30, server_default="30")
    late_seconds: Mapped[int] = mapped_column(default=600, server_default="600")
    scheduled_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def window(self) -> Window:
        """When it is open, and how long one has."""
        return Window(self.opens_at, self.closes_at, as_minutes(self.minutes))

    def state(self, now: datetime) -> ExamState:
        """Where it stands."""
        return exam_state(self.window, self.scheduled_at, self.released_at, now)


def as_minutes(number: int | None) -> timedelta | None:
    """Return whole minutes as a length."""
    return None if number is None else timedelta(minutes=number)


class Accommodation(Base):
    """What one person or one cohort is allowed beyond an exam's rules."""

    __tablename__ = "accommodation"
    __table_args__ = (
        UniqueConstraint("exam_id", "user_id"),
        UniqueConstraint("exam_id", "cohort_id"),
        CheckConstraint("(user_id IS NULL) <> (cohort_id IS NULL)", name="one_of_both"),
        CheckConstraint("extra_minutes >= 0", name="extra_minutes"),
        CheckConstraint("factor BETWEEN 100 AND 500", name="factor"),
        CheckConstraint("closes_at > opens_at", name="window"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    extra_minutes: Mapped[int] = mapped_column(default=0)
    #: on the duration; 1.25 is a quarter more
    factor: Mapped[Decimal]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    reason: Mapped[str]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]

    @property
    def allowance(self) -> Allowance:
        """What it allows."""
        return Allowance(timedelta(minutes=self.extra_minutes), self.factor, self.opens_at, self.closes_at)


class TimeCredit(Base):
    """Minutes that were given to some or all who sat an exam; taking them back is another act."""

    __tablename__ = "time_credit"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_time_credit_exam_id", "exam_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exam.id"))
    minutes: Mapped[int]
    #: it was given to those whose attempt was open at this instant; None: to chosen ones
    open_at: Mapped[datetime | None]
    reason: Mapped[str]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]


class CreditedAttempt(Base):
    """An attempt that a time credit was given to."""

    __tablename__ = "credited_attempt"

    credit_id: Mapped[int] = mapped_column(ForeignKey("time_credit.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
