"""The browser's session: who is asking, letting people in and out.

Flask-Login carries the token of the server-side session as its user id.
"""

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, has_request_context, request
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user, logout_user

from app.domain.errors import NotAllowed
from app.domain.roles import Permission, Person
from app.operations.people import find_signed_in
from app.operations.sessions import Browser, token_hash, touch_session
from app.web.clock import chance, clock
from app.web.database import FAILURES, look_up_prepared, writing

LOG = logging.getLogger("casehall.sessions")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person as Flask-Login sees one."""

    token: str
    person: Person
    is_stale: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return the session's token, which stands in the signed cookie."""
        return self.token


def register_sessions(app: Flask) -> None:
    """Load the person from the cookie; note about every ten minutes that they are there."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(load_visitor)
    app.after_request(note_presence)
    app.context_processor(lambda: {"person": shown_person()})
    app.add_template_global(may)


def load_visitor(token: str) -> Visitor | None:
    """Return the visitor of a token; called once a request at most."""
    found = find_signed_in(look_up_prepared, token, clock())
    if found is None:
        return None
    g.person = found.person
    return Visitor(token, found.person, found.is_stale)


def find_visitor() -> Visitor | None:
    """Return the visitor of this request, if somebody is signed in."""
    visitor = current_user._get_current_object() if has_request_context() else None
    return visitor if isinstance(visitor, Visitor) else None


def find_person() -> Person | None:
    """Return who is asking, None for somebody not signed in."""
    visitor = find_visitor()
    return visitor.person if visitor else None


def current_person() -> Person:
    """Return who is asking in a view that lets only people in.

    :raises NotAllowed: nobody is signed in; the view names too weak a permission.
    """
    person = find_person()
    if person is None:
        raise NotAllowed
    return person


def shown_person() -> Person | None:
    """Return who is asking for the head of a page, which also appears when the database is gone."""
    try:
        return find_person()
    except FAILURES:
        return None


def may(permission: str, offering_id: int | None = None) -> bool:
    """Whether the person asking may do this in the offering, or without one, anywhere.

    Templates write the permission's name: ``may("SEE_COHORT")``.
    """
    person = shown_person()
    return person is not None and person.may(Permission[permission.upper()], offering_id)


def new_browser() -> Browser:
    """Return this browser with a new token, for a session that begins."""
    return Browser(f"{chance():032x}", address(), request.user_agent.string)


def this_browser() -> Browser:
    """Return this browser with the token of its present session, empty without one."""
    visitor = find_visitor()
    return Browser(visitor.token if visitor else "", address(), request.user_agent.string)


def this_device() -> str:
    """Return the hash of this browser's sign-in, which names the device."""
    visitor = find_visitor()
    return token_hash(visitor.token) if visitor else ""


def address() -> str:
    """Return the address of the client, as far as the trusted proxies tell it."""
    return request.remote_addr or ""


def let_in(browser: Browser, person: Person) -> None:
    """Hand the browser its new session; nothing of the cookie before survives."""
    cookie.clear()
    g.pop("csrf_token", None)
    g.person = person
    login_user(Visitor(browser.token, person))


def let_out() -> None:
    """Empty the browser's cookie."""
    logout_user()
    cookie.clear()
    g.pop("csrf_token", None)
    g.pop("person", None)


def note_presence(response: Response) -> Response:
    """Note in a short write of its own that the session is in use; a failure costs nothing."""
    visitor = g.get("_login_user")
    if isinstance(visitor, Visitor) and visitor.is_stale:
        try:
            with writing() as session:
                touch_session(session, visitor.token, clock())
        except FAILURES as error:
            LOG.warning("presence not noted", extra={"fields": {"error": repr(error)}})
    return response
