"""What a learner wrote comes back when it could not be kept."""

import pytest

from app.domain.roles import Permission, Role
from app.models.turns import DatabaseBusy
from app.web.security import requires
from tests.support.people import browser_of, give_place, make_offering, make_user, send

ADDRESS = "/attempts/0123456789abcdefghjkmnpqrs/answers"
ESSAY = "女宾来赴晚宴，<应当>先照顾她；后排是上座。"
FIELDS = {"client": "a" * 26, "answer-q1": ESSAY, "answer-q2": "2"}


@pytest.fixture
def writer(app, store, now):
    """Return the browser of a student."""
    with store() as session:
        student = make_user(session, now=now)
        give_place(session, student, make_offering(session, now=now), Role.STUDENT)
    return browser_of(app, student.id)


@pytest.fixture
def busy(app):
    """Let the database take no answer."""

    @requires(Permission.STUDY)
    def refuse(public_id):
        raise DatabaseBusy

    app.view_functions["attempts.save"] = refuse


def test_answers_that_found_the_database_busy_can_be_sent_again_as_they_were(writer, busy):
    page = send(writer, ADDRESS, FIELDS)

    assert page.status_code == 503
    assert f'<form method="post" action="{ADDRESS}">' in page.text
    assert 'name="answer-q2" value="2"' in page.text
    assert "&lt;应当&gt;先照顾她；后排是上座。</textarea>" in page.text


def test_a_refused_answer_comes_back_to_be_copied_but_is_not_sent_again(writer):
    page = send(writer, ADDRESS, FIELDS)

    assert page.status_code == 404
    assert "先照顾她；后排是上座。</textarea>" in page.text
    assert f'action="{ADDRESS}"' not in page.text


def test_who_was_signed_out_while_writing_gets_the_words_back(client):
    page = send(client, ADDRESS, FIELDS)

    assert page.status_code == 401
    assert "先照顾她；后排是上座。</textarea>" in page.text
    assert 'href="/login"' in page.text


def test_no_password_ever_comes_back(client):
    page = client.post("/login", data={"username": "2023001", "password": "corridor-in-march"})

    assert page.status_code == 403
    assert "corridor-in-march" not in page.text
