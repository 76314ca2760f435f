"""The people of the demo."""

import pytest
from sqlalchemy import func, select

from app.domain.errors import NotFound
from app.domain.roles import Role, SiteRole
from app.models import User
from app.operations.demo import COURSE, COURSES, create_demo
from app.operations.demo_exam import OPEN_FOR, OPEN_SINCE, ensure_demo_exams
from app.operations.demo_exam import QUIZ as MOCK
from app.operations.demo_people import PEOPLE, missing_people
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


def test_its_people_are_in_each_course_that_is_there(session, now):
    offerings = [make_offering(session, slug, now=now) for slug in COURSES]
    create_demo(session, HASHES, now, 1)

    chen = load_person(session, user(session, "chen"))

    assert {place.offering_id for place in chen.memberships} == {one.id for one in offerings}


def test_each_course_has_a_mock_exam_that_is_open_and_one_is_enough(session, classroom, tmp_path, now):
    quiz = make_quiz_text(front="use: exam\nminutes: 45\n")
    files = {f"quizzes/{course}/{MOCK}.md": quiz for course in COURSES[:2]}
    publish_texts(session, tmp_path / "other" / "library", files, now)
    for course in COURSES[:2]:
        make_term(session, now, course)

    exams = ensure_demo_exams(session, now, 1)
    again = ensure_demo_exams(session, now, 2)
    after = ensure_demo_exams(session, now + OPEN_FOR, 3)

    assert len(exams) == 2
    assert exams == again
    assert {one.id for one in exams}.isdisjoint(one.id for one in after)
    assert {(one.kind, one.minutes, one.attempts_allowed) for one in exams} == {("mock", 45, None)}
    assert {one.opens_at for one in exams} == {now - OPEN_SINCE}
    assert exams[0].state(now).value == "running"


def test_without_its_quiz_the_demo_has_no_exam(session, now):
    make_offering(session, COURSE, now=now)

    assert ensure_demo_exams(session, now, 1) == []
