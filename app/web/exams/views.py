"""The notice of an exam (考试须知), and its start."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import ENTRY_RULES, DoorShut, Refusal, WrongCode
from app.domain.roles import Permission
from app.operations.entering import Entered, Visit, start_exam
from app.operations.halls import open_hall
from app.operations.own_exams import own_exam, paper_of_exam, titles_in
from app.web.clock import chance, clock
from app.web.courses.presenting import course_link
from app.web.database import reading, writing
from app.web.errors import refusal_message, refusal_status
from app.web.exams.blueprint import bp
from app.web.exams.presenting import show_notice
from app.web.languages import current_language
from app.web.security import current_person, requires
from app.web.sessions import address, this_device


@bp.get("/exams/<public_id>")
@requires(Permission.STUDY)
def notice(public_id: str) -> ResponseReturnValue:
    """Show what everybody reads before the start, and the way in."""
    return show(public_id)


@bp.post("/exams/<public_id>/start")
@requires(Permission.STUDY)
def start(public_id: str) -> ResponseReturnValue:
    """Begin, or go on with the open attempt; with none left it leads to the last one."""
    person = current_person()
    visit = Visit(
        device=this_device(),
        address=address(),
        code=request.form.get("code", ""),
        honour="honour" in request.form,
    )
    try:
        with writing() as session:
            hall = open_hall(session, person, public_id)
            entered = start_exam(session, person, hall, visit, (g.received_at, chance()))
    except ENTRY_RULES as refusal:
        return show(public_id, refusal)
    return _lead_on(public_id, entered)


def _lead_on(public_id: str, entered: Entered) -> ResponseReturnValue:
    if entered.attempt is None:
        return show(public_id, WrongCode() if entered.shut_until is None else DoorShut())
    if not entered.is_new and entered.attempt.state != "open":
        flash(gettext("You have used every attempt that this exam allows."), "warning")
    return redirect(url_for("attempts.show", public_id=entered.attempt.public_id), 303)


def show(public_id: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Render the notice; with what was refused, if something was."""
    session, person = reading(), current_person()
    hall = open_hall(session, person, public_id)
    own = own_exam(session, person, hall)
    title = titles_in(session, [hall], current_language())[hall.exam.id]
    body = render_template(
        "exams/notice.html",
        course=course_link(hall.course),
        told=show_notice(own, title, paper_of_exam(session, hall), clock()),
        exam=hall.exam,
        problem=refusal_message(refusal) if refusal else "",
        refused=refusal.code if refusal else "",
        typed_code=request.form.get("code", ""),
    )
    return (body, refusal_status(refusal)) if refusal else body
