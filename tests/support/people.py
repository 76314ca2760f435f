"""People for tests: accounts, places in offerings, browsers that are signed in."""

import re
from datetime import date, datetime
from functools import cache

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.domain.ids import public_id
from app.domain.roles import Role, SiteRole
from app.models import Course, Offering, User
from app.operations.accounts import NewUser, create_user
from app.operations.enrolment import Seat, enrol
from app.operations.passwords import hash_password
from app.operations.sessions import Browser, start_session
from app.web.clock import clock
from app.web.database import writing
from tests.support.chance import randbits

PASSWORD = "corridor-in-march"


@cache
def hash_of(password: str) -> str:
    """Hash a password once for all tests."""
    return hash_password(password)


def make_user(
    session: Session, login: str = "2023001", *, now: datetime, site_role: SiteRole | None = None
) -> User:
    """Make a person whose password is PASSWORD."""
    new = NewUser(login, f"小{login}", hash_of(PASSWORD), site_role=site_role, must_change_password=False)
    return create_user(session, new, None, now, randbits(80))


def make_offering(session: Session, slug: str = "ground-service", *, now: datetime) -> Offering:
    """Make a course with an offering that is running."""
    course = Course(slug=slug, titles={"zh": slug}, is_public=False, created_at=now)
    session.add(course)
    session.flush()
    offering = Offering(
        public_id=public_id(now, randbits(80)),
        course_id=course.id,
        term="2026春",
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 7, 1),
        created_at=now,
    )
    session.add(offering)
    session.flush()
    return offering


def give_place(
    session: Session, user: User, offering: Offering, role: Role, cohort: str | None = None
) -> None:
    """Put a person into an offering."""
    enrol(session, user.id, Seat(offering.id, role, cohort), None, offering.created_at)


def browser_of(app: Flask, user_id: int) -> FlaskClient:
    """Return a browser in which this person has just signed in."""
    browser = Browser(f"{randbits(128):032x}")
    with app.app_context(), writing() as session:
        start_session(session, user_id, browser, clock())
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = browser.token
    return client


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD, **values: str) -> TestResponse:
    """Sign in through the page."""
    return send(client, "/login", {"username": login, "password": password}, **values)


def send(
    client: FlaskClient, address: str, fields: dict[str, str] | None = None, **values: str
) -> TestResponse:
    """Send a form with its token; ``address_from`` is the client's address, ``accept`` what it asks for."""
    return client.post(
        address,
        data={"csrf_token": client.get("/csrf").get_json()["csrf"], **(fields or {})},
        headers={"Accept": values.get("accept", "text/html")},
        environ_base={"REMOTE_ADDR": values.get("address_from", "127.0.0.1")},
    )


def shown_password(text: str) -> str:
    """Return the one-time password that a page or command shows."""
    (password,) = re.findall(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b", text)
    return str(password)


def is_signed_in(client: FlaskClient) -> bool:
    """Whether a page for people only lets this browser in."""
    return client.get("/password").status_code == 200
