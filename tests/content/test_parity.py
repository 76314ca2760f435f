"""Translations: what must be the same as in the original."""

import pytest

from app.content.parity import compare
from app.content.parse import Kind, parse_text
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS
from tests.content.test_faults import line_of

#: what the translation changes, the code, and text of the line in the translation
QUIZ_CHANGES = {
    "pass mark changed": ("pass: 60%", "translation-differs", "---", "pass: 90%"),
    "item missing": (
        "## 护顶时要注意什么? {#guard scoring=share}\n\n- [x] 挡住门框\n- [x] 说小心碰头\n- [ ] 拍客人的肩\n",
        "translation-lacks",
        "---",
        "",
    ),
    "item added": (
        "> 女士优先。\n",
        "translation-adds",
        "{#new}",
        "> 女士优先。\n\n## 新题 {#new}\n\n= 对\n\n",
    ),
    "id changed": ("{#smile}", "translation-lacks", None, "{#grin}"),
    "type changed": ("= 对", "translation-differs", "{#smile}", "- (x) 对\n- ( ) 错"),
    "key changed": ("= 对", "translation-differs", "{#smile}", "= 错"),
    "points changed": ("{#smile}", "translation-differs", "{#smile 3分}", "{#smile 3分}"),
    "points of a group changed": ("each=2分", "translation-differs", "# 一", "each=3分"),
    "scoring changed": ("scoring=share", "translation-differs", "{#guard ", "scoring=half"),
    "number of options": (
        "- ( ) 驾驶座车门\n",
        "translation-differs",
        "which-door",
        "- ( ) 驾驶座车门\n- ( ) 行李箱\n",
    ),
    "mark moved": (
        "- (x) 副驾驶车门\n- ( ) 驾驶座车门",
        "translation-differs",
        None,
        "- ( ) 副驾驶车门\n- (x) 驾驶座车门",
    ),
    "tolerance changed": ("45 ± 5", "translation-differs", "{#seconds}", "45 ± 6"),
    "marking points changed": (
        "{3分} 指出开门次序\n- {5分}",
        "translation-differs",
        "{#why",
        "{4分} 指出\n- {4分}",
    ),
}
MIXED_CHANGES = {
    "rule of orderings changed": ("ordering: pairs", "translation-differs", "---", "ordering: exact"),
    "scoring of an ordering changed": ("scoring=exact", "translation-differs", "{#steps", "scoring=pairs"),
    "number of steps": ("- (3) 递菜单\n", "translation-differs", "{#steps", ""),
    "number of pairs": ("- <-> 厨房", "translation-differs", "{#posts", "- <-> 厨房\n- <-> 泳池"),
    "pair made a distractor": ("- 礼宾员 <-> 大堂", "translation-differs", "{#posts", "- <-> 礼堂"),
    "equal right sides made different": (
        "礼宾员 <-> 大堂",
        "translation-differs",
        "{#posts",
        "礼宾员 <-> 礼堂",
    ),
    "another right side made equal": ("门童 <-> 大门", "translation-differs", "{#posts", "门童 <-> 大堂"),
    "best moved": (
        "- ( ) 请他再等\n- (+) 致歉",
        "translation-differs",
        "{#waiting",
        "- (+) 请他再等\n- ( ) 致歉",
    ),
    "worst moved": (
        "- (-) 装作没看见\n- ( ) 让同事去",
        "translation-differs",
        "{#waiting",
        "- ( ) 装作没看见\n- (-) 让同事去",
    ),
    "option of best and worst added": (
        "- ( ) 让同事去",
        "translation-differs",
        "{#waiting",
        "- ( ) 让同事去\n- ( ) 走开",
    ),
    "mean changed": ("[6.2]", "translation-differs", "{#manners", "[6.1]"),
    "scale changed": ("scale=1..7", "translation-differs", "{#manners", "scale=1..8"),
    "number of rated options": ("- [1.5] 让他自己去问\n", "translation-differs", "{#manners", ""),
    "weights changed": ("{1分}", "translation-differs", "{#key-card", "{2分}"),
    "weights exchanged": (
        "再找一找 {0分}\n- ( ) 核对身份后补办 {3分}",
        "translation-differs",
        "{#key-card",
        "再找一找 {3分}\n- ( ) 核对身份后补办 {0分}",
    ),
    "number of weighted options": ("- ( ) 立即补办 {1分}\n", "translation-differs", "{#key-card", ""),
    "weighted made single": (
        "- ( ) 请他自己再找一找 {0分}\n- ( ) 核对身份后补办 {3分}\n  > 先核对身份。\n- ( ) 立即补办 {1分}",
        "translation-differs",
        "{#key-card",
        "- ( ) 找\n- (x) 补办",
    ),
    "number of blanks": ("再收[[押金]]", "translation-differs", "{#check-out", "再收押金"),
    "key of a dropdown moved": ("[[~房卡 | 护照", "translation-differs", "{#check-out", "[[房卡 | ~护照"),
    "options of a dropdown": (" | 车票]]", "translation-differs", "{#check-out", "]]"),
    "dropdown made a written blank": ("[[~房卡 | ", "translation-differs", "{#check-out", "[[房卡 | "),
    "scoring of blanks changed": (" scoring=all", "translation-differs", "{#check-out", ""),
    "calculation changed": ("* 1.15", "translation-differs", "{#bill", "* 1.16"),
    "tolerance of a calculation changed": ("± 0.01", "translation-differs", "{#bill", "± 0.1"),
    "places changed": ("S / 3 (2)", "translation-differs", "{#average", "S / 3 (1)"),
    "range of a variable changed": ("100..900", "translation-differs", "{#bill", "100..950"),
    "step of a variable changed": ("/ 50", "translation-differs", "{#bill", "/ 25"),
    "variable added": ("@ 晚数 = 1..7", "translation-differs", "{#bill", "@ 晚数 = 1..7\n@ Z = 1..2"),
    "types of files changed": ("file=pdf,png", "translation-differs", "{#seats", "file=pdf"),
    "marking points of an upload changed": (
        "{2分} 主宾在右\n- {3分}",
        "translation-differs",
        "{#seats",
        "{3分} 主宾在右\n- {2分}",
    ),
    "upload made a written answer": (" file=pdf,png", "translation-differs", "{#seats", ""),
    "another case": ("walk=first-car-door", "translation-differs", "{#pick-up", "walk=other-door"),
    "points of a walk changed": ("10分", "translation-differs", "{#pick-up", "12分"),
}
CASE_CHANGES = {
    "target changed": ("-> #lost {", "translation-differs", "-> #saved {-1分", "-> #saved {"),
    "effect changed": ("{0分 礼貌-1}", "translation-differs", "礼貌-2", "{0分 礼貌-2}"),
    "effect on another dimension": ("{0分 礼貌-1}", "translation-differs", "规范-1", "{0分 规范-1}"),
    "score changed": ("{5分 礼貌+2}", "translation-differs", "{4分", "{4分 礼貌+2}"),
    "reason changed": ("reason=required", "translation-differs", "{#which-door", "reason=optional"),
    "kind of a section": ("## 后果:女宾不悦", "translation-differs", "{#upset}", "## 情境:女宾不悦"),
}
SYLLABUS_CHANGES = {
    "objective missing": ("- 了解 地勤服务的发展 {#1.1}\n", "translation-lacks", "---", ""),
    "hours changed": ("3学时", "translation-differs", "{#overview", "4学时"),
}
CHANGES = [
    pytest.param(kind, text, text.replace(old, new), code, place, id=f"{kind}: {name}")
    for kind, text, changes in (
        (Kind.QUIZ, QUIZ, QUIZ_CHANGES),
        (Kind.QUIZ, MIXED, MIXED_CHANGES),
        (Kind.CASE, CASE, CASE_CHANGES),
        (Kind.SYLLABUS, SYLLABUS, SYLLABUS_CHANGES),
    )
    for name, (old, code, place, new) in changes.items()
]
READING = """---
title: 车门的由来
kind: reading
---
## 情境 {#once}

从前是马车。

## 情境 {#then}

后来是汽车。
"""
ENGLISH = (
    CASE.replace("dimensions: 礼貌, 规范", "dimensions: courtesy, standard")
    .replace("礼貌", "courtesy")
    .replace("后排车门", "The rear door")
)


@pytest.mark.parametrize(("kind", "text", "changed", "code", "place"), CHANGES)
def test_a_difference_is_an_error_in_the_translation(kind, text, changed, code, place):
    assert changed != text
    original, translation = parse_text(text, kind, "a.md"), parse_text(changed, kind, "b.md")

    errors = [found for found in compare(original, translation) if found.is_error]

    assert {error.path for error in errors} == {"b.md"}
    assert errors[0].code == code
    if place is not None:
        assert [error.line for error in errors] == [line_of(changed, place)]


def test_wordings_and_names_of_dimensions_may_differ():
    found = compare(parse_text(CASE, Kind.CASE), parse_text(ENGLISH, Kind.CASE))

    assert found == ()


def test_wordings_of_blanks_may_differ():
    translated = QUIZ.replace("= 护顶 | 护顶服务", "= guarding the head")

    assert compare(parse_text(QUIZ, Kind.QUIZ), parse_text(translated, Kind.QUIZ)) == ()


MIXED_ENGLISH = {
    "问好": "Greet the guest",
    "门童 <-> 大门": "Doorman <-> Entrance",
    "<-> 大堂": "<-> Lobby",
    "致歉并送茶": "Apologise and serve tea",
    "递上热毛巾": "Offer a hot towel",
    "核对身份后补办 {3分}": "Check who it is, then replace it {3pt}",
    "[[12 | 十二]]点": "[[twelve | noon | 12]]",
    "[[~房卡 | 护照 | 车票]]": "[[~key card | passport | ticket]]",
    "[[押金]]": "[[deposit | caution money]]",
    "± 0.01 元": "± 0.01 yuan",
    "= X * 晚数 * 1.15": "= X*晚数*1.15",
}


@pytest.mark.parametrize(("chinese", "english"), MIXED_ENGLISH.items())
def test_wordings_units_and_spaces_may_differ(chinese, english):
    assert chinese in MIXED
    translated = MIXED.replace(chinese, english)
    parsed = parse_text(translated, Kind.QUIZ)

    found = compare(parse_text(MIXED, Kind.QUIZ), parsed)

    assert parsed.errors == ()
    assert [one.render() for one in found if one.is_error] == []


def test_moved_items_are_one_error():
    smile = "## 迎宾员应当微笑。 {#smile}\n\n= 对\n\n> 微笑是本分。\n\n"
    moved = QUIZ.replace(smile, "").replace("## 护顶时", f"{smile}## 护顶时")

    found = compare(parse_text(QUIZ, Kind.QUIZ), parse_text(moved, Kind.QUIZ))

    assert [(one.code, one.line) for one in found] == [("translation-order", line_of(moved, "{#smile}"))]


def test_the_original_line_is_named():
    found = compare(parse_text(QUIZ, Kind.QUIZ), parse_text(QUIZ.replace("= 对", "= 错"), Kind.QUIZ))

    assert f"line {line_of(QUIZ, '{#smile}')}" in found[0].message


def test_other_numbers_in_a_wording_are_a_warning():
    before = QUIZ.replace("车停在雨棚下。", "车停在20步外。")

    found = compare(parse_text(before, Kind.QUIZ), parse_text(QUIZ, Kind.QUIZ))

    assert [(one.code, one.is_error) for one in found] == [("translation-numbers", False)]


def test_a_broken_text_is_not_compared():
    assert compare(parse_text(QUIZ, Kind.QUIZ), parse_text("", Kind.QUIZ)) == ()


def test_a_translation_of_a_reading_that_does_not_say_so_is_an_error():
    original = parse_text(READING, Kind.CASE, "a.md")
    translation = parse_text(READING.replace("kind: reading\n", ""), Kind.CASE, "b.md")

    found = [one for one in compare(original, translation) if one.is_error]

    assert [(one.path, one.code, one.line) for one in found] == [("b.md", "translation-differs", 1)]
