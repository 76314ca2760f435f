"""One-time passwords that instructors issue."""

import pytest

from app.domain.roles import Role
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
def people(store, now):
    """Return a student, their instructor, and the instructor of another course."""
    with store() as session:
        own, other = make_offering(session, now=now), make_offering(session, "front-office", now=now)
        student, teacher = make_user(session, now=now), make_user(session, "t07", now=now)
        stranger = make_user(session, "t08", now=now)
        give_place(session, student, own, Role.STUDENT, "航空2301")
        give_place(session, teacher, own, Role.INSTRUCTOR)
        give_place(session, stranger, other, Role.INSTRUCTOR)
        return student, teacher, stranger


def issue(app, teacher, student):
    return send(browser_of(app, teacher.id), f"/teach/people/{student.public_id}/password")


def test_an_instructor_hands_a_student_a_password_that_works_once(app, people):
    student, teacher, _ = people

    answer = issue(app, teacher, student)

    password = shown_password(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert sign_in(app.test_client(), "2023001", password).location == "/password"


def test_the_student_is_signed_out_everywhere(app, people):
    student, teacher, _ = people
    client = browser_of(app, student.id)

    issue(app, teacher, student)

    assert not is_signed_in(client)


def test_issuing_again_makes_the_first_one_worthless(app, people):
    student, teacher, _ = people

    first = shown_password(issue(app, teacher, student).text)
    issue(app, teacher, student)

    assert sign_in(app.test_client(), "2023001", first).status_code == 401


def test_a5_a_student_of_another_course_does_not_exist(app, people):
    student, _, stranger = people

    assert issue(app, stranger, student).status_code == 404
    assert sign_in(app.test_client(), "2023001").status_code == 303


def test_a5_a_colleague_and_an_invented_id_do_not_exist(app, people):
    _, teacher, stranger = people

    assert issue(app, teacher, stranger).status_code == 404
    assert send(browser_of(app, teacher.id), f"/teach/people/{'0' * 26}/password").status_code == 404


def test_a_student_issues_no_password(app, people):
    student, teacher, _ = people

    assert issue(app, student, teacher).status_code == 403
