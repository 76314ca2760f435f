"""The cards of a student's courses on the front page: all courses in as many statements as one."""

from collections.abc import Sequence

from app.domain.progress import Evidence, course_progress
from app.domain.roles import Person
from app.operations.documents import open_courses
from app.operations.halls import Hall
from app.operations.hours import delivered_by_offering
from app.operations.offerings import Place
from app.operations.own_exams import titles_in
from app.operations.progress import evidence_by_offering, list_student_attempts
from app.operations.results import list_released
from app.web.courses.presenting import CoursePage, course_link
from app.web.courses.views import page_of
from app.web.database import Session
from app.web.home.presenting import CourseCard, ResultLine, last_results, released_lines, result_lines
from app.web.languages import current_language

LAST_RESULTS = 5
Results = dict[int, list[ResultLine]]


def course_cards(session: Session, person: Person, places: Sequence[Place]) -> list[CourseCard]:
    """Gather a student's cards, one a course: how far, what next, the last results."""
    if not places:
        return []
    pages = _pages(session, places)
    evidence = evidence_by_offering(session, [place.offering.id for place in places], person.id)
    practice = _practice(session, person, places, pages)
    exams = _exams(session, person, places)
    cards = []
    for place in places:
        course_id, offering_id = place.course.id, place.offering.id
        results = last_results(practice[course_id], exams[offering_id])[:LAST_RESULTS]
        page, own = pages.get(course_id), evidence.get(offering_id, Evidence())
        tracker = page.tracker(course_progress(page.syllabus, own), counts=True) if page else None
        cards.append(CourseCard(course_link(place.course), place.offering.term, tracker, results))
    return cards


def _pages(session: Session, places: Sequence[Place]) -> dict[int, CoursePage]:
    """Return the pages of the courses that have a syllabus, by course id."""
    opened = open_courses(session, [place.course.id for place in places])
    delivered = delivered_by_offering(session, [place.offering.id for place in places])
    pages = {}
    for place in places:
        text, titles = opened[place.course.id]
        if text is not None:
            hours = delivered[place.offering.id]
            pages[place.course.id] = page_of(session, place.course, (text, titles), hours)
    return pages


def _practice(
    session: Session, person: Person, places: Sequence[Place], pages: dict[int, CoursePage]
) -> Results:
    """Return the results of practice, by course id."""
    found: Results = {place.course.id: [] for place in places}
    for attempt, document in list_student_attempts(
        session, [place.offering.id for place in places], person.id
    ):
        if not document.is_exam_only:
            found[document.course_id] += result_lines([(attempt, document)], pages.get(document.course_id))
    return found


def _exams(session: Session, person: Person, places: Sequence[Place]) -> Results:
    """Return the results of exams that are released, by offering id."""
    held = {place.offering.id: place for place in places}
    found: Results = {offering_id: [] for offering_id in held}
    released = list_released(session, person, list(held))
    halls = [
        Hall(one.exam, held[one.exam.offering_id].offering, held[one.exam.offering_id].course, one.document)
        for one in released
    ]
    titles = titles_in(session, halls, current_language()) if halls else {}
    for one in released:
        found[one.exam.offering_id] += released_lines([one], titles)
    return found
