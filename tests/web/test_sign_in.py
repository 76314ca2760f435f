"""Signing in: the page, JSON, refusals that tell nothing, the brake on guessing."""

from contextlib import ExitStack

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from app.domain.roles import SiteRole
from app.models import SignInFailures, User
from app.operations import accounts, passwords
from app.web.accounts.door import PLACES
from tests.support.people import PASSWORD, is_signed_in, make_user, send, sign_in

JSON = "application/json"
WRONG = "wrong-password"


@pytest.fixture
def student(store, time, now):
    """Return the student 小2023001."""
    with store() as session:
        return make_user(session, now=now)


@pytest.fixture
def compared(monkeypatch):
    """Count the comparisons of passwords with hashes; each is still done."""
    counted = []
    compare = passwords.compare

    def count(password_hash, password):
        counted.append(password_hash)
        return compare(password_hash, password)

    monkeypatch.setattr(passwords, "compare", count)
    return counted


def words(response):
    """Return the page without what differs from request to request."""
    return [line for line in response.text.splitlines() if "csrf_token" not in line and "value=" not in line]


def test_the_right_password_lets_in(client, student):
    answer = sign_in(client, "2023001")

    assert (answer.status_code, answer.location) == (303, "/")
    assert is_signed_in(client)


def test_the_login_may_be_typed_in_any_width_and_case(client, student):
    assert sign_in(client, " ２０２３００１ ").status_code == 303


def test_json_gives_the_person_and_a_token(client, student):
    answer = sign_in(client, "2023001", accept=JSON)

    assert answer.status_code == 200
    assert answer.get_json()["user"] == {
        "id": student.public_id,
        "login": "2023001",
        "name": "小2023001",
    }
    assert client.post("/logout", headers={"X-CSRF-Token": answer.get_json()["csrf"]}).status_code == 303


def test_a_wrong_password_is_refused_and_the_name_is_kept(client, student):
    answer = sign_in(client, "2023001", WRONG)

    assert answer.status_code == 401
    assert 'value="2023001"' in answer.text
    assert WRONG not in answer.text
    assert not is_signed_in(client)


def test_json_of_a_refusal(client, student):
    answer = sign_in(client, "2023001", WRONG, accept=JSON)

    assert (answer.status_code, answer.get_json()["error"]) == (401, "wrong_sign_in")


def test_a11_an_unknown_name_gets_the_same_words_and_the_same_work(client, student, compared):
    known = sign_in(client, "2023001", WRONG)
    unknown = sign_in(client, "2023999", WRONG)
    no_login = sign_in(client, "no login at all!", WRONG)

    assert words(known) == words(unknown) == words(no_login)
    assert {answer.status_code for answer in (known, unknown, no_login)} == {401}
    assert len(compared) == 3
    assert compared[1:] == [passwords.NOBODY, passwords.NOBODY]


def test_a11_a_disabled_person_gets_the_same_words_and_the_same_work(client, store, student, compared):
    with store() as session:
        accounts.disable_user(session, session.get(User, student.id), None, student.created_at)

    disabled = sign_in(client, "2023001")
    unknown = sign_in(client, "2023999")

    assert words(disabled) == words(unknown)
    assert (disabled.status_code, len(compared)) == (401, 2)


def test_a_hash_of_the_past_is_renewed_at_sign_in(client, store, student):
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with store() as session:
        session.get(User, student.id).password_hash = old

    sign_in(client, "2023001")

    with store() as session:
        renewed = session.get(User, student.id).password_hash
    assert renewed != old
    assert passwords.verify_password(renewed, PASSWORD) == passwords.Verdict(True, False)


def test_b7_guessing_is_braked_and_the_right_password_waits_too(client, student, time):
    for _ in range(5):
        assert sign_in(client, "2023001", WRONG).status_code == 401

    answer = sign_in(client, "2023001")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    assert "08:01" in answer.text
    time.shift(30)
    assert sign_in(client, "2023001").status_code == 303


def test_b7_a_braked_guess_is_neither_compared_nor_counted(client, store, student, compared):
    for _ in range(8):
        sign_in(client, "2023001", WRONG)

    assert len(compared) == 5
    with store() as session:
        assert session.scalars(select(SignInFailures.count)).all() == [5]


def test_b7_json_says_when_to_try_again(client, student):
    for _ in range(5):
        sign_in(client, "2023001", WRONG)

    answer = sign_in(client, "2023001", WRONG, accept=JSON)

    assert (answer.status_code, answer.get_json()["error"]) == (429, "too_many")
    assert answer.headers["Retry-After"] == "30"


def test_b7_neighbours_behind_the_same_address_are_let_in(client, store, student, now):
    with store() as session:
        make_user(session, "2023002", now=now)
    for _ in range(6):
        sign_in(client, "2023001", WRONG)

    assert sign_in(client, "2023002").status_code == 303


def test_b7_guesses_from_elsewhere_do_not_shut_the_owner_out(client, student):
    for _ in range(6):
        sign_in(client, "2023001", WRONG, address_from="192.0.2.7")

    assert sign_in(client, "2023001", address_from="10.0.0.1").status_code == 303


def test_when_all_places_are_taken_the_name_is_kept_and_the_browser_told_to_come_again(client, student):
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(PLACES)
        page = sign_in(client, "2023001")
        data = sign_in(client, "2023001", accept=JSON)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "2")
    assert 'value="2023001"' in page.text
    assert (data.status_code, data.get_json()["error"]) == (503, "busy")
    assert sign_in(client, "2023001").status_code == 303


@pytest.mark.parametrize("fields", [{}, {"username": "2023001"}, {"password": PASSWORD}])
def test_half_a_form_is_shown_again(client, student, fields):
    answer = send(client, "/login", fields)

    assert answer.status_code == 422
    assert "field-error" in answer.text


@pytest.mark.parametrize("body", [[1], "x", 7, {"username": {}}, None])
def test_json_instead_of_a_form_is_half_a_form(client, student, body):
    answer = client.post("/login", json=body, headers={"X-CSRF-Token": token(client)})

    assert answer.status_code == 422


def test_a_body_over_eight_kibibytes_is_refused(client, student):
    assert sign_in(client, "2023001", "x" * 9000).status_code == 413


def test_who_is_signed_in_already_goes_on(client, student):
    sign_in(client, "2023001")

    answer = client.get("/login?next=/courses/ground-service")

    assert (answer.status_code, answer.location) == (303, "/courses/ground-service")


def test_the_page_that_was_asked_for_comes_after_signing_in(client, student):
    asked = client.get("/admin/people?q=%E8%B4%BA")

    assert asked.status_code == 303
    assert sign_in_at(client, asked.location).location == "/admin/people?q=%E8%B4%BA"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x=1".replace("%0d%0a", "\r\n"),
        "evil.example",
        "http:evil.example",
        "/\t/evil.example",
    ],
)
def test_b6_nobody_is_sent_to_another_site(client, student, target):
    answer = client.post(
        "/login",
        query_string={"next": target},
        data={"csrf_token": token(client), "username": "2023001", "password": PASSWORD},
    )

    assert (answer.status_code, answer.location) == (303, "/")


def test_the_page_says_whom_to_ask_and_how_to_make_the_first_administrator(client, store, now):
    empty = client.get("/login").text
    with store() as session:
        make_user(session, "admin", now=now, site_role=SiteRole.ADMIN)
    ready = client.get("/login").text

    assert "casehall users add" in empty
    assert "casehall users add" not in ready
    assert "data-sign-in" in ready


def token(client):
    return client.get("/csrf").get_json()["csrf"]


def sign_in_at(client, address):
    return send(client, address, {"username": "2023001", "password": PASSWORD})
