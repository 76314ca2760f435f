"""Places in offerings, given and taken away."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.errors import NotFound
from app.domain.roles import Permission, Role
from app.operations.accounts import get_user
from app.operations.enrolment import Seat, enrol, get_running, withdraw
from app.web.admin.blueprint import bp
from app.web.admin.forms import WithdrawForm
from app.web.admin.people import seat_form, show_person
from app.web.clock import clock
from app.web.database import writing
from app.web.security import current_person, requires


@bp.post("/people/<public_id>/seats")
@requires(Permission.ADMINISTER)
def give_seat(public_id: str) -> ResponseReturnValue:
    """Give a person a place in an offering, or another role there."""
    form = seat_form()
    if not form.validate():
        return show_person(public_id, form)
    with writing() as session:
        user = get_user(session, public_id)
        offering = get_running(session, form.offering.data)
        seat = Seat(offering.id, Role(form.role.data), (form.cohort.data or "").strip() or None)
        enrol(session, user.id, seat, current_person(), clock())
    flash(gettext("The place was given."), "success")
    return redirect(url_for("admin.person", public_id=public_id), 303)


@bp.post("/people/<public_id>/seats/withdraw")
@requires(Permission.ADMINISTER)
def take_seat(public_id: str) -> ResponseReturnValue:
    """Take a person's place in an offering away."""
    form = WithdrawForm()
    if not form.validate():
        raise NotFound(public_id)
    with writing() as session:
        user = get_user(session, public_id)
        offering = get_running(session, form.offering.data or "")
        withdraw(session, user.id, offering.id, current_person(), clock())
    flash(gettext("The place was taken away. What was done there is kept."), "success")
    return redirect(url_for("admin.person", public_id=public_id), 303)
