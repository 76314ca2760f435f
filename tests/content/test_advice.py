"""What a newcomer gets wrong is said so that the next try is right."""

import pytest

from app.content.diagnostics import Diagnostic, Severity, count_of, summarise
from app.content.parse import Kind, parse_text
from tests.content.samples import CASE
from tests.content.test_faults import line_of

UNCLOSED = ("the { is not closed by }", "write } at the end of the line")
#: what is replaced by what, the message, and what to write instead
ADVICE = {
    "space before a unit": (
        "{0分 礼貌-1}",
        "{0 分 礼貌-1}",
        "no space between 0 and 分",
        "write 0分",
    ),
    "space before the only unit": ("{0分 礼貌-1}", "{0 分}", "no space between 0 and 分", "write 0分"),
    "unit at an effect": (
        "{0分 礼貌-1}",
        "{0分 礼貌-1分}",
        "an effect has no unit: 礼貌-1",
        "write 礼貌-1",
    ),
    "spaces around =": (
        "{#which-door reason=required}",
        "{#which-door 理由 = 必填}",
        "no spaces in 理由 = 必填",
        "write 理由=必填",
    ),
    "a space after =": (
        "{#which-door reason=required}",
        "{#which-door reason= required}",
        "no spaces in reason= required",
        "write reason=required",
    ),
    "spaces around the = of another key": (
        "{#which-door reason=required}",
        "{#which-door reasons = required}",
        "reasons is no key",
        "did you mean reason?",
    ),
    "spaces in a condition": (
        "{#repair}",
        "{#repair 当=礼貌 < 0}",
        "no spaces in 当=礼貌 < 0",
        "write 当=礼貌<0",
    ),
    "key without value": (
        "{#which-door reason=required}",
        "{#which-door 理由}",
        "理由 has no value",
        "write 理由= and its value",
    ),
    "brace closed by another bracket": ("{0分 礼貌-1}", "{0分 礼貌-1]", *UNCLOSED),
    "brace not closed": ("{0分 礼貌-1}", "{0分 礼貌-1", *UNCLOSED),
    "brace not closed without an arrow": ("-> #upset {0分 礼貌-1}", "{0分 礼貌-1]", *UNCLOSED),
    "brace not closed in a heading": ("不悦 {#upset}", "不悦 {#upset]", *UNCLOSED),
    "id without its mark": (
        "不悦 {#upset}",
        "不悦 {upset}",
        "there is no section #upset",
        f"line {line_of(CASE, '## 后果')}: did you mean {{#upset}}?",
    ),
    "keyword of another case": (
        "## 后果",
        "## 结果",
        "“结果” is no keyword of a section",
        "write 情境 Scene, 决策点 Decision, 后果 Outcome, 结局 Ending, 材料 Exhibit, 思考题 Question, "
        "分析提示 Hint, 参考答案 Model answer",
    ),
    "id used twice": (
        "{#saved}",
        "{#pleased}",
        f"#pleased already stands in line {line_of(CASE, '{#pleased}')}",
        "ids are unique in a file",
    ),
}


@pytest.mark.parametrize(("old", "new", "message", "fix"), ADVICE.values(), ids=ADVICE)
def test_a_slip_is_one_error_that_says_what_to_write(old, new, message, fix):
    parsed = parse_text(CASE.replace(old, new), Kind.CASE)

    assert [(error.message, error.fix) for error in parsed.errors] == [(message, fix)]


ASTRAY = CASE.replace("-> #upset", "-> #nowhere").replace("礼貌+2", "仪表+2")
#: faults beside which targets and dimensions are judged all the same
BESIDE = {
    "points with a space": ("{3分 礼貌+1}", "{3 分 礼貌+1}", "bad-attribute"),
    "attribute of a section": ("{#which-door reason=required}", "{#which-door 理由 = 必填}", "bad-attribute"),
    "keyword": ("## 结局:投诉 {#lost}", "## 结尾:投诉 {#lost}", "unknown-section"),
    "heading without space": ("## 结局:投诉 {#lost}", "##结局:投诉 {#lost}", "bad-heading"),
    "key of the front matter": ("quiz: ", "quizz: ", "unknown-key"),
}


@pytest.mark.parametrize(("old", "new", "code"), BESIDE.values(), ids=BESIDE)
def test_targets_and_dimensions_are_judged_beside_other_faults(old, new, code):
    assert old in ASTRAY
    before = {error.code for error in parse_text(ASTRAY, Kind.CASE).errors}

    found = {error.code for error in parse_text(ASTRAY.replace(old, new), Kind.CASE).errors}

    assert before == {"unknown-target", "unknown-dimension"}
    assert found == before | {code}


def test_the_target_of_an_option_is_judged_beside_its_points():
    text = CASE.replace("-> #upset {0分 礼貌-1}", "-> #nowhere {0 分 礼貌-1}")

    codes = [error.code for error in parse_text(text, Kind.CASE).errors]
    assert codes == ["bad-attribute", "unknown-target"]


#: one slip: what follows from it is not said
SLIPS = {
    "space in an id": ("{#upset}", "{#up set}"),
    "space before the braces of an option": ("#upset {0分", "#upset{0分"),
    "space between points and effect": ("{0分 礼貌-1}", "{0分礼貌-1}"),
    "colon of the dimensions": ("dimensions:", "dimensions"),
    "space in a dimension": ("礼貌+2", "礼 貌+2"),
}


@pytest.mark.parametrize(("old", "new"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_what_a_reference_needs_is_one_error(old, new):
    assert len(parse_text(CASE.replace(old, new), Kind.CASE).errors) == 1


@pytest.mark.parametrize("block", ["{2 分}", "{ 2 分 }", "{2 分 难度=易}", "{#q 2　分}"])
def test_a_space_before_the_unit_of_an_item_is_said_in_the_same_words(block):
    parsed = parse_text(f"---\ntitle: 甲\n---\n\n## 选一个 {block}\n\n= 对\n", Kind.QUIZ)

    assert [(error.code, error.message, error.fix) for error in parsed.errors] == [
        ("bad-attribute", "no space between 2 and 分", "write 2分")
    ]


@pytest.mark.parametrize("written", ["每题=2 分", "每题= 2分", "每题 = 2 分", "each ＝ 2 pt"])
def test_spaces_in_the_points_of_a_group_are_said_once(written):
    parsed = parse_text(f"---\ntitle: 甲\n---\n\n# 一 {{{written}}}\n\n## 选\n\n= 对\n", Kind.QUIZ)

    assert [(error.code, error.message, error.fix) for error in parsed.errors] == [
        ("bad-attribute", f"no spaces in {written}", f"write {written.replace(' ', '')}")
    ]


@pytest.mark.parametrize(("lines", "said"), [((3, 5), "on line 5"), ((3, 5, 8), "on lines 5, 8")])
def test_one_line_is_not_called_lines(lines, said):
    warnings = [Diagnostic("a.md", line, 1, Severity.WARNING, "no-alt", "no words") for line in lines]

    assert summarise(warnings)[0].message.endswith(said)


def test_one_is_counted_without_an_s():
    assert [count_of(number, "error") for number in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
