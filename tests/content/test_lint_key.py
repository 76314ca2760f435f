"""Lint of keys: what no draw may come to, and what no answer can reach."""

import pytest

from app.content.lint import lint
from app.content.parse import Kind, parse_text
from tests.content.samples import MIXED
from tests.content.test_faults import line_of

#: what is replaced by what, the code, and text of the line that is named
BROKEN_KEYS = {
    "division by zero in one draw": ("= S / 3 (2)", "= 1 / (S - 3) (2)", "bad-draw", "{#average}"),
    "division by zero in the last draw": ("= S / 3 (2)", "= 1 / (S - 9.5) (2)", "bad-draw", "{#average}"),
    "range that a draw turns round": ("= S / 3 (2)", "= S..9", "bad-draw", "{#average}"),
    "tolerance below 0 in a draw": ("= S / 3 (2)", "= S ± (S - 3)", "bad-draw", "{#average}"),
    "value that grows too large": ("= S / 3 (2)", "= S * 120000000000000", "bad-draw", "{#average}"),
    "endless decimals without rounding": ("= S / 3 (2)", "= S / 3", "bad-draw", "{#average}"),
}
WEAK_KEYS = {
    "variable that the stem hides": ("{X} 元", "多少元", "hidden-variable", "{#bill"),
    "variable that the key leaves out": ("X * 晚数 * 1.15", "X * 1.15", "unused-variable", "{#bill"),
    "ordering of two steps": ("- (3) 递菜单\n", "", "two-steps", "{#steps"),
    "best option is the longest": ("致歉并送茶", "立即诚恳地致歉并送茶", "key-longest", "{#waiting"),
    "weighted option of all above": ("立即补办 {1", "以上都不对 {1", "all-of-the-above", "以上都不对"),
    "a blank that takes anything": ("[[12 | 十二]]", "[[*]]", "takes-anything", "{#check-out"),
    "a blank that takes anything, in bold": ("[[12 | 十二]]", "[[****]]", "takes-anything", "{#check-out"),
    "a wording in bold": ("[[12 | 十二]]", "[[**12**]]", "bold-wording", "{#check-out"),
    "a wording twice": ("[[12 | 十二]]", "[[12 | 12]]", "twin-wordings", "{#check-out"),
    "no explanation of a rating": ("> 专家小组的平均分。\n", "", "no-explanation", "{#manners"),
}


@pytest.mark.parametrize(("old", "new", "code", "place"), BROKEN_KEYS.values(), ids=BROKEN_KEYS)
def test_a_key_without_a_value_in_some_draw_is_one_error(old, new, code, place):
    assert old in MIXED
    text = MIXED.replace(old, new)

    errors = [found for found in lint(parse_text(text, Kind.QUIZ)) if found.is_error]

    assert [(error.code, error.line) for error in errors] == [(code, line_of(text, place))]


@pytest.mark.parametrize(("old", "new", "code", "place"), WEAK_KEYS.values(), ids=WEAK_KEYS)
def test_a_weak_key_is_a_warning(old, new, code, place):
    assert old in MIXED
    text = MIXED.replace(old, new)

    found = lint(parse_text(text, Kind.QUIZ))

    assert [(one.code, one.line, one.is_error) for one in found] == [(code, line_of(text, place), False)]


PARTS = [("fixed:1", ["part-earns-all"]), ("fixed:0.99", []), ("all", [])]


@pytest.mark.parametrize(("rule", "codes"), PARTS)
@pytest.mark.parametrize("place", ["item", "quiz"])
def test_a_part_that_earns_all_is_a_warning(rule, codes, place):
    at_quiz, at_item = ("", f" {{{{scoring={rule}}}}}") if place == "item" else (f"multiple: {rule}\n", "")
    text = f"---\ntitle: 甲\n{at_quiz}---\n\n## 问{at_item}\n\n- [x] 甲\n- [x] 乙\n- [ ] 丙丙\n\n> 因为。\n"

    found = lint(parse_text(text.replace("{{", "{").replace("}}", "}"), Kind.QUIZ))

    assert [(one.code, one.line) for one in found] == [(code, line_of(text, "## 问")) for code in codes]


def test_a_star_on_either_side_is_a_wildcard_and_no_bold():
    text = MIXED.replace("[[12 | 十二]]", "[[*12*]]")

    assert lint(parse_text(text, Kind.QUIZ)) == ()


def test_the_error_names_the_draw():
    text = MIXED.replace("= S / 3 (2)", "= 1 / (S - 3) (2)")

    (error,) = (found for found in lint(parse_text(text, Kind.QUIZ)) if found.is_error)

    assert "S = 3" in error.message


def test_four_statements_of_which_none_is_right_are_a_warning():
    options = "".join(f"- [ ] {sign}\n" for sign in "甲乙丙丁")
    text = f"---\ntitle: 卷\n---\n## 问 {{#q1 scoring=kprim}}\n\n{options}\n> 解析\n"

    found = lint(parse_text(text, Kind.QUIZ))

    assert [(one.code, one.line) for one in found] == [("kprim-none", line_of(text, "## 问"))]


def test_the_mixed_quiz_has_nothing_to_lint():
    assert lint(parse_text(MIXED, Kind.QUIZ)) == ()
