"""A composed paper is a text like any other: what is written of it is read back the same."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.content.parity import compare
from app.content.parse import Kind, parse_text
from app.content.pictures import rename_pictures
from app.content.shared_texts import with_texts
from app.content.writer import format_document
from app.domain.bank import LeftOut, gather_bank
from app.domain.bank_sources import Source
from app.domain.blueprint import LEAST_POINTS, MOST_POINTS, Blueprint, Wish, compose
from app.domain.items import ItemType
from app.domain.quiz import Group, Quiz
from app.domain.syllabus import Module, Syllabus
from tests.content.items import items, shared_fields
from tests.content.wordings import as_text, difficulties, id_lists, ids, raw_texts, titles, word_lists
from tests.domain.builders import make_single

scored_types = st.sampled_from([one for one in ItemType if one is not ItemType.INFO])
#: text above several items that would be something else in one of them
TRAPS = [
    "甲 [[1]] 乙 ［［一］］ [[[三]]]",
    "[[1]](media/a.png)",
    "姓名 ____ 日期 ＿＿＿＿＿",
    "付 {X} 元，{A} 元",
    "A. 甲\nＢ、乙",
    "答案：甲\n【解析】乙",
    "- 左 <-> 右",
    "```\n[[1]] ____ {X}\n## 甲\n```",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
    "> 引文",
]
shared_texts = st.lists(raw_texts.map(as_text) | st.sampled_from(TRAPS), max_size=3).map(
    lambda parts: "\n\n".join(part for part in parts if part)
)


@st.composite
def groups_of(draw):
    """Return a group whose items stand under a text, or under none."""
    names = draw(st.lists(ids, min_size=1, max_size=2, unique=True))
    members = tuple(draw(items(name, scored_types)) for name in names)
    return Group(title=draw(titles), stem=draw(shared_texts), items=members, **draw(shared_fields))


@st.composite
def banks_of_quizzes(draw):
    """Return quizzes as their authors could have written them; their ids often clash."""
    groups = draw(st.lists(groups_of(), min_size=1, max_size=2))
    modules = st.sampled_from([None, "m0", "m1", "other"])
    fields = st.fixed_dictionaries(
        {"module": modules, "objectives": id_lists, "topic": word_lists, "difficulty": difficulties}
    )
    rules = st.sampled_from([None, "all", "half", "signed"])
    orders = st.none() | st.just("pairs")
    return [
        Quiz(
            "题",
            (group,),
            "en",
            multiple=draw(rules),
            ordering=draw(orders),
            **draw(fields),
        )
        for group in groups
    ]


def in_languages(slug: str, quiz: Quiz) -> Source:
    """Return the quiz as a source with a translation that has the same words, its shared texts in it."""
    return with_texts(Source(slug, "en", {"en": quiz, "zh": replace(quiz, language="zh")}))


@given(shared_texts)
def test_what_is_put_above_items_is_what_an_author_could_have_written(text):
    quiz = Quiz("题", (Group("大题", text, (replace(make_single(), heading="何如？"),)),))

    assert parse_text(format_document(quiz), Kind.QUIZ).document == quiz


def make_syllabus(names: list[str]) -> Syllabus:
    """Return a syllabus of modules with these titles."""
    modules = (Module(f"m{number}", name) for number, name in enumerate(names))
    return Syllabus("大纲", Decimal(10), tuple(modules))


@settings(max_examples=25)
@given(banks_of_quizzes(), st.lists(titles, max_size=2).map(make_syllabus), st.booleans())
def test_a_composed_paper_is_read_back_the_same_in_every_language(several, syllabus: Syllabus, draws_each):
    sources = [in_languages(f"s{number}", quiz) for number, quiz in enumerate(several)]
    bank = gather_bank(sources, {"en": syllabus})
    wishes = {}
    for cell, there in bank.stock.items():
        worth = there[0].worth or Decimal("2.5")
        count = sum(item.takes(worth) for item in there)
        if count and LEAST_POINTS <= worth <= MOST_POINTS:
            wishes[cell] = Wish(count, worth)
    assume(wishes)
    titles = dict.fromkeys(bank.languages, "卷")

    composed = compose(bank, Blueprint(titles, wishes, draws_each), "7")

    texts = {language: format_document(quiz) for language, quiz in composed.items()}
    parsed = {language: parse_text(text, Kind.QUIZ) for language, text in texts.items()}
    for language, quiz in composed.items():
        assert parsed[language].errors == ()
        assert parsed[language].document == quiz
        assert format_document(quiz) == texts[language]
    assert LeftOut.SHARED not in bank.left_out
    first = parsed[bank.languages[0]]
    assert [one for each in parsed.values() for one in compare(first, each) if one.is_error] == []


def test_only_addresses_of_that_name_are_renamed():
    text = (
        'a.png ![一](media/a.png) ![二](<media/a.png> "题") ![三](media/aa.png)\n'
        "[图]: media/a.png\n"
        "见 [大图](./media/a.png)\n"
        "```\n![码](media/a.png)\n```"
    )

    assert rename_pictures(text, {"a.png": "q-a.png"}) == (
        'a.png ![一](media/q-a.png) ![二](<media/q-a.png> "题") ![三](media/aa.png)\n'
        "[图]: media/q-a.png\n"
        "见 [大图](./media/q-a.png)\n"
        "```\n![码](media/a.png)\n```"
    )
