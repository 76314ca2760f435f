"""When an answer is blank, and what no item takes."""

import pytest

from app.domain.answers import SIZE_LIMIT, check_answer, is_blank
from app.domain.errors import BadAnswer
from app.domain.items import Item, NumericKey
from tests.domain.builders import (
    make_blanks,
    make_constructed,
    make_info,
    make_multiple,
    make_numeric,
    make_single,
    make_truth,
)

EVERY_ITEM = [
    make_single(),
    make_multiple(),
    make_truth(),
    make_blanks("护顶"),
    make_numeric(NumericKey(value="45")),
    make_constructed(),
    make_info(),
]


def takes(item: Item, answer: object) -> bool:
    try:
        check_answer(item, answer)
    except BadAnswer:
        return False
    return True


@pytest.mark.parametrize(
    "answer",
    [None, "", " ", "\t\n", "　", [], {}, [""], ["", " "], [None], [[]], {"1": ""}, {"1": None, "2": []}],
)
def test_these_answers_are_blank(answer):
    assert is_blank(answer)


@pytest.mark.parametrize("answer", ["0", "。", False, True, 0, ["", "x"], {"1": "2"}, {"1": ["", False]}])
def test_these_answers_say_something(answer):
    assert not is_blank(answer)


def test_a_deep_answer_is_blank_all_the_same():
    answer: list[object] = []
    for _ in range(100_000):
        answer = [answer]

    assert is_blank(answer)


@pytest.mark.parametrize("item", EVERY_ITEM, ids=lambda item: item.type)
def test_null_always_clears(item):
    assert takes(item, None)


@pytest.mark.parametrize("item", EVERY_ITEM, ids=lambda item: item.type)
@pytest.mark.parametrize("answer", [0, 1, 1.0, float("nan"), {"a": "b"}, [1.5], [{}]], ids=repr)
def test_no_item_takes_a_bare_number_or_an_object(item, answer):
    with pytest.raises(BadAnswer):
        check_answer(item, answer)


@pytest.mark.parametrize("answer", ["", "1", True, [], ["1"], {}])
def test_an_info_item_takes_nothing(answer):
    with pytest.raises(BadAnswer, match="no answer"):
        check_answer(make_info(), answer)


@pytest.mark.parametrize("text", ["", "答", "<script>", "\u202e", "= 45", "😀", "x" * SIZE_LIMIT])
def test_free_text_is_never_refused_for_its_meaning(text):
    assert takes(make_constructed(), text)
    assert takes(make_blanks("护顶"), [text])
    assert takes(make_numeric(NumericKey(value="45")), text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("x" * (SIZE_LIMIT + 1), "256"), ("字" * 90_000, "256"), ("a\0b", "NUL"), ("\ud800", "half")],
    ids=["long", "long in bytes", "nul", "surrogate"],
)
def test_a_text_that_cannot_be_kept_is_refused(text, reason):
    with pytest.raises(BadAnswer, match=reason):
        check_answer(make_constructed(), text)
    with pytest.raises(BadAnswer, match=reason):
        check_answer(make_blanks("护顶"), [text])


def test_the_limit_counts_all_blanks_together():
    with pytest.raises(BadAnswer, match="256"):
        check_answer(make_blanks("护顶", "护顶"), ["x" * SIZE_LIMIT, "x"])


@pytest.mark.parametrize("answer", ["", "  "])
def test_an_empty_position_clears_a_single_choice(answer):
    assert takes(make_single(), answer)
