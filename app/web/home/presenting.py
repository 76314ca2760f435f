"""What the front pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.review import tells_marks
from app.domain.roles import Role
from app.models import Attempt, Document
from app.operations.results import Released
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
class DeskView:
    """What waits: exams with answers to mark (public id, title, how many), how many people sit now.

    ``stale`` counts what was made before a text that it stands on changed.
    """

    to_mark: Sequence[tuple[str, str, int]]
    running: int
    stale: int = 0


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


def released_lines(rows: Sequence[Released], titles: Mapping[int, str]) -> list[ResultLine]:
    """List attempts at exams whose results are released; points only where they are shown.

    :param titles: what the exams are called, by id.
    """
    lines = []
    for one in rows:
        title = titles[one.exam.id]
        attempt, shows = one.attempt, tells_marks(one.exam.review)
        score, most = (attempt.score, attempt.max) if shows else (None, None)
        lines.append(ResultLine(title, attempt.public_id, attempt.submitted_at, score, most))
    return lines


def last_results(*kinds: Sequence[ResultLine]) -> list[ResultLine]:
    """Return the results of all kinds, the newest first."""
    everything = [line for lines in kinds for line in lines]
    return sorted(everything, key=lambda line: line.at.timestamp() if line.at else 0, reverse=True)


def title_here(document: Document, page: CoursePage | None) -> str:
    """Return a document's title as the course's page names it."""
    return page.title_here(document) if page else document.title
