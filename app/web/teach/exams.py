"""Exams of an offering: their list, setting one, the overview of one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.domain.errors import BadExam, ExamBegun
from app.domain.roles import Permission, Person
from app.operations.documents import get_text, list_quizzes
from app.operations.exams import change_exam, close_exam, create_exam, schedule_exam, withdraw_exam
from app.operations.halls import Hall, count_begun, get_hall, hold_hall, list_halls, list_watched
from app.operations.late import has_late
from app.operations.offerings import Place, get_offering
from app.operations.own_exams import paper_of_exam, titles_in
from app.operations.preflight import preflight
from app.operations.stale_desk import renew_paper
from app.operations.walled import walled_quizzes
from app.web.clock import chance, clock
from app.web.database import Session, reading, writing
from app.web.errors import refusal_message
from app.web.exams.held import held_exams
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exam_forms import ExamForm
from app.web.teach.views import about

#: the newest are listed; older ones are found from their offering
MOST_LISTED = 100


@bp.get("/exams")
@requires(Permission.INVIGILATE)
def all_exams() -> ResponseReturnValue:
    """List the exams that one may watch, of every course."""
    session = reading()
    halls = list_watched(session, current_person(), MOST_LISTED)
    return render_template("teach/all_exams.html", exams=held_exams(session, halls))


@bp.get("/offerings/<public_id>/exams")
@requires(Permission.SET_EXAM)
def exams(public_id: str) -> ResponseReturnValue:
    """List the exams of an offering."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.SET_EXAM)
    halls = list_halls(session, place.offering.id)
    return render_template(
        "teach/exams.html",
        **about(place),
        exams=held_exams(session, halls),
    )


@bp.get("/offerings/<public_id>/exams/new")
@requires(Permission.SET_EXAM)
def new_exam(public_id: str) -> ResponseReturnValue:
    """Show the form by which an exam is set, with the rules of another one where it is to be like that."""
    session, person = reading(), current_person()
    place = get_offering(session, person, public_id, Permission.SET_EXAM)
    form = _form_of(session, place)
    form.quiz.data = request.args.get("quiz", form.quiz.data)
    form.attempts_allowed.data = 1
    if like := request.args.get("like"):
        hall = get_hall(session, person, like, Permission.SET_EXAM)
        form.fill(hall.exam)
        form.quiz.data = hall.document.slug
        # the one thing that is surely another
        form.opens_at.data = form.closes_at.data = None
    return show_form(form, **about(place))


@bp.post("/offerings/<public_id>/exams/new")
@requires(Permission.SET_EXAM)
def add_exam(public_id: str) -> ResponseReturnValue:
    """Set an exam: as a draft, or scheduled at once."""
    session, person = reading(), current_person()
    place = get_offering(session, person, public_id, Permission.SET_EXAM)
    form = _form_of(session, place)
    if not form.validate_on_submit():
        return show_form(form, **about(place))
    try:
        with writing() as session:
            place = get_offering(session, person, public_id, Permission.SET_EXAM)
            text = get_text(session, place.course.id, Kind.QUIZ, form.quiz.data)
            where = (place.offering, text)
            made = create_exam(session, person, where, form.rules(), (clock(), chance())).public_id
            if "schedule" in request.form:
                schedule_exam(session, person, hold_hall(session, person, made, Permission.SET_EXAM), clock())
    except BadExam as refusal:
        return show_form(form, problem=said(refusal), **about(place))
    flash(_told(), "success")
    return redirect(url_for("teach.exam", public_id=made), 303)


@bp.get("/exams/<public_id>")
@requires(Permission.SET_EXAM, Permission.INVIGILATE)
def exam(public_id: str) -> ResponseReturnValue:
    """Show what was set of an exam, what to look at before it begins, and the ways to everything else."""
    session, person = reading(), current_person()
    hall = get_hall(session, person, public_id, Permission.INVIGILATE)
    return render_template(
        "teach/exam.html",
        **about_hall(session, hall),
        quiz_title=quiz_title(session, hall),
        paper=paper_of_exam(session, hall),
        begun=count_begun(session, [hall.exam.id]).get(hall.exam.id, 0),
        findings=preflight(session, hall, clock()),
    )


@bp.get("/exams/<public_id>/edit")
@requires(Permission.SET_EXAM)
def edit_exam(public_id: str) -> ResponseReturnValue:
    """Show the form with what was set."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.SET_EXAM)
    form = ExamForm()
    _fix_quiz(form, hall)
    form.fill(hall.exam)
    return show_form(form, **about_hall(session, hall))


@bp.post("/exams/<public_id>/edit")
@requires(Permission.SET_EXAM)
def save_exam(public_id: str) -> ResponseReturnValue:
    """Change what was set."""
    session, person = reading(), current_person()
    hall = get_hall(session, person, public_id, Permission.SET_EXAM)
    form = ExamForm()
    _fix_quiz(form, hall)
    if not form.validate_on_submit():
        return show_form(form, **about_hall(session, hall))
    try:
        with writing() as session:
            hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
            change_exam(session, person, hall, form.rules(), clock())
            if "schedule" in request.form:
                schedule_exam(session, person, hall, clock())
    except (BadExam, ExamBegun) as refusal:
        return show_form(form, problem=said(refusal), **about_hall(reading(), hall))
    flash(_told(), "success")
    return redirect(url_for("teach.exam", public_id=public_id), 303)


@bp.post("/exams/<public_id>/schedule")
@requires(Permission.SET_EXAM)
def schedule(public_id: str) -> ResponseReturnValue:
    """Freeze the paper and let students see the exam; or make it a draft again, or close it now."""
    person = current_person()
    act: Callable[[Session, Person, Hall, datetime], None] = schedule_exam
    told = gettext("The exam is scheduled.")
    if "close" in request.form:
        act, told = close_exam, gettext("The exam is closed: nobody can begin any more.")
    elif "renew" in request.form:
        act, told = (
            renew_paper,
            gettext("The paper is frozen anew, from the texts as they are published now."),
        )
    elif "withdraw" in request.form:
        act, told = withdraw_exam, gettext("The exam is a draft again.")
    try:
        with writing() as session:
            hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
            act(session, person, hall, clock())
    except (BadExam, ExamBegun) as refusal:
        flash(said(refusal), "danger")
    else:
        flash(told, "success")
    return redirect(url_for("teach.exam", public_id=public_id), 303)


def show_form(form: ExamForm, problem: str = "", **names: Any) -> ResponseReturnValue:
    """Render the form; 422 if what was sent has faults."""
    body = render_template("teach/exam_form.html", form=form, problem=problem, **names)
    return (body, 422) if form.errors or problem else body


def about_hall(session: Session, hall: Hall) -> dict[str, Any]:
    """Return what every page about an exam names."""
    language = current_language()
    return {
        "hall": hall,
        "exam": hall.exam,
        "state": hall.exam.state(clock()).value,
        "title": titles_in(session, [hall], language)[hall.exam.id],
        "course_title": hall.course.title(language),
        "has_late": has_late(session, hall.exam.id),
    }


def said(refusal: BadExam | ExamBegun) -> str:
    """Say why an exam was refused, in the reader's language."""
    if isinstance(refusal, BadExam):
        return gettext(str(refusal))
    return refusal_message(refusal)


def _told() -> str:
    return gettext("The exam is scheduled.") if "schedule" in request.form else gettext("Saved.")


def _form_of(session: Session, place: Place) -> ExamForm:
    form = ExamForm()
    form.quiz.choices = _quiz_choices(session, place.course.id)
    return form


def _quiz_choices(session: Session, course_id: int) -> list[tuple[str, str]]:
    """Return the quizzes, those for exams first: of the others students may know every key."""
    walled = walled_quizzes(session, course_id)
    listed = [(quiz.slug, quiz.title) for quiz in list_quizzes(session, course_id, current_language())]
    known = [(slug, gettext("%(title)s (students can practise it)", title=title)) for slug, title in listed]
    return [one for one in listed if one[0] in walled] + [one for one in known if one[0] not in walled]


def _fix_quiz(form: ExamForm, hall: Hall) -> None:
    """Leave the quiz as it was set: another paper is another exam."""
    form.quiz.choices = [(hall.document.slug, quiz_title(reading(), hall))]
    form.quiz.data = form.quiz.data or hall.document.slug


def quiz_title(session: Session, hall: Hall) -> str:
    """Return what an exam's quiz is called in the language of the page, or in its own once it is retired."""
    listed = list_quizzes(session, hall.course.id, current_language())
    titles = {quiz.slug: quiz.title for quiz in listed}
    return titles.get(hall.document.slug, hall.document.title)
