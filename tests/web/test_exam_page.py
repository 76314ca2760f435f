"""What the pages of an open attempt tell their scripts, and whose flags they show."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.models import Attempt
from tests.conftest import START
from tests.support.builders import make_person
from tests.support.pages import open_page, send_form
from tests.support.people import browser_of
from tests.support.wire import event, send_events

QUIZ = "/courses/etiquette/quizzes/ladies"


@pytest.fixture
def client(time, browse):
    """Return the student's browser; the clock stands still."""
    return browse("student")


def begin(client):
    return send_form(client, open_page(client, QUIZ).form("/start")).headers["Location"]


@pytest.fixture
def paper(client):
    """Return the address of an attempt just begun."""
    return begin(client)


def flag(client, paper, item, is_flagged=True):
    send_events(client, paper, event(item, is_flagged, kind="flag"))


def flagged(client, paper):
    """Return the items that the paper shows with a flag."""
    items = open_page(client, paper).items
    return [key for key, attributes in items.items() if "data-flagged" in attributes]


def form_data(client, address, end):
    """Return what a page's form tells its script."""
    return open_page(client, address).form(end).attributes


def test_a_flag_stands_in_the_paper_until_it_is_taken_away(client, paper):
    flag(client, paper, "single")
    flag(client, paper, "many")
    flag(client, paper, "many", is_flagged=False)

    assert flagged(client, paper) == ["single"]


def test_a_flag_is_shown_to_nobody_else(app, client, paper, store, classroom):
    with store() as session:
        other = make_person(session, classroom.offering, "xiaolin")
    theirs = browser_of(app, other.id)
    address = begin(theirs)
    flag(client, paper, "single")
    assert flagged(client, paper) == ["single"]

    assert flagged(theirs, address) == []


def test_flagged_items_are_named_before_handing_in(client, paper):
    html = client.get(f"{paper}/review", headers={"Accept-Language": "en"}).text
    assert "flagged" not in html

    flag(client, paper, "single")

    html = client.get(f"{paper}/review", headers={"Accept-Language": "en"}).text
    assert "1 question is flagged" in html
    assert html.count(f"{paper}#item-single") == 2


@pytest.mark.parametrize(("page", "end"), [("", "/answers"), ("/review", "/submit")])
def test_a_page_tells_its_script_the_time_and_where_to_ask(client, paper, store, page, end):
    told = form_data(client, paper + page, end)
    assert told["data-now"] == START.isoformat(timespec="milliseconds")
    assert told["data-state"] == f"{paper}/state"
    assert "data-deadline" not in told
    assert "data-one" not in told

    with store() as session:
        session.execute(update(Attempt).values(deadline_at=START + timedelta(minutes=90)))

    deadline = (START + timedelta(minutes=90)).isoformat(timespec="milliseconds")
    assert form_data(client, paper + page, end)["data-deadline"] == deadline


def test_what_time_has_closed_can_be_looked_at_before_its_row_is_written(store, browse, time):
    client = browse("student")
    form = open_page(client, "/courses/etiquette/quizzes/ladies").form("/start")
    paper = send_form(client, form).headers["Location"]
    with store() as session:
        session.scalars(select(Attempt)).one().deadline_at = START - timedelta(hours=1)

    page = open_page(client, f"{paper}/result")

    assert "Handed in" in page.text
