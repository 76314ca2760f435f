"""What is stale: on the front page, in its list with what changed, and the ways out of it."""

from datetime import date

import pytest

from app.domain.roles import Role
from app.domain.terms import Term
from app.models import User
from tests.support.builders import later, make_term, publish_texts
from tests.support.exams import set_exam, sit_exam
from tests.support.pages import open_page, send_form
from tests.support.people import give_place
from tests.support.texts import make_case_text, make_small_quiz_text
from tests.web.authors import author

__all__ = ["author"]
OTHER = {
    "cases/etiquette/door.md": make_case_text(opening="一辆黑车停下。"),
    "quizzes/etiquette/smile.md": make_small_quiz_text().replace("笑不笑", "先笑吗"),
}


def publish_others(session, classroom, now):
    made = set_exam(session, classroom, now, "smile")
    publish_texts(session, classroom.library, OTHER, later(now))
    return made


@pytest.fixture
def exam(store, classroom, now):
    """Return an exam whose quiz is published anew afterwards, and a case too."""
    with store() as session:
        return publish_others(session, classroom, now)


@pytest.fixture
def begun(store, classroom, now):
    """Return such an exam, which a student has begun."""
    with store() as session:
        made = publish_others(session, classroom, now)
        sit_exam(session, classroom.student, made, now)
        return made


def test_it_leads_to_the_offering_that_the_exam_is_held_in(author, exam, store, classroom, now):
    with store() as session:
        newer = make_term(session, now, term=Term("2027春", date(2027, 3, 1), date(2027, 7, 1)))
        user = session.get_one(User, classroom.instructor.id)
        give_place(session, user, newer, Role.INSTRUCTOR, None)

    page = open_page(author, "/teach/stale/")

    changes = [one for one in page.links.values() if "/changes" in one]
    assert changes
    assert all(classroom.offering.public_id in one for one in changes)


def test_what_is_stale_is_told_with_what_changed_and_settled(author, exam, time):
    time.shift(120)
    front = open_page(author, "/", language="en")
    page = open_page(author, "/teach/stale/", language="en")

    assert "3 things to look at" in front.text
    assert "arrival: wording changed" in page.text
    assert "question 1 (smile): wording changed" in page.text
    changes = next(one for one in page.links.values() if "case/door/changes" in one)
    changed = open_page(author, changes, language="en")
    assert "arrival: wording changed" in changed.text


def test_each_is_settled_by_a_look_or_a_new_paper(author, exam, time):
    time.shift(120)
    renewed = send_form(author, open_page(author, "/teach/stale/").form("/schedule"), renew="1")
    for _ in range(2):
        page = open_page(author, "/teach/stale/")
        settled = send_form(author, next(one for one in page.forms if "/teach/stale/" in one.action))

    assert (renewed.status_code, settled.status_code) == (303, 303)
    assert "Nothing is stale" in open_page(author, "/teach/stale/", language="en").text
    assert "things to look at" not in open_page(author, "/", language="en").text


def test_an_exam_that_has_begun_is_shown_as_standing(author, begun, time):
    time.shift(120)

    page = open_page(author, "/teach/stale/", language="en")

    assert "1 person has begun" in page.text
    assert [one for one in page.forms if one.action.endswith("/schedule")] == []
