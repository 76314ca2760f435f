"""Drafts that were put aside and texts that were retired: listed apart, looked at, brought back."""

import pytest

from tests.support.builders import publish_texts
from tests.support.pages import Page, follow, open_page, send_form
from tests.web.authors import author, case, changed, colleague, form_of, head, page_of, send, text_of, texts

__all__ = ["author", "case", "colleague", "texts"]

DOOR = "cases/etiquette/door.md"


def restoring(page, name):
    """Return the form that brings something back, by the name of what it says."""
    return next(form for form in page.forms if "/restore" in form.action and form.value(name))


@pytest.fixture
def retired(author, store, classroom, now):
    with store() as session:
        publish_texts(session, classroom.library, {DOOR: None}, now)


def test_a_draft_that_a_colleague_threw_away_is_looked_at_and_brought_back(author, colleague, case):
    mine = changed(author, case)
    send(author, form_of(author, case), mine)
    send(colleague, form_of(colleague, case), None, "discard")

    page = open_page(author, f"{case}/history")
    assert "Drafts that were put aside" in page.text
    assert "小second" in page.text
    compared = open_page(author, page.links["What it changes"])
    assert "一辆黑色轿车停下" in compared.text
    page = follow(author, send_form(author, restoring(page, "draft")))

    assert "The draft is back as it was." in page.text
    assert text_of(author, case) == mine


def test_a_draft_is_not_brought_back_over_another_one(author, case):
    send(author, form_of(author, case), changed(author, case))
    send(author, form_of(author, case), None, "discard")
    form = restoring(open_page(author, f"{case}/history"), "draft")
    other = text_of(author, case) + "\n尾声。\n"
    send(author, form_of(author, case), other)

    page = follow(author, send_form(author, form))

    assert "There is a draft already. Publish it or throw it away first." in page.text
    assert text_of(author, case) == other


def test_a_new_text_that_was_thrown_away_is_brought_back_from_the_list(author, texts):
    send_form(author, page_of(author, f"{texts}/new").form("/new"), kind="quiz", title="新", slug="gone")
    text = text_of(author, f"{texts}/quiz/gone")
    page = follow(author, send(author, form_of(author, f"{texts}/quiz/gone"), None, "discard"))

    follow(author, send_form(author, restoring(page, "draft")))

    assert text_of(author, f"{texts}/quiz/gone") == text


def test_a_retired_text_is_listed_apart_and_brought_back_when_it_is_published(
    author, texts, case, retired, store
):
    page = page_of(author, texts)
    assert "Texts that are not shown any more" in page.text
    assert "is published" not in page_of(author, case).text

    page = follow(author, send_form(author, restoring(page, "number")))

    assert "The text is a draft again. Look at it, then publish it" in page.text
    follow(author, send(author, form_of(author, case), None, "publish"))
    assert head(store)[0] == 2
    assert "Texts that are not shown any more" not in page_of(author, texts).text


def test_the_short_name_of_a_retired_text_is_said_to_be_that(author, texts, retired):
    form = page_of(author, f"{texts}/new").form("/new")

    answer = send_form(author, form, kind="case", title="又一个", slug="door")

    assert "A text of this short name was retired." in Page(answer.text).text


@pytest.mark.parametrize("query", ["?aside=999", "?old=1&aside=999", "?aside=x"])
def test_a_draft_that_is_not_there_is_not_found(author, case, query):
    assert author.get(f"{case}/changes{query}").status_code == 404
    token = page_of(author, case).form("?language=zh").value("csrf_token")
    assert author.post(f"{case}/restore", data={"csrf_token": token, "draft": "999"}).status_code == 404
