"""Accommodations of an exam: who is allowed more time or another window, and why."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import BadExam
from app.domain.roles import Permission
from app.operations.accommodations import find_whom, grant, list_granted, list_whom, revoke
from app.operations.halls import Hall, get_hall, hold_hall
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.exam_forms import AllowanceForm
from app.web.teach.exams import about_hall, said


@bp.get("/exams/<public_id>/allowances")
@requires(Permission.SET_EXAM)
def allowances(public_id: str) -> ResponseReturnValue:
    """List who is allowed what, and show the form for more."""
    session = reading()
    hall = get_hall(session, current_person(), public_id, Permission.SET_EXAM)
    return show(session, hall, form_of(session, hall))


@bp.post("/exams/<public_id>/allowances")
@requires(Permission.SET_EXAM)
def allow(public_id: str) -> ResponseReturnValue:
    """Allow somebody something; what they were allowed before is replaced."""
    session, person = reading(), current_person()
    hall = get_hall(session, person, public_id, Permission.SET_EXAM)
    form = form_of(session, hall)
    if not form.validate_on_submit():
        return show(session, hall, form)
    try:
        with writing() as session:
            hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
            grant(session, person, hall, find_whom(session, hall, form.whom.data), (form.terms(), clock()))
    except BadExam as refusal:
        form.reason.errors = [said(refusal)]
        return show(reading(), hall, form)
    flash(gettext("Saved. It holds for attempts that begin from now on."), "success")
    return redirect(url_for("teach.allowances", public_id=public_id), 303)


@bp.post("/exams/<public_id>/allowances/<int:number>/revoke")
@requires(Permission.SET_EXAM)
def disallow(public_id: str, number: int) -> ResponseReturnValue:
    """Take an accommodation back."""
    person = current_person()
    with writing() as session:
        hall = hold_hall(session, person, public_id, Permission.SET_EXAM)
        revoke(session, person, hall, number, clock())
    flash(gettext("Taken back. Attempts that have begun keep their time."), "success")
    return redirect(url_for("teach.allowances", public_id=public_id), 303)


def form_of(session: Session, hall: Hall) -> AllowanceForm:
    """Return the form with the classes and students of the offering to choose from."""
    form = AllowanceForm()
    cohorts, students = list_whom(session, hall)
    form.whom.choices = [
        *((f"class-{one.id}", gettext("Class %(name)s", name=one.name)) for one in cohorts),
        *((f"person-{one.id}", f"{one.login} {one.name}") for one in students),
    ]
    return form


def show(session: Session, hall: Hall, form: AllowanceForm) -> ResponseReturnValue:
    """Render the page; 422 if the form that was sent has faults."""
    granted = list_granted(session, hall.exam.id)
    body = render_template("teach/allowances.html", **about_hall(session, hall), form=form, granted=granted)
    return (body, 422) if form.errors else body
