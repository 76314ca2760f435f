"""Answers from a student's device are brought in on a page, as a file or as text."""

import json

import pytest

from app.operations.enrolment import withdraw
from app.operations.offerings import archive_offering
from tests.support.pages import Page, open_page, press, send_form
from tests.support.wire import event, send_events
from tests.web.watching import row_of, watched

__all__ = ["watched"]


@pytest.fixture
def person(classroom):
    return classroom.student.public_id


def exported(watched, whose, *events, **changes):
    said = {"v": 1, "attempt": watched.attempt, "person": whose, "exported_at": "2026-03-02T00:10:00.000Z"}
    return json.dumps(said | {"events": list(events)} | changes, ensure_ascii=False)


def page(watched):
    return open_page(watched.teacher, f"{watched.desk}/import")


def paste(watched, text):
    return send_form(watched.teacher, page(watched).form("/import"), text=text)


def upload(watched, data):
    """Send a file, put together by hand: the client would leave a large one open."""
    token = page(watched).form("/import").value("csrf_token")
    head = '--edge\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    body = head.format("csrf_token", "").encode() + token.encode() + b"\r\n"
    body += head.format("file", '; filename="casehall.json"').encode() + data + b"\r\n--edge--\r\n"
    headers = {"Accept-Language": "en", "Content-Type": "multipart/form-data; boundary=edge"}
    return watched.teacher.post(f"{watched.desk}/import", data=body, headers=headers)


def test_pasted_answers_are_saved_and_each_outcome_is_told(watched, person):
    sent = event("truth", True)
    send_events(watched.student, watched.paper, sent)

    text = exported(watched, person, sent, event("blanks", ["护顶", ""]), event("nowhere", "1"))
    answer = paste(watched, text)
    told = Page(answer.text).text

    assert answer.status_code == 200
    assert "1 Answered 3. 后排总是上座。 True Had arrived before: Counted" in told
    assert "(1) 护顶; (2) – Counted" in told
    assert "This paper has no such question." in told
    assert "Some answers were refused." in told
    assert "2 / 6" in row_of(watched.board())


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_taken_as_it_is(watched, person, mark):
    answer = upload(watched, mark + exported(watched, person, event("truth", True)).encode())

    assert "Everything was taken." in Page(answer.text).text
    assert watched.state()["answered"] == 1


def test_what_the_page_hands_out_for_a_flag_and_the_focus_is_noted(watched, person):
    events = (event("single", True, kind="flag"), event(None, kind="blur"))

    told = Page(paste(watched, exported(watched, person, *events)).text).text

    assert "Marked to come back to 1." in told
    assert told.count("Noted") == 2


def test_after_the_end_they_are_late_and_then_refused_until_it_is_opened_again(watched, person, time):
    time.shift(60 * 65)
    late = Page(paste(watched, exported(watched, person, event("truth", True))).text).text
    time.shift(60 * 10)
    text = exported(watched, person, event("single", "2"))
    refused = Page(paste(watched, text).text).text

    assert "Late: did not count" in late
    assert "This attempt takes no more answers." in refused
    assert "open it again on the board first" in refused

    # the sweeper has closed it by now
    press(watched.student, "/", "/logout")
    assert "open the attempt again on the board first" in page(watched).text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Choose the file, or paste the text."),
        ("   ", "Choose the file, or paste the text."),
        ("{", "This cannot be read."),
        ("[]", "This is not what a page of an attempt hands out."),
        ('{"v": 9}', "This comes from a newer version of Casehall."),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_stays(watched, text, sentence):
    answer = paste(watched, text)
    shown = Page(answer.text)

    assert answer.status_code == 422
    assert sentence in shown.text
    assert (shown.form("/import").value("text") or "").strip() == text.strip()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"attempt": "0" * 26}, "These answers belong to another exam."),
        ({"person": "0" * 26}, "These answers name another person"),
        ({"events": []}, "There must be 1 to 5000 answers in it."),
    ],
)
def test_what_belongs_elsewhere_gets_a_sentence(watched, person, changes, sentence):
    answer = paste(watched, exported(watched, person, event("truth", True), **changes))

    assert answer.status_code == 422
    assert sentence in Page(answer.text).text
    assert watched.state()["answered"] == 0


def test_a_file_that_no_page_hands_out_gets_a_sentence(watched):
    assert "This cannot be read." in upload(watched, b"\xff\xfe\x00PNG").text
    assert "larger than 4 MB" in upload(watched, b"x" * (4 * 1024 * 1024 + 1)).text


def test_a_student_who_left_is_told_of(watched, person, store, classroom, now):
    with store() as session:
        withdraw(session, classroom.student.id, classroom.offering.id, None, now)

    answer = paste(watched, exported(watched, person, event("truth", True)))

    assert answer.status_code == 422
    assert "Enrol the student again first." in Page(answer.text).text


def test_an_archived_offering_takes_nothing(watched, person, store, classroom, now):
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    answer = paste(watched, exported(watched, person, event("truth", True)))

    assert answer.status_code == 409
    assert "archived" in Page(answer.text).text


def test_the_learner_cannot_bring_anything_in(watched, person):
    token = watched.student.get("/csrf").get_json()["csrf"]
    text = exported(watched, person, event("truth", True))

    answer = watched.student.post(f"{watched.desk}/import", data={"csrf_token": token, "text": text})

    assert answer.status_code == 403
    assert watched.state()["answered"] == 0
