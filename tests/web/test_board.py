"""The live board in the browser: who is there, how far everybody is, and what it costs."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models import Attempt, Exam, Presence, User
from app.operations.accounts import disable_user, enable_user
from app.web.attempts.presence import write_seen
from app.web.database import reading
from tests.support.builders import CLASS_1, CLASS_2, cohort_id, make_person
from tests.support.counting import statements
from tests.support.crowd import fill_hall
from tests.support.pages import open_page, send_form
from tests.support.people import browser_of
from tests.support.wire import event, post, send_events
from tests.web.watching import row_of, watched

__all__ = ["watched"]

WRITES = ("INSERT", "UPDATE", "DELETE")


def written(sent):
    return [one for one in sent if one.lstrip().upper().startswith(WRITES)]


def totals(page):
    """Return the numbers at the top by what they count."""
    top = page.text.partition("As of")[0]
    found = re.findall(r"(\d+) (Expected|Present|Not heard of|Sitting|Submitted|Not begun)", top)
    return {name: int(number) for number, name in found}


def test_the_board_tells_who_sits_and_who_has_not_begun(watched, store, classroom):
    with store() as session:
        make_person(session, classroom.offering, "xiaolin", cohort=CLASS_2)

    page = watched.board()

    assert totals(page) == {
        "Expected": 2,
        "Present": 1,
        "Not heard of": 0,
        "Sitting": 1,
        "Submitted": 0,
        "Not begun": 1,
    }
    assert "0 s ago 0 / 6" in row_of(page)
    assert "Not begun" in row_of(page, "xiaolin")
    assert page.links["Live board"] == f"{watched.desk}/board"


def test_answers_conflicts_and_looking_away_are_told(watched):
    send_events(watched.student, watched.paper, event("single", "2"), event("truth", True))
    send_events(watched.student, watched.paper, event("single", "3", client="another-window"))
    send_events(watched.student, watched.paper, event(None, kind="blur"))

    # answered, unsaved, conflicts, late, left the page, disconnects, time left, deadline, extra
    assert "0 s ago 2 / 6 – 1 0 1 0 1:00:00 09:00:00 –" in row_of(watched.board())


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["xiaohe", "xiaolin"]),
        ("?show=sitting", ["xiaohe"]),
        ("?show=not_begun", ["xiaolin"]),
        ("?show=voided", []),
        ("?q=LIN", ["xiaolin"]),
        ("?q=2302+xiao", ["xiaolin"]),
        ("?sort=answered", ["xiaolin", "xiaohe"]),
        ("?sort=left&show=sitting&q=he", ["xiaohe"]),
        # what is named wrongly asks for nothing
        ("?show=nobody&sort=size&cohort=x", ["xiaohe", "xiaolin"]),
        ("?cohort=99999999999999999999", []),
    ],
)
def test_the_board_shows_whom_one_asks_for(watched, store, classroom, query, shown):
    with store() as session:
        make_person(session, classroom.offering, "xiaolin", cohort=CLASS_2)

    html = watched.teacher.get(f"{watched.desk}/board{query}").text

    assert re.findall(r'class="num">(xiao\w+)<', html) == shown


def test_a_total_keeps_the_class_and_the_words_that_were_asked_for(watched):
    page = watched.board("?q=xiao&sort=name")

    assert page.links["Sitting"] == f"{watched.desk}/board?show=sitting&q=xiao&sort=name"


def test_a_class_is_shown_alone(watched, store, classroom):
    with store() as session:
        for login in ("xiaolin", "xiaoma"):
            make_person(session, classroom.offering, login, cohort=CLASS_2)
        cohorts = [cohort_id(session, name) for name in (CLASS_1, CLASS_2)]

    pages = [watched.teacher.get(f"{watched.desk}/board?cohort={one}").text for one in cohorts]

    assert [re.findall(r'class="num">(xiao\w+)<', page) for page in pages] == [
        ["xiaohe"],
        ["xiaolin", "xiaoma"],
    ]
    boards = [watched.board(f"?cohort={one}") for one in cohorts]
    assert [totals(board)["Expected"] for board in boards] == [1, 2]
    # the form still says which class was asked for
    asked = [{form.value("cohort") for form in board.forms} - {None} for board in boards]
    assert asked == [{str(one)} for one in cohorts]


def test_what_renews_itself_is_the_board_alone(watched):
    answer = watched.teacher.get(f"{watched.desk}/board/rows?show=sitting")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert re.findall(r'data-board-part="(\w+)"', answer.text) == ["totals", "time", "seats"]
    assert "xiaohe" in answer.text


# presence


@pytest.mark.parametrize("way", ["paper", "state", "events"])
def test_whatever_a_page_asks_for_tells_that_it_is_there(watched, time, way):
    time.shift(100)
    assert "Not heard of" not in row_of(watched.board())
    assert totals(watched.board())["Not heard of"] == 1

    match way:
        case "paper":
            open_page(watched.student, watched.paper)
        case "state":
            watched.state()
        case "events":
            send_events(watched.student, watched.paper, event("single", "2"))
    time.shift(8)

    page = watched.board()
    assert totals(page)["Present"] == 1
    # it came back after a silence: one disconnect
    assert re.search(r"8 s ago \d / 6 – 0 0 0 1 ", row_of(page))


@pytest.mark.parametrize(("told", "shown"), [("3", "3"), ("0", "0"), ("", "–"), ("x", "–"), ("-5", "0")])
def test_the_page_may_tell_what_it_could_not_send(watched, told, shown):
    watched.state(told)

    assert f"0 s ago 0 / 6 {shown} 0 0 0 0" in row_of(watched.board())


def seen_at(app):
    """Let the worker come by; return when each page was last heard of, as it is written."""
    with app.app_context():
        write_seen()
        return [row.seen_at for row in reading().scalars(select(Presence))]


def test_who_was_heard_of_is_written_beside_the_requests(app, watched, time, now):
    assert seen_at(app) == [now]
    time.shift(59)
    watched.state()

    before = seen_at(app)
    time.shift(1)

    assert (before, seen_at(app)) == ([now], [now + timedelta(seconds=59)])


def test_practice_leaves_no_trace_of_presence(app, time, browse):
    client = browse("student")
    quiz = "/courses/etiquette/quizzes/ladies"
    paper = send_form(client, open_page(client, quiz).form("/start")).headers["Location"]

    open_page(client, paper)
    client.get(f"{paper}/state")
    send_events(client, paper, event("single", "2"))

    assert seen_at(app) == []


def test_a_save_writes_nothing_about_presence(app, watched):
    send_events(watched.student, watched.paper, event("single", "1"))
    body = {"events": [event("single", "2")]}

    with statements(app) as sent:
        post(watched.student, watched.paper, body)

    assert [one for one in sent if "presence" in one] == []
    assert len(sent) <= 5 + 1  # the form's token is asked for too


# what it costs


def cost(app, client, address):
    with statements(app) as sent:
        assert client.get(address).status_code == 200
    return len(sent), written(sent)


def test_500_students_cost_no_more_statements_than_50(app, watched, store):
    address = f"{watched.desk}/board/rows"
    counts = []
    for count in (50, 450):
        with store() as session:
            exam = session.scalars(select(Exam).where(Exam.public_id == watched.exam)).one()
            attempt = session.scalars(select(Attempt).where(Attempt.public_id == watched.attempt)).one()
            fill_hall(session, exam, attempt, count, 20)
        watched.teacher.get(address)
        counts.append(cost(app, watched.teacher, address))

    assert counts[0] == counts[1] == (6, [])
    assert watched.teacher.get(address).text.count('id="seat-') == 501


def test_the_state_takes_two_statements_and_writes_nothing(app, watched):
    watched.state("2")

    n, writes = cost(app, watched.student, f"{watched.paper}/state")

    assert (n, writes) == (2, [])


# what the student's page hears


def test_the_state_tells_of_a_pause_and_of_another_device(watched, store):
    assert (watched.state()["paused"], watched.state()["other_device"]) == (False, False)

    with store() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == watched.attempt)).one()
        attempt.device, attempt.paused_at = "another", attempt.started_at

    assert (watched.state()["paused"], watched.state()["other_device"]) == (True, True)


def test_the_deadline_that_is_told_moves_along_in_a_pause(watched, store, time):
    with store() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == watched.attempt)).one()
        attempt.paused_at = attempt.started_at
    time.shift(300)

    told = [watched.state()["deadline"]]
    told.append(
        post(watched.student, watched.paper, {"events": [event("single", "2")]}).get_json()["deadline"]
    )

    assert told == ["2026-03-02T01:05:00.000+00:00"] * 2


def test_a_device_that_lost_the_attempt_is_not_the_one_that_is_there(watched, store, time):
    with store() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.public_id == watched.attempt)).one()
        attempt.device = "another"
    time.shift(100)

    watched.state()
    post(watched.student, watched.paper, {"events": [event("single", "2")]})

    assert totals(watched.board())["Not heard of"] == 1


@pytest.mark.parametrize(("kind", "is_watched"), [("exam", True), ("mock", True), ("assignment", False)])
def test_only_exams_and_mocks_watch_the_focus(watched, store, kind, is_watched):
    with store() as session:
        exam = session.scalars(select(Exam)).one()
        exam.kind = kind

    html = watched.student.get(watched.paper).text

    assert ("data-watch" in html) is is_watched


# A8


def test_a8_disabled_in_mid_exam(app, watched, store, classroom, now):
    student = classroom.student.id
    send_events(watched.student, watched.paper, event("single", "2"))
    with store() as session:
        disable_user(session, session.get_one(User, student), None, now)

    state = watched.student.get(f"{watched.paper}/state")
    saved = post(watched.student, watched.paper, {"events": [event("single", "3")]})
    row = row_of(watched.board())

    assert (state.status_code, saved.status_code) == (401, 401)
    assert "Account disabled Sitting" in row
    assert "1 / 6" in row

    with store() as session:
        enable_user(session, session.get_one(User, student), None, now)
    again = browser_of(app, student)
    assert again.get(f"{watched.paper}/state").get_json()["answered"] == 1
