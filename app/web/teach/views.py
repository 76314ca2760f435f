"""Offerings that one teaches: the cohort matrix, students' records."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.content.parse import Kind
from app.domain.progress import Evidence, course_progress
from app.domain.roles import Permission
from app.domain.syllabus import Syllabus
from app.models import User
from app.operations.documents import find_text
from app.operations.hours import list_lessons
from app.operations.offerings import Place, get_offering, list_cohorts, list_places
from app.operations.progress import (
    evidence_by_person,
    get_student,
    list_learners,
    list_student_attempts,
    list_student_walks,
    percentage,
    visible_cohorts,
)
from app.operations.student_exams import list_student_exams
from app.operations.walked import list_walked_cases
from app.web.clock import clock
from app.web.courses.presenting import CoursePage
from app.web.courses.views import make_page
from app.web.database import Session, reading
from app.web.home.presenting import title_here
from app.web.home.views import offering_cards
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.forms import HoursForm, TermForm
from app.web.teach.presenting import CaseLink, case_links, matrix_rows
from app.web.teach.result_words import STATES


@bp.get("/")
@requires(Permission.SEE_COHORT)
def index() -> ResponseReturnValue:
    """List the offerings that one teaches or assists in."""
    session = reading()
    places = list_places(session, current_person(), Permission.SEE_COHORT)
    return render_template("teach/index.html", offerings=offering_cards(session, places))


@bp.get("/offerings/<public_id>")
@requires(Permission.SEE_COHORT)
def offering(public_id: str) -> ResponseReturnValue:
    """Show the cohort by module matrix of an offering."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.SEE_COHORT)
    cohorts = list_cohorts(session, place)
    wanted = request.args.get("cohort", type=int)
    chosen = frozenset(cohort.id for cohort in cohorts if cohort.id == wanted) or visible_cohorts(place)
    page = syllabus_page(session, place)
    learners = list_learners(session, place, page.syllabus, chosen) if page else ()
    return render_template(
        "teach/offering.html",
        **about(place),
        cohorts=cohorts,
        cohort=wanted,
        modules=page.tracker(course_progress(page.syllabus, Evidence()), counts=True).modules if page else (),
        rows=matrix_rows(place, page, learners) if page else [],
        cases=_cases(session, place, page),
    )


@bp.get("/offerings/<public_id>/hours")
@requires(Permission.RUN_OFFERING)
def hours(public_id: str) -> ResponseReturnValue:
    """Show the class hours held, and the form to record more."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.RUN_OFFERING)
    page = syllabus_page(session, place)
    return show_hours(session, place, page, hours_form(page))


@bp.get("/offerings/<public_id>/terms")
@requires(Permission.RUN_OFFERING)
def terms(public_id: str) -> ResponseReturnValue:
    """Show how to copy an offering to the next term, or to archive it."""
    place = get_offering(reading(), current_person(), public_id, Permission.RUN_OFFERING)
    return show_terms(place, TermForm())


@bp.get("/offerings/<public_id>/students/<student>")
@requires(Permission.SEE_COHORT)
def student(public_id: str, student: str) -> ResponseReturnValue:
    """Show what a student did in the offering."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.SEE_COHORT)
    user, cohort = get_student(session, place, student)
    page = syllabus_page(session, place)
    evidence = evidence_by_person(session, place.offering.id, [user.id]).get(user.id, Evidence())
    progress = course_progress(page.syllabus, evidence) if page else None
    walks = list_student_walks(session, place.offering.id, user.id)
    attempts = list_student_attempts(session, [place.offering.id], user.id)
    return render_template(
        "teach/student.html",
        **about(place),
        student=user,
        user=user,
        cohort=cohort,
        progress=progress,
        tracker=page.tracker(progress, counts=True) if page and progress else None,
        walks=[(walk, title_here(document, page)) for walk, document in walks],
        attempts=[(one, title_here(document, page), percentage(one)) for one, document in attempts],
        **_exams_sat(session, place, user, page),
    )


def _exams_sat(session: Session, place: Place, user: User, page: CoursePage | None) -> dict[str, Any]:
    """Return the exams that a student sat, for those who see the results of exams."""
    if not current_person().may(Permission.INVIGILATE, place.offering.id):
        return {"exams": None}
    found = list_student_exams(session, place.offering.id, user.id, clock())
    exams = [(one, one.exam.title or title_here(one.document, page)) for one in found]
    return {"exams": exams, "states": STATES}


def about(place: Place) -> dict[str, Any]:
    """Return what every page of an offering names."""
    return {"place": place, "title": place.course.title(current_language())}


def show_terms(place: Place, form: TermForm) -> ResponseReturnValue:
    """Render the page of terms and archive; 422 if the form that was sent has faults."""
    body = render_template("teach/terms.html", **about(place), form=form)
    return (body, 422) if form.errors else body


def syllabus_page(session: Session, place: Place) -> CoursePage | None:
    """Return the course's page, None while it has no syllabus."""
    text = find_text(session, place.course.id, Kind.SYLLABUS, "syllabus")
    return make_page(session, place.course, place, text) if text else None


def hours_form(page: CoursePage | None) -> HoursForm:
    """Return the form for class hours with the syllabus's modules to choose from."""
    form = HoursForm()
    syllabus: Syllabus | None = page.syllabus if page else None
    form.module.choices = [(module.id, module.title) for module in (syllabus.modules if syllabus else ())]
    return form


def show_hours(
    session: Session, place: Place, page: CoursePage | None, form: HoursForm
) -> ResponseReturnValue:
    """Render the page of class hours; 422 if the form that was sent has faults."""
    lessons = list_lessons(session, place.offering.id)
    syllabus_modules = page.syllabus.modules if page else ()
    modules = {one.id: one for one in syllabus_modules}
    body = render_template("teach/hours.html", **about(place), form=form, lessons=lessons, modules=modules)
    return (body, 422) if form.errors else body


def _cases(session: Session, place: Place, page: CoursePage | None) -> list[CaseLink]:
    """Return the cases whose paths may be read here."""
    if not current_person().may(Permission.SEE_ANSWERS, place.offering.id):
        return []
    return case_links(page, list_walked_cases(session, place, current_language()))
