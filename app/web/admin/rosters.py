"""Take a roster in: choose the file, see what each row would do, take everybody in, hand out passwords."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, stream_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import BadTable
from app.domain.roles import Permission
from app.interchange.roster import Roster
from app.models import Offering
from app.operations.enrolment import get_running, list_running
from app.operations.rosters import Waiting, list_waiting, plan
from app.web.admin.blueprint import bp
from app.web.admin.forms import RosterForm
from app.web.admin.offering_names import offering_name
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
from app.web.security import requires, takes_at_most


@bp.get("/people/roster")
@requires(Permission.ADMINISTER)
def roster() -> ResponseReturnValue:
    """Show where a roster is chosen."""
    return show_roster(roster_form())


@bp.post("/people/roster")
@takes_at_most(FILE_BYTES)
@requires(Permission.ADMINISTER)
def try_roster() -> ResponseReturnValue:
    """Read a roster and show what each of its rows would do; nothing is done."""
    form = roster_form()
    if not form.validate():
        return show_roster(form, 422)
    try:
        found = read_sent((form.cohort.data or "") if form.offering.data else "")
    except BadTable as refusal:
        form.file.errors = [said_of(refusal)]
        return show_roster(form, 422)
    planned = plan(reading(), _offering(reading(), form), found.rows)
    return show_roster(form, view=RosterView(planned, found))


@bp.post("/people/roster/take")
@takes_at_most(ROWS_BYTES)
@requires(Permission.ADMINISTER)
def take_roster() -> ResponseReturnValue:
    """Take in what was shown: everybody, or nobody if a row cannot be taken by now."""
    form, rows = roster_form(), sent_rows()
    if not rows:
        form.file.errors = [gettext("The rows did not arrive whole. Choose the file again.")]
        return show_roster(form, 422)
    if not form.validate():
        return show_roster(form, 422)
    with writing() as session:
        offering = _offering(session, form)
        planned = plan(session, offering, rows)
        new = take_everybody(session, offering, planned)
    if new is None:
        return show_roster(form, 422, RosterView(planned, Roster(rows, ())))
    flash(tell_taken(planned), "success")
    return redirect(url_for("admin.first_passwords" if new else "admin.people"), 303)


@bp.get("/people/passwords")
@requires(Permission.ADMINISTER)
def first_passwords() -> ResponseReturnValue:
    """List the classes whose people have no password yet."""
    return render_template("admin/passwords.html", waiting=_by_class(list_waiting(reading())))


@bp.post("/people/passwords")
@requires(Permission.ADMINISTER)
def hand_out_passwords() -> ResponseReturnValue:
    """Issue a first password to everybody of a class, and show the list, this once.

    The page grows as it is made: each password is kept before it is shown, and hashing takes its time.
    """
    wanted = request.form.get("class", "")
    waiting = [one for one in list_waiting(reading()) if one.class_name == wanted]
    return stream_template("admin/password_list.html", lines=handed_out(waiting))


def roster_form() -> RosterForm:
    """Return the form, with the offerings that are running."""
    form = RosterForm()
    choices: dict[str, str] = {"": gettext("None: accounts only")}
    choices |= {one.public_id: offering_name(one) for one in list_running(reading())}
    form.offering.choices = choices
    return form


def show_roster(form: RosterForm, status: int = 200, view: RosterView | None = None) -> ResponseReturnValue:
    """Render the form; with a roster what each of its rows would do."""
    page = render_template("admin/roster.html", form=form, view=view or RosterView(), into=_into(form))
    return page, status


def _into(form: RosterForm) -> str:
    """Say into which offering the people of the roster go."""
    if not form.offering.data:
        return gettext("Into no course offering: accounts only.")
    choices: Any = form.offering.choices
    return gettext("As students into: %(name)s", name=choices.get(form.offering.data, ""))


def _offering(session: Session, form: RosterForm) -> Offering | None:
    return get_running(session, form.offering.data) if form.offering.data else None


def _by_class(waiting: Sequence[Waiting]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in waiting:
        counts[one.class_name] = counts.get(one.class_name, 0) + 1
    return counts
