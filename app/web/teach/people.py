"""The people of an offering: found, enrolled from a roster, moved, withdrawn, given a first password."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, stream_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import BadName, BadTable
from app.domain.roles import Permission
from app.domain.roster import RosterRow, as_of_teacher, with_classes
from app.interchange.roster import Roster
from app.operations.classes import list_members, list_waiting_here, move_student, withdraw_student
from app.operations.offerings import Place, check_running, get_offering, list_cohorts
from app.operations.rosters import plan
from app.web.clock import clock
from app.web.database import Session, reading, writing
from app.web.rosters import (
    FILE_BYTES,
    ROWS_BYTES,
    RosterView,
    handed_out,
    read_sent,
    said_of,
    sent_rows,
    take_everybody,
    tell_taken,
)
from app.web.security import current_person, requires, takes_at_most
from app.web.teach.blueprint import bp
from app.web.teach.people_forms import ClassRosterForm, MoveForm
from app.web.teach.views import about


@bp.get("/offerings/<public_id>/people")
@requires(Permission.RUN_OFFERING)
def people(public_id: str) -> ResponseReturnValue:
    """List the people of an offering."""
    session = reading()
    place = _place(session, public_id)
    text, cohort = request.args.get("q", "").strip()[:100], request.args.get("cohort", type=int)
    return render_template(
        "teach/people.html",
        **about(place),
        members=list_members(session, place, text, cohort),
        text=text,
        cohort=cohort,
        cohorts=list_cohorts(session, place),
        waiting=len(list_waiting_here(session, current_person(), place)),
    )


@bp.get("/offerings/<public_id>/people/roster")
@requires(Permission.RUN_OFFERING)
def class_roster(public_id: str) -> ResponseReturnValue:
    """Show where the roster of a class is chosen."""
    return show_roster(_place(reading(), public_id), ClassRosterForm())


@bp.post("/offerings/<public_id>/people/roster")
@takes_at_most(FILE_BYTES)
@requires(Permission.RUN_OFFERING)
def try_class_roster(public_id: str) -> ResponseReturnValue:
    """Read a roster and show what each of its rows would do; nothing is done."""
    session, form = reading(), ClassRosterForm()
    place = _place(session, public_id)
    check_running(place.offering)
    if not form.validate():
        return show_roster(place, form, 422)
    try:
        found = read_sent(form.cohort.data or "")
    except BadTable as refusal:
        form.file.errors = [said_of(refusal)]
        return show_roster(place, form, 422)
    planned = as_of_teacher(plan(session, place.offering, found.rows))
    return show_roster(place, form, view=RosterView(planned, found))


@bp.post("/offerings/<public_id>/people/roster/take")
@takes_at_most(ROWS_BYTES)
@requires(Permission.RUN_OFFERING)
def take_class_roster(public_id: str) -> ResponseReturnValue:
    """Enrol everybody who was shown, or nobody if a row cannot be taken by now.

    With ``classes`` nothing is done: the rows are shown again with their classes as teaching classes.
    """
    form, rows = ClassRosterForm(), sent_rows()
    if not rows:
        form.file.errors = [gettext("The rows did not arrive whole. Choose the file again.")]
        return show_roster(_place(reading(), public_id), form, 422)
    if request.form.get("classes"):
        return show_with_classes(_place(reading(), public_id), form, rows)
    with writing() as session:
        place = _place(session, public_id)
        planned = as_of_teacher(plan(session, place.offering, rows))
        made = take_everybody(session, place.offering, planned)
    if made is None:
        return show_roster(place, form, 422, RosterView(planned, Roster(rows, ())))
    flash(tell_taken(planned), "success")
    return redirect(url_for("teach.people", public_id=public_id), 303)


@bp.post("/offerings/<public_id>/people/passwords")
@requires(Permission.ISSUE_PASSWORD)
def hand_out_class(public_id: str) -> ResponseReturnValue:
    """Issue a first password to every student of the offering who has none, and show the list, this once."""
    session = reading()
    place = get_offering(session, current_person(), public_id, Permission.ISSUE_PASSWORD)
    lines = handed_out(list_waiting_here(session, current_person(), place))
    return stream_template("teach/password_list.html", **about(place), lines=lines)


@bp.post("/offerings/<public_id>/people/<person>/move")
@requires(Permission.RUN_OFFERING)
def move(public_id: str, person: str) -> ResponseReturnValue:
    """Put a student into another cohort."""
    form = MoveForm()
    try:
        if not form.validate():
            raise BadName
        with writing() as session:
            place = _place(session, public_id)
            user = move_student(session, current_person(), place, (person, form.cohort.data or ""), clock())
            told = gettext("%(name)s was moved.", name=user.name)
    except BadName:
        flash(gettext("A cohort cannot have this name. Nothing was changed."), "danger")
    else:
        flash(told, "success")
    return redirect(url_for("teach.people", public_id=public_id), 303)


@bp.post("/offerings/<public_id>/people/<person>/withdraw")
@requires(Permission.RUN_OFFERING)
def withdraw_person(public_id: str, person: str) -> ResponseReturnValue:
    """Take a student's place away; what they did stays."""
    with writing() as session:
        place = _place(session, public_id)
        user = withdraw_student(session, current_person(), place, person, clock())
        told = gettext("%(name)s is no longer in this offering. What was done here is kept.", name=user.name)
    flash(told, "success")
    return redirect(url_for("teach.people", public_id=public_id), 303)


def show_with_classes(place: Place, form: ClassRosterForm, rows: Sequence[RosterRow]) -> ResponseReturnValue:
    """Show what the rows would do with their classes as teaching classes."""
    check_running(place.offering)
    rows = with_classes(rows)
    planned = as_of_teacher(plan(reading(), place.offering, rows))
    return show_roster(place, form, view=RosterView(planned, Roster(rows, ())))


def show_roster(
    place: Place, form: ClassRosterForm, status: int = 200, view: RosterView | None = None
) -> ResponseReturnValue:
    """Render the form; with a roster what each of its rows would do."""
    page = render_template("teach/class_roster.html", **about(place), form=form, view=view or RosterView())
    return page, status


def _place(session: Session, public_id: str) -> Place:
    return get_offering(session, current_person(), public_id, Permission.RUN_OFFERING)
