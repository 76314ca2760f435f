"""A translation beside its original: which line stands where, what is not translated, what differs."""

from dataclasses import replace

from app.content.parse import Kind, parse_text
from app.content.side_by_side import UNTRANSLATED, beside, structure_for
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS, read

ORIGINAL = """---
title: 甲
---

## 问一 {#a}

- (x) 对的
- ( ) 错的

## 问二,共 3 次 {#b}

= 对
"""
TRANSLATION = """---
title: A
language: en
---

## One {#a}

- (x) right
- ( ) wrong

## Two, 3 times {#b}

= true
"""


def marks(translation, original=ORIGINAL, kind=Kind.QUIZ):
    """Return line, line of the translation and codes, of lines at which a part begins."""
    lines = beside(parse_text(original, kind), original, parse_text(translation, kind))
    assert [line.text for line in lines] == original.split("\n")
    return [(line.number, line.target, line.codes) for line in lines if line.target or line.codes]


def test_each_part_leads_to_its_place_in_the_translation():
    assert marks(TRANSLATION) == [(1, 1, ()), (5, 6, ()), (10, 11, ())]


def test_what_stands_there_as_in_the_original_is_not_translated_yet():
    text = TRANSLATION.replace("One", "问一").replace("title: A", "title: 甲")

    assert marks(text) == [(1, 1, (UNTRANSLATED,)), (5, 6, (UNTRANSLATED,)), (10, 11, ())]
    assert marks(TRANSLATION.replace("right", "对的").replace("wrong", "错的"))[1][2] == (UNTRANSLATED,)


def test_what_differs_stands_beside_its_line():
    other = TRANSLATION.replace("(x) right", "( ) right").replace("( ) wrong", "(x) wrong")

    assert marks(other)[1:3] == [(5, 6, ()), (7, None, ("translation-differs",))]
    assert marks(TRANSLATION.replace("= true", "= false"))[-1] == (10, 11, ("translation-differs",))
    assert marks(TRANSLATION.replace("3 times", "4 times"))[-1] == (10, 11, ("translation-numbers",))


def test_what_is_missing_stands_beside_its_line():
    text = TRANSLATION[: TRANSLATION.index("## Two")]

    assert marks(text)[-1] == (10, None, ("translation-lacks",))


def test_a_translation_with_errors_still_leads_to_its_places():
    assert marks(TRANSLATION.replace("(x)", "( )")) == [(1, 1, ()), (5, 6, ()), (10, 11, ())]


def test_the_structure_of_an_original_is_a_sound_translation_that_is_not_translated():
    for kind, text in ((Kind.QUIZ, QUIZ), (Kind.QUIZ, MIXED), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)):
        document = read(text, kind)
        begun = structure_for(document, "en")

        parsed = parse_text(begun, kind, "slug.en.md")
        assert parsed.document == replace(document, language="en")
        found = beside(parse_text(text, kind), text, parsed)
        assert {code for line in found for code in line.codes} == {UNTRANSLATED}
