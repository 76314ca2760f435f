"""The people of the demo."""

import pytest
from sqlalchemy import func, select

from app.domain.errors import NotFound
from app.domain.roles import Role, SiteRole
from app.models import User
from app.operations.demo import COURSE, PEOPLE, create_demo, missing_people
from app.operations.demo_exam import OPEN_FOR, ensure_demo_exam
from app.operations.demo_exam import QUIZ as MOCK
from app.operations.enrolment import Seat, enrol
from app.operations.people import load_person
from tests.support.builders import make_term, publish_texts
from tests.support.people import make_offering, make_user
from tests.support.texts import make_quiz_text

HASHES = {one.login: f"hash of {one.login}" for one in PEOPLE}


def user(session, login):
    return session.scalars(select(User).where(User.login == login)).one()


def test_everybody_is_missing_at_first_and_nobody_afterwards(session, now):
    make_offering(session, COURSE, now=now)
    assert missing_people(session) == list(PEOPLE)

    create_demo(session, HASHES, now, 1)

    assert missing_people(session) == []


def test_the_demo_has_each_role(session, now):
    make_offering(session, COURSE, now=now)
    create_demo(session, HASHES, now, 1)

    people = {login: load_person(session, user(session, login)) for login in HASHES}

    roles = [place.role for person in people.values() for place in person.memberships]
    assert {role: roles.count(role) for role in roles} == {
        Role.INSTRUCTOR: 1,
        Role.ASSISTANT: 1,
        Role.STUDENT: 3,
    }
    assert people["admin"].site_role is SiteRole.ADMIN
    assert people["admin"].memberships == ()
    assert len(people["zhou"].memberships[0].cohorts) == 1
    assert {user(session, login).password_hash for login in HASHES} == set(HASHES.values())


def test_making_the_demo_again_changes_nobody(session, now):
    offering = make_offering(session, COURSE, now=now)
    create_demo(session, HASHES, now, 1)
    enrol(session, user(session, "zhou").id, Seat(offering.id, Role.MARKER), None, now)

    create_demo(session, dict.fromkeys(HASHES, "another"), now, 2)

    assert user(session, "chen").password_hash == "hash of chen"
    zhou = load_person(session, user(session, "zhou"))
    assert [place.role for place in zhou.memberships] == [Role.MARKER]
    assert session.scalar(select(func.count()).select_from(User)) == len(PEOPLE)


def test_only_who_is_missing_is_made(session, now):
    make_offering(session, COURSE, now=now)
    own = make_user(session, "chen", now=now)

    assert "chen" not in {one.login for one in missing_people(session)}
    create_demo(session, HASHES, now, 1)

    assert user(session, "chen") is own
    assert load_person(session, own).memberships == ()


def test_without_its_course_there_is_no_demo(session, now):
    with pytest.raises(NotFound):
        create_demo(session, HASHES, now, 1)
    assert session.scalar(select(func.count()).select_from(User)) == 0


def test_the_demo_has_a_mock_exam_that_is_open_and_one_is_enough(session, classroom, tmp_path, now):
    files = {f"quizzes/{COURSE}/{MOCK}.md": make_quiz_text(front="use: exam\nminutes: 45\n")}
    publish_texts(session, tmp_path / "other" / "library", files, now)
    make_term(session, now, COURSE)

    exam = ensure_demo_exam(session, now, 1)
    again = ensure_demo_exam(session, now, 2)
    after = ensure_demo_exam(session, now + OPEN_FOR, 3)

    assert exam is not None
    assert exam is again is not after
    assert (exam.kind, exam.minutes, exam.attempts_allowed) == ("mock", 45, None)
    assert exam.state(now).value == "running"


def test_without_its_quiz_the_demo_has_no_exam(session, now):
    make_offering(session, COURSE, now=now)

    assert ensure_demo_exam(session, now, 1) is None
