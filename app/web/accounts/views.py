"""Sign in, sign out, change one's password."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from app.domain.roles import Permission, Person
from app.operations import sign_in as door_book
from app.operations.passwords import hash_password
from app.operations.sessions import end_session
from app.operations.sign_in import Candidate
from app.web.accounts.answers import show_crowd, show_refusal, show_sign_in, show_wait
from app.web.accounts.door import compare, look_at, place_at_the_door
from app.web.accounts.forms import PasswordForm, SignInForm
from app.web.accounts.targets import after_sign_in
from app.web.clock import clock
from app.web.database import writing
from app.web.errors import wants_json
from app.web.security import current_person, find_person, requires, takes_at_most
from app.web.sessions import let_in, let_out, new_browser, this_browser

bp = Blueprint("accounts", __name__)
BODY_BYTES = 8 * 1024


@bp.route("/login", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@takes_at_most(BODY_BYTES)
def sign_in() -> ResponseReturnValue:
    """Let somebody in, or say why not."""
    form = SignInForm()
    if request.method != "POST":
        person = find_person()
        return redirect(after_sign_in(person), 303) if person else show_sign_in(form)
    if not form.validate():
        return show_refusal(form, 422)
    with place_at_the_door() as taken:
        return try_password(form) if taken else show_crowd(form)


def try_password(form: SignInForm) -> ResponseReturnValue:
    """Compare the password and write down what came of it, also a refusal."""
    candidate = look_at(form.username.data or "")
    if candidate.blocked_until is not None:
        return show_wait(form, candidate.blocked_until)
    person = open_session(candidate, *compare(candidate, form.password.data or ""))
    if person is None:
        return show_refusal(form, 401)
    if wants_json():
        user = {"id": person.public_id, "login": person.login, "name": person.name}
        return jsonify(user=user, csrf=generate_csrf(), next=after_sign_in(person))
    return redirect(after_sign_in(person), 303)


def open_session(candidate: Candidate, is_right: bool, renewed: str | None) -> Person | None:
    """Begin a session for a right password; count a wrong one."""
    old, browser, person = this_browser(), new_browser(), None
    with writing() as session:
        if is_right:
            end_session(session, old.token, clock())
            person = door_book.sign_in(session, candidate, renewed, browser, clock())
        if person is None:
            door_book.refuse_sign_in(session, candidate, clock())
    if person is not None:
        let_in(browser, person)
    return person


@bp.post("/logout")
@requires(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    person, browser = current_person(), this_browser()
    with writing() as session:
        door_book.sign_out(session, person, browser, clock())
    let_out()
    return redirect(url_for("home.index"), 303)


@bp.get("/csrf")
@requires(Permission.PUBLIC)
def csrf() -> ResponseReturnValue:
    """Give a fresh token against forged requests."""
    return jsonify(csrf=generate_csrf())


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@takes_at_most(BODY_BYTES)
def password() -> ResponseReturnValue:
    """Change one's own password."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return show_password(form)
    with place_at_the_door() as taken:
        return try_change(form) if taken else show_crowd(form)


def try_change(form: PasswordForm) -> ResponseReturnValue:
    """Compare the present password, then set the new one; a wrong one is counted like at sign-in."""
    candidate = look_at(current_person().login)
    if candidate.blocked_until is not None:
        return show_wait(form, candidate.blocked_until)
    if not change(candidate, form):
        form.present.errors = [gettext("The present password is not right.")]
        return show_password(form)
    flash(gettext("Your password was changed. Every other device was signed out."), "success")
    return redirect(url_for("home.index"), 303)


def change(candidate: Candidate, form: PasswordForm) -> bool:
    """Set the new password and begin a new session, or count a failure."""
    is_right, _ = compare(candidate, form.present.data or "")
    new_hash = hash_password(form.new.data or "") if is_right else ""
    browser, person = new_browser(), None
    with writing() as session:
        if is_right:
            person = door_book.change_password(session, candidate, new_hash, browser, clock())
        if person is None:
            door_book.refuse_sign_in(session, candidate, clock())
    if person is not None:
        let_in(browser, person)
    return person is not None


def show_password(form: PasswordForm) -> ResponseReturnValue:
    """Show the form, with what is wrong."""
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200
