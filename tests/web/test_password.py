"""Changing one's password, also when it must be changed."""

import pytest

from app.domain.roles import SiteRole
from app.models import User
from app.operations.accounts import issue_password
from tests.support.people import PASSWORD, hash_of, is_signed_in, make_user, send, sign_in

NEW = "a-lantern-in-the-lobby"
ONE_TIME = "abcd-efgh-jkmn"


@pytest.fixture
def newcomer(store, client, now):
    """Return a student who has just signed in with a one-time password."""
    with store() as session:
        user = make_user(session, now=now)
        issue_password(session, user, hash_of(ONE_TIME), None, now)
    sign_in(client, "2023001", ONE_TIME)
    return user


def change(client, present, new, again=None, **more):
    return send(client, "/password", {"present": present, "new": new, "again": again or new, **more})


def test_a_one_time_password_leads_to_the_page_where_it_is_changed(client, store, now):
    with store() as session:
        user = make_user(session, now=now)
        issue_password(session, user, hash_of(ONE_TIME), None, now)

    answer = sign_in(client, "2023001", ONE_TIME)

    assert (answer.status_code, answer.location) == (303, "/password")


@pytest.mark.parametrize("address", ["/", "/teach/", "/courses/ground-service", "/walks/x", "/admin/people"])
def test_nothing_else_is_reached_before_the_change(client, newcomer, address):
    answer = client.get(address)

    assert (answer.status_code, answer.location) == (303, "/password")


def test_json_says_that_the_password_comes_first(client, newcomer):
    answer = client.get("/walks/x", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.get_json()["error"]) == (403, "password_change")


def test_after_the_change_everything_is_open(client, store, newcomer):
    assert change(client, ONE_TIME, NEW).location == "/"

    assert client.get("/").status_code == 200
    with store() as session:
        assert not session.get(User, newcomer.id).must_change_password


def test_the_one_time_password_works_no_more(app, client, newcomer):
    change(client, ONE_TIME, NEW)

    assert sign_in(app.test_client(), "2023001", ONE_TIME).status_code == 401


def test_somebody_with_a_one_time_password_can_sign_out(client, newcomer):
    assert send(client, "/logout").status_code == 303
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "typed",
    [
        (ONE_TIME, "short-7", None),
        (ONE_TIME, "12345678", None),
        (ONE_TIME, ONE_TIME, None),
        (ONE_TIME, NEW, "a-lantern-in-the-loby"),
        ("wrong-password", NEW, None),
        ("", NEW, None),
    ],
)
def test_a_change_that_is_refused_changes_nothing(app, client, newcomer, typed):
    answer = change(client, *typed)

    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert sign_in(app.test_client(), "2023001", ONE_TIME).location == "/password"


def test_a7_fields_that_the_form_does_not_have_change_nothing(client, store, newcomer):
    change(client, ONE_TIME, NEW, site_role="admin", role="instructor", user_id="1", login="admin")

    with store() as session:
        user = session.get(User, newcomer.id)
        assert (user.site_role, user.login) == (None, "2023001")


def test_a_stranger_is_sent_to_sign_in(client):
    answer = client.get("/password")

    assert (answer.status_code, answer.location) == (303, "/login?next=/password")


def test_the_change_is_one_s_own_only(app, client, store, now):
    with store() as session:
        make_user(session, now=now)
        make_user(session, "admin", now=now, site_role=SiteRole.ADMIN)
    sign_in(client, "2023001")

    change(client, PASSWORD, NEW, username="admin")

    assert sign_in(app.test_client(), "admin").status_code == 303
    assert sign_in(app.test_client(), "2023001", NEW).status_code == 303
