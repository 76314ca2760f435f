"""Orders from the board: more time, pause, end, opening again, voiding; each with a reason, each told."""

import pytest
from sqlalchemy import select

from app.domain.roles import SiteRole
from app.models import Attempt, AuditRow, Exam, TimeCredit
from app.operations.offerings import archive_offering
from app.web.database import reading
from tests.support.builders import make_person
from tests.support.exams import set_exam
from tests.support.pages import Page, open_page, press, send_form
from tests.support.people import browser_of, make_user
from tests.support.wire import event, send_events
from tests.web.watching import row_of, watched

__all__ = ["watched"]

WHY = "考场断电"
TITLES = {"reopen": "Open again", "void": "Void"}


@pytest.fixture
def other(app, watched, store, classroom, time):
    """Return the browser of another student, who begins ten minutes later."""
    with store() as session:
        person = make_person(session, classroom.offering, "xiaolin")
    time.shift(600)
    client = browser_of(app, person.id)
    begun = send_form(client, open_page(client, f"/exams/{watched.exam}").form("/start"))
    return client, begun.headers["Location"].rpartition("/")[2]


def order(watched, act, **values):
    """Open the page of an act for the chosen (the student, by default), fill it in and send it."""
    chosen = values.pop("attempt", watched.attempt)
    asked = {"reason": WHY} | values
    form = choose(watched, act, chosen).form(f"/orders/{act}")
    return send_form(watched.teacher, form, **asked)


def choose(watched, act, chosen):
    """Choose attempts on the board, then press the button of an act."""
    form = watched.board().form("/orders")
    answer = send_form(watched.teacher, form, attempt=chosen, act=act)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def sure(watched, answer):
    """Press the button on the page that shows once more what will be done."""
    assert answer.status_code == 200, answer.text
    form = next(form for form in Page(answer.text).forms if "/orders/" in form.action)
    return send_form(watched.teacher, form, sure="yes")


def done(answer, watched):
    """Whether the order was given: it leads back to the board."""
    assert (answer.status_code, answer.location) == (303, f"{watched.desk}/board"), answer.text
    return watched.board()


def audited(app):
    """Return the orders in the log with their reasons."""
    with app.app_context():
        rows = reading().scalars(select(AuditRow).where(AuditRow.action.startswith("exam.")))
        return [(row.action, row.detail["reason"]) for row in rows if "reason" in row.detail]


def credits_of(app):
    with app.app_context():
        return len(reading().scalars(select(TimeCredit)).all())


# more time


def test_t4_extra_time_reaches_the_page_with_its_next_question(app, watched, time):
    before = watched.state()["deadline"]
    time.shift(300)

    page = done(order(watched, "extend", minutes="12"), watched)

    assert (before, watched.state()["deadline"]) == (
        "2026-03-02T01:00:00.000+00:00",
        "2026-03-02T01:12:00.000+00:00",
    )
    assert "1:07:00 09:12:00 +12 min" in row_of(page)
    assert audited(app) == [("exam.extend", WHY)]


def test_t4_answers_count_in_the_extra_time(watched, time):
    order(watched, "extend", minutes="12")
    time.shift(60 * 71)

    (ack,) = send_events(watched.student, watched.paper, event("single", "2"))

    assert ack["status"] == "saved"


def test_t5_a_bulk_credit_is_shown_before_it_is_given(app, watched, other):
    answer = order(watched, "extend", attempt=None, whom="open_at", open_at="08:05", minutes="12")
    page = Page(answer.text)

    # only who was open at that time, with the end now and afterwards
    assert "More time: 1 person" in page.text
    assert "小xiaohe xiaohe Sitting 09:00:00 → 09:12:00" in page.text
    assert "xiaolin" not in page.text
    assert "2026-03-02 08:05 (UTC+8)" in page.text
    assert (credits_of(app), audited(app)) == (0, [])

    board = done(sure(watched, answer), watched)

    assert "09:12:00 +12 min" in row_of(board)
    assert "09:10:00 –" in row_of(board, "xiaolin")
    assert audited(app) == [("exam.extend", WHY)]


def test_t5_who_ended_since_is_named_and_gets_nothing(app, watched, other, time):
    time.shift(60)
    press(watched.student, f"{watched.paper}/review", "/submit")

    answer = order(watched, "extend", attempt=None, whom="open_at", open_at="08:10", minutes="12")
    concerned, _, ended = Page(answer.text).text.partition("Open then, ended since")

    assert "More time: 1 person" in concerned
    assert ("小xiaolin" in concerned, "小xiaohe" in concerned) == (True, False)
    assert ("小xiaolin" in ended, "小xiaohe" in ended) == (False, True)
    done(sure(watched, answer), watched)
    with app.app_context():
        attempts = reading().scalars(select(Attempt)).all()
        deadlines = {one.public_id: f"{one.deadline_at:%H:%M}" for one in attempts}
    assert deadlines == {watched.attempt: "01:00", other[1]: "01:22"}


def test_t5_where_everybody_ended_since_there_is_nobody_to_give_time_to(watched, other):
    press(watched.student, f"{watched.paper}/review", "/submit")

    answer = order(watched, "extend", attempt=None, whom="open_at", open_at="08:05", minutes="12")

    assert answer.status_code == 422
    assert "There is nobody whom this would concern now." in Page(answer.text).text


def test_t5_a_credit_is_taken_back(app, watched):
    order(watched, "extend", minutes="12")
    credit = f"{watched.desk}/credits/1"
    assert watched.board().links["12 minutes, 1 person"] == credit

    board = press(watched.teacher, credit, "/undo", reason="误加")

    assert "The minutes were taken back from 1 person." in board.text
    assert "09:00:00 –" in row_of(board)
    assert watched.state()["deadline"] == "2026-03-02T01:00:00.000+00:00"
    assert audited(app) == [("exam.extend", WHY), ("exam.extend_undo", "误加")]
    assert not open_page(watched.teacher, credit).has_form("/undo")


def test_a_credit_taken_back_twice_is_taken_back_once(app, watched):
    order(watched, "extend", minutes="12")
    form = open_page(watched.teacher, f"{watched.desk}/credits/1").form("/undo")

    answers = [send_form(watched.teacher, form, reason="误加") for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert "These minutes were taken back already." in watched.board().text
    assert watched.state()["deadline"] == "2026-03-02T01:00:00.000+00:00"


def test_taking_back_asks_for_a_reason(watched):
    order(watched, "extend", minutes="12")
    form = open_page(watched.teacher, f"{watched.desk}/credits/1").form("/undo")

    answer = send_form(watched.teacher, form, reason=" ")

    assert answer.status_code == 422
    assert "Give the reason." in Page(answer.text).text


def test_a_button_pressed_twice_gives_the_minutes_once(app, watched):
    form = choose(watched, "extend", watched.attempt).form("/orders/extend")

    for _ in range(2):
        done(send_form(watched.teacher, form, minutes="12", reason=WHY), watched)

    assert (credits_of(app), watched.state()["deadline"]) == (1, "2026-03-02T01:12:00.000+00:00")


def test_everybody_who_sits_now(watched, other):
    answer = order(watched, "extend", attempt=None, whom="all", minutes="5")
    assert "More time: 2 people" in Page(answer.text).text

    board = done(sure(watched, answer), watched)

    assert ["+5 min" in row_of(board, login) for login in ("xiaohe", "xiaolin")] == [True, True]


def test_what_was_asked_for_can_still_be_changed(app, watched):
    answer = order(watched, "extend", attempt=None, whom="all", minutes="5")
    form = Page(answer.text).form("/orders/extend")

    changed = Page(send_form(watched.teacher, form, change="yes").text).form("/orders/extend")

    assert (changed.value("minutes"), changed.value("reason"), changed.value("whom")) == ("5", WHY, "all")
    assert credits_of(app) == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"minutes": ""}, "Give whole minutes from 1 to 600."),
        ({"minutes": "0"}, "Give whole minutes from 1 to 600."),
        ({"minutes": "601"}, "Give whole minutes from 1 to 600."),
        ({"minutes": "1.5"}, "Give whole minutes from 1 to 600."),
        ({"minutes": "zwölf"}, "Give whole minutes from 1 to 600."),
        ({"minutes": "9" * 400}, "Give whole minutes from 1 to 600."),
        ({"minutes": "12", "reason": "  "}, "Give the reason."),
        ({"minutes": "12", "reason": "长" * 301}, "This is longer than 300 characters."),
        ({"minutes": "12", "whom": "open_at", "open_at": ""}, "Give a time since it began."),
        ({"minutes": "12", "whom": "open_at", "open_at": "07:59"}, "Give a time since it began."),
        ({"minutes": "12", "whom": "open_at", "open_at": "8 Uhr"}, "Not a valid time value."),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(app, watched, values, sentence):
    answer = order(watched, "extend", **values)
    page = Page(answer.text)
    form = page.form("/orders/extend")

    assert answer.status_code == 422
    assert sentence in page.text
    assert form.value("minutes") == values["minutes"]
    assert form.value("reason") == values.get("reason", WHY)
    assert form.value("attempt") == watched.attempt
    assert (credits_of(app), audited(app)) == (0, [])


def test_a_time_that_the_clock_has_not_reached_today_is_one_of_yesterday(watched, store):
    with store() as session:
        exam = session.scalars(select(Exam).where(Exam.public_id == watched.exam)).one()
        exam.opens_at = None

    answer = order(watched, "extend", whom="open_at", open_at="23:00", minutes="5")

    assert answer.status_code == 422
    assert "There is nobody whom this would concern now." in Page(answer.text).text


# pause and go on


def test_a_pause_covers_the_page_and_going_on_moves_the_end(app, watched, time):
    board = done(order(watched, "pause"), watched)
    assert (watched.state()["paused"], "Paused" in row_of(board)) == (True, True)
    time.shift(600)

    board = done(order(watched, "resume", reason="来电了"), watched)

    assert (watched.state()["paused"], watched.state()["deadline"]) == (
        False,
        "2026-03-02T01:10:00.000+00:00",
    )
    assert "1:00:00 09:10:00 –" in row_of(board)
    assert audited(app) == [("exam.pause", WHY), ("exam.resume", "来电了")]


def test_everybody_is_paused_and_goes_on(watched, other):
    answer = order(watched, "pause", attempt=None, whom="all")
    assert "Pause: 2 people" in Page(answer.text).text
    board = done(sure(watched, answer), watched)
    assert "The time of 2 people stands still." in board.text

    board = done(sure(watched, order(watched, "resume", attempt=None, whom="all")), watched)

    assert "The time of 2 people goes on." in board.text


@pytest.mark.parametrize("act", ["pause", "resume"])
def test_done_twice_it_is_done_once(app, watched, act):
    if act == "resume":
        order(watched, "pause")
    order(watched, act)

    again = order(watched, act)

    assert again.status_code == 422
    assert "None of the chosen is in a state in which this can be done." in Page(again.text).text


# the end


def test_an_end_says_for_how_many_before_it_is_done(app, watched, other):
    answer = order(watched, "end", attempt=[watched.attempt, other[1]])
    page = Page(answer.text)

    assert "End: 2 people" in page.text
    assert "Do it for 2 people" in answer.text
    assert watched.state()["state"] == "open"

    board = done(sure(watched, answer), watched)

    assert "2 attempts were ended." in board.text
    assert "Closed by time" in row_of(board)
    assert watched.state()["state"] == "submitted"
    assert audited(app) == [("exam.end", WHY)]


def test_what_a_page_still_holds_after_an_end_is_late(watched):
    sure(watched, order(watched, "end"))

    (ack,) = send_events(watched.student, watched.paper, event("single", "2"))

    assert ack["status"] == "late"
    assert "1 / 6" not in row_of(watched.board())


# opening again, voiding


def hand_in(watched):
    press(watched.student, f"{watched.paper}/review", "/submit")


def test_one_attempt_is_opened_again(app, watched, time):
    hand_in(watched)
    time.shift(60)

    board = done(order(watched, "reopen", minutes="15"), watched)

    assert "0:15:00 08:16:00" in row_of(board)
    assert watched.state()["state"] == "open"
    assert audited(app) == [("exam.reopen", WHY)]


def test_one_attempt_is_voided(app, watched):
    board = done(order(watched, "void"), watched)

    assert "Voided" in row_of(board)
    assert watched.state()["state"] == "voided"
    assert audited(app) == [("exam.void", WHY)]


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_these_are_for_one_at_a_time(app, watched, other, act):
    for chosen in ([], [watched.attempt, other[1]]):
        form = open_page(watched.teacher, f"{watched.desk}/orders/{act}").form(f"/orders/{act}")
        answer = send_form(watched.teacher, form, attempt=chosen, reason=WHY)

        assert answer.status_code == 422
        assert "Choose one student on the board, then this act." in Page(answer.text).text
    assert audited(app) == []


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_the_board_itself_asks_for_the_one_and_keeps_the_ticks(watched, other, act):
    for chosen in ([], [watched.attempt, other[1]]):
        form = watched.board().form("/orders")
        answer = send_form(watched.teacher, form, attempt=chosen, act=act)

        assert answer.status_code == 422
        board = Page(answer.text)
        ticked = {value for name, value in board.form("/orders").fields if name == "attempt"}
        assert f"tick exactly one, then press it again. You ticked {len(chosen)}." in board.text
        assert ticked == set(chosen)


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_the_page_that_asks_for_the_reason_names_the_one(watched, act):
    hand_in(watched)

    assert f"{TITLES[act]}: 小xiaohe" in choose(watched, act, watched.attempt).text


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_what_was_done_before_is_told(watched, act):
    hand_in(watched)
    order(watched, act, minutes="15")

    again = order(watched, act, minutes="15")

    assert again.status_code == 422
    assert "This cannot be done to an attempt in this state." in Page(again.text).text


# wrong person, wrong moment


def test_an_officer_gives_orders_without_teaching_here(app, watched, store, now):
    with store() as session:
        officer = make_user(session, "kaowu", now=now, site_role=SiteRole.OFFICER)
    client = browser_of(app, officer.id)
    form = open_page(client, f"{watched.desk}/orders/pause").form("/orders/pause")

    answer = send_form(client, form, reason=WHY, whom="chosen", attempt=watched.attempt)

    assert answer.status_code == 303
    assert watched.state()["paused"] is True


@pytest.mark.parametrize("who", ["student", "assistant", "stranger"])
def test_nobody_else_does(watched, browse, who):
    client = browse(who)
    token = client.get("/csrf").get_json()["csrf"]

    fields = {"csrf_token": token, "reason": WHY, "whom": "chosen", "attempt": watched.attempt}
    answer = client.post(f"{watched.desk}/orders/pause", data=fields)

    assert answer.status_code == 403
    assert watched.state()["paused"] is False


def test_an_attempt_of_another_exam_is_not_touched(watched, other, store, classroom, now):
    with store() as session:
        elsewhere = set_exam(session, classroom, now).public_id
    form = open_page(watched.teacher, f"/teach/exams/{elsewhere}/orders/void").form("/orders/void")

    answer = send_form(watched.teacher, form, reason=WHY, attempt=watched.attempt)

    assert answer.status_code == 422
    assert watched.state()["state"] == "open"


def test_an_unknown_act_is_no_page(watched):
    assert watched.teacher.get(f"{watched.desk}/orders/erase").status_code == 404


def test_in_an_archived_offering_nothing_is_done(app, watched, store, classroom, now):
    form = choose(watched, "pause", watched.attempt).form("/orders/pause")
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)

    answer = send_form(watched.teacher, form, reason=WHY)
    page = Page(answer.text)

    assert answer.status_code == 409
    assert "This course offering is archived and can only be read." in page.text
    assert page.form("/orders/pause").value("reason") == WHY
    assert 'name="act"' not in watched.teacher.get(f"{watched.desk}/board").text


@pytest.mark.parametrize("act", ["reopen", "void"])
def test_after_the_release_results_stand(watched, store, now, act):
    hand_in(watched)
    form = choose(watched, act, watched.attempt).form(f"/orders/{act}")
    with store() as session:
        exam = session.scalars(select(Exam).where(Exam.public_id == watched.exam)).one()
        exam.released_at = now

    answer = send_form(watched.teacher, form, reason=WHY, minutes="15")

    assert answer.status_code == 422
    assert "The results are released; take the release back first." in Page(answer.text).text
    board = watched.board()
    assert "The results are released." in board.text
    assert 'value="void"' not in watched.teacher.get(f"{watched.desk}/board").text


def test_a_draft_has_a_board_and_nothing_to_do(watched, store):
    with store() as session:
        exam = session.scalars(select(Exam).where(Exam.public_id == watched.exam)).one()
        exam.scheduled_at = None
        assert session.scalars(select(Attempt)).one()

    assert 'name="act"' not in watched.teacher.get(f"{watched.desk}/board").text
