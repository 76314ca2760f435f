"""Papers of a term: the teaching plan, the syllabus as it is filed, the coverage of the objectives."""

import pytest

from app.operations.course_files import Label, NewFile, add_file
from tests.support.builders import place_of, publish_texts
from tests.support.exams import set_exam
from tests.support.pages import open_page, press
from tests.support.texts import make_exam_texts

pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def client(browse):
    return browse("instructor")


def test_the_offering_leads_to_its_papers(client, home):
    links = open_page(client, home).links

    assert {"Teaching plan", "Syllabus", "Coverage of the objectives"} <= set(links)


@pytest.fixture
def hand_out(store, classroom, tmp_path, now):
    with store() as session:
        new = NewFile(b"%PDF-", "pdf", Label("doors", "讲义"))
        place = place_of(session, classroom.instructor)
        add_file(session, place, classroom.instructor, new, (tmp_path, now))


def test_the_plan_tells_what_was_held_when_and_with_what(client, home, hand_out):
    for day, hours in (("2026-03-02", "1"), ("2026-02-23", "0.5")):
        press(client, f"{home}/hours", "/hours", module="doors", hours=hours, held_on=day, note="")

    text = open_page(client, f"{home}/plan").text

    assert "Instructors 小chen" in text
    assert 0 < text.index("23 Feb 2026") < text.index("2 Mar 2026")
    assert "Document: 讲义" in text
    assert "Case: Which door first" in text
    assert "Together 6 1.5 The syllabus declares 10 class hours; 4 class hours stand in no module." in text


def test_the_syllabus_stands_in_the_order_in_which_colleges_file_it(client, home):
    text = open_page(client, f"{home}/syllabus").text

    heads = ["Course number", "Credits", "Prerequisites", "Audience", "I. Character", "II. Content"]
    heads += ["Table of class hours", "III. Assessment", "IV. Textbooks", "Written by"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    assert "服务礼仪 / Service etiquette" in text


def test_the_coverage_counts_practice_and_exams_apart(client, home, store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, make_exam_texts(), now)
        set_exam(session, classroom, now, "guard", title="期末")

    page = open_page(client, f"{home}/coverage")

    assert "E1 期末" in page.text
    assert "Q1 Ladies first Q2 微笑" in page.text
    assert "objectives, " in page.text


def test_a_course_without_a_syllabus_has_no_papers(client, home, store, classroom, now):
    with store() as session:
        cases = "cases/etiquette/syllabus"
        publish_texts(session, classroom.library, {f"{cases}.md": None, f"{cases}.en.md": None}, now)

    for paper in ("plan", "syllabus", "coverage"):
        assert client.get(f"{home}/{paper}").status_code == 404
