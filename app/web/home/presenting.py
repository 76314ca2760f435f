"""What the front pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import url_for

from app.models import Attempt, Document
from app.web.courses.presenting import NextStep


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course on a student's front page: how much of its material is done."""

    slug: str
    title: str
    term: str
    done: int
    total: int
    next: NextStep | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One of the last results."""

    title: str
    course_title: str
    url: str
    at: datetime | None
    score: Decimal | None
    max: Decimal | None


@dataclass(frozen=True, slots=True)
class OfferingCard:
    """An offering on an instructor's front page."""

    public_id: str
    title: str
    term: str
    is_archived: bool
    cohorts: int
    students: int


@dataclass(frozen=True, slots=True)
class OpenCourse:
    """A course that anybody may look at."""

    slug: str
    title: str
    hours: Decimal | None
    modules: int
    cases: int


def result_lines(rows: Sequence[tuple[Attempt, Document]], course_title: str) -> list[ResultLine]:
    """List scored attempts."""
    return [
        ResultLine(
            title=document.title,
            course_title=course_title,
            url=url_for("attempts.result", public_id=attempt.public_id),
            at=attempt.submitted_at,
            score=attempt.score,
            max=attempt.max,
        )
        for attempt, document in rows
        if attempt.state == "scored"
    ]
