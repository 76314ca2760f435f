"""The administration: people, their roles, places and passwords, the audit log."""

import re

import pytest
from sqlalchemy import select

from app.domain.roles import Role, SiteRole
from app.models import AuditRow, Enrolment, User
from app.operations import audit
from tests.support.people import (
    browser_of,
    give_place,
    is_signed_in,
    make_offering,
    make_user,
    send,
    shown_password,
    sign_in,
)


@pytest.fixture
def student(store, now):
    """Return the student 小2023001."""
    with store() as session:
        return make_user(session, now=now)


@pytest.fixture
def admin(store, now):
    """Return an administrator."""
    with store() as session:
        return make_user(session, "admin", now=now, site_role=SiteRole.ADMIN)


@pytest.fixture
def desk(app, admin):
    """Return the administrator's browser."""
    return browser_of(app, admin.id)


@pytest.fixture
def offering(store, now):
    """Return a running offering."""
    with store() as session:
        return make_offering(session, now=now)


def actions(store):
    with store() as session:
        return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def test_people_are_found_by_a_part_of_their_number(desk, student):
    table = desk.get("/admin/people?q=3001").text.partition("<tbody>")[2]

    assert "小2023001" in table
    assert "小admin" not in table


def test_a_search_that_finds_nobody_says_so(desk):
    assert 'class="empty"' in desk.get("/admin/people?q=nobody").text


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", f"page={10**30}", "q=%0a", "q=%25"])
def test_a_strange_search_is_answered(desk, query):
    assert desk.get(f"/admin/people?{query}").status_code == 200


def test_a_new_person_gets_a_password_that_is_shown_once_and_must_be_changed(app, desk):
    fields = {"login": "0023001", "name": "贺小贺", "class_name": "航空2301", "site_role": ""}

    answer = send(desk, "/admin/people/new", fields)

    assert answer.headers["Cache-Control"] == "no-store"
    password = shown_password(answer.text)
    assert sign_in(app.test_client(), "0023001", password).location == "/password"
    assert password not in desk.get("/admin/people?q=0023001").text


@pytest.mark.parametrize(
    "fields",
    [
        {"login": "2023001", "name": "another", "site_role": ""},
        {"login": "a b", "name": "another", "site_role": ""},
        {"login": "", "name": "another", "site_role": ""},
        {"login": "2023002", "name": "  ", "site_role": ""},
        {"login": "2023002", "name": "another", "site_role": "emperor"},
    ],
)
def test_a_person_who_cannot_be_added_is_shown_again(desk, store, student, fields):
    answer = send(desk, "/admin/people/new", fields)

    assert answer.status_code == 422
    assert "field-error" in answer.text
    with store() as session:
        assert len(session.scalars(select(User)).all()) == 2


def test_a7_an_account_has_only_what_the_form_asks(desk, store):
    fields = {"login": "2023002", "name": "贺", "site_role": "", "must_change_password": "", "id": "77"}

    send(desk, "/admin/people/new", fields | {"password_hash": "x", "disabled_at": "2026-01-01"})

    with store() as session:
        user = session.scalars(select(User).where(User.login == "2023002")).one()
        assert user.must_change_password
        assert user.id != 77
        assert user.password_hash.startswith("$argon2id$")
        assert not user.is_disabled


def test_a_name_is_shown_as_text(desk, store, now):
    send(desk, "/admin/people/new", {"login": "2023002", "name": "<b>{{7*7}}</b>", "site_role": ""})

    page = desk.get("/admin/people").text

    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in page


def test_a_disabled_person_is_out_and_comes_in_again_when_enabled(app, desk, student):
    client = browser_of(app, student.id)

    assert send(desk, f"/admin/people/{student.public_id}/disable").status_code == 303
    assert not is_signed_in(client)
    assert sign_in(client, "2023001").status_code == 401
    send(desk, f"/admin/people/{student.public_id}/enable")
    assert sign_in(client, "2023001").status_code == 303


def test_a_person_can_be_signed_out_everywhere(app, desk, student):
    client = browser_of(app, student.id)

    send(desk, f"/admin/people/{student.public_id}/sign-out")

    assert not is_signed_in(client)
    assert sign_in(client, "2023001").status_code == 303


def test_a_one_time_password_replaces_the_old_one(app, desk, store, student):
    answer = send(desk, f"/admin/people/{student.public_id}/password")

    client = app.test_client()
    assert sign_in(client, "2023001").status_code == 401
    assert sign_in(client, "2023001", shown_password(answer.text)).location == "/password"
    assert "password.issue" in actions(store)


@pytest.mark.parametrize("action", ["disable", "password", "site-role"])
def test_administrators_do_not_act_on_their_own_account(desk, admin, action):
    answer = send(desk, f"/admin/people/{admin.public_id}/{action}", {"site_role": ""})

    assert answer.status_code == 403
    assert desk.get("/admin/people").status_code == 200


def test_a_site_role_opens_its_pages(app, desk, student):
    client = browser_of(app, student.id)
    assert client.get("/admin/audit").status_code == 403

    send(desk, f"/admin/people/{student.public_id}/site-role", {"site_role": "auditor"})

    assert client.get("/admin/audit").status_code == 200
    assert client.get("/admin/people").status_code == 403


def test_an_invented_site_role_is_refused(desk, store, student):
    send(desk, f"/admin/people/{student.public_id}/site-role", {"site_role": "emperor"})

    with store() as session:
        assert session.get(User, student.id).site_role is None


def test_a_place_is_given_and_taken_away(desk, store, student, offering):
    seat = {"offering": offering.public_id, "role": "student", "cohort": "航空2301"}

    send(desk, f"/admin/people/{student.public_id}/seats", seat)
    page = desk.get(f"/admin/people/{student.public_id}").text
    send(desk, f"/admin/people/{student.public_id}/seats/withdraw", {"offering": offering.public_id})

    assert "航空2301" in page
    with store() as session:
        assert session.scalars(select(Enrolment)).all() == []
    assert actions(store)[-2:] == ["enrolment.set", "enrolment.withdraw"]


@pytest.mark.parametrize(
    "seat", [{"role": "emperor"}, {"offering": "nowhere"}, {"cohort": "x" * 200}, {"role": "admin"}]
)
def test_a_place_that_cannot_be_is_refused(desk, store, student, offering, seat):
    given = {"offering": offering.public_id, "role": "student", "cohort": ""} | seat

    assert send(desk, f"/admin/people/{student.public_id}/seats", given).status_code == 422

    with store() as session:
        assert session.scalars(select(Enrolment)).all() == []


def test_nobody_is_moved_in_an_archived_offering(desk, store, student, offering, now):
    with store() as session:
        give_place(session, student, offering, Role.STUDENT)
        session.merge(offering).archived_at = now

    page = desk.get(f"/admin/people/{student.public_id}").text
    answer = send(desk, f"/admin/people/{student.public_id}/seats/withdraw", {"offering": offering.public_id})

    assert "seats/withdraw" not in page
    assert answer.status_code == 409


@pytest.mark.parametrize("action", ["", "/disable", "/password", "/seats", "/sign-out"])
def test_a_person_who_does_not_exist_is_not_found(desk, offering, action):
    seat = {"offering": offering.public_id, "role": "student", "cohort": ""}
    address = f"/admin/people/{'0' * 26}{action}"

    answer = send(desk, address, seat) if action else desk.get(address)

    assert answer.status_code == 404


def test_the_audit_log_shows_who_did_what_to_whom(desk, student):
    send(desk, f"/admin/people/{student.public_id}/disable")

    page = desk.get("/admin/audit?action=user.disable").text

    assert page.count("<tr ") == 2
    assert "2023001" in page
    assert "admin" in page


def test_the_audit_log_is_narrowed_by_person_and_day(desk, store, student, now):
    with store() as session:
        audit.record(session, None, "early", person_id=student.id, now=now)

    assert "early" in desk.get("/admin/audit?person=2023001&since=2026-03-02&until=2026-03-02").text
    assert "early" not in desk.get("/admin/audit?since=2026-03-03&action=").text.partition("<tbody>")[2]
    assert "early" not in desk.get("/admin/audit?person=admin").text.partition("<tbody>")[2]


def test_the_audit_log_is_read_page_by_page(desk, store, now):
    with store() as session:
        for number in range(150):
            audit.record(session, None, f"step.{number}", now=now)

    first = desk.get("/admin/audit").text
    (older,) = re.findall(r'href="(/admin/audit\?before=\d+)"', first)

    assert "step.149" in first
    assert "step.3<" in desk.get(older).text


@pytest.mark.parametrize(
    "query",
    [
        "since=x",
        "since=0001-01-01",
        "until=9999-12-31",
        "offering=x",
        f"before={10**40}",
        "before=-5",
        "person=%27",
        "person=a b",
    ],
)
def test_a_strange_question_to_the_log_is_answered(desk, query):
    assert desk.get(f"/admin/audit?{query}").status_code == 200


def test_a_refused_sign_in_stands_in_the_log(app, desk, student):
    sign_in(app.test_client(), "2023001", "wrong-password", address_from="192.0.2.7")

    page = desk.get("/admin/audit?action=session.refuse").text

    assert "192.0.2.7" in page
