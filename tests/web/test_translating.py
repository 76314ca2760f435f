"""A translation: begun from its original, written beside it, published once it is in step."""

import pytest

from app.models import Document, TextDraft
from tests.support.pages import follow, open_page, send_form
from tests.web.authors import author, head, page_of, rows, send, texts

__all__ = ["author", "texts"]


@pytest.fixture
def begun(author, texts):
    """Begin the English translation of a quiz, and return its page."""
    form = page_of(author, texts).form("/quiz/smile/translate?language=zh")
    return follow(author, send_form(author, form))


def form_of(page):
    return page.form("?language=en")


def test_a_translation_begins_with_the_structure_of_its_original_beside_it(begun, store):
    form = form_of(begun)

    assert "language: en" in form.value("text")
    assert "{#smile}" in form.value("text")
    assert "Original (Chinese)" in begun.text
    assert "Not translated yet." in begun.text
    assert [(row.slug, row.language) for row in rows(store, TextDraft)] == [("smile", "en")]


def test_begun_twice_is_begun_once(author, texts, begun, store):
    text = form_of(begun).value("text").replace("微笑", "Smile")
    send(author, form_of(begun), text)
    token = form_of(begun).value("csrf_token")
    data = {"csrf_token": token, "into": "en"}

    answer = author.post(f"{texts}/quiz/smile/translate?language=zh", data=data)

    assert form_of(follow(author, answer)).value("text") == text
    assert "/quiz/smile/translate" not in "".join(form.action for form in page_of(author, texts).forms)


def test_what_differs_is_told_beside_the_line_while_one_writes(author, texts, begun):
    text = form_of(begun).value("text").replace("- (x) 笑\n- ( ) 不笑", "- ( ) yes\n- (x) no")
    data = {"text": text, "csrf_token": form_of(begun).value("csrf_token")}
    headers = {"Accept-Language": "en", "Accept": "application/json"}

    answer = author.post(f"{texts}/quiz/smile/check?language=en", data=data, headers=headers)

    assert "This differs from the original." in answer.json["original"]
    assert answer.json["sound"] is False


def test_a_translation_is_published_as_one(author, begun, store, browse):
    text = form_of(begun).value("text")
    for old, new in (
        ("微笑", "Smile"),
        ("笑不笑？", "To smile?"),
        ("(x) 笑", "(x) yes"),
        ("( ) 不笑", "( ) no"),
    ):
        text = text.replace(old, new)

    follow(author, send(author, form_of(begun), text, "publish"))

    (row,) = [row for row in rows(store, Document) if (row.slug, row.language) == ("smile", "en")]
    assert row.is_translation
    assert head(store, "smile")[0] == 1
    page = open_page(browse("student"), "/courses/etiquette/quizzes/smile", language="en")
    assert "Smile" in page.text


@pytest.mark.parametrize("into", ["", "xx", "zh", "../en"])
def test_a_language_that_there_is_not_is_refused(author, texts, begun, store, into):
    data = {"csrf_token": form_of(begun).value("csrf_token"), "into": into}

    answer = author.post(f"{texts}/quiz/smile/translate?language=zh", data=data)

    assert answer.status_code == 404
    assert len(rows(store, TextDraft)) == 1


def test_what_is_not_published_is_not_translated(author, texts, begun, store):
    new = page_of(author, f"{texts}/new").form("/new")
    send_form(author, new, kind="quiz", title="新", slug="fresh")
    data = {"csrf_token": form_of(begun).value("csrf_token"), "into": "en"}

    answer = author.post(f"{texts}/quiz/fresh/translate?language=zh", data=data)

    assert answer.status_code == 404
    assert [row.language for row in rows(store, TextDraft) if row.slug == "fresh"] == ["zh"]
