"""What an instructor does to an offering: class hours, the next term, the archive."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.parse import Kind
from app.domain.errors import BadName
from app.domain.roles import Permission
from app.operations.answer_releases import release_answers
from app.operations.audit import record
from app.operations.copying import Move, MovedExam, copy_with_exams, plan_copy
from app.operations.documents import get_text
from app.operations.hours import record_hours, remove_hours
from app.operations.offerings import Place, archive_offering, get_offering, reopen_offering
from app.web.clock import chance, clock, local_zone
from app.web.database import reading, writing
from app.web.security import current_person, requires
from app.web.teach.blueprint import bp
from app.web.teach.forms import TermForm
from app.web.teach.views import about, hours_form, show_hours, show_terms, syllabus_page


@bp.post("/offerings/<public_id>/hours")
@requires(Permission.RUN_OFFERING)
def add_hours(public_id: str) -> ResponseReturnValue:
    """Record class hours that were held."""
    session, person = reading(), current_person()
    place = get_offering(session, person, public_id, Permission.RUN_OFFERING)
    page = syllabus_page(session, place)
    form = hours_form(page)
    if not form.validate_on_submit():
        return show_hours(session, place, page, form)
    with writing() as session:
        place = get_offering(session, person, public_id, Permission.RUN_OFFERING)
        record_hours(session, place, person, form.lesson(), clock())
    flash(gettext("Class hours recorded."), "success")
    return redirect(url_for("teach.hours", public_id=public_id), 303)


@bp.post("/offerings/<public_id>/hours/<int:entry>/remove")
@requires(Permission.RUN_OFFERING)
def drop_hours(public_id: str, entry: int) -> ResponseReturnValue:
    """Take back a record of class hours."""
    person = current_person()
    with writing() as session:
        place = get_offering(session, person, public_id, Permission.RUN_OFFERING)
        remove_hours(session, place, person, entry, clock())
    flash(gettext("The record was removed."), "success")
    return redirect(url_for("teach.hours", public_id=public_id), 303)


@bp.post("/offerings/<public_id>/copy")
@requires(Permission.RUN_OFFERING)
def copy(public_id: str) -> ResponseReturnValue:
    """Copy an offering to another term, without its students; first show where its exams would move."""
    person, form = current_person(), TermForm()
    place = get_offering(reading(), person, public_id, Permission.RUN_OFFERING)
    if not form.validate_on_submit():
        return show_terms(place, form)
    move = Move(form.value(), local_zone(), frozenset(request.form.getlist("exam")))
    if "confirmed" not in request.form and (exams := plan_copy(reading(), place, move)):
        return _preview(place, form, exams)
    try:
        with writing() as session:
            place = get_offering(session, person, public_id, Permission.RUN_OFFERING)
            made = copy_with_exams(session, place, person, move, (clock(), chance()))
    except BadName:
        form.term.errors = [gettext("This course is already offered in a term of this name.")]
        return show_terms(place, form)
    flash(gettext("The offering was copied. Enrol the new students now."), "success")
    return redirect(url_for("teach.offering", public_id=made.public_id), 303)


def _preview(place: Place, form: TermForm, exams: Sequence[MovedExam]) -> ResponseReturnValue:
    """Show where the exams of an offering would stand in the other term."""
    days = (form.value().starts_on - place.offering.starts_on).days
    return render_template("teach/copy.html", **about(place), form=form, exams=exams, days=days)


@bp.post("/offerings/<public_id>/archive")
@requires(Permission.RUN_OFFERING)
def archive(public_id: str) -> ResponseReturnValue:
    """Make an offering read-only."""
    with writing() as session:
        place = get_offering(session, current_person(), public_id, Permission.RUN_OFFERING)
        archive_offering(place.offering, clock())
        record(session, current_person(), "offering.archive", offering_id=place.offering.id, now=clock())
    flash(gettext("The offering is archived: everybody can read, nobody can change."), "success")
    return redirect(url_for("teach.terms", public_id=public_id), 303)


@bp.post("/offerings/<public_id>/reopen")
@requires(Permission.RUN_OFFERING)
def reopen(public_id: str) -> ResponseReturnValue:
    """Take an offering back from the archive."""
    with writing() as session:
        place = get_offering(session, current_person(), public_id, Permission.RUN_OFFERING)
        reopen_offering(place.offering)
        record(session, current_person(), "offering.reopen", offering_id=place.offering.id, now=clock())
    flash(gettext("The offering is open again."), "success")
    return redirect(url_for("teach.terms", public_id=public_id), 303)


@bp.post("/offerings/<public_id>/paths/<case>/release")
@requires(Permission.RUN_OFFERING)
def release(public_id: str, case: str) -> ResponseReturnValue:
    """Release the model answers of a case that were kept back."""
    person = current_person()
    with writing() as session:
        place = get_offering(session, person, public_id, Permission.RUN_OFFERING)
        text = get_text(session, place.course.id, Kind.CASE, case)
        release_answers(session, place, person, text, clock())
    flash(gettext("The model answers are released."), "success")
    return redirect(url_for("teach.paths", public_id=public_id, case=case), 303)
