"""The front page: what each role wants to see first."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.content.parse import Kind
from app.domain.roles import Permission, Person, SiteRole
from app.models import Course
from app.operations.courses import list_public_courses
from app.operations.documents import find_text, syllabus_of
from app.operations.offerings import Place, count_people, list_places
from app.operations.progress import list_student_attempts
from app.web.courses.views import learner_progress, make_page
from app.web.database import Session, reading
from app.web.home.presenting import CourseCard, OfferingCard, OpenCourse, ResultLine, result_lines
from app.web.languages import current_language
from app.web.security import find_person, requires

bp = Blueprint("home", __name__)
LAST_RESULTS = 5
NEVER = datetime.min.replace(tzinfo=UTC)


@bp.get("/")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """Show the front page of whoever is asking."""
    person, session = find_person(), reading()
    if person is None:
        courses = [open_course(session, course) for course in list_public_courses(session)]
        return render_template("home/anonymous.html", courses=courses)
    if person.may(Permission.SEE_COHORT):
        places = list_places(session, person, Permission.SEE_COHORT)
        return render_template("home/instructor.html", offerings=offering_cards(session, places))
    if person.site_role is SiteRole.OFFICER:
        return render_template("home/officer.html", exams=[])
    if person.site_role is not None and not person.memberships:
        return render_template("home/site.html")
    return show_student(session, person)


def show_student(session: Session, person: Person) -> ResponseReturnValue:
    """Show a student's courses, what to go on with, and the last results."""
    cards: list[CourseCard] = []
    results: list[ResultLine] = []
    for place in list_places(session, person, Permission.STUDY):
        if not place.offering.is_archived:
            cards.append(course_card(session, person, place))
            rows = list_student_attempts(session, place.offering.id, person.id)
            results.extend(result_lines(rows, cards[-1].title))
    results.sort(key=lambda line: line.at or NEVER, reverse=True)
    upcoming = next((card.next for card in cards if card.next), None)
    return render_template("home/student.html", courses=cards, next=upcoming, results=results[:LAST_RESULTS])


def course_card(session: Session, person: Person, place: Place) -> CourseCard:
    """Gather a student's card of one course."""
    slug, title, term = place.course.slug, place.course.title(current_language()), place.offering.term
    text = find_text(session, place.course.id, Kind.SYLLABUS, "syllabus")
    if text is None:
        return CourseCard(slug, title, term, 0, 0, None)
    page = make_page(session, place.course, place, text)
    tracker = page.tracker(learner_progress(session, place, person, page), counts=place.counts)
    return CourseCard(slug, title, term, tracker.done or 0, tracker.total or 0, tracker.next)


def offering_cards(session: Session, places: Sequence[Place]) -> list[OfferingCard]:
    """Gather an instructor's cards."""
    counts = count_people(session, [place.offering.id for place in places])
    return [
        OfferingCard(
            public_id=place.offering.public_id,
            title=place.course.title(current_language()),
            term=place.offering.term,
            is_archived=place.offering.is_archived,
            cohorts=counts[place.offering.id].cohorts,
            students=counts[place.offering.id].students,
        )
        for place in places
    ]


def open_course(session: Session, course: Course) -> OpenCourse:
    """Gather what a stranger sees of a public course."""
    title = course.title(current_language())
    text = find_text(session, course.id, Kind.SYLLABUS, "syllabus")
    if text is None:
        return OpenCourse(course.slug, title, None, 0, 0)
    syllabus = syllabus_of(text.revision(current_language()))
    cases = sum(len(module.cases) for module in syllabus.modules)
    return OpenCourse(course.slug, title, syllabus.hours, len(syllabus.modules), cases)
