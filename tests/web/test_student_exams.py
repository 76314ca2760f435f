"""The exams on a student's record: for those who watch exams, points only once nobody's answers wait."""

import pytest

from app.domain.roles import Role
from tests.support.builders import CLASS_1, make_person
from tests.support.counting import statements
from tests.support.pages import open_page
from tests.support.people import browser_of
from tests.support.sitting import make_student
from tests.web.aftermath import ANSWERS, aftermath

__all__ = ["aftermath"]


@pytest.fixture
def teacher(time, browse):
    return browse("instructor")


@pytest.fixture
def address(aftermath):
    room = aftermath.room
    return f"/teach/offerings/{room.offering.public_id}/students/{room.student.public_id}"


def exams(client, address):
    text = open_page(client, address).text
    return text.partition("Exam attempts")[2].partition("password")[0]


def test_a_student_who_sat_nothing_has_no_exams(teacher, address):
    assert exams(teacher, address).startswith(" None yet.")


def test_an_attempt_stands_there_with_its_state_and_leads_to_its_record(teacher, aftermath, address, time):
    sat = aftermath.hand_in(**ANSWERS)
    time.move_to(aftermath.over)

    page = open_page(teacher, address)

    assert "期末考试 Handed in: 2026-03-02 08:00 (UTC+8) To be marked" in page.text
    assert f"{aftermath.teach}{sat}" in page.links.values()


def test_points_are_told_when_nobodys_answers_wait_any_more(teacher, aftermath, address, time):
    with aftermath.store() as session:
        second = make_student(session, aftermath.room, "xiaolin")
    mine, others = aftermath.hand_in(**ANSWERS), aftermath.hand_in(second, **ANSWERS)
    time.move_to(aftermath.over)

    aftermath.mark(mine, "3.5")
    while_one_waits = exams(teacher, address)
    aftermath.mark(others, "3")

    assert "7.5" not in while_one_waits
    assert "Scored" in while_one_waits
    assert "7.5 / 14 Scored" in exams(teacher, address)


def test_a_release_is_told(teacher, aftermath, address, time):
    aftermath.mark(aftermath.hand_in(**ANSWERS), "3.5")
    aftermath.release()
    time.move_to(aftermath.over)

    assert "7.5 / 14 Released" in exams(teacher, address)


def test_who_watches_no_exams_sees_none(app, aftermath, address, time):
    aftermath.hand_in(**ANSWERS)
    with aftermath.store() as session:
        offering = session.merge(aftermath.room.offering)
        assistant = make_person(session, offering, "helper", Role.ASSISTANT, CLASS_1)

    text = open_page(browser_of(app, assistant.id), address).text

    assert "Quiz attempts" in text
    assert "期末考试" not in text


def test_exams_cost_two_statements_however_many_there_are(app, teacher, aftermath, address, time):
    open_page(teacher, address)
    with statements(app) as without:
        open_page(teacher, address)
    aftermath.mark(aftermath.hand_in(**ANSWERS), "3.5")
    time.move_to(aftermath.over)
    open_page(teacher, address)

    with statements(app) as sent:
        open_page(teacher, address)

    assert len(sent) <= len(without) + 1
