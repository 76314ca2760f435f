"""Sessions: what ends them, what survives, how often they are written."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from app.models import SignInFailures, User, UserSession
from app.operations import accounts
from app.web.database import database
from tests.support.counting import statements
from tests.support.people import PASSWORD, browser_of, is_signed_in, make_user, send, sign_in

NEW = "a-lantern-in-the-lobby"


@pytest.fixture
def student(store, time, now):
    """Return the student 小2023001."""
    with store() as session:
        return make_user(session, now=now)


@pytest.fixture
def other(app):
    """Return a second browser."""
    return app.test_client()


def cookie_of(client):
    return client.get_cookie("session").value


def change_password(client, present=PASSWORD, new=NEW, again=None):
    return send(client, "/password", {"present": present, "new": new, "again": again or new})


def test_b1_the_cookie_is_worth_nothing_after_signing_out(client, other, student):
    sign_in(client, "2023001")
    stolen = cookie_of(client)

    assert send(client, "/logout").status_code == 303

    other.set_cookie("session", stolen)
    assert not is_signed_in(other)
    assert not is_signed_in(client)


def test_signing_out_leaves_other_browsers_in(client, other, student):
    sign_in(client, "2023001")
    sign_in(other, "2023001")

    send(client, "/logout")

    assert is_signed_in(other)


def test_b2_a_new_password_ends_every_other_session_and_the_old_cookie(app, client, other, student):
    sign_in(client, "2023001")
    sign_in(other, "2023001")
    stolen, thief = cookie_of(client), app.test_client()

    assert change_password(client).status_code == 303

    thief.set_cookie("session", stolen)
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert not is_signed_in(thief)
    assert sign_in(other, "2023001").status_code == 401
    assert sign_in(other, "2023001", NEW).status_code == 303


def test_b3_a_cookie_planted_before_signing_in_is_not_the_one_after(client, other, student):
    client.get("/login")
    planted = cookie_of(client)
    other.set_cookie("session", planted)

    sign_in(client, "2023001")

    assert not is_signed_in(other)


def test_b3_signing_in_again_ends_the_session_before(client, other, student):
    sign_in(client, "2023001")
    other.set_cookie("session", cookie_of(client))

    sign_in(client, "2023001")

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_b5_a_form_can_be_sent_after_four_hours(client, student, time):
    sign_in(client, "2023001")
    token = client.get("/csrf").get_json()["csrf"]

    time.shift(timedelta(hours=4))

    assert client.post("/logout", data={"csrf_token": token}).status_code == 303
    assert not is_signed_in(client)


def test_a_session_ends_after_twelve_idle_hours(client, student, time):
    sign_in(client, "2023001")

    time.shift(timedelta(hours=11, minutes=59))
    assert is_signed_in(client)
    time.shift(timedelta(hours=11, minutes=59))
    assert is_signed_in(client)
    time.shift(timedelta(minutes=3))
    assert not is_signed_in(client)


def test_a_session_ends_after_twelve_hours_without_a_request(client, student, time):
    sign_in(client, "2023001")

    time.shift(timedelta(hours=12))

    assert not is_signed_in(client)


def test_the_time_of_the_last_request_is_written_every_ten_minutes_at_most(client, app, student, time):
    sign_in(client, "2023001")
    written = []
    for minutes in (1, 8, 1, 1):
        time.shift(timedelta(minutes=minutes))
        with statements(app) as sent:
            client.get("/password")
        written.append(sum(one.startswith("UPDATE user_session") for one in sent))

    assert written == [0, 0, 1, 0]


def test_a_page_loads_its_person_by_one_statement(client, app, student):
    sign_in(client, "2023001")

    with statements(app) as sent:
        assert is_signed_in(client)

    assert len(sent) == 1


def test_health_needs_no_person_and_no_database(client, app, student):
    sign_in(client, "2023001")

    with statements(app) as sent:
        assert client.get("/healthz").status_code == 200

    assert sent == []


def test_a8_a_disabled_person_is_out_at_once(client, store, student):
    sign_in(client, "2023001")

    with store() as session:
        accounts.disable_user(session, session.get(User, student.id), None, student.created_at)

    assert not is_signed_in(client)


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client, student):
    answer = sign_in(client, "2023001")

    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_a_phone_that_changes_network_stays_in(client, student):
    sign_in(client, "2023001", address_from="10.0.0.1")

    answer = client.get(
        "/password", environ_base={"REMOTE_ADDR": "192.0.2.7"}, headers={"User-Agent": "another"}
    )

    assert answer.status_code == 200


def test_a_cookie_with_an_invented_token_is_nobody(client, student):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "0" * 32

    assert not is_signed_in(client)


def test_the_table_does_not_hold_the_token_of_the_cookie(client, store, student):
    sign_in(client, "2023001")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]

    with store() as session:
        assert token not in session.scalars(select(UserSession.token_hash)).all()
    assert len(token) == 32


def test_a_session_that_cannot_be_noted_costs_nothing(app, student, time):
    client = browser_of(app, student.id)
    time.shift(timedelta(minutes=10))
    with app.app_context():
        engine = database().engine

    def refuse(connection, cursor, statement, *rest):
        if statement.startswith("UPDATE user_session"):
            raise sqlite3.OperationalError("disk full")

    event.listen(engine, "before_cursor_execute", refuse)
    try:
        assert is_signed_in(client)
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


def test_a_wrong_present_password_is_counted_like_at_sign_in(client, store, student):
    sign_in(client, "2023001")

    for _ in range(5):
        assert change_password(client, present="not-the-password").status_code == 422

    assert change_password(client).status_code == 429
    with store() as session:
        assert session.scalars(select(SignInFailures.count)).all() == [5]
