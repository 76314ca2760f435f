"""Items that are asked alike share their HTML; what is each learner's own never does."""

import html
import json
import re

import pytest

from app.web.attempts.boxes import CLIENT, EXTENSION, SEQ
from tests.support.builders import make_person, publish_texts
from tests.support.pages import open_page, press
from tests.support.people import browser_of
from tests.web.drills import FILES, begin, client, send

__all__ = ["client"]


@pytest.fixture
def other(app, client, store, classroom):
    """Return the browser of a second student."""
    with store() as session:
        person = make_person(session, classroom.offering, "xiaolin")
    return browser_of(app, person.id)


def source(client, paper, language="en"):
    return client.get(paper, headers={"Accept-Language": language}).text


def same_for_all(page):
    """Return a page without what each request gives it anew: its window, its token and the time."""
    page = re.sub(r' *data-now="[^"]+"', "", page)
    token = re.findall(r'name="csrf-token" content="([^"]+)"', page)[0]
    return page.replace(window_of(page), "").replace(token, "")


def window_of(page):
    return re.findall(r'name="client" value="([^"]+)"', page)[0]


def test_a_paper_looks_the_same_made_anew_and_kept(app, client):
    paper = begin(client)
    send(client, paper, {"answer-sum": "<18> 件"})
    # what was flashed is shown once
    source(client, paper)
    app.extensions.pop(EXTENSION, None)

    first, second = same_for_all(source(client, paper)), same_for_all(source(client, paper))

    assert first == second
    assert "&lt;18&gt; 件" in second


def test_each_page_has_a_window_of_its_own(client):
    paper = begin(client)

    pages = [source(client, paper) for _ in range(2)]

    windows = [window_of(page) for page in pages]
    assert windows[0] != windows[1]
    for page, window in zip(pages, windows, strict=True):
        events = re.findall(r'name="event-[^"]+" value="([^"]+)"', page)
        assert len(set(events)) == len(events) == 9
        assert all(event.startswith(window) for event in events)
        assert CLIENT not in page
        assert SEQ not in page


def test_an_answer_is_shown_to_nobody_else(client, other):
    mine, theirs = begin(client), begin(other)
    send(client, mine, {"answer-cloze.1": "只是我的话"})

    assert "只是我的话" in source(client, mine)
    assert "只是我的话" not in source(other, theirs)


def test_the_same_answer_stands_on_each_learners_own_event(client, other):
    mine, theirs = begin(client), begin(other)
    send(other, theirs, {"answer-cloze.1": "先说别的"})
    for browser, paper in ((client, mine), (other, theirs)):
        send(browser, paper, {"answer-sum": "18"})

    seqs = [open_page(browser, paper).items["sum"] for browser, paper in ((client, mine), (other, theirs))]

    assert [one["data-seq"] for one in seqs] == ["1", "2"]


@pytest.mark.parametrize("mark", [CLIENT, SEQ])
def test_an_answer_that_says_what_is_filled_in_is_shown_as_written(client, mark):
    paper = begin(client)
    send(client, paper, {"answer-sum": f"我写{mark}了"})

    fields = dict(open_page(client, paper).form("/answers").fields)

    assert fields["answer-sum"] == f"我写{mark}了"
    assert json.loads(html.unescape(fields["shown-sum"])) == f"我写{mark}了"


def test_a_new_revision_is_shown_at_once(client, store, classroom, now):
    paper = begin(client)
    assert "zqnewstem" not in source(client, paper)
    changed = {name: text.replace("连起来", "zqnewstem 连起来") for name, text in FILES.items()}
    with store() as session:
        publish_texts(session, classroom.library, changed, now)
    assert "zqnewstem" not in source(client, paper)

    press(client, f"{paper}/review", "/submit")

    assert "zqnewstem" in source(client, begin(client))


def test_the_same_text_with_other_points_is_another_box(client, other, store, classroom, now):
    assert "2 points" in source(client, begin(client))
    changed = {name: text.replace("{#sum 2分}", "{#sum 5分}") for name, text in FILES.items()}
    with store() as session:
        publish_texts(session, classroom.library, changed, now)

    page = open_page(other, begin(other))

    assert "5 points" in page.text


def test_each_language_has_its_own(client):
    paper = begin(client)

    chinese, english = source(client, paper, "zh"), source(client, paper)

    assert "排序" in chinese
    assert "Put in order" in english
    assert "Put in order" not in chinese


def test_files_and_walks_are_never_kept(app, client):
    paper = begin(client)

    assert {"way", "file"} <= set(open_page(client, paper).items)
    kept = {box.type for _, box in app.extensions[EXTENSION].items()}
    assert kept == {"ordering", "matching", "best-worst", "rating", "weighted", "blanks", "numeric"}


def test_a_hint_is_given_to_whoever_needs_it(client, other):
    mine, theirs = begin(client, "tries"), begin(other, "tries")
    send(client, mine, {"answer-cloze.1": "错", "check": "cloze"})

    assert "zqcloze-hint" in source(client, mine)
    assert "zqcloze-hint" not in source(other, theirs)
