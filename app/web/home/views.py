"""The front page: what each role wants to see first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.content.parse import Kind
from app.domain.progress import CourseProgress
from app.domain.roles import Permission, Person, SiteRole
from app.operations.courses import list_public_courses
from app.operations.documents import find_text
from app.operations.offerings import Place, list_places
from app.operations.progress import list_student_attempts, percentage
from app.web.courses.presenting import CoursePage, MaterialView
from app.web.courses.views import learner_progress, make_page
from app.web.database import Session, reading
from app.web.languages import current_language
from app.web.security import find_person, requires

bp = Blueprint("home", __name__)
LAST_RESULTS = 5


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course on a student's front page: how far, what next, the last results."""

    place: Place
    title: str
    progress: CourseProgress | None
    next: MaterialView | None
    results: Sequence[tuple[str, str, Decimal | None]]


@bp.get("/")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """Show the front page of whoever is asking."""
    person, session = find_person(), reading()
    if person is None:
        return render_template("home/anonymous.html", courses=list_public_courses(session))
    teaching = list_places(session, person, Permission.SEE_COHORT)
    studying = [
        place
        for place in list_places(session, person, Permission.STUDY)
        if place.counts and not place.offering.is_archived
    ]
    return render_template(
        "home/index.html",
        cards=[course_card(session, person, place) for place in studying],
        teaching=teaching,
        may_administer=person.may(Permission.ADMINISTER),
        may_audit=person.may(Permission.READ_AUDIT),
        is_officer=person.site_role is SiteRole.OFFICER,
    )


def course_card(session: Session, person: Person, place: Place) -> CourseCard:
    """Gather a student's card of one course."""
    title = place.course.title(current_language())
    text = find_text(session, place.course.id, Kind.SYLLABUS, "syllabus")
    attempts = list_student_attempts(session, place.offering.id, person.id)[:LAST_RESULTS]
    results = [
        (document.title, attempt.public_id, percentage(attempt))
        for attempt, document in attempts
        if attempt.state == "scored"
    ]
    if text is None:
        return CourseCard(place, title, None, None, results)
    page: CoursePage = make_page(session, place.course, place, text)
    progress = learner_progress(session, place, person, page)
    upcoming = page.material(progress.next) if progress.next else None
    return CourseCard(place, title, progress, upcoming, results)
