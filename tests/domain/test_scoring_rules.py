"""Which scoring rule fits which item, and how rules are named."""

import pytest

from app.domain.scoring import RULES, find_rule, rule_name, scoring_fault, valid_scoring
from tests.domain.builders import (
    make_blanks,
    make_constructed,
    make_info,
    make_multiple,
    make_single,
    make_truth,
)


@pytest.mark.parametrize("rule", ["all", "half", "share", "fixed:1", "fixed:0.5", "signed", "kprim"])
def test_these_rules_fit_a_multiple_response(rule):
    assert valid_scoring(rule, make_multiple())


def test_only_all_fits_blanks():
    fitting = [rule for rule in (*RULES, "fixed:1") if valid_scoring(rule, make_blanks("护顶"))]

    assert fitting == ["all"]


@pytest.mark.parametrize("item", [make_single(), make_truth(), make_constructed(), make_info()])
@pytest.mark.parametrize("rule", ["all", "half", "fixed:1", "kprim"])
def test_no_rule_fits_other_items(item, rule):
    assert "does not fit" in (scoring_fault(rule, item) or "")


@pytest.mark.parametrize(
    "rule", ["", "most", "fixed", "fixed:", "fixed:0", "fixed:-1", "fixed:x", "all:1", "ALL"]
)
def test_a_rule_that_does_not_exist_is_no_rule(rule):
    assert scoring_fault(rule, make_multiple()) == "there is no such scoring rule"


@pytest.mark.parametrize("count", [3, 5])
def test_kprim_needs_four_statements(count):
    assert "four" in (scoring_fault("kprim", make_multiple(count=count)) or "")


def test_a_part_earns_at_most_the_whole():
    assert valid_scoring("fixed:4", make_multiple(points="4"))
    assert not valid_scoring("fixed:4.5", make_multiple(points="4"))


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("全对才得分", "all"),
        ("少选得一半", "half"),
        ("少选按比例", "share"),
        ("少选得1.5分", "fixed:1.5"),
        ("少选得2分", "fixed:2"),
        ("逐项计分", "signed"),
        ("kprim", "kprim"),
        ("少选得分", None),
        ("少选得n分", None),
        ("随便", None),
    ],
)
def test_an_author_writes_a_rule_in_chinese_or_by_its_key(written, rule):
    assert find_rule(written) == rule


@pytest.mark.parametrize(
    ("rule", "language", "name"),
    [
        ("all", "zh", "全对才得分"),
        ("all", "en", "all or nothing"),
        ("fixed:1.5", "zh", "少选得1.5分"),
        ("fixed:1.5", "en", "1.5 points for a part"),
        ("signed", "zh-Hans", "逐项计分"),
    ],
)
def test_a_rule_has_a_name_in_each_language(rule, language, name):
    assert rule_name(rule, language) == name
