"""Choice and true-false items: sets, never an order, each rule at each boundary."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadAnswer
from app.domain.scoring import score
from tests.domain.builders import make_multiple, make_single, make_truth


@pytest.mark.parametrize(("answer", "points"), [("1", "2.00"), ("2", "0.00"), ("4", "0.00")])
def test_a_single_choice_earns_all_or_nothing(answer, points):
    result = score(make_single(key="1"), answer)

    assert result.points == Decimal(points)
    assert result.answered


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("answer", [True, False])
def test_a_true_false_item_is_right_when_judged_as_its_key(value, answer):
    result = score(make_truth(value), answer)

    assert result.points == (1 if answer is value else 0)
    assert result.answered


# 4 options, 4 points; the first column is the rule, then the key, the choice and what it earns
RULES = [
    (None, "12", "12", "4"),
    (None, "12", "1", "0"),
    ("all", "12", "12", "4"),
    ("all", "12", "21", "4"),
    ("all", "12", "1", "0"),
    ("all", "12", "123", "0"),
    ("half", "123", "123", "4"),
    ("half", "123", "1", "2"),
    ("half", "123", "12", "2"),
    ("half", "123", "14", "0"),
    ("half", "123", "1234", "0"),
    ("share", "123", "123", "4"),
    ("share", "123", "1", "1.33"),
    ("share", "123", "32", "2.67"),
    ("share", "123", "124", "0"),
    ("share", "123", "4", "0"),
    ("fixed:1.5", "123", "123", "4"),
    ("fixed:1.5", "123", "1", "1.5"),
    ("fixed:1.5", "123", "12", "1.5"),
    ("fixed:1.5", "123", "14", "0"),
    ("fixed:9", "123", "1", "4"),
    ("signed", "12", "12", "4"),
    ("signed", "12", "1", "2"),
    ("signed", "12", "13", "0"),
    ("signed", "12", "123", "2"),
    ("signed", "12", "1234", "0"),
    ("signed", "12", "34", "0"),
    ("signed", "123", "124", "1.33"),
    ("kprim", "12", "12", "4"),
    ("kprim", "12", "1", "2"),
    ("kprim", "12", "123", "2"),
    ("kprim", "12", "13", "0"),
    ("kprim", "12", "34", "0"),
    ("kprim", "12", "1234", "0"),
    ("kprim", "1234", "1234", "4"),
    ("kprim", "", "1", "2"),
    ("kprim", "", "12", "0"),
]


@pytest.mark.parametrize(("rule", "keys", "chosen", "points"), RULES)
def test_a_multiple_response_is_scored_by_its_rule(rule, keys, chosen, points):
    result = score(make_multiple(keys, rule), list(chosen))

    assert result.points == Decimal(points)
    assert result.maximum == 4


def test_half_of_an_odd_hundredth_is_rounded_up():
    result = score(make_multiple("123", "half", points="0.25"), ["1"])

    assert result.points == Decimal("0.13")


@pytest.mark.parametrize("rule", ["all", "half", "share", "fixed:1", "signed", "kprim"])
def test_no_choice_is_blank_and_earns_nothing(rule):
    result = score(make_multiple("12", rule), [])

    assert result.points == 0
    assert not result.answered


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (1, "text"),
        (True, "text"),
        (["1"], "text"),
        ({}, "text"),
        ([], "text"),
        (1.0, "text"),
        ("0", "no option"),
        ("5", "no option"),
        ("01", "no option"),
        ("１", "no option"),
        ("1 ", "no option"),
        ("A", "no option"),
        ("-1", "no option"),
    ],
)
def test_a_single_choice_of_another_form_is_refused(answer, reason):
    with pytest.raises(BadAnswer, match=reason):
        score(make_single(), answer)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("1", "list"),
        (True, "list"),
        ({"1": True}, "list"),
        ([1], "text"),
        ([1.0], "text"),
        ([True], "text"),
        ([None], "text"),
        ([["1"]], "text"),
        (["5"], "no option"),
        ([""], "no option"),
        (["1", "1"], "twice"),
    ],
)
def test_a_multiple_response_of_another_form_is_refused(answer, reason):
    with pytest.raises(BadAnswer, match=reason):
        score(make_multiple(), answer)


@pytest.mark.parametrize("answer", ["true", "", 1, 0, 1.0, [], ["1"], {}])
def test_a_judgement_that_is_neither_true_nor_false_is_refused(answer):
    with pytest.raises(BadAnswer, match="true or false"):
        score(make_truth(), answer)


rules = st.sampled_from(["all", "half", "share", "fixed:1.5", "signed", "kprim"])
subsets = st.sets(st.sampled_from("1234"))


@given(rules, subsets, st.permutations("1234"))
def test_the_order_of_choices_is_irrelevant(rule, keys, order):
    item = make_multiple("".join(keys), rule)
    chosen = order[:3]

    assert score(item, chosen) == score(item, sorted(chosen))


@given(rules, subsets.filter(bool), subsets, st.permutations("1234"))
def test_the_order_of_options_never_changes_a_score(rule, keys, chosen, order):
    moved = dict(zip("1234", order, strict=True))
    before = score(make_multiple("".join(keys), rule), sorted(chosen))

    after = score(make_multiple("".join(moved[key] for key in keys), rule), [moved[one] for one in chosen])

    assert after.points == before.points


@given(rules, subsets.filter(bool))
def test_choosing_just_the_key_earns_everything(rule, keys):
    result = score(make_multiple("".join(keys), rule), sorted(keys))

    assert result.points == result.maximum
