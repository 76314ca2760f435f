"""Feedback before handing in: at once, or in several tries with hints; never in a deferred attempt."""

import pytest

from tests.support.drill import DRILL_SECRETS, HINTS
from tests.support.pages import Page, open_page, press
from tests.web.drills import alerts, begin, client, events_of, fields_of, layout_of, send, shown_at

__all__ = ["client"]

ALL = {word for words in (*DRILL_SECRETS.values(), *HINTS.values()) for word in words}


def order_as(app, *steps):
    """Return the fields that put the steps of the file in this order."""
    return {f"answer-order.{shown_at(app, 'order', step)}": str(rank) for rank, step in enumerate(steps, 1)}


def check(client, paper, item, fields):
    return send(client, paper, fields | {"check": item})


def secrets_in(client, paper):
    """Return the secrets that the paper shows, in both languages."""
    pages = (f"{paper}", f"{paper}/review")
    texts = [open_page(client, page, language=language).text for page in pages for language in ("zh", "en")]
    return {word for word in ALL if any(word in text for text in texts)}


def test_a_deferred_attempt_has_nothing_to_check_and_refuses_it(client, app):
    paper = begin(client)

    assert "Check this answer" not in open_page(client, paper).text
    refused = check(client, paper, "order", order_as(app, 3, 2, 1))

    assert refused.status_code == 422
    assert alerts(refused.text) == ["This question is judged after you hand in."]
    assert fields_of(Page(refused.text), "order") == order_as(app, 3, 2, 1)
    assert events_of(app, "check") == {}
    assert list(events_of(app)) == ["order"]
    assert secrets_in(client, paper) == set()


@pytest.mark.parametrize("behaviour", ["deferred", "immediate", "tries"])
def test_enter_in_a_field_means_save_before_any_other_button(client, behaviour):
    first, *others = open_page(client, begin(client, behaviour)).form("/answers").buttons

    names = [one["name"] for one in others]
    assert (first["name"], first["tabindex"], first["aria-hidden"]) == ("save", "-1", "true")
    assert names[-2:] == ["save", "review"]
    assert set(names[:-2]) == {"commit"} | ({"check"} if behaviour != "deferred" else set())


def test_at_once_a_checked_item_shows_its_own_key_and_no_other(client, app):
    paper = begin(client, "immediate")

    assert check(client, paper, "order", order_as(app, 3, 2, 1)).status_code == 303

    assert secrets_in(client, paper) == set(DRILL_SECRETS["order"])
    assert "Wrong" in open_page(client, paper).text


def test_at_once_a_checked_answer_stands(client, app):
    paper = begin(client, "immediate")
    check(client, paper, "weigh", {"answer-weigh": shown_at(app, "weigh", 1)})

    page = open_page(client, paper)
    assert [name for name, _ in page.form("/answers").fields if "weigh" in name] == []
    assert "Check this answer: question 5" not in page.text


def test_a_wrong_try_gives_one_hint_and_keeps_the_key_back(client, app):
    paper = begin(client, "tries")

    check(client, paper, "order", order_as(app, 3, 2, 1))
    assert secrets_in(client, paper) == {"zqorder-hint-one"}
    assert "Not right yet. 2 tries are left." in open_page(client, paper).text

    check(client, paper, "order", order_as(app, 2, 1, 3))
    assert secrets_in(client, paper) == set(HINTS["order"])

    check(client, paper, "order", order_as(app, 1, 2, 3))
    assert secrets_in(client, paper) == {*DRILL_SECRETS["order"]}


def test_wrong_tries_take_a_third_each(client, app):
    paper = begin(client, "tries")
    check(client, paper, "order", order_as(app, 3, 2, 1))
    check(client, paper, "order", order_as(app, 1, 2, 3))

    assert "2 of 3" in open_page(client, paper).text
    assert "2 of 3" in press(client, f"{paper}/review", "/submit").text


def test_the_last_try_settles_an_item_whatever_it_earns(client, app):
    paper = begin(client, "tries")
    for steps in ((3, 2, 1), (2, 1, 3), (1, 3, 2)):
        check(client, paper, "order", order_as(app, *steps))

    page = open_page(client, paper)
    assert "zqorder-explanation" in page.text
    assert [name for name, _ in page.form("/answers").fields if "order" in name] == []


def test_the_same_answer_checked_again_is_no_other_try(client, app):
    paper = begin(client, "tries")
    for _ in range(3):
        check(client, paper, "order", order_as(app, 3, 2, 1))

    assert "2 tries are left." in open_page(client, paper).text
    assert secrets_in(client, paper) == {"zqorder-hint-one"}


def test_a_blank_answer_is_not_checked_and_costs_nothing(client, app):
    paper = begin(client, "tries")

    answer = check(client, paper, "order", {})

    assert answer.status_code == 422
    assert alerts(answer.text) == ["Answer the question before you check it."]
    assert events_of(app, "check") == {}


def test_a_window_left_open_cannot_change_a_settled_item(client, app):
    paper = begin(client, "immediate")
    stale = open_page(client, paper).form("/answers")
    check(client, paper, "weigh", {"answer-weigh": shown_at(app, "weigh", 1)})

    data = [(name, value) for name, value in stale.fields if name != "answer-weigh"]
    fields = {"answer-weigh": shown_at(app, "weigh", 2), "answer-sum": "6"}
    late = client.post(stale.action, data=dict(data) | fields, headers={"Accept-Language": "en"})

    assert late.status_code == 422
    assert alerts(late.text) == ["This question was checked for the last time. Its answer stands."]
    assert events_of(app) == {"weigh": shown_at(app, "weigh", 1), "sum": "6"}


@pytest.mark.parametrize("item", ["nothing", "way", "../etc"])
def test_an_item_that_cannot_be_checked_is_refused(client, item):
    paper = begin(client, "immediate")

    assert check(client, paper, item, {}).status_code in {409, 422}


def test_an_open_attempt_keeps_its_behaviour(client, app):
    paper = begin(client, "tries")
    page = open_page(client, "/courses/etiquette/quizzes/drill")

    assert not page.has_form("/start")
    assert page.links["Go on where you stopped"] == paper


def test_an_unknown_behaviour_is_the_deferred_one(client, app):
    paper = begin(client, "generous")

    assert "Check this answer" not in open_page(client, paper).text
    assert layout_of(app, "order")
