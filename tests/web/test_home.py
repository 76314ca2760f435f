"""The front page: what each role sees first."""

from datetime import timedelta

import pytest

from app.domain.roles import Role
from app.models import User
from app.operations.offerings import archive_offering
from tests.support.builders import make_term, publish_texts
from tests.support.exams import set_exam
from tests.support.pages import open_page, press, send_form
from tests.support.people import give_place
from tests.support.texts import make_small_quiz_text, make_syllabus_text, make_texts

SMILE = "/courses/etiquette/quizzes/smile"


def take_smile(client):
    paper = send_form(client, open_page(client, SMILE).form("/start")).headers["Location"]
    press(client, paper, "/answers", answer_smile="1")
    press(client, f"{paper}/review", "/submit")
    return paper


def test_a_student_sees_what_to_do_next_and_how_far_things_are(browse):
    page = open_page(browse("student"), "/")

    assert page.links["Service etiquette"] == "/courses/etiquette"
    assert page.links["Begin"] == "/courses/etiquette/cases/why-doors"
    assert "0 / 4" in page.text
    assert "You teach" not in page.text


def test_a_student_sees_the_last_five_results_newest_first(browse):
    client = browse("student")
    papers = [take_smile(client) for _ in range(6)]

    page = open_page(client, "/")

    assert page.links["微笑"].endswith("/result")
    shown = [paper for paper in papers if f"{paper}/result" in client.get("/").text]
    assert shown == papers[1:]


def test_each_course_has_the_progress_and_results_of_its_own(browse, store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, make_texts("smiles"), now)
        give_place(
            session,
            session.get_one(User, classroom.student.id),
            make_term(session, now, "smiles"),
            Role.STUDENT,
        )
    client = browse("student")
    paper = take_smile(client)

    cards = {
        card.partition('href="')[2].partition('"')[0]: card
        for card in client.get("/").text.split('<article class="panel course-card">')[1:]
    }

    assert f"{paper}/result" in cards["/courses/etiquette"]
    assert "1 / 4" in cards["/courses/etiquette"]
    assert "/result" not in cards["/courses/smiles"]
    assert "0 / 4" in cards["/courses/smiles"]


def test_a_student_who_continues_is_led_to_what_was_begun(browse):
    client = browse("student")
    send_form(client, open_page(client, "/courses/etiquette/cases/why-doors").form("/start"))

    page = open_page(client, "/")

    assert "Go on with" in page.text
    assert page.links["Continue"] == "/courses/etiquette/cases/why-doors"


def test_a12_results_of_what_is_for_exams_now_are_not_listed(browse, publish):
    client = browse("student")
    paper = take_smile(client)
    publish({"quizzes/etiquette/smile.md": make_small_quiz_text().replace("module:", "use: exam\nmodule:")})

    assert paper not in client.get("/").text
    assert client.get(f"{paper}/result").status_code == 404


@pytest.mark.parametrize("who", ["instructor", "assistant"])
def test_who_teaches_sees_the_offerings(browse, classroom, who):
    page = open_page(browse(who), "/")

    assert f"/teach/offerings/{classroom.offering.public_id}" in page.links.values()
    assert "2 classes · 1 student" in page.text
    assert "Your courses" not in page.text


def test_somebody_without_a_course_is_told_what_will_happen(browse):
    assert "As soon as your instructor enrols you" in open_page(browse("stranger"), "/").text


def test_a_course_that_is_archived_is_still_found_and_asks_for_nothing(browse, store, classroom, now):
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    page = open_page(browse("student"), "/")
    assert page.links["Service etiquette"] == "/courses/etiquette"
    assert "Earlier courses" in page.text
    assert "Material done" not in page.text
    assert "Archived" in open_page(browse("instructor"), "/").text


def test_a_visitor_sees_open_courses_only(browse, publish):
    assert "No open courses" in open_page(browse(""), "/").text

    publish({"cases/etiquette/syllabus.md": make_syllabus_text(public="yes")})

    page = open_page(browse(""), "/")
    assert "/courses/etiquette" in page.links.values()
    assert "10 class hours · 3 modules · 1 case" in page.text
    assert "Sign in" in page.links


def test_a_student_whose_course_has_no_syllabus_is_told_so(browse, publish):
    publish({"cases/etiquette/syllabus.md": None, "cases/etiquette/syllabus.en.md": None})

    assert "No syllabus yet" in open_page(browse("student"), "/").text
    assert "No syllabus yet" not in open_page(browse("instructor"), "/").text


@pytest.mark.parametrize(("days", "is_told"), [(1, True), (13, True), (15, False)])
def test_an_exam_that_was_missed_is_told_for_two_weeks(browse, store, classroom, now, *, time, days, is_told):
    with store() as session:
        set_exam(session, classroom, now, title="期末考试")
    time.shift(timedelta(days=days))

    text = open_page(browse("student"), "/", language="en").text

    assert ("期末考试" in text) is is_told
    assert ("Missed" in text) is is_told
