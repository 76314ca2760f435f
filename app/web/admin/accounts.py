"""What an administrator does to an account: its role, its password, shut, open, sign out."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import draw_password
from app.domain.errors import NotAllowed
from app.domain.roles import Permission, SiteRole
from app.operations import accounts
from app.operations.passwords import hash_password
from app.operations.sign_in import sign_out_everywhere
from app.web.admin.blueprint import bp
from app.web.admin.forms import SiteRoleForm
from app.web.clock import chance, clock
from app.web.database import reading, writing
from app.web.security import current_person, requires


@bp.post("/people/<public_id>/site-role")
@requires(Permission.ADMINISTER)
def set_site_role(public_id: str) -> ResponseReturnValue:
    """Give a person a role on the whole site, or take it away."""
    form = SiteRoleForm()
    if not form.validate():
        return back_to(public_id, gettext("Choose a role from the list."), "danger")
    role = SiteRole(form.site_role.data) if form.site_role.data else None
    with writing() as session:
        user = accounts.get_user(session, public_id)
        accounts.set_site_role(session, user, role, current_person(), clock())
    return back_to(public_id, gettext("The role on the whole site was set."))


@bp.post("/people/<public_id>/disable")
@requires(Permission.ADMINISTER)
def disable(public_id: str) -> ResponseReturnValue:
    """Shut a person out."""
    with writing() as session:
        accounts.disable_user(session, accounts.get_user(session, public_id), current_person(), clock())
    return back_to(public_id, gettext("The account is disabled; every session of it has ended."))


@bp.post("/people/<public_id>/enable")
@requires(Permission.ADMINISTER)
def enable(public_id: str) -> ResponseReturnValue:
    """Let a disabled person in again."""
    with writing() as session:
        accounts.enable_user(session, accounts.get_user(session, public_id), current_person(), clock())
    return back_to(public_id, gettext("The account is open again."))


@bp.post("/people/<public_id>/sign-out")
@requires(Permission.ADMINISTER)
def end_sessions(public_id: str) -> ResponseReturnValue:
    """End every session of a person."""
    with writing() as session:
        sign_out_everywhere(session, accounts.get_user(session, public_id), current_person(), clock())
    return back_to(public_id, gettext("Every session of this person has ended."))


@bp.post("/people/<public_id>/password")
@requires(Permission.ADMINISTER)
def issue_password(public_id: str) -> ResponseReturnValue:
    """Issue a one-time password and show it, this once."""
    if accounts.get_user(reading(), public_id).id == current_person().id:
        raise NotAllowed
    password = draw_password(chance())
    password_hash = hash_password(password)
    with writing() as session:
        user = accounts.get_user(session, public_id)
        accounts.issue_password(session, user, password_hash, current_person(), clock())
    return render_template("people/one_time_password.html", user=user, password=password)


def back_to(public_id: str, text: str, kind: str = "success") -> ResponseReturnValue:
    """Go back to the person's page and say what was done."""
    flash(text, kind)
    return redirect(url_for("admin.person", public_id=public_id), 303)
