"""Shut doors: no permission named, forged requests, headers."""

import pytest
from flask import Flask

from app.cli.upgrading import upgrade_database
from app.domain.roles import Permission, Role, SiteRole
from app.factory import create_app
from app.web.database import database
from app.web.security import requires
from tests.support.instance import make_settings
from tests.support.people import browser_of, give_place, make_offering, make_user

JSON = {"Accept": "application/json"}
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def user(store, now):
    """Return somebody without any role."""
    with store() as session:
        return make_user(session, now=now)


@pytest.fixture
def app(own_app):
    """Return an application to which a route can be added."""
    return own_app


@pytest.fixture
def admin(store, now):
    """Return an administrator."""
    with store() as session:
        return make_user(session, "admin", now=now, site_role=SiteRole.ADMIN)


def add_route(app: Flask, *permissions: Permission) -> None:
    """Add a route /new that asks for these permissions, or names none."""

    def view() -> str:
        return "open"

    app.add_url_rule("/new", "new", requires(*permissions)(view) if permissions else view)


def test_an_endpoint_that_names_no_permission_is_shut_for_everybody(app, client, admin):
    add_route(app)

    assert client.get("/new").status_code == 403
    assert browser_of(app, admin.id).get("/new").status_code == 403


def test_a_public_endpoint_is_open(app, client):
    add_route(app, Permission.PUBLIC)

    assert client.get("/new").text == "open"


def test_one_of_several_permissions_is_enough(app, admin, user):
    add_route(app, Permission.AUTHOR, Permission.ADMINISTER)

    assert browser_of(app, admin.id).get("/new").status_code == 200
    assert browser_of(app, user.id).get("/new").status_code == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "address", ["/admin/people", "/admin/%70eople", "/admin/./people", "/%2e/admin/people"]
)
def test_a10_another_way_to_ask_gets_no_further(app, client, user, method, address):
    stranger = client.open(address, method=method)
    person = browser_of(app, user.id).open(address, method=method)

    assert stranger.status_code in {303, 404}
    assert person.status_code in {403, 404}


@pytest.mark.parametrize("address", ["/admin/people/", "//admin/people", "/admin//people", "/ADMIN/people"])
def test_a10_a_slash_or_capital_more_opens_nothing(app, user, address):
    answer = browser_of(app, user.id).get(address, follow_redirects=True)

    assert answer.status_code in {403, 404}


def test_a_stranger_asking_for_json_is_told_to_sign_in(client):
    answer = client.get("/admin/people", headers=JSON)

    assert (answer.status_code, answer.get_json()["error"]) == (401, "sign_in")


def test_a_stranger_who_sends_a_form_comes_back_to_no_form(client):
    answer = client.post("/admin/people/x/disable")

    assert (answer.status_code, answer.location) == (303, "/login")


def test_b4_every_route_that_changes_something_asks_for_a_token(app, store, admin, now):
    with store() as session:
        give_place(session, admin, make_offering(session, now=now), Role.INSTRUCTOR)
    client = browser_of(app, admin.id)
    changing = [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}
    ]

    for method, rule in changing:
        address = rule.build(dict.fromkeys(rule.arguments, "1"))[1]
        answer = client.open(address, method=method, headers=JSON)
        assert (answer.status_code, answer.get_json()["error"]) == (403, "csrf"), f"{method} {rule.rule}"


def test_b4_a_token_of_another_session_is_refused(app, client, admin):
    token = client.get("/csrf").get_json()["csrf"]

    answer = browser_of(app, admin.id).post("/logout", data={"csrf_token": token}, headers=JSON)

    assert (answer.status_code, answer.get_json()["error"]) == (403, "csrf")


def test_b4_the_refusal_is_a_page_for_people(app, admin):
    answer = browser_of(app, admin.id).post("/logout")

    assert answer.status_code == 403
    assert "<html" in answer.text


def test_a_token_may_come_in_the_header(app, admin):
    client = browser_of(app, admin.id)
    token = client.get("/csrf").get_json()["csrf"]

    assert client.post("/logout", headers={"X-CSRF-Token": token}).status_code == 303


@pytest.mark.parametrize("address", ["/login?next=%00", "/%00", "/admin/people/a%00?q=%00"])
def test_a_null_sign_is_refused_before_it_reaches_the_database(app, admin, address):
    answer = browser_of(app, admin.id).get(address)

    assert answer.status_code in {400, 404}


def test_a_null_sign_in_a_form_is_refused(client):
    token = client.get("/csrf").get_json()["csrf"]

    answer = client.post("/login", data={"csrf_token": token, "username": "a\0b", "password": "x"})

    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/login", "/healthz", "/nowhere", "/admin/people"])
def test_every_answer_carries_the_headers(client, address):
    headers = client.get(address).headers

    assert headers["Content-Security-Policy"] == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers


def test_a_style_sheet_may_be_kept(client):
    with client.application.test_request_context():
        address = client.application.jinja_env.globals["static_url"]("css/base.css")

    assert "immutable" in client.get(address).headers["Cache-Control"]


def test_plain_http_asks_for_no_https(client):
    answer = client.get("/login")

    assert "Strict-Transport-Security" not in answer.headers
    assert "Secure" not in answer.headers["Set-Cookie"]


def test_https_is_asked_for_in_production(tmp_path):
    settings = make_settings(tmp_path, PUBLIC_URL="https://casehall.example.edu", CASEHALL_ENV="")
    upgrade_database(settings)
    app = create_app(settings)

    answer = app.test_client().get("/login", base_url="https://casehall.example.edu")

    with app.app_context():
        database().close()
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Secure" in answer.headers["Set-Cookie"]
