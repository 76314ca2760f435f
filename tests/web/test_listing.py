"""A text that no module lists is written into the draft of the syllabus at a press."""

import pytest

from app.models import TextDraft
from tests.support.builders import publish_texts
from tests.support.pages import follow, open_page, send_form
from tests.support.texts import make_case_text, make_small_quiz_text
from tests.web.authors import author, form_of, rows, send, text_of, texts

__all__ = ["author", "texts"]
UNLISTED = "no module of the syllabus lists it"


@pytest.fixture
def porch(store, classroom, texts, now):
    """Return the address of a case and a quiz that no module lists."""
    with store() as session:
        files = {
            "cases/etiquette/porch.md": make_case_text("门廊", "一辆车。").replace("id: door", "id: porch"),
            "quizzes/etiquette/porch.md": make_small_quiz_text(),
        }
        publish_texts(session, classroom.library, files, now)
    return {kind: f"{texts}/{kind}/porch" for kind in ("case", "quiz")}


def list_below(author, address, module):
    """Press the button on the page of a text's history."""
    return send_form(author, open_page(author, f"{address}/history").form("/list?language=zh"), module=module)


@pytest.mark.parametrize(("kind", "word"), [("case", "案例"), ("quiz", "测验")])
def test_it_is_written_below_the_module_that_is_chosen(author, porch, texts, kind, word):
    assert UNLISTED in open_page(author, f"{porch[kind]}/history").text

    answer = list_below(author, porch[kind], "smiles")

    assert "look at it, then publish it" in follow(author, answer).text
    text = text_of(author, f"{texts}/syllabus/syllabus")
    assert any(line.startswith(f"{word}:") and "porch" in line for line in text.split("\n"))
    send(author, form_of(author, f"{texts}/syllabus/syllabus"), act="publish")
    assert UNLISTED not in open_page(author, f"{porch[kind]}/history").text


def test_what_is_listed_needs_no_line(author, texts):
    assert UNLISTED not in open_page(author, f"{texts}/case/door/history").text


def test_a_draft_with_errors_is_left_as_it_is(author, porch, texts, store):
    send(author, form_of(author, f"{texts}/syllabus/syllabus"), "## 坏了 {#x 学时=}\n")
    before = rows(store, TextDraft)[-1].text

    answer = send_form(
        author, open_page(author, f"{porch['case']}/history").form("/list?language=zh"), module="smiles"
    )

    assert "could not be written into the syllabus" in follow(author, answer).text
    assert rows(store, TextDraft)[-1].text == before


def test_a_module_that_is_none_is_refused(author, porch, store):
    answer = send_form(
        author, open_page(author, f"{porch['case']}/history").form("/list?language=zh"), module="nowhere"
    )

    assert "could not be written into the syllabus" in follow(author, answer).text
    assert rows(store, TextDraft) == []
