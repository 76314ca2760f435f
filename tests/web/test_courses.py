"""The course page: the syllabus for everybody, the tracker for its people."""

import re
from datetime import date
from decimal import Decimal

import pytest

from app.domain.roles import Role
from app.domain.terms import Term
from app.operations.enrolment import Seat, enrol, withdraw
from app.operations.hours import Lesson, record_hours
from app.operations.offerings import archive_offering, get_place
from tests.support.builders import COURSE, make_term
from tests.support.moments import TODAY
from tests.support.pages import follow, open_page, press, send_form
from tests.support.texts import make_small_quiz_text, make_syllabus_text

PAGE = "/courses/etiquette"
SMILE = f"{PAGE}/quizzes/smile"


@pytest.fixture
def client(browse):
    return browse("student")


def make_public(publish):
    publish({"cases/etiquette/syllabus.md": make_syllabus_text(public="yes")})


def take_smile(client, *, well):
    """Take the small quiz: well or badly."""
    paper = send_form(client, open_page(client, SMILE).form("/start")).headers["Location"]
    press(client, paper, "/answers", answer_smile="1" if well else "2")
    return press(client, f"{paper}/review", "/submit")


def row(page, label):
    """Return the class hours in the table behind a label."""
    found = re.search(rf"{label} (\d+(?:\.\d)?) class hours?", page.text)
    return found and found.group(1)


def test_a_student_sees_modules_hours_and_what_is_next(client):
    page = open_page(client, PAGE)

    assert "Service etiquette" in page.text
    assert [row(page, label) for label in ("Declared in the syllabus", "Listed in the modules")] == [
        "10",
        "6",
    ]
    assert row(page, "Not in any module") == "4"
    assert (row(page, "Delivered so far"), row(page, "Earned by you")) == ("0", "0")
    assert "0 / 4" in page.text
    assert page.links["Begin"] == f"{PAGE}/cases/why-doors"
    assert "No material yet." in page.text


def test_the_tracker_moves_when_a_quiz_is_passed(client):
    take_smile(client, well=False)
    page = open_page(client, PAGE)
    assert "best 0%, 60% needed" in page.text
    assert row(page, "Earned by you") == "0"

    take_smile(client, well=True)

    page = open_page(client, PAGE)
    assert "best 100%" in page.text
    assert "needed" not in page.text
    assert row(page, "Earned by you") == "2"


def test_the_tracker_moves_through_a_module_to_the_next(client):
    for slug in ("why-doors", "door"):
        page = follow(client, send_form(client, open_page(client, f"{PAGE}/cases/{slug}").form("/start")))
        walk = page.form("/commit").action.removesuffix("/commit")
        assert open_page(client, PAGE).links["Continue"] == f"{PAGE}/cases/{slug}"
        while page.has_form("/commit"):
            page = press(client, walk, "/commit", choice="2", text="次序", reason="因为")

    page = open_page(client, PAGE)
    assert row(page, "Earned by you") == "2"
    assert page.links["Begin"] == f"{PAGE}/quizzes/ladies"


def test_delivered_hours_stand_beside_the_plan(client, store, classroom, now):
    with store() as session:
        place = get_place(session, classroom.instructor, COURSE, TODAY)
        lesson = Lesson("doors", Decimal("1.5"), date(2026, 3, 2))
        record_hours(session, place, classroom.instructor, lesson, now)

    assert row(open_page(client, PAGE), "Delivered so far") == "1.5"


def test_hours_of_a_module_that_has_another_id_now_are_still_its_own(client, store, publish, classroom, now):
    with store() as session:
        place = get_place(session, classroom.instructor, COURSE, TODAY)
        for module, hours in (("doors", "1.5"), ("car-doors", "0.5")):
            lesson = Lesson(module, Decimal(hours), date(2026, 3, 2))
            record_hours(session, place, classroom.instructor, lesson, now)
    renamed = {
        f"cases/etiquette/syllabus{ending}.md": text.replace("{#doors", "{#car-doors was=doors")
        for ending, text in (("", make_syllabus_text()), (".en", make_syllabus_text("Service etiquette")))
    }
    publish(renamed)

    page = open_page(client, PAGE)
    assert row(page, "Delivered so far") == "2"
    assert row(page, "Delivered") == "2"


def test_the_page_of_an_archived_course_calls_nobody_to_go_on(client, store, classroom, now):
    assert "Begin" in open_page(client, PAGE).links
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    page = open_page(client, PAGE)

    assert "archived and can only be read" in page.text
    assert "Begin" not in page.links


@pytest.mark.parametrize(("language", "title"), [("zh", "服务礼仪"), ("en", "Service etiquette")])
def test_a_course_is_shown_in_the_language_asked_for(client, language, title):
    assert title in open_page(client, PAGE, language=language).text


@pytest.mark.parametrize("who", ["instructor", "assistant"])
def test_who_teaches_sees_no_progress_of_the_own(browse, who):
    page = open_page(browse(who), PAGE)

    assert "Your progress" not in page.text
    assert "Earned by you" not in page.text
    assert row(page, "Delivered so far") == "0"
    assert page.links["Which door first"] == f"{PAGE}/cases/door"


def test_a9_what_a_teacher_tries_moves_nothing(browse):
    client = browse("instructor")
    take_smile(client, well=True)

    assert "best" not in open_page(client, PAGE).text


@pytest.mark.parametrize("who", ["", "stranger"])
def test_a_course_that_is_not_public_is_for_its_people(browse, who):
    assert browse(who).get(PAGE).status_code == 404


@pytest.mark.parametrize("who", ["", "stranger"])
def test_a_public_course_shows_its_syllabus_to_everybody(browse, publish, who):
    make_public(publish)

    page = open_page(browse(who), PAGE)

    assert "车门" in page.text
    assert "Your progress" not in page.text
    assert "Delivered so far" not in page.text
    assert ("Sign in to walk the cases" in page.text) is (who == "")


def test_a_student_who_was_withdrawn_is_a_stranger_again(client, store, classroom, now):
    with store() as session:
        withdraw(session, classroom.student.id, classroom.offering.id, None, now)

    assert client.get(PAGE).status_code == 404


def test_material_that_is_retired_is_not_listed_and_not_needed(client, publish):
    publish({"quizzes/etiquette/smile.md": None, "cases/etiquette/why-doors.md": None})

    page = open_page(client, PAGE)

    assert "微笑" in page.text
    assert SMILE not in page.links.values()
    assert f"{PAGE}/cases/why-doors" not in page.links.values()
    assert "0 / 2" in page.text


def test_a12_exam_material_is_not_listed_even_for_its_author(browse, publish):
    exam = make_small_quiz_text().replace("module:", "use: exam\nmodule:")
    publish({"quizzes/etiquette/smile.md": exam})

    for who in ("student", "instructor"):
        assert SMILE not in open_page(browse(who), PAGE).links.values()


def test_a_course_without_syllabus_says_so(client, publish):
    publish({"cases/etiquette/syllabus.md": None, "cases/etiquette/syllabus.en.md": None})

    assert "No syllabus yet" in open_page(client, PAGE).text
    assert open_page(client, f"{PAGE}/cases/door").has_form("/start")
    assert open_page(client, SMILE).has_form("/start")


def test_work_of_another_term_does_not_count(client, store, classroom, now):
    take_smile(client, well=True)
    with store() as session:
        term = Term("2026秋", date(2026, 9, 1), date(2027, 1, 20))
        offering = make_term(session, now, COURSE, term)
        enrol(session, classroom.student.id, Seat(offering.id, Role.STUDENT), None, now)

    page = open_page(client, PAGE)

    assert "2026秋" in page.text
    assert row(page, "Earned by you") == "0"


@pytest.mark.parametrize(
    "address", ["/courses/nowhere", f"{PAGE}/", "/courses/", "/courses/..", "/courses/%00"]
)
def test_a10_what_is_not_there_is_refused_politely(client, address):
    assert client.get(address).status_code in {400, 404}
