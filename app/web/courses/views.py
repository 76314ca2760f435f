"""The course page."""

from collections.abc import Mapping
from decimal import Decimal

from flask import render_template
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound
from app.domain.progress import CourseProgress, Evidence, course_progress
from app.domain.roles import Permission, Person
from app.domain.syllabus import with_material_of
from app.models import Course, Document
from app.operations.courses import find_course
from app.operations.documents import Text, find_fragments, list_titles, open_course, syllabus_of
from app.operations.halls import Hall
from app.operations.hours import delivered_by_module
from app.operations.offerings import Place, find_place
from app.operations.own_exams import list_own_exams
from app.operations.progress import evidence_by_person, published_part
from app.web.clock import clock, today
from app.web.courses.blueprint import bp
from app.web.courses.files import FileView, by_module, file_views
from app.web.courses.presenting import CoursePage, Titles, course_link
from app.web.database import Session, reading
from app.web.exams.presenting import ExamLine, exam_lines
from app.web.languages import current_language
from app.web.security import find_person, requires

NOBODY = Evidence()


@bp.get("/courses/<slug>")
@requires(Permission.PUBLIC)
def show(slug: str) -> ResponseReturnValue:
    """Show a course: its syllabus, and to its people how far they have come."""
    session, person = reading(), find_person()
    place = find_place(session, person, slug, today()) if person else None
    course = place.course if place else _public_course(session, slug)
    text, titles = open_course(session, course.id)
    if text is None:
        return render_template("courses/empty.html", course=course_link(course))
    page = make_page(session, course, place, text, titles)
    progress = learner_progress(session, place, person, page)
    counts = place is not None and place.counts
    return render_template(
        "courses/show.html",
        course=page.course,
        place=place,
        syllabus=page.syllabus,
        tracker=page.tracker(progress, counts=counts),
        exams=own_exams(session, person, place, titles) if person and place else [],
        files=_files(session, place, page),
    )


def _files(session: Session, place: Place | None, page: CoursePage) -> Mapping[str, list[FileView]]:
    """Return the files by module: for people of the course alone, even where its syllabus is public."""
    views = file_views(session, place.course) if place else []
    return by_module(views, [module.id for module in page.syllabus.modules])


def own_exams(session: Session, person: Person, place: Place, titles: Titles) -> list[ExamLine]:
    """List the exams of a course for its student."""
    own, language = list_own_exams(session, person, [place.offering.id]), current_language()
    named = {one.hall.exam.id: _exam_title(one.hall, titles, language) for one in own}
    return exam_lines(own, named, clock())


def _exam_title(hall: Hall, titles: Titles, language: str) -> str:
    """Return what an exam is called: its quiz may be retired by now."""
    quizzes = titles.get((hall.document.kind, hall.document.slug), {})
    return hall.exam.title or quizzes.get(language, hall.document).title


def make_page(
    session: Session, course: Course, place: Place | None, text: Text, titles: Titles | None = None
) -> CoursePage:
    """Gather what the course page shows, in three statements at most.

    :param titles: every title of the course, where they were read already.
    """
    titles = list_titles(session, course.id) if titles is None else titles
    delivered = delivered_by_module(session, place.offering.id) if place else None
    return page_of(session, course, (text, titles), delivered)


def page_of(
    session: Session, course: Course, opened: tuple[Text, Titles], delivered: Mapping[str, Decimal] | None
) -> CoursePage:
    """Make the page of a course from what was read of it; no statement where its text was shown before.

    :param opened: the syllabus, and every title of the course.
    :param delivered: class hours by module, None where there is no offering to deliver in.
    """
    text, titles = opened
    language = text.language(current_language())
    revision = text.revisions[language]
    practice = {key: found for key, found in titles.items() if _is_practice(found)}
    original = syllabus_of(text.revisions[text.original])
    syllabus = with_material_of(original, syllabus_of(revision))
    return CoursePage(
        course=course_link(course),
        language=language,
        syllabus=published_part(syllabus, practice),
        fragments=find_fragments(session, [revision])[revision.id],
        titles=practice,
        delivered=delivered,
    )


def learner_progress(
    session: Session, place: Place | None, person: Person | None, page: CoursePage
) -> CourseProgress:
    """Return how far a person has come; people who only teach or look have come nowhere."""
    evidence = NOBODY
    if place and person:
        evidence = evidence_by_person(session, place.offering.id, [person.id]).get(person.id, NOBODY)
    return course_progress(page.syllabus, evidence)


def _public_course(session: Session, slug: str) -> Course:
    course = find_course(session, slug)
    if course is None or not course.is_public:
        raise NotFound(slug)
    return course


def _is_practice(documents: Mapping[str, Document]) -> bool:
    return not any(document.is_exam_only for document in documents.values())
