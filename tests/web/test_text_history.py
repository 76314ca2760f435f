"""The history of a text: who published what, what it means, and back to an older state."""

import pytest

from app.models import TextDraft
from tests.support.pages import follow, open_page, send_form
from tests.web.authors import (
    author,
    case,
    changed,
    colleague,
    form_of,
    head,
    rows,
    send,
    text_of,
    texts,
)

__all__ = ["author", "case", "colleague", "texts"]

QUIZ = "/quiz/smile"


def publish(client, address, text, message=""):
    assert send(client, form_of(client, address), text, "publish", message=message).status_code == 303


def test_a_changed_key_is_told_as_that(author, texts, store):
    quiz = f"{texts}{QUIZ}"
    text = text_of(author, quiz)
    marked = "- (x) "
    lines = text.split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith(marked))
    other = next(n for n, line in enumerate(lines) if n > first and line.startswith("- ( ) "))
    lines[first], lines[other] = lines[first].replace("(x)", "( )"), lines[other].replace("( )", "(x)")
    publish(author, quiz, "\n".join(lines), "换答案")

    page = open_page(author, f"{quiz}/changes?old=1&new=2")

    assert ": key A → B" in page.text
    assert "From revision 1 to 2" in page.text


def test_a_draft_with_errors_is_told_as_that(author, case):
    broken = changed(author, case) + "\n## 这不是一节\n"
    send(author, form_of(author, case), broken)

    page = open_page(author, f"{case}/changes?old=1")

    assert "One of the two texts has errors" in page.text


def test_the_history_tells_who_when_and_why_and_leads_to_the_changes(author, case):
    publish(author, case, changed(author, case), "换车")

    page = open_page(author, f"{case}/history")

    assert "换车" in page.text
    assert "From a file" in page.text
    assert any("changes?old=1&new=2" in link or "old=1" in link for link in page.links.values())


def test_what_the_draft_changes_is_shown_line_by_line(author, case):
    send(author, form_of(author, case), changed(author, case))

    html = author.get(f"{case}/changes?old=1", headers={"Accept-Language": "en"}).text

    assert "From revision 1 to the draft" in html
    assert "diff-removed" in html
    assert "diff-added" in html
    assert "一辆黑色轿车停下" in html


def test_an_older_revision_becomes_the_draft_and_is_published_again(author, case, store):
    before = text_of(author, case)
    publish(author, case, changed(author, case))

    form = next(form for form in open_page(author, f"{case}/history").forms if "/restore" in form.action)
    page = follow(author, send_form(author, form))

    assert "Revision 1 is the draft now. Look at it, then publish it." in page.text
    assert text_of(author, case) == before
    publish(author, case, None)
    assert head(store)[0] == 3
    assert head(store)[2] == before


def test_a_draft_is_not_overwritten_by_restoring(author, case, store):
    publish(author, case, changed(author, case))
    form = next(form for form in open_page(author, f"{case}/history").forms if "/restore" in form.action)
    mine = text_of(author, case) + "\n尾声。\n"
    send(author, form_of(author, case), mine)

    page = follow(author, send_form(author, form))

    assert "There is a draft already. Publish it or throw it away first." in page.text
    assert [row.text for row in rows(store, TextDraft)] == [mine]


@pytest.mark.parametrize("query", ["", "?old=9", "?old=1&new=9", "?old=x", "?old=-1"])
def test_a_revision_that_is_not_there_is_not_found(author, case, query):
    assert author.get(f"{case}/changes{query}").status_code == 404


@pytest.mark.parametrize("path", ["case/nothing", "poem/door", "syllabus/door"])
def test_a_text_that_is_not_there_is_not_found(author, texts, path):
    for page in ("", "/history", "/changes?old=1"):
        assert author.get(f"{texts}/{path}{page}").status_code == 404
