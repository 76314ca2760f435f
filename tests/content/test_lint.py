"""Lint: broken cases are errors on the right line, weak items are warnings."""

import pytest

from app.content.diagnostics import summarise
from app.content.lint import lint
from app.content.parse import Kind, parse_text
from tests.content.samples import CASE, QUIZ, SYLLABUS
from tests.content.test_faults import line_of

BROKEN_CASES = {
    "outcome that no arrow enters": (
        "-> #upset {0分 礼貌-1}",
        "-> #pleased {0分 礼貌-1}",
        "unreachable",
        "女宾不悦",
    ),
    "path that comes to no ending": ("-> #lost {-1分", "{-1分", "no-ending", "{#repair}"),
    "option that leads back": ("-> #lost {-1分", "-> #upset {-1分", "cycle", "微笑耸肩"),
    "section that leads back": ("{#upset}", "{#upset next=#arrival}", "cycle", "{#upset"),
    "hint before any gate": (
        "## 情境 {#arrival}",
        "## 分析提示\n\n看。\n\n## 情境 {#arrival}",
        "hint-without-gate",
        "## 分析提示\n\n看",
    ),
    "scene after the endings": (
        "## 思考题",
        "## 情境 {#late}\n\n晚了。\n\n## 思考题",
        "unreachable",
        "{#late}",
    ),
    "question after the endings whose condition never holds": (
        "## 思考题 {#why 8分}",
        "## 思考题 {#why 8分 when=礼貌>5}",
        "unreachable",
        "{#why",
    ),
    "condition that never holds": (
        "{#arrival}\n",
        "{#arrival}\n\n雨。\n\n## 情境 {#sun when=礼貌>5}\n",
        "unreachable",
        "{#sun",
    ),
}
QUIZ_WARNINGS = {
    "key is the longest": ("- (x) 副驾驶车门", "- (x) 副驾驶一侧的那扇车门", "key-longest", "which-door"),
    "all of the above": ("- ( ) 驾驶座车门", "- ( ) 以上全部都对", "all-of-the-above", "以上全部都对"),
    "unmarked negation": ("先开哪一扇", "不应先开哪一扇", "unmarked-negation", "which-door"),
    "overlapping options": (
        "- ( ) 后排车门\n  > 这是常规。\n- (x) 副驾驶车门\n- ( ) 驾驶座车门",
        "- ( ) 5-10分钟\n- (x) 8-12分钟\n- ( ) 20分钟",
        "overlapping-options",
        "8-12",
    ),
    "no explanation": ("> 微笑是本分。\n", "", "no-explanation", "{#smile}"),
    "too little time": ("车停在雨棚下。", "车停在雨棚下。\n" * 2500, "too-little-time", "minutes"),
}
SYLLABUS_WARNINGS = {
    "no hours": (" 6学时", "", "no-module-hours", "{#check-in}"),
    "level without a space": ("- 掌握 地勤", "- 掌握地勤", "level-without-space", "{#1.2}"),
}


def with_material(text: str) -> str:
    return text + "\n案例: first-car-door\n"


@pytest.mark.parametrize(("old", "new", "code", "place"), BROKEN_CASES.values(), ids=BROKEN_CASES)
def test_a_broken_case_is_one_error(old, new, code, place):
    assert old in CASE
    text = CASE.replace(old, new)

    errors = [found for found in lint(parse_text(text, Kind.CASE)) if found.is_error]

    assert [(error.code, error.line) for error in errors] == [(code, line_of(text, place))]


def test_a_case_without_endings_is_one_error():
    text = (
        CASE.partition("## 结局")[0]
        .replace(" -> #pleased", "")
        .replace(" -> #lost", "")
        .replace(" -> #saved", "")
    )

    errors = [found.code for found in lint(parse_text(text, Kind.CASE)) if found.is_error]

    assert errors == ["no-ending"]


def test_a_condition_that_always_holds_is_a_warning():
    text = CASE.replace("{#upset}", "{#upset when=礼貌<0}")

    assert [found.code for found in lint(parse_text(text, Kind.CASE))] == ["condition-always"]


def test_a_condition_that_may_fail_is_sound():
    glance = (
        "## 情境 {#glance when=礼貌<-1}\n\n她看了你一眼。\n\n## 情境 {#leaving next=#saved}\n\n车走了。\n\n"
    )
    text = CASE.replace("## 结局:含笑", f"{glance}## 结局:含笑").replace("## 结局:投诉 {#lost}\n", "")
    text = text.replace(" -> #lost", "").replace(" -> #saved", "")

    assert lint(parse_text(text, Kind.CASE)) == ()


def test_a_case_with_too_many_states_is_an_error():
    names = "甲乙丙丁"
    options = "\n".join(f"- ( ) 选{name} {{0分 {name}+{number}}}" for number, name in enumerate(names, 1))
    decisions = "\n".join(f"## 决策点:第{number}步 {{#d{number}}}\n{options}" for number in range(40))
    front = f"---\ntitle: 长\ndimensions: {'、'.join(names)}\nquiz: q\n---\n"
    text = f"{front}{decisions}\n## 情境 {{next=#end}}\n走\n## 结局:完 {{#end}}\n"

    assert [(found.code, found.line) for found in lint(parse_text(text, Kind.CASE))] == [
        ("too-many-states", 1)
    ]


def test_the_samples_have_nothing_to_lint():
    assert lint(parse_text(QUIZ.replace("# 三、简答题\n", "# 三、简答题\n"), Kind.QUIZ)) == ()
    assert lint(parse_text(CASE, Kind.CASE)) == ()
    assert lint(parse_text(with_material(SYLLABUS), Kind.SYLLABUS)) == ()


@pytest.mark.parametrize(("old", "new", "code", "place"), QUIZ_WARNINGS.values(), ids=QUIZ_WARNINGS)
def test_a_weak_item_is_a_warning(old, new, code, place):
    assert old in QUIZ
    text = QUIZ.replace(old, new)

    warnings = [(found.code, found.line, found.is_error) for found in lint(parse_text(text, Kind.QUIZ))]

    assert warnings == [(code, line_of(text, place), False)]


@pytest.mark.parametrize(("old", "new", "code", "place"), SYLLABUS_WARNINGS.values(), ids=SYLLABUS_WARNINGS)
def test_a_gap_in_a_syllabus_is_a_warning(old, new, code, place):
    text = with_material(SYLLABUS.replace(old, new))

    warnings = [(found.code, found.line) for found in lint(parse_text(text, Kind.SYLLABUS))]

    assert warnings == [(code, line_of(text, place))]


TWO_ITEMS = "---\ntitle: 题\n---\n\n## 甲 {{#a {first}}}\n\n= 对\n\n## 乙 {{#b {second}}}\n\n= 错\n"
OLD_NAMES = {
    "one that is in use": ("was=b", "", [5]),
    "its own": ("was=a", "", [5]),
    "of two that changed places": ("was=b", "was=a", [5, 9]),
    "that two had": ("was=c", "旧名=c", [9]),
    "that nothing else has": ("was=c", "was=d", []),
}


@pytest.mark.parametrize(("first", "second", "lines"), OLD_NAMES.values(), ids=OLD_NAMES)
def test_an_old_name_is_of_one_part_and_in_use_no_more(first, second, lines):
    text = TWO_ITEMS.format(first=first, second=second)

    errors = [found for found in lint(parse_text(text, Kind.QUIZ)) if found.is_error]

    assert [(error.code, error.line) for error in errors] == [("bad-rename", line) for line in lines]


@pytest.mark.parametrize(
    ("kind", "text", "old", "new"),
    [
        (Kind.CASE, CASE, "{#upset}", "{#upset was=lost}"),
        (Kind.SYLLABUS, SYLLABUS, "{#1.2}", "{#1.2 was=check-in}"),
    ],
)
def test_so_is_that_of_a_section_a_module_or_an_objective(kind, text, old, new):
    assert old in text
    changed = text.replace(old, new)

    errors = [found for found in lint(parse_text(changed, kind)) if found.is_error]

    assert [(error.code, error.line) for error in errors] == [("bad-rename", line_of(changed, new))]


@pytest.mark.parametrize("stem", ["**不应**先开哪一扇?", "Which door is NOT opened first?", "先开哪一扇?"])
def test_a_marked_negation_is_sound(stem):
    text = QUIZ.replace("先开哪一扇车门?", stem)

    assert lint(parse_text(text, Kind.QUIZ)) == ()


def test_keys_at_one_position_are_a_warning():
    items = "\n".join(f"## 第{number}题\n- (x) 甲\n- ( ) 乙\n- ( ) 丙\n> 解析\n" for number in range(8))
    text = f"---\ntitle: 卷\n---\n{items}"

    assert [found.code for found in lint(parse_text(text, Kind.QUIZ))] == ["unbalanced-keys"]
    assert lint(parse_text(text.replace("title: 卷", "title: 卷\nshuffle: yes"), Kind.QUIZ)) == ()


def test_warnings_are_one_line_a_code_and_file():
    text = QUIZ.replace("> 微笑是本分。\n", "").replace("> 见第四课。\n", "").replace("> 早班。\n", "")

    found = lint(parse_text(text, Kind.QUIZ))

    assert [one.code for one in found] == ["no-explanation"] * 3
    assert [one.message for one in summarise(found)] == [
        "this item has no explanation (解析); 3 places in all, "
        f"also on lines {found[1].line}, {found[2].line}"
    ]


def test_a_picture_without_alternative_text_is_a_warning():
    text = CASE.replace("一辆白色轿车停在雨棚下。", "![](media/car.png)")

    assert [found.code for found in parse_text(text, Kind.CASE).diagnostics] == ["no-alt"]
