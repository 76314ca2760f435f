"""Papers of a term, to be printed: teaching plan (授课计划), syllabus (教学大纲), coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.domain.coverage import Cover
from app.domain.errors import NotPublished
from app.domain.progress import Evidence, course_progress
from app.domain.roles import Permission
from app.models import DeliveredHours
from app.operations.classes import list_class_names
from app.operations.coverage import Covered, cover_course
from app.operations.documents import quiz_of
from app.operations.enrolment import instructor_names
from app.operations.hours import list_lessons
from app.operations.offerings import Place, get_offering
from app.operations.own_exams import titles_in
from app.web.courses.files import by_module, file_views
from app.web.courses.presenting import CoursePage, Tracker
from app.web.database import Session, reading
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.views import about, syllabus_page

#: languages in which a syllabus names its course
NAMED = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Column:
    """A quiz or exam of the coverage: what stands over its column, and what that means."""

    name: str
    head: str
    title: str


@bp.get("/offerings/<public_id>/plan")
@requires(Permission.RUN_OFFERING)
def plan(public_id: str) -> ResponseReturnValue:
    """Show the teaching plan of an offering."""
    session = reading()
    place, page = _page(session, public_id, Permission.RUN_OFFERING)
    lessons = list_lessons(session, place.offering.id)
    tracker = _tracker(page)
    return render_template(
        "teach/plan.html",
        **_head(session, place, page),
        tracker=tracker,
        dates=_dates(lessons),
        files=by_module(file_views(session, place.course), [module.id for module in tracker.modules]),
    )


@bp.get("/offerings/<public_id>/syllabus")
@requires(Permission.RUN_OFFERING)
def syllabus(public_id: str) -> ResponseReturnValue:
    """Show the syllabus in the order in which colleges file it."""
    session = reading()
    place, page = _page(session, public_id, Permission.RUN_OFFERING)
    return render_template(
        "teach/syllabus.html",
        **_head(session, place, page),
        names=[place.course.titles[name] for name in NAMED if name in place.course.titles],
        tracker=_tracker(page),
    )


@bp.get("/offerings/<public_id>/coverage")
@requires(Permission.AUTHOR)
def coverage(public_id: str) -> ResponseReturnValue:
    """Show which objectives are practised and examined, and which are not."""
    session = reading()
    place, page = _page(session, public_id, Permission.AUTHOR)
    covered = cover_course(session, place, page.syllabus)
    return render_template(
        "teach/coverage.html",
        **_head(session, place, page),
        made=covered.coverage,
        quizzes=_quiz_columns(covered),
        exams=_exam_columns(session, covered),
        views={view.id: view for view in _tracker(page).modules},
        total=total,
    )


def total(covers: Mapping[str, Cover]) -> int:
    """Return how many items there are in some columns."""
    return sum(cover.items for cover in covers.values())


def _page(session: Session, public_id: str, permission: Permission) -> tuple[Place, CoursePage]:
    place = get_offering(session, current_person(), public_id, permission)
    page = syllabus_page(session, place)
    if page is None:
        raise NotPublished(Kind.SYLLABUS.value)
    return place, page


def _head(session: Session, place: Place, page: CoursePage) -> dict[str, Any]:
    """Return what every paper of a term says at its head."""
    return about(place) | {
        "syllabus": page.syllabus,
        "instructors": instructor_names(session, place.offering.id),
        "cohorts": list_class_names(session, place),
    }


def _tracker(page: CoursePage) -> Tracker:
    return page.tracker(course_progress(page.syllabus, Evidence()), counts=False)


def _dates(lessons: Sequence[DeliveredHours]) -> dict[str, list[date]]:
    """Return the days on which modules were taught, each once, the first one first."""
    found: dict[str, dict[date, None]] = {}
    for lesson in reversed(lessons):
        found.setdefault(lesson.module, {})[lesson.held_on] = None
    return {module: list(days) for module, days in found.items()}


def _quiz_columns(covered: Covered) -> list[Column]:
    language = current_language()
    return [
        Column(name, gettext("Q%(number)s", number=number), quiz_of(text.revision(language)).title)
        for number, (name, text) in enumerate(covered.quizzes.items(), 1)
    ]


def _exam_columns(session: Session, covered: Covered) -> list[Column]:
    titles = titles_in(session, list(covered.exams.values()), current_language())
    return [
        Column(name, gettext("E%(number)s", number=number), titles[hall.exam.id])
        for number, (name, hall) in enumerate(covered.exams.items(), 1)
    ]
