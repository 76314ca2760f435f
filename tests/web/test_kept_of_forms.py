"""What a form brings late, stale or amiss: kept or given back, never dropped, never taken for another."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, update

from app.domain.errors import AttemptClosed
from app.models import Attempt, AttemptFile, Event
from app.operations.checks import Request, check_item
from app.web.database import reading
from tests.support.pages import Page, open_page
from tests.web.drills import alerts, begin, client, events_of, send, shown_at
from tests.web.test_uploads import PDF

__all__ = ["client"]

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def clock(time):
    """Let the clock stand still from the first page on."""
    return time


@pytest.fixture
def paper(client):
    return begin(client)


def files_of(app):
    with app.app_context():
        return [row.name for row in reading().scalars(select(AttemptFile))]


def statuses_of(app):
    with app.app_context():
        return [row.status for row in reading().scalars(select(Event).order_by(Event.seq)) if row.item]


def close(store, time, *, after):
    """Let the time of the attempt be over for so long."""
    with store() as session:
        attempt = session.scalars(select(Attempt)).one()
        deadline = attempt.started_at + timedelta(minutes=1)
        session.execute(update(Attempt).values(deadline_at=deadline))
    time.move_to(deadline + after)


def post(client, form, **fields):
    return client.post(form.action, data=dict(form.filled(**fields)), headers=ENGLISH)


# late


@pytest.mark.parametrize("beside", [{}, {"answer_sum": "6"}], ids=["alone", "with an answer"])
def test_t2_a_file_that_comes_late_is_kept_as_late(client, paper, app, store, *, time, beside):
    form = open_page(client, paper).form("/answers")
    close(store, time, after=timedelta(minutes=5))

    data = dict(form.filled(**beside)) | {"file-file": [(BytesIO(PDF), "报告.pdf")]}
    answer = client.post(form.action, data=data, headers=ENGLISH)

    assert answer.status_code == 303
    assert files_of(app) == ["报告.pdf"]
    assert set(events_of(app)) == {"file", *(["sum"] if beside else [])}
    assert set(statuses_of(app)) == {"late"}


def test_t2_what_is_unfit_and_late_is_counted_and_everything_else_is_kept(client, paper, app, store, time):
    form = open_page(client, paper).form("/answers")
    close(store, time, after=timedelta(minutes=5))

    unfinished = {"answer-order.1": "1", "answer-judge.best": "1", "answer-judge.worst": "1"}
    answer = post(client, form, **unfinished, **{"answer-sum": "6"})

    assert answer.status_code == 409
    assert "This attempt takes no more answers. 2 answers could not be kept." in Page(answer.text).text
    assert (events_of(app), statuses_of(app)) == ({"sum": "6"}, ["late"])


def test_t2_a_check_after_the_time_is_refused_and_changes_nothing(client, paper, store, classroom, app):
    with store() as session:
        attempt = session.scalars(select(Attempt)).one()
        attempt.deadline_at = attempt.started_at + timedelta(minutes=1)
        over = attempt.deadline_at + timedelta(minutes=1)

    with store() as session, pytest.raises(AttemptClosed):
        check_item(session, classroom.student, attempt.public_id, Request("e", "c", "weigh"), over)

    assert events_of(app, "check") == {}


# checks


def test_s4_what_another_window_answered_is_not_checked_and_costs_no_try(client, app):
    paper = begin(client, "tries")
    stale = open_page(client, paper).form("/answers")
    send(client, paper, {"answer-weigh": shown_at(app, "weigh", 1)})

    refused = post(client, stale, **{"answer-weigh": shown_at(app, "weigh", 3), "check": "weigh"})

    assert refused.status_code == 422
    assert alerts(refused.text) == ["Another window has changed this answer. Look at it, then check it."]
    assert events_of(app, "check") == {}
    assert "tries are left" not in open_page(client, paper).text


def test_s4_an_answer_changed_since_it_was_shown_is_not_checked(client, app):
    paper = begin(client, "tries")
    send(client, paper, {"answer-weigh": shown_at(app, "weigh", 1)})
    shown = open_page(client, paper).form("/answers")
    send(client, paper, {"answer-weigh": shown_at(app, "weigh", 3)})

    refused = post(client, shown, check="weigh")

    assert alerts(refused.text) == ["Another window has changed this answer. Look at it, then check it."]
    assert events_of(app, "check") == {}


def test_after_going_back_another_answer_is_checked_as_another(client, app):
    paper = begin(client, "tries")
    form = open_page(client, paper).form("/answers")
    for step in (3, 1):
        sent = post(client, form, **{"answer-weigh": shown_at(app, "weigh", step), "check": "weigh"})
        assert sent.status_code == 303

    assert events_of(app, "check") == {"weigh": shown_at(app, "weigh", 1)}
    assert "0.67 of 6.29" in open_page(client, paper).text


def test_beside_the_mark_of_a_settled_item_stands_the_answer_that_was_marked(client, app):
    paper = begin(client, "immediate")
    stale = open_page(client, paper).form("/answers")
    send(client, paper, {"answer-sum": "6", "check": "sum"})

    refused = post(client, stale, **{"answer-sum": "77777"})

    assert alerts(refused.text) == ["This question was checked for the last time. Its answer stands."]
    assert "77777" not in refused.text
    assert events_of(app) == {"sum": "6"}


# decisions


def decide(client, paper, choice, **fields):
    return send(client, paper, {"choice-way": choice, "commit": "way"} | fields)


def test_a_choice_of_a_decision_that_is_made_is_not_preselected_at_the_next(client, paper):
    stale = open_page(client, paper).form("/answers")
    decide(client, paper, "1")

    answer = post(client, stale, **{"choice-way": "2"})

    assert answer.status_code == 422
    assert Page(answer.text).form("/answers").value("choice-way") is None
    assert alerts(answer.text) == ["This is not the step that comes next. Go on where you stand."]


def test_words_written_for_a_decision_that_is_made_are_shown_to_be_copied(client, paper, app):
    decide(client, paper, "1")
    stale = open_page(client, paper).form("/answers")
    decide(client, paper, "2", **{"reason-way": "先致歉"})

    answer = post(client, stale, **{"choice-way": "1", "reason-way": "我本来想的是别的", "commit": "way"})

    page = Page(answer.text)
    assert "You wrote for another decision, which is made already:" in page.text
    assert "我本来想的是别的" in page.text
    assert events_of(app, "commit")["way"]["reason"] == "先致歉"


def test_a_reason_of_several_lines_that_was_told_keeps_nobody_from_handing_in(client, paper):
    decide(client, paper, "1")
    told = send(client, paper, {"choice-way": "2", "reason-way": "先致歉\r\n再安排", "review": "1"})
    assert told.status_code == 422

    again = dict(Page(told.text).form("/answers").filled(review="1"))
    browsers = {name: value.replace("\n", "\r\n") for name, value in again.items()}
    sent = client.post(f"{paper}/answers", data=browsers)

    assert sent.headers["Location"].endswith("/review")


# what no page of ours sends


@pytest.mark.parametrize("commit", ["nothing", "sum", "way.x"])
def test_a_decision_of_an_item_that_is_none_leaves_the_other_answers(client, paper, app, commit):
    fields = {f"choice-{commit}": "1", f"section-{commit}": "which", "commit": commit}
    answer = send(client, paper, fields | {"answer-sum": "6"})

    assert answer.status_code in {303, 422}
    assert events_of(app) == {"sum": "6"}
    assert events_of(app, "commit") == {}


def test_a_file_for_an_item_that_is_none_leaves_the_other_answers(client, paper, app):
    form = open_page(client, paper).form("/answers")
    data = dict(form.filled(answer_sum="6")) | {"file-foo": [(BytesIO(PDF), "a.pdf")]}

    answer = client.post(form.action, data=data, headers=ENGLISH)

    assert answer.status_code == 422
    assert (events_of(app), files_of(app)) == ({"sum": "6"}, [])
