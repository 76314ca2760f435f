"""Ids that are written down: at their headings alone, and none that was another part's before."""

import re

import pytest
from hypothesis import assume, given, settings

from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from app.content.written_ids import with_ids
from app.domain.quiz import Quiz
from tests.content import documents
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS

IDS = re.compile(r" \{#[a-z0-9.-]+\}$| \{#[a-z0-9.-]+ |(?<=\{)#[a-z0-9.-]+ ", re.M)
TEXT = """---
title: 甲
---

## 1、 第一问  {2分}

- ( ) 甲
- (x) 乙


## 第二问 {#kept}
= 对

## 第三问
= 错
"""


def written(text, kind=Kind.QUIZ, used=()):
    parsed = parse_text(text, kind)
    assert parsed.document is not None, parsed.errors
    return with_ids(text, parsed, frozenset(used))


def test_ids_stand_at_their_headings_and_nothing_else_has_changed():
    assert written(TEXT) == TEXT.replace("{2分}", "{#q1 2分}").replace("## 第三问", "## 第三问 {#q2}")


def test_an_id_that_a_part_had_before_is_given_to_no_other_part():
    text = written(TEXT, used={"q1", "q2", "q3", "kept"})

    assert re.findall(r"#(q\d+)", text) == ["q4", "q5"]


def test_a_text_whose_parts_all_say_their_ids_is_left_alone():
    for kind, text in ((Kind.QUIZ, QUIZ), (Kind.QUIZ, MIXED), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)):
        assert written(text, kind, {"q1"}) == text


@pytest.mark.parametrize(("kind", "text"), [(Kind.QUIZ, QUIZ), (Kind.QUIZ, MIXED), (Kind.SYLLABUS, SYLLABUS)])
def test_each_line_without_an_id_gets_one_and_no_line_is_lost(kind, text):
    text = re.sub(r" \{#[a-z0-9.-]+\}$", "", text, flags=re.M)
    text = re.sub(r"\{#[a-z0-9.-]+ ", "{", text)

    made = written(text, kind)

    parsed = parse_text(made, kind)
    assert parsed.document is not None
    assert not parsed.unwritten
    assert re.sub(r"\{#[a-z0-9.-]+ ", "{", re.sub(r" \{#[a-z0-9.-]+\}$", "", made, flags=re.M)) == text


def test_an_id_that_an_arrow_names_is_written_as_it_is_named():
    text = CASE.replace("## 结局:投诉 {#lost}", "## 结局:投诉").replace("-> #lost", "-> #s1")

    assert written(text, Kind.CASE, {"s1"}) == text.replace("## 结局:投诉", "## 结局:投诉 {#s1}")


def test_a_hint_that_is_a_paragraph_becomes_a_heading_and_the_rest_stays():
    text = CASE.replace("## 分析提示 {#look}\n\n看看", "【分析提示】看看")

    made = written(text, Kind.CASE)

    assert made == text.replace("【分析提示】看看", "## 分析提示 {#s1}\n看看")


def test_a_heading_that_ends_like_attributes_is_written_in_canonical_form_where_needed():
    text = "---\ntitle: 甲\n---\n\n## 问 {X}\n\n@ X = 1..9\n= X\n\n## 一 {二}\n= 对\n"

    made = written(text)

    parsed = parse_text(made, Kind.QUIZ)
    assert parsed.document is not None
    assert not parsed.unwritten


@given(documents.quizzes())
@settings(max_examples=25, deadline=None)
def test_whatever_a_quiz_says_it_says_with_its_ids(quiz):
    text = IDS.sub("", format_document(quiz))
    parsed = parse_text(text, Kind.QUIZ)
    assume(parsed.document is not None and parsed.unwritten)

    made = with_ids(text, parsed, frozenset({"q1", "q3"}))

    again = parse_text(made, Kind.QUIZ)
    assert isinstance(again.document, Quiz)
    assert isinstance(parsed.document, Quiz)
    assert not again.unwritten
    stems = [[one.stem for one in document.items] for document in (again.document, parsed.document)]
    assert stems[0] == stems[1]
