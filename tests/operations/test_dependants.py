"""What will not fit any more once a text is published: which text, which line, and why."""

import pytest

from app.content.parse import Kind
from app.operations.dependants import unfit_elsewhere
from app.operations.shelves import TextName, check_in_course
from app.operations.writings import Target, open_writing
from tests.support.builders import place_of


@pytest.fixture
def told(session, classroom):
    """Return what a changed text breaks: slug, line as it stands, code."""

    def unfit(kind, slug, *changes, language="zh"):
        target = Target(place_of(session, classroom.instructor), TextName(kind, slug, language))
        text = open_writing(session, target).text
        for old, new in changes:
            assert old in text, text
            text = text.replace(old, new)
        checked = check_in_course(session, target.place.course, target.name, text)
        found = unfit_elsewhere(session, target.place.course, checked)
        return sorted((one.name.slug, one.name.language, one.text, one.code) for one in found)

    return unfit


def test_a_module_that_goes_is_named_by_the_texts_that_stand_in_it(told):
    found = told(Kind.SYLLABUS, "syllabus", ("{#doors", "{#gates"))

    assert ("door", "zh", "module: doors", "unknown-module") in found
    assert {language for _, language, _, _ in found} >= {"zh"}


def test_an_objective_that_goes_is_named_by_the_questions_that_ask_for_it(told):
    found = told(Kind.SYLLABUS, "syllabus", ("{#1.1}", "{#1.9}"))

    assert any(code == "unknown-objective" and "1.1" in line for _, _, line, code in found)


def test_other_words_break_nothing_but_a_translation_may_lag(told):
    assert told(Kind.CASE, "door", ("白色", "黑色")) == [("door", "en", "", "translation-lags")]
    assert told(Kind.CASE, "door") == []


def test_a_section_that_goes_is_told_of_the_translation(told):
    found = told(Kind.CASE, "door", ("{#later", "{#after"))

    assert {(slug, language) for slug, language, _, _ in found} == {("door", "en")}
    assert {code for _, _, _, code in found} == {"translation-lacks", "translation-adds"}


def test_a_text_with_errors_says_nothing_of_others(told):
    assert told(Kind.SYLLABUS, "syllabus", ("---", "--")) == []
