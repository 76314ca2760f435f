"""An item that takes the text above it along says the same as below that text."""

from dataclasses import replace
from html import unescape

import pytest

from app.content.fragments import fragments_of
from app.content.item_text import plain_text
from app.content.markdown import to_html
from app.content.parse import Kind, parse_text
from app.content.shared_texts import stand_alone, with_texts
from app.content.writer import format_document
from app.domain.bank_sources import Source
from app.domain.items import Item, ItemType
from app.domain.keys import BlanksKey
from app.domain.quiz import Group, Quiz

TEXT = "航班晚点两小时。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"
ANSWERS = {
    "single": "- (x) 甲\n- ( ) 乙",
    "true-false": "= 对",
    "blanks": "= 护顶",
    "numeric": "= X * 2\n@ X = 1..9",
    "matching": "- 左 <-> 右\n- 上 <-> 下",
    "ordering": "- (1) 甲\n- (2) 乙\n- (3) 丙",
    "constructed": "____\n- {2分} 甲",
}


def read(text):
    parsed = parse_text(text, Kind.QUIZ)
    assert parsed.errors == ()
    return parsed.document


def quiz_under(text, heading, answers=ANSWERS["single"], body=""):
    return read(f"---\n标题: 题\n---\n\n# 材料题\n\n{text}\n\n## {heading} {{#q1}}\n\n{body}\n\n{answers}\n")


def taken(quiz):
    """Return the item with its text as it is read back from a text that holds it alone."""
    (told,) = with_texts(Source("q", "zh", {"zh": quiz})).quizzes["zh"].items
    alone = Quiz("题", (Group(items=(told,)),))
    assert read(format_document(alone)) == alone
    return told


def shown(item):
    quiz = Quiz("题", (Group(items=(item,)),))
    return to_html("q1.stem", fragments_of(quiz)["q1.stem"], {})


def test_the_text_stands_first_then_heading_and_body():
    told = taken(quiz_under(TEXT, "先说什么？", body="看上表。"))

    assert (told.heading, told.body) == ("", f"{TEXT}\n\n先说什么？\n\n看上表。")


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize(
    "text",
    [
        "甲 [[1]] 乙 [[[三]]]",
        "姓名 ____ 日期 ____",
        "付 {X} 元",
        "A. 甲说",
        "答案：不知道",
        "```\n## 码\n- (x) 甲\n```",
        "> 引文",
        "（1）甲\n1. 乙\n2. 丙",
        "- 甲\n- 乙",
    ],
)
def test_what_an_item_would_read_in_the_text_stays_text(text, answers):
    quiz = quiz_under(text, "何如？", answers)

    told = taken(quiz)

    (before,) = quiz.items
    assert replace(told, heading=before.heading, body=before.body) == before
    alone = to_html("group.1.stem", text, {})
    assert shown(told) == f"{alone}\n<p>何如？</p>"


@pytest.mark.parametrize(
    "heading",
    [
        "# 甲",
        "### 甲",
        "- 甲",
        "+ 甲",
        "* 甲",
        "- ( ) 甲",
        "> 甲",
        "＞ 甲",
        "= 甲",
        "＝ 甲",
        "@ X = 1..9",
        "? 甲",
        "？甲",
        "2026. 甲",
        "\\1. 甲",
        "A. 甲",
        "答案：甲",
        "```",
        "~~~ 甲",
        "| 甲 | 乙 |",
        "---",
        "[1]: 甲",
        "[^1]: 甲",
        "- 左 <-> 右",
        "甲 \\[[1]] \\{#id}",
        "**先**做什么？",
        "*先*做什么？",
    ],
)
def test_a_heading_is_a_paragraph_below_the_text(heading):
    quiz = quiz_under("- 航班晚点", heading)

    told = taken(quiz)

    (before,) = quiz.items
    words = before.heading.replace("\\", "").replace("*", "")
    assert shown(told).startswith("<ul>\n<li>航班晚点</li>\n</ul>\n<p>")
    assert words in plain(shown(told))


def plain(html):
    for tag in ("em", "strong"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return unescape(html).replace("*", "")


def test_blanks_and_variables_of_the_item_itself_stay():
    cloze = taken(quiz_under("[[1]] 是编号。", "- 先开 [[~前门 | 后门]]，", "", "再开 [[后门]]。"))
    counted = taken(quiz_under("价目 {X} 元", "{X} 位客人？", ANSWERS["numeric"]))
    filled = taken(quiz_under("姓名 ____", "先____，再____。", "= 甲\n= 乙"))

    assert isinstance(cloze.key, BlanksKey)
    assert cloze.body == "[\\[1]] 是编号。\n\n\\- 先开 [[1]]，\n\n再开 [[2]]。"
    assert counted.body == "价目 \\{X} 元\n\n{X} 位客人？"
    assert filled.body == "姓名 \\____\n\n先____，再____。"


def test_notes_instructions_and_what_a_case_shows_stay_as_they_are():
    note = Item("n", ItemType.INFO, None, heading="说明")
    asked = Item("q", ItemType.WALK, None, heading="走", walk="door")
    groups = (
        Group("一", "材料", (note,)),
        Group("二", "选一个。", (asked,)),
        Group("三", "材料", (asked,), case="door"),
    )
    source = Source("q", "zh", {"zh": Quiz("题", groups)}, instructions=frozenset({2}))

    assert with_texts(source).quizzes["zh"].groups == groups


def test_each_language_has_its_own_text():
    item = Item("q", ItemType.CONSTRUCTED, None, heading="?!")
    chinese, english = (Quiz("题", (Group("一", text, (item,)),)) for text in ("晚点。", "It is late."))

    told = with_texts(Source("q", "zh", {"zh": chinese, "en": english})).quizzes

    assert [plain_text(one.body) for quiz in told.values() for one in quiz.items] == [
        "晚点。 ?!",
        "It is late. ?!",
    ]


@pytest.mark.parametrize(
    ("text", "answers", "can"),
    [
        ("写 `a [[1]] b`", "single", False),
        ("写 `a\nb [[1]]` 吗", "single", False),
        ("写 ``____``", "blanks", False),
        ("写 ``____``", "single", True),
        ("写 `{X}`", "numeric", False),
        ("写 `{Y}`", "numeric", True),
        ("```\n{X}\n```", "numeric", False),
        ("```\n[[1]] ____\n```", "blanks", True),
        ("如下：\n\n    [[1]]", "single", False),
        ("`甲`\n\n姓名 ____ 日期 [[1]]", "blanks", True),
        ("`甲` [[1]]", "single", True),
        ("A. `甲`", "single", True),
    ],
)
def test_what_an_item_would_read_in_code_cannot_be_taken_along(text, answers, can):
    quiz = quiz_under(text, "何如？", ANSWERS[answers])
    chosen = Source("q", "zh", {"zh": quiz}, instructions=frozenset({1}))

    told = with_texts(Source("q", "zh", {"zh": quiz}))

    assert told.untold == (frozenset() if can else {"q1"})
    assert with_texts(chosen).untold == frozenset()
    if can:
        assert shown(taken(quiz)).startswith(to_html("group.1.stem", text, {}))


def test_one_language_in_which_it_cannot_is_enough():
    item = Item("q", ItemType.SINGLE, None, heading="?!")
    chinese, english = (Quiz("题", (Group("一", text, (item,)),)) for text in ("晚点。", "Type `[[1]]`."))

    assert with_texts(Source("q", "zh", {"zh": chinese, "en": english})).untold == {"q"}


def test_an_item_without_a_heading_has_the_text_above_its_body():
    assert stand_alone(Item("q", ItemType.SINGLE, None, body="甲"), "材料").body == "材料\n\n甲"
