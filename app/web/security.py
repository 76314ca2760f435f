"""Who may ask for what: every endpoint names its permission, one that names none is shut."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.domain.errors import NotAllowed
from app.domain.roles import Permission
from app.web.errors import ANSWERS_JSON, HTTP_ERRORS, answer, wants_json
from app.web.forgery import HEADER, ForgeryGuard
from app.web.headers import register_headers
from app.web.sessions import current_person, find_person, may, register_sessions
from app.web.typed import typed_words

__all__ = [
    "answers_json",
    "current_person",
    "find_person",
    "init_security",
    "may",
    "requires",
    "takes_at_most",
]

#: endpoints of libraries, which cannot name their permission themselves
PUBLIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})
#: what somebody with a one-time password can still reach
OPEN_BLUEPRINTS = frozenset({"accounts", "health", "preferences"})
PERMISSIONS = "required_permissions"
BODY_BYTES = "body_bytes"
CHANGE_FIRST = _l("Change your password first.")

View = TypeVar("View", bound=Callable[..., Any])


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Name the permission of a view; of several, one is enough.

    It opens the door of the endpoint only: what a person may see there is fetched through them.
    """

    def name(view: View) -> View:
        setattr(view, PERMISSIONS, frozenset(permissions))
        return view

    return name


def answers_json(view: View) -> View:
    """Let a view answer with JSON whatever the client says it takes, its refusals too."""
    setattr(view, ANSWERS_JSON, True)
    return view


def takes_at_most(body_bytes: int) -> Callable[[View], View]:
    """Let a view take a body of this size only; more is answered with 413."""

    def name(view: View) -> View:
        setattr(view, BODY_BYTES, body_bytes)
        return view

    return name


def init_security(app: Flask) -> None:
    """Set up sessions, permissions, tokens against forged requests, and headers."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_HEADERS=[HEADER], WTF_CSRF_SSL_STRICT=False)
    register_sessions(app)
    app.before_request(limit_body)
    app.before_request(admit)
    ForgeryGuard().init_app(app)
    app.before_request(refuse_null_signs)
    register_headers(app, is_production=app.config["SETTINGS"].is_production)


def limit_body() -> None:
    """Set the size of body that the view takes, before anything reads it."""
    body_bytes = getattr(asked_view(), BODY_BYTES, None)
    if body_bytes is not None:
        request.max_content_length = body_bytes


def admit() -> ResponseReturnValue | None:
    """Let the request pass to its view, or answer it here."""
    view = asked_view()
    if view is None or request.endpoint in PUBLIC_ENDPOINTS:
        return None
    asked: frozenset[Permission] = getattr(view, PERMISSIONS, frozenset())
    if not asked:
        raise NotAllowed
    if request.blueprint in OPEN_BLUEPRINTS and Permission.PUBLIC in asked:
        return None
    return admit_person(asked)


def admit_person(asked: frozenset[Permission]) -> ResponseReturnValue | None:
    """Let pass who has one of the permissions and no password to change."""
    person = find_person()
    if person is None:
        return None if Permission.PUBLIC in asked else ask_to_sign_in()
    if person.must_change_password and request.blueprint not in OPEN_BLUEPRINTS:
        return ask_to_change_password()
    if not any(person.may(permission) for permission in asked):
        raise NotAllowed
    return None


def refuse_null_signs() -> None:
    """Refuse the one sign that PostgreSQL cannot keep in texts; no keyboard writes it."""
    sent = (request.path, *request.args.values(), *request.form.values())
    if any("\0" in text for text in sent):
        abort(400)


def asked_view() -> Callable[..., Any] | None:
    """Return the view of this request, None when no route leads to one."""
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a stranger to the sign-in page, from which a page asked for is reached again.

    Whoever was signed out while writing gets the words back first.
    """
    if wants_json() or typed_words():
        return answer(401, *HTTP_ERRORS[401])
    target = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    return redirect(url_for("accounts.sign_in", next=target), 303)


def ask_to_change_password() -> ResponseReturnValue:
    """Send somebody with a one-time password to the page where it is changed."""
    if wants_json():
        return answer(403, "password_change", CHANGE_FIRST)
    return redirect(url_for("accounts.password"), 303)
