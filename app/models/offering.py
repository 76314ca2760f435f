"""Offerings: a course in a term, its teaching classes and its people."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.course import Course


class Offering(Base):
    """A course held in a term (学期). Archived ones are read-only."""

    __tablename__ = "offering"
    __table_args__ = (
        UniqueConstraint("course_id", "term"),
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    term: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    archived_at: Mapped[datetime | None]
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("offering.id"))
    created_at: Mapped[datetime]
    course: Mapped[Course] = relationship(lazy="raise")

    @property
    def is_archived(self) -> bool:
        """Whether the offering takes no more changes."""
        return self.archived_at is not None


class Cohort(Base):
    """A teaching class (教学班) of an offering."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("offering_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    name: Mapped[str]


class Enrolment(Base):
    """A person's role in an offering; students stand in one of its cohorts or in none."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("role IN ('student', 'assistant', 'marker', 'instructor')", name="role"),
        Index("ix_enrolment_user_id", "user_id"),
        Index("ix_enrolment_cohort_id", "cohort_id"),
    )

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    role: Mapped[str]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    enrolled_at: Mapped[datetime]


class CohortAssistant(Base):
    """An assistant looks after this cohort."""

    __tablename__ = "cohort_assistant"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)


class DeliveredHours(Base):
    """Class hours of a module that were held on a day."""

    __tablename__ = "delivered_hours"
    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_positive"),
        Index("ix_delivered_hours_offering_id", "offering_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    module: Mapped[str]
    hours: Mapped[Decimal]
    held_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime]
