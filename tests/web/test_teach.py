"""The teaching pages: the matrix, records of students, path reports, class hours, terms and archive."""

import pytest
from sqlalchemy import func, select

from app.domain.roles import Role
from app.models import AuditRow, DeliveredHours, Exam, Offering
from app.operations.offerings import archive_offering
from app.web.database import reading
from tests.support.builders import CLASS_2, cohort_id, make_person, make_term, publish_texts
from tests.support.exams import set_exam
from tests.support.pages import Page, follow, open_page, press, send_form
from tests.support.people import browser_of
from tests.support.texts import make_exam_texts, make_small_quiz_text

CASE = "/courses/etiquette/cases/door"
LESSON = {"module": "doors", "hours": "1.5", "held_on": "2026-03-02", "note": "第一次课"}
TERM = {"term": "2026秋", "starts_on": "2026-09-01", "ends_on": "2027-01-20"}


@pytest.fixture
def client(browse):
    return browse("instructor")


@pytest.fixture
def fellow(store, classroom):
    """Return a student of the other class."""
    with store() as session:
        return make_person(session, classroom.offering, "fellow", cohort=CLASS_2)


def count(app, table):
    with app.app_context():
        return reading().scalar(select(func.count()).select_from(table))


def actions(app):
    with app.app_context():
        return reading().scalars(select(AuditRow.action).order_by(AuditRow.id)).all()


def token(client):
    return {"csrf_token": client.get("/csrf").get_json()["csrf"]}


def walk(client, *choices, reason="因为下雨"):
    address = send_form(client, open_page(client, CASE).form("/start")).headers["Location"]
    for choice in choices:
        press(client, address, "/commit", choice=choice, reason=reason)
    return address


# the matrix


def test_an_instructor_sees_every_student_by_module(client, home, fellow):
    page = open_page(client, home)

    assert {"小xiaohe", "小fellow"} <= set(page.links)
    assert page.text.count("0/3") == page.text.count("0/1") == 2
    assert "车门 3 class hours" in page.text


def test_a_cell_opens_the_students_record_at_the_module(client, home, classroom):
    addresses = client.get(home).text

    assert f'href="{home}/students/{classroom.student.public_id}#doors"' in addresses


def test_the_matrix_moves_with_the_student(client, browse, home):
    student = browse("student")
    paper = send_form(student, open_page(student, "/courses/etiquette/quizzes/smile").form("/start")).location
    press(student, paper, "/answers", answer_smile="1")
    press(student, f"{paper}/review", "/submit")

    assert "1/1" in open_page(client, home).text


def test_the_matrix_of_one_class(client, home, fellow, store):
    with store() as session:
        number = cohort_id(session, CLASS_2)

    page = open_page(client, f"{home}?cohort={number}")

    assert "小fellow" in page.links
    assert "小xiaohe" not in page.links


@pytest.mark.parametrize("cohort", ["0", "x", "-1", "9" * 30, ""])
def test_a_class_that_is_not_there_shows_all(client, home, cohort):
    assert "小xiaohe" in open_page(client, f"{home}?cohort={cohort}").links


def test_an_assistant_sees_the_own_class_only(browse, home, fellow, store):
    with store() as session:
        other = cohort_id(session, "航空2301")

    for address in (home, f"{home}?cohort={other}"):
        page = open_page(browse("assistant"), address)
        assert "小fellow" in page.links
        assert "小xiaohe" not in page.text
        assert "How the class decided" not in page.text


# records and reports


def test_an_instructor_reads_a_students_record(client, browse, home, classroom):
    walk(browse("student"), "2")

    page = open_page(client, f"{home}/students/{classroom.student.public_id}")

    assert "xiaohe" in page.text
    assert "Which door first" in page.text
    assert "5183.47 / 5183.47" in page.text


def test_an_assistant_opens_records_of_the_own_class_only(browse, home, classroom, fellow):
    client = browse("assistant")

    assert client.get(f"{home}/students/{fellow.public_id}").status_code == 200
    assert client.get(f"{home}/students/{classroom.student.public_id}").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "assistant", "instructor"])
def test_only_students_have_records(client, home, classroom, who):
    assert client.get(f"{home}/students/{getattr(classroom, who).public_id}").status_code == 404


def test_the_paths_of_the_class_are_shown_with_shares_and_reasons(client, browse, app, home, fellow):
    walk(browse("student"), "1", "2", reason="先道歉")
    walk(browser_of(app, fellow.id), "1", "1", reason="<b>女士</b>优先")

    page = open_page(client, f"{home}/paths/door")

    assert "2 walks" in page.text
    assert "0 walks" in page.text
    assert "1 walk · 50% · mean score 3918.3" in page.text
    assert "先道歉" in page.text
    assert "<b>女士</b>优先" in page.text


def test_a_mean_says_of_how_many_it_is(client, browse, app, home, fellow):
    walk(browse("student"), "1", "1", reason="<b>女士</b>优先")
    walk(browser_of(app, fellow.id), "1")

    page = open_page(client, f"{home}/paths/door")

    assert "2 walks , mean score" in page.text or "2 walks, mean score" in page.text
    assert "of 1 walk that ended" in page.text


def test_a_case_that_nobody_walked_says_so(client, home):
    assert "Nobody has walked this case yet" in open_page(client, f"{home}/paths/door").text


def test_an_author_sees_the_report_of_an_exam_case_and_an_assistant_none(
    client, browse, home, *, store, classroom, now
):
    with store() as session:
        publish_texts(session, classroom.library, make_exam_texts(), now)

    assert client.get(f"{home}/paths/vault").status_code == 200
    assert client.get(f"{home}/paths/nowhere").status_code == 404
    assert browse("assistant").get(f"{home}/paths/door").status_code == 403


# class hours


def record(client, home, **changes):
    return send_form(client, open_page(client, f"{home}/hours").form("/hours"), **LESSON | changes)


def test_class_hours_are_recorded_listed_and_taken_back(client, home, app):
    page = follow(client, record(client, home))
    assert "Class hours recorded." in page.text
    assert "2 Mar 2026 车门 1.5 第一次课" in page.text

    page = follow(client, send_form(client, page.form("/remove")))

    assert "No class hours recorded" in page.text
    assert actions(app)[-2:] == ["hours.record", "hours.remove"]


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": hours}
        for hours in [
            "0",
            "-1",
            "0.25",
            "1.7",
            "25",
            "1e400",
            "-1e400",
            "1E+40",
            "NaN",
            "sNaN",
            "Infinity",
            "x",
            "",
        ]
    ]
    + [
        {"module": "nowhere"},
        {"module": ""},
        {"held_on": "2026-02-30"},
        {"held_on": ""},
        {"held_on": "02/03/2026"},
        {"held_on": "2126-03-02"},
        {"note": "长" * 201},
    ],
    ids=str,
)
def test_class_hours_that_cannot_be_are_refused_and_the_form_keeps_what_was_typed(client, home, app, changes):
    answer = record(client, home, **changes)

    assert answer.status_code == 422
    assert count(app, DeliveredHours) == 0
    if "note" not in changes:
        assert Page(answer.text).form("/hours").value("note") == "第一次课"


@pytest.mark.parametrize("body", ["[]", "1", '{"module": ["doors"], "hours": {}}', '"x"'])
def test_json_in_place_of_the_form_is_refused_politely(client, home, app, body):
    for path in ("hours", "copy"):
        headers = {"X-CSRF-Token": token(client)["csrf_token"], "Content-Type": "application/json"}
        assert client.post(f"{home}/{path}", data=body, headers=headers).status_code == 422
    assert (count(app, DeliveredHours), count(app, Offering)) == (0, 1)


@pytest.mark.parametrize("entry", ["0", "7", str(2**31), str(2**64), "9" * 40])
def test_a_record_that_is_not_there_is_404(client, home, entry):
    assert client.post(f"{home}/hours/{entry}/remove", data=token(client)).status_code == 404


def test_a_record_of_another_offering_is_404(client, home, app, *, store, classroom, now):
    follow(client, record(client, home))
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/other/smile.md": make_small_quiz_text()}, now)
        offering = make_term(session, now, "other")
        other = make_person(session, offering, "other", Role.INSTRUCTOR)
    stranger = browser_of(app, other.id)

    for address in (home, f"/teach/offerings/{offering.public_id}"):
        assert stranger.post(f"{address}/hours/1/remove", data=token(stranger)).status_code == 404
    assert stranger.get(home).status_code == 404
    assert count(app, DeliveredHours) == 1


# terms and archive


def copy(client, home, **changes):
    return send_form(client, open_page(client, f"{home}/terms").form("/copy"), **TERM | changes)


def test_an_offering_is_copied_to_the_next_term_without_its_students(client, home, app):
    page = follow(client, copy(client, home))

    assert "The offering was copied." in page.text
    assert "No students yet" in page.text
    assert "2026秋" in page.text
    assert actions(app)[-1] == "offering.copy"


def test_copying_twice_is_refused_with_a_sentence(client, home, app):
    copy(client, home)

    answer = copy(client, home)

    assert answer.status_code == 422
    assert "already offered in a term of this name" in answer.text
    assert count(app, Offering) == 2


@pytest.fixture
def exam(store, classroom, now):
    with store() as session:
        return set_exam(session, classroom, now, "ladies").public_id


def test_where_the_exams_would_move_is_shown_before_anything_is_copied(client, home, app, exam):
    preview = copy(client, home)

    page = Page(preview.text)
    assert preview.status_code == 200
    assert "The first day moves by 184 days" in page.text
    assert "the days of the week change" in page.text
    assert (count(app, Offering), count(app, Exam)) == (1, 1)
    made = send_form(client, page.form("/copy"), exam=exam, confirmed="1")
    assert "The offering was copied." in follow(client, made).text
    assert (count(app, Offering), count(app, Exam)) == (2, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"term": ""},
        {"term": " "},
        {"term": "长" * 61},
        {"ends_on": "2026-08-31"},
        {"starts_on": "x"},
        {"ends_on": ""},
    ],
    ids=str,
)
def test_a_term_that_cannot_be_is_refused(client, home, app, changes):
    assert copy(client, home, **changes).status_code == 422
    assert count(app, Offering) == 1


def test_an_offering_is_archived_and_opened_again(client, home, app):
    page = press(client, f"{home}/terms", "/archive")
    assert "everybody can read, nobody can change" in page.text
    assert record_is_closed(client, home)

    page = press(client, f"{home}/terms", "/reopen")

    assert "The offering is open again." in page.text
    assert not record_is_closed(client, home)
    assert actions(app)[-2:] == ["offering.archive", "offering.reopen"]


def record_is_closed(client, home):
    return not open_page(client, f"{home}/hours").has_form("/hours")


def test_an_archived_offering_takes_no_class_hours(client, home, app, *, store, classroom, now):
    form = open_page(client, f"{home}/hours").form("/hours")
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    answer = send_form(client, form, **LESSON)

    assert answer.status_code == 409
    assert count(app, DeliveredHours) == 0


def test_a7_fields_that_are_not_of_the_form_change_nothing(client, home, app):
    record(client, home, offering_id="99", recorded_by_id="1", id="7")
    copy(client, home, course_id="99", public_id="x", archived_at="2026-01-01")

    with app.app_context():
        hours = reading().scalars(select(DeliveredHours)).one()
        made = reading().scalars(select(Offering).where(Offering.term == TERM["term"])).one()
    assert (hours.id, hours.offering_id) == (1, 1)
    assert (made.course_id, made.archived_at) == (1, None)
    assert made.public_id != "x"


@pytest.mark.parametrize("who", ["student", "assistant", "stranger"])
def test_who_does_not_run_the_offering_changes_nothing(browse, home, app, who):
    client = browse(who)
    posts = ["hours", "hours/1/remove", "copy", "archive", "reopen"]

    assert {
        client.post(f"{home}/{path}", data=token(client) | LESSON | TERM).status_code for path in posts
    } == {403}
    assert {client.get(f"{home}/{path}").status_code for path in ("hours", "terms")} == {403}
    assert (count(app, DeliveredHours), count(app, Offering)) == (0, 1)


def test_the_list_of_offerings(client, browse, home):
    page = open_page(client, "/teach/")

    assert home in page.links.values()
    assert "2026春" in page.text
    assert browse("student").get("/teach/").status_code == 403


def test_a10_odd_methods_and_addresses(client, home):
    assert client.get(f"{home}/archive").status_code == 405
    assert client.get(f"{home}/").status_code == 404
    assert client.head(home).status_code == 200
    assert client.get(f"/teach/offerings/{'0' * 26}").status_code == 404
