"""People: search, one person's page, new accounts."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import draw_password
from app.domain.errors import LoginTaken
from app.domain.roles import Permission, SiteRole
from app.models import User
from app.operations.accounts import NewUser, create_user, get_user, search_users
from app.operations.enrolment import list_running, list_seats
from app.operations.passwords import hash_password
from app.operations.rosters import list_waiting
from app.web.admin.blueprint import bp
from app.web.admin.forms import NewPersonForm, SeatForm, SiteRoleForm
from app.web.admin.offering_names import offering_name
from app.web.clock import chance, clock
from app.web.database import reading, writing
from app.web.security import current_person, requires

PAGE = 50
LAST_PAGE = 10_000


@bp.get("/people")
@requires(Permission.ADMINISTER)
def people() -> ResponseReturnValue:
    """List the people whose number, name or class holds the text searched for."""
    text = request.args.get("q", "").strip()[:100]
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    found = search_users(reading(), text, PAGE + 1, (page - 1) * PAGE)
    return render_template(
        "admin/people.html",
        found=found[:PAGE],
        text=text,
        page=page,
        has_more=len(found) > PAGE,
        waiting=len(list_waiting(reading())),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_person() -> ResponseReturnValue:
    """Make an account and show its first password, this once."""
    form = NewPersonForm()
    if not form.validate_on_submit():
        return show_new_person(form)
    password = draw_password(chance())
    try:
        user = make_account(form, hash_password(password))
    except LoginTaken:
        form.login.errors = [gettext("Another person has this number.")]
        return show_new_person(form)
    return render_template("people/one_time_password.html", user=user, password=password, is_new=True)


def make_account(form: NewPersonForm, password_hash: str) -> User:
    """Make the account that the form describes."""
    new = NewUser(
        login=form.login.data or "",
        name=form.name.data or "",
        password_hash=password_hash,
        class_name=form.class_name.data or "",
        site_role=SiteRole(form.site_role.data) if form.site_role.data else None,
    )
    with writing() as session:
        return create_user(session, new, current_person(), clock(), chance())


def show_new_person(form: NewPersonForm) -> ResponseReturnValue:
    """Show the form, with what is wrong."""
    return render_template("admin/new_person.html", form=form), 422 if form.errors else 200


@bp.get("/people/<public_id>")
@requires(Permission.ADMINISTER)
def person(public_id: str) -> ResponseReturnValue:
    """Show a person with their roles, and what can be done."""
    return show_person(public_id)


def show_person(public_id: str, seat: SeatForm | None = None) -> ResponseReturnValue:
    """Show a person's page, with what is wrong in a form that was sent."""
    session = reading()
    user = get_user(session, public_id)
    page = render_template(
        "admin/person.html",
        user=user,
        is_oneself=user.id == current_person().id,
        seats=list_seats(session, user.id),
        seat=seat or seat_form(),
        site_role=SiteRoleForm(formdata=None, data={"site_role": user.site_role or ""}),
    )
    return page, 422 if seat and seat.errors else 200


def seat_form() -> SeatForm:
    """Return the form for a place, with the offerings that are running."""
    form = SeatForm()
    running = list_running(reading())
    choices: Any = {one.public_id: offering_name(one) for one in running}
    form.offering.choices = choices
    return form
