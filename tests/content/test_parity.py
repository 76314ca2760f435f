"""Translations: what must be the same as in the original."""

import pytest

from app.content.parity import compare
from app.content.parse import Kind, parse_text
from tests.content.samples import CASE, QUIZ, SYLLABUS
from tests.content.test_faults import line_of

#: what the translation changes, the code, and text of the line in the translation
QUIZ_CHANGES = {
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
        (Kind.CASE, CASE, CASE_CHANGES),
        (Kind.SYLLABUS, SYLLABUS, SYLLABUS_CHANGES),
    )
    for name, (old, code, place, new) in changes.items()
]
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
