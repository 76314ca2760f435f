"""A student reads the notice of an exam, begins, hands in and keeps a receipt."""

import json
from datetime import timedelta
from io import BytesIO

import pytest

from app.domain.roles import Permission
from app.models import User
from app.operations.accommodations import Terms, grant
from app.operations.closing import close_settled
from app.operations.halls import get_hall
from app.web.clock import clock
from tests.support.builders import publish_texts
from tests.support.exams import HOUR, set_exam
from tests.support.pages import Page, open_page, send_form
from tests.support.people import browser_of
from tests.support.texts import make_exam_texts

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def client(time, browse):
    return browse("student")


@pytest.fixture
def exam_set(store, classroom, now):
    """Return a function that sets an exam and gives the address of its notice."""

    def made(**rules):
        with store() as session:
            return f"/exams/{set_exam(session, classroom, now, **rules).public_id}"

    return made


def begin(client, notice, **values):
    return send_form(client, open_page(client, notice).form("/start"), **values)


def test_the_notice_tells_the_rules_and_leads_in(client, exam_set):
    notice = exam_set(notice="请带身份证", late_minutes=15, earliest_minutes=30)

    page = open_page(client, notice)
    answer = begin(client, notice)

    for told in ("请带身份证", "60 minutes", "08:15", "30 minutes", "You have 1 attempt"):
        assert told in page.text
    assert answer.status_code == 303
    assert open_page(client, answer.headers["Location"]).items


def test_the_exam_stands_on_the_front_page_and_on_the_course_page(client, exam_set):
    notice = exam_set(title="期末考试")

    for address in ("/", "/courses/etiquette"):
        assert open_page(client, address).links["期末考试"] == notice


def test_before_it_opens_there_is_no_way_in(client, exam_set, now, time):
    notice = exam_set(opens_at=now + HOUR, closes_at=now + 3 * HOUR)

    assert "Not open yet" in open_page(client, notice).text
    token = client.get("/csrf").get_json()["csrf"]
    refused = client.post(f"{notice}/start", data={"csrf_token": token}, headers=ENGLISH)
    time.shift(HOUR)

    assert refused.status_code == 409
    assert "The exam has not begun" in refused.get_data(as_text=True)
    assert begin(client, notice).status_code == 303


def test_the_code_is_asked_for_and_a_wrong_one_is_told_beside_it(client, exam_set):
    notice = exam_set(code="雨棚 A7")

    wrong = begin(client, notice, code="A8")
    right = begin(client, notice, code=" 雨棚 a7 ")

    assert (wrong.status_code, right.status_code) == (403, 303)
    assert "This is not the code of the exam" in wrong.get_data(as_text=True)


def test_b7_after_wrong_codes_even_the_right_one_waits(client, exam_set):
    notice = exam_set(code="A7")
    for guess in range(12):
        begin(client, notice, code=f"B{guess}")

    shut = begin(client, notice, code="A7")
    assert shut.status_code == 403
    assert "not even the right one" in shut.get_data(as_text=True)


def test_the_statement_must_be_ticked(client, exam_set):
    notice = exam_set(needs_honour=True)

    without = begin(client, notice, honour=None)

    assert without.status_code == 422
    assert "Tick the statement" in without.get_data(as_text=True)
    assert begin(client, notice, honour="yes").status_code == 303


def test_other_networks_are_refused(client, exam_set):
    refused = begin(client, exam_set(networks="10.1.0.0/16"))

    assert refused.status_code == 403
    assert "certain networks only" in refused.get_data(as_text=True)


def test_more_time_is_told_before_and_counted(client, exam_set, store, classroom, now):
    notice = exam_set()
    with store() as session:
        public = notice.rpartition("/")[2]
        hall = get_hall(session, classroom.instructor, public, Permission.SET_EXAM)
        whom = session.get_one(User, classroom.student.id)
        grant(session, classroom.instructor, hall, whom, (Terms("手伤", extra_minutes=15), now))

    assert "75 minutes" in open_page(client, notice).text
    paper = begin(client, notice).headers["Location"]
    state = client.get(f"{paper}/state").get_json()

    assert state["deadline"] == (now + HOUR + HOUR / 4).isoformat(timespec="milliseconds")


def test_handing_in_gives_a_receipt_that_stays_the_same_byte_by_byte(client, exam_set, time):
    paper = begin(client, exam_set()).headers["Location"]
    token = client.get("/csrf").get_json()["csrf"]
    asked = {"headers": {"Accept": "application/json", "X-CSRF-Token": token}}

    first = client.post(f"{paper}/submit", **asked)
    time.shift(HOUR)
    second = client.post(f"{paper}/submit", **asked)
    later = client.get(f"{paper}/receipt")

    assert first.get_json()["attempt"] == paper.rpartition("/")[2]
    assert first.get_json()["cause"] == "person"
    assert first.data == second.data == later.data


def test_what_a_form_brings_after_the_time_is_told_as_late(client, exam_set, time):
    paper = begin(client, exam_set()).headers["Location"]
    form = open_page(client, paper).form("/answers")
    time.shift(HOUR + timedelta(minutes=1))

    send_form(client, form, **{"answer-truth": "true"})

    html = client.get(paper, headers=ENGLISH, follow_redirects=True).text
    assert "These answers are kept as late" in html
    assert "Saved." not in html
    assert "another window" not in html


def test_there_is_no_receipt_before_the_hand_in_and_none_for_others(client, exam_set, browse):
    paper = begin(client, exam_set()).headers["Location"]

    assert client.get(f"{paper}/receipt").status_code == 404
    assert browse("instructor").get(f"{paper}/receipt").status_code == 404


def test_after_the_time_the_receipt_follows_and_that_is_said(client, exam_set, time, store):
    """Also to the tool that asks for it between the end and the job that writes the hand-in."""
    paper = begin(client, exam_set()).headers["Location"]
    time.shift(HOUR + timedelta(minutes=1))

    refused = client.get(f"{paper}/receipt", headers={"Accept": "application/json"} | ENGLISH)
    with store() as session:
        close_settled(session, {}, clock())
    given = client.get(f"{paper}/receipt")

    assert (refused.status_code, refused.get_json()["error"]) == (409, "receipt_follows")
    assert "follows within a minute" in refused.get_json()["message"]
    assert given.get_json()["cause"] == "deadline"


def test_anybody_can_verify_a_receipt_and_an_altered_one_is_found(app, client, exam_set):
    paper = begin(client, exam_set()).headers["Location"]
    token = client.get("/csrf").get_json()["csrf"]
    client.post(f"{paper}/submit", headers=ENGLISH | {"X-CSRF-Token": token})
    text = client.get(f"{paper}/receipt").get_data(as_text=True)
    altered = json.dumps(json.loads(text) | {"answered": 5})
    anybody = app.test_client()

    told = [
        send_form(anybody, open_page(anybody, "/verify").form("/verify"), receipt=one)
        for one in (text, altered, "{}", "")
    ]

    assert [one.status_code for one in told] == [200, 422, 422, 422]
    assert "This receipt is genuine" in told[0].get_data(as_text=True)
    assert "Ladies first · Service etiquette" in Page(told[0].get_data(as_text=True)).text
    assert "This receipt was altered" in told[1].get_data(as_text=True)
    assert "This is no receipt" in told[2].get_data(as_text=True)


def test_it_is_too_early_to_hand_in(client, exam_set, time):
    paper = begin(client, exam_set(earliest_minutes=30)).headers["Location"]
    token = client.get("/csrf").get_json()["csrf"]

    early = client.post(f"{paper}/submit", headers=ENGLISH | {"X-CSRF-Token": token})
    time.shift(HOUR / 2)
    right = client.post(f"{paper}/submit", headers=ENGLISH | {"X-CSRF-Token": token})

    assert (early.status_code, right.status_code) == (409, 303)
    assert "It is too early to hand in" in early.get_data(as_text=True)


def test_the_newest_device_takes_over_and_the_older_one_is_told(app, client, exam_set, classroom):
    notice = exam_set(devices="newest")
    paper = begin(client, notice).headers["Location"]
    phone = browser_of(app, classroom.student.id)

    moved = open_page(phone, paper, 409)
    send_form(phone, moved.form("/start"))

    assert phone.get(paper).status_code == 200
    old = client.get(paper, headers=ENGLISH)
    assert old.status_code == 409
    assert "Open on another device" in old.get_data(as_text=True)


def test_the_older_device_attaches_no_file_any_more(app, client, exam_set, classroom):
    notice = exam_set(devices="newest")
    paper = begin(client, notice).headers["Location"]
    token = client.get("/csrf").get_json()["csrf"]
    begin(browser_of(app, classroom.student.id), notice)

    asked = {"Accept": "application/json", "X-CSRF-Token": token}
    file = {"file": (BytesIO(b"%PDF-1.7\n1 0 obj\n"), "a.pdf")}
    refused = client.post(f"{paper}/files", data=file, headers=asked)

    assert (refused.status_code, refused.get_json()["error"]) == (409, "other_device")


def test_where_the_first_device_keeps_it_another_one_is_refused(app, client, exam_set, classroom):
    notice = exam_set(devices="first")
    paper = begin(client, notice).headers["Location"]
    phone = browser_of(app, classroom.student.id)

    refused = begin(phone, notice)

    assert refused.status_code == 409
    assert client.get(paper).status_code == 200


def test_the_invigilator_lets_somebody_go_on_with_another_device(app, client, exam_set, classroom, browse):
    notice = exam_set(devices="first")
    paper = begin(client, notice).headers["Location"]
    phone, teacher = browser_of(app, classroom.student.id), browse("instructor")
    board = f"/teach{notice}/board"
    assert 'value="device"' in teacher.get(board).text

    form = open_page(teacher, f"/teach{notice}/orders/device").form("/orders/device")
    given = send_form(teacher, form, attempt=paper.rpartition("/")[2], reason="电脑坏了")
    freed = open_page(phone, paper, 409)
    send_form(phone, freed.form("/start"))

    assert given.headers["Location"].endswith("/board")
    assert phone.get(paper).status_code == 200
    assert client.get(paper).status_code == 409


def test_where_any_device_may_the_board_offers_no_such_thing(exam_set, browse):
    assert 'value="device"' not in browse("instructor").get(f"/teach{exam_set()}/board").text


def test_when_the_time_is_over_the_page_leads_to_what_became_of_it(client, exam_set, time):
    paper = begin(client, exam_set()).headers["Location"]
    time.shift(HOUR + HOUR / 60)

    assert client.get(paper).headers["Location"].endswith("/result")
    assert client.get(f"{paper}/result").status_code == 200
    assert client.get(f"{paper}/state").get_json()["state"] == "submitted"


def test_what_an_instructor_tries_is_a_preview(browse, exam_set, client):
    notice = exam_set()
    teacher = browse("instructor")
    begin(teacher, notice)
    public = notice.rpartition("/")[2]

    form = open_page(teacher, f"/teach/exams/{public}").form("/schedule")
    assert send_form(teacher, form, withdraw="yes").status_code == 303
    assert client.get(notice).status_code == 404


def test_a12_the_wall_opens_to_who_has_begun_an_exam_and_to_nobody_else(
    store, classroom, exam_set, client, now
):
    with store() as session:
        publish_texts(session, classroom.library, make_exam_texts(), now)
    notice = exam_set(quiz="guard")
    paper = begin(client, notice).headers["Location"]

    assert client.get(paper).status_code == 200
    assert client.get("/courses/etiquette/quizzes/guard").status_code == 404
    assert "zqexam-quiz" in client.get(paper).get_data(as_text=True)


def test_who_has_handed_in_is_told_so_where_the_exam_may_be_taken_again(client, exam_set):
    notice = exam_set(attempts_allowed=None)
    paper = begin(client, notice).headers["Location"]
    token = client.get("/csrf").get_json()["csrf"]
    client.post(f"{paper}/submit", headers=ENGLISH | {"X-CSRF-Token": token})

    page = open_page(client, notice)

    assert "You have handed it in" in page.text
    assert "Open now" not in page.text
    assert begin(client, notice).headers["Location"] != paper


def test_the_way_to_the_receipt_leads_nobody_else_to_it(app, client, exam_set, browse):
    paper = begin(client, exam_set()).headers["Location"]
    token = client.get("/csrf").get_json()["csrf"]
    client.post(f"{paper}/submit", headers=ENGLISH | {"X-CSRF-Token": token})
    address = f"/verify?attempt={paper.rpartition('/')[2]}"

    own = open_page(client, address).form("/verify").value("receipt")
    strangers = open_page(app.test_client(), address).form("/verify").value("receipt")

    assert own == client.get(f"{paper}/receipt").get_data(as_text=True)
    assert strangers == ""
    assert browse("instructor").get(address).status_code == 404
