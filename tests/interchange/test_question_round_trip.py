"""What is exported and taken in again is the same, in every form, as far as the form can say it."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.domain.errors import BadTable
from app.domain.items import Item, ItemType
from app.domain.keys import ChoiceKey
from app.domain.options import Option
from app.domain.quiz import Group, Quiz
from app.interchange.docx_text import read_docx
from app.interchange.docx_writing import write_docx
from app.interchange.exporting import export_quiz
from app.interchange.plain_text import read_text
from app.interchange.question_table import read_questions
from app.interchange.table_writing import cell_losses, write_csv, write_xlsx
from app.interchange.text_lines import normal_text
from app.interchange.text_writing import write_text
from tests.interchange.asked import quizzes
from tests.interchange.rounds import expected, read_again
from tests.support.pictures import PNG

some = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)


def as_cell(text):
    return unicodedata.normalize("NFC", text).strip()


def as_paragraphs(text):
    return unicodedata.normalize("NFC", normal_text(text)).strip()


def check(quiz, write, read, normal):
    export = export_quiz(quiz)
    try:
        sheet = read(write(export))
    except BadTable:
        assert not list(export.rows)
        return

    found, faults, losses = read_again(sheet, normal)

    said = expected(quiz, normal)
    assert (faults, losses) == ([], [])
    assert found == ([without_answer(one) for one in said] if read is read_questions else said)


def without_answer(said):
    """Leave a gap where a stem of a table says which option is right: that is no stem but a slip."""
    section, item = said
    is_right = [one.is_key for one in item["key"].options] if isinstance(item["key"], ChoiceKey) else []
    if is_right.count(True) == 1 and is_right[0]:
        return section, item | {"stem": item["stem"].replace("选（A）", "选（　　）")}
    return said


@some
@given(quizzes())
def test_a_workbook_is_read_as_it_was_written(quiz):
    check(quiz, lambda export: write_xlsx(export, "en"), read_questions, as_cell)


@some
@given(quizzes())
def test_a_csv_is_read_as_it_was_written(quiz):
    check(quiz, lambda export: write_csv(export, "zh"), read_questions, as_cell)


@some
@given(quizzes())
def test_a_text_is_read_as_it_was_written(quiz):
    check(quiz, write_text, read_text, as_paragraphs)


@some
@given(quizzes())
def test_a_document_is_read_as_it_was_written(quiz):
    def write(export):
        return write_docx(export, lambda name: None)

    check(quiz, write, lambda data: read_docx(data, lambda picture: None), as_paragraphs)


def test_a_document_carries_its_pictures():
    key = ChoiceKey((Option("![门](media/door.png)", is_key=True), Option("车")))
    item = Item("q1", ItemType.SINGLE, key, heading="哪一扇？")
    export = export_quiz(Quiz("卷", (Group(items=(item,)),)))
    kept: list[bytes] = []

    def keep(data):
        kept.append(data)
        return "a.png"

    data = write_docx(export, {"door.png": PNG}.get)
    sheet = read_docx(data, keep)

    assert (kept, sheet.questions[0].options) == ([PNG], ["![图](media/a.png)", "车"])


@pytest.mark.parametrize("text", ["=1+1", "+8610", "-5", "@SUM(A1)", "'=1"])
def test_a_cell_that_looks_like_a_formula_is_text_and_comes_back(text):
    key = ChoiceKey((Option(text, is_key=True), Option("车")))
    quiz = Quiz("卷", (Group("单选", items=(Item("q1", ItemType.SINGLE, key, heading=text),)),))

    data = write_csv(export_quiz(quiz), "zh")

    cells = data.decode("utf-8-sig").replace("\r\n", ",").split(",")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert read_questions(data).questions[0].options[0] == text


def long_quiz(stem, explanation=""):
    key = ChoiceKey((Option("车门", is_key=True), Option("车")))
    item = Item("q1", ItemType.SINGLE, key, heading="哪一扇？", body=stem, explanation=explanation)
    return Quiz("卷", (Group("单选", items=(item,)),))


@pytest.mark.parametrize("long", ["长" * 32_800, "🚪" * 16_400])
def test_what_a_cell_of_excel_cannot_hold_is_told_and_not_taken_in_cut(long):
    export = export_quiz(long_quiz("", long))

    (loss,) = cell_losses(export)
    (question,) = read_questions(write_xlsx(export, "zh")).questions

    assert (loss.id, loss.title) == ("q1", "哪一扇？")
    assert "32,767" in str(loss.said)
    assert "is full" in str(question.fault)
    assert question.texts["explanation"] in long


def test_other_forms_hold_what_a_cell_of_excel_cannot():
    export = export_quiz(long_quiz("", "长" * 40_000))

    found = [*read_questions(write_csv(export, "zh")).questions, *read_text(write_text(export)).questions]

    assert [(one.fault, len(one.texts["explanation"])) for one in found] == [(None, 40_000)] * 2


def test_a_cell_that_no_table_is_read_with_says_so():
    data = write_csv(export_quiz(long_quiz("", "长" * 140_000)), "zh")

    with pytest.raises(BadTable) as refused:
        read_questions(data)

    assert "131,072" in str(refused.value.sentence)


def test_a_shared_text_that_no_cell_holds_is_told_of_its_part():
    (group,) = long_quiz("").groups
    quiz = Quiz("卷", (replace(group, stem="长" * 32_768),))

    assert [(loss.id, loss.title) for loss in cell_losses(export_quiz(quiz))] == [("", "单选")]


def test_what_fits_is_no_loss():
    export = export_quiz(long_quiz("", "长" * 32_000))

    (question,) = read_questions(write_xlsx(export, "zh")).questions

    assert (cell_losses(export), question.fault) == ([], None)
