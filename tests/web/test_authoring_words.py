"""What the check says, and what changes between texts: each with words in both languages."""

import pytest

from app.content.aspects import PartSort, aspects_of
from app.content.changes import OTHER
from app.content.parse import Kind, parse_text
from app.web.authoring.change_words import PARTS
from app.web.authoring.diagnostic_words import LONGEST, SENTENCES, sentence_of
from app.web.authoring.fact_words import FACTS
from tests.content.guides import GUIDES, explained_codes
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS, read


@pytest.mark.parametrize("name", GUIDES)
def test_every_code_of_the_check_has_a_sentence_and_no_other_has(name):
    assert set(SENTENCES) == set(explained_codes(GUIDES[name]))


WORDED = {
    "points with a space": (
        "{5分 礼貌+2}",
        "{5 分 礼貌+2}",
        "“5 分”: A word between { } cannot be read. Write “5分”.",
    ),
    "keyword": (
        "## 结局:含笑致谢",
        "## 结尾:含笑致谢",
        "“结尾”: This heading names no kind of section. What can stand here: 情境 Scene, 决策点 Decision",
    ),
    "dimension": (
        "{5分 礼貌+2}",
        "{5分 态度+2}",
        "“态度”: This case has no such dimension. What can stand here: 礼貌, 规范.",
    ),
    "target": (
        "-> #upset",
        "-> #upsett",
        "“#upsett”: There is no section with this id. Did you mean “#upset”?",
    ),
    "space before a bracket": (
        "- ( ) 微笑耸肩",
        "-( ) 微笑耸肩",
        "“-( ) 微笑耸肩 -> #lost {-1分 礼貌-1}”: This looks like an answer line and is none. If it is text,"
        " write a backslash before it. Write “- ( )”.",
    ),
    "value": (
        "reason=required",
        "reason=must",
        "“must”: This value cannot stand here. What can stand here: 不问, 可选, 必填, no, optional",
    ),
    "key": (
        "reason=required",
        "reasn=no",
        "“reasn”: There is no such setting. Did you mean “reason”?",
    ),
    "front matter": (
        "dimensions:",
        "dimensoins:",
        "“dimensoins”: There is no such setting. Did you mean “dimensions”?",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), WORDED.values(), ids=WORDED)
def test_a_fault_names_the_word_and_what_to_write(app, old, new, said):
    (error,) = parse_text(CASE.replace(old, new), Kind.CASE).errors

    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert sentence_of(error).startswith(said)


def test_a_very_long_word_is_cut(app):
    (error,) = parse_text(CASE.replace("reason=required", "x" * 500), Kind.CASE).errors

    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert sentence_of(error).startswith(f"“{'x' * LONGEST}…”: ")


def test_every_fact_that_can_change_has_a_name():
    facts = {OTHER}
    for kind, text in ((Kind.QUIZ, MIXED), (Kind.QUIZ, QUIZ), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)):
        facts |= {fact for part in aspects_of(read(text, kind)) for fact in part.facts}

    assert set(FACTS) == facts
    assert set(PARTS) == set(PartSort)
