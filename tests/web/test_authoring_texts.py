"""What the editor puts in: texts to begin with and pieces, in the author's language and without a fault."""

from decimal import Decimal

import pytest

from app.content.parse import Kind, parse_text
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.web.authoring.reference import reference
from app.web.authoring.snippets import PIECES
from app.web.authoring.templates import new_text

BODY = {
    Kind.QUIZ: "\n## 先问好。\n\n= 对\n",
    Kind.CASE: "\n## 情境:甲 {#d0}\n\n甲。\n\n## 结局:乙 {#o0}\n",
    Kind.SYLLABUS: "\n## 甲\n\n甲。\n",
}


@pytest.mark.parametrize("kind", [Kind.QUIZ, Kind.CASE])
@pytest.mark.parametrize(("language", "keys"), [("zh", ("标题", "模块")), ("en", ("title", "module"))])
def test_a_text_to_begin_with_writes_its_keys_in_its_language(kind, language, keys):
    text = new_text(kind, language, "甲", "etiquette")

    parsed = parse_text(text, kind)

    assert parsed.errors == ()
    assert [line.partition(":")[0] for line in text.split("\n")[1:3]] == list(keys)
    assert isinstance(parsed.document, Case | Quiz)
    assert (parsed.document.title, parsed.document.module) == ("甲", "etiquette")
    assert ("next=" in text) == (kind is Kind.CASE and language == "en")


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, pieces in PIECES.items() for _, *texts in pieces for text in texts],
)
def test_a_piece_that_is_put_in_has_no_slip_in_its_braces(kind, text):
    front = "---\n标题: 甲\n学时: 8\n---\n" if kind is Kind.SYLLABUS else "---\n标题: 甲\n---\n"

    parsed = parse_text(f"{front}{BODY[kind]}{text}", kind)

    slips = {"bad-attribute", "unknown-key", "no-space", "stray-attributes", "bad-marker"}
    assert slips & {error.code for error in parsed.errors} == set()


def test_a_group_that_is_put_in_gives_each_question_its_points():
    group = next(zh for _, zh, _ in PIECES[Kind.QUIZ] if zh.startswith("\n# "))

    parsed = parse_text(f"---\n标题: 甲\n---\n{group}{BODY[Kind.QUIZ]}", Kind.QUIZ)

    assert isinstance(parsed.document, Quiz)
    assert [(one.title, one.each) for one in parsed.document.groups] == [("一、单项选择题", Decimal(2))]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_the_examples_of_the_reference_are_one_sound_text(app, kind, language):
    with app.test_request_context():
        text = "\n\n".join(entry.example for entry in reference(kind, language))

    assert [one.render() for one in parse_text(text, kind).diagnostics] == []
