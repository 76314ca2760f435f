"""What the front pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.roles import Role
from app.models import Attempt, Document
from app.web.courses.presenting import CourseLink, CoursePage, Tracker


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One of the last results."""

    title: str
    public_id: str
    at: datetime | None
    score: Decimal | None
    max: Decimal | None


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course on a student's front page: how far, what next, the last results.

    ``tracker`` is None while the course has no syllabus.
    """

    course: CourseLink
    term: str
    tracker: Tracker | None
    results: Sequence[ResultLine]


@dataclass(frozen=True, slots=True)
class OfferingCard:
    """An offering on an instructor's front page."""

    public_id: str
    title: str
    term: str
    is_archived: bool
    role: Role
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


def result_lines(rows: Sequence[tuple[Attempt, Document]], page: CoursePage | None) -> list[ResultLine]:
    """List scored attempts, with the titles of the page's language."""
    return [
        ResultLine(
            title_here(document, page), attempt.public_id, attempt.submitted_at, attempt.score, attempt.max
        )
        for attempt, document in rows
        if attempt.state == "scored"
    ]


def title_here(document: Document, page: CoursePage | None) -> str:
    """Return a document's title as the course's page names it."""
    return page.title_here(document) if page else document.title
