"""When an answer is blank, and what no item takes."""

import pytest

from app.domain.answers import SIZE_LIMIT, check_answer, is_blank
from app.domain.errors import BadAnswer
from app.domain.items import Item, ItemType
from app.domain.keys import NumericKey
from tests.domain.builders import (
    make_best_worst,
    make_blanks,
    make_car_door,
    make_cloze,
    make_constructed,
    make_info,
    make_matching,
    make_multiple,
    make_numeric,
    make_ordering,
    make_rating,
    make_single,
    make_truth,
    make_upload,
    make_walk,
    make_weighted,
)

FILE = "0123456789abcdef" * 4
OTHER_FILE = "fedcba9876543210" * 4

EVERY_ITEM = [
    make_single(),
    make_multiple(),
    make_truth(),
    make_blanks("护顶"),
    make_numeric(NumericKey(value="45")),
    make_ordering(),
    make_matching("护顶=车门", "值机=柜台", "=泳池"),
    make_best_worst(),
    make_rating("4.2", "2"),
    make_weighted("3", "1", "0"),
    make_constructed(),
    make_upload(),
    make_walk(make_car_door()),
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
def test_an_empty_position_clears_a_choice_of_one(answer):
    assert takes(make_single(), answer)
    assert takes(make_weighted("3", "1"), answer)


def test_every_type_is_among_these():
    assert {item.type for item in EVERY_ITEM} == set(ItemType)


def cases_of(items, answers):
    """Give each answer to the item of its type, by the name of what is said."""
    return [
        pytest.param(items[name], answer, id=f"{name}: {said}")
        for name, sayings in answers.items()
        for said, answer in sayings.items()
    ]


ITEMS = {
    "ordering": make_ordering(3),
    "matching": make_matching("护顶=车门", "值机=柜台", "=泳池"),
    "best-worst": make_best_worst(count=4),
    "rating": make_rating("4.2", "2"),
    "rating on seven": make_rating("4.2", "2", scale=(1, 7)),
    "rating from nought": make_rating("2", scale=(0, 3)),
    "weighted": make_weighted("3", "1", "0"),
    "cloze": make_cloze("24 | 二十四", "~先开前门 | 后开前门"),
    "upload": make_upload(),
    "walk": make_walk(make_car_door()),
}
TAKEN = {
    "ordering": {"all steps": ["2", "1", "3"], "no steps": []},
    "matching": {
        "every left": {"1": "3", "2": "1"},
        "one left": {"2": "2"},
        "one right for both": {"1": "2", "2": "2"},
        "a left cleared": {"1": None, "2": ""},
        "nothing": {},
    },
    "best-worst": {
        "both": {"best": "2", "worst": "4"},
        "best alone": {"best": "4"},
        "worst alone": {"worst": "1"},
        "one cleared": {"best": "1", "worst": None},
        "both cleared": {"best": "", "worst": ""},
        "nothing": {},
    },
    "rating": {
        "the ends of the scale": {"1": 1, "2": 5},
        "one option": {"2": 3},
        "one cleared": {"1": None, "2": 3},
        "nothing": {},
    },
    "rating on seven": {"seven": {"1": 7}},
    "rating from nought": {"nought": {"1": 0}},
    "weighted": {"the last option": "3"},
    "cloze": {
        "both": ["24", "2"],
        "the first": ["24"],
        "the second": ["", "1"],
        "the second alone": [None, "1"],
        "nothing chosen": ["24", ""],
        "nothing": [],
    },
    "upload": {"two files": [FILE, OTHER_FILE], "no files": []},
    "walk": {"to an ending": ["1", "2"], "on the way": ["1"], "not begun": []},
}
REFUSED = {
    "ordering": {
        "a step left out": ["1", "2"],
        "one step": ["1"],
        "a step twice": ["1", "2", "2"],
        "a step twice and one more": ["1", "2", "3", "3"],
        "an unknown step": ["1", "2", "4"],
        "step nought": ["0", "1", "2"],
        "a gap": ["1", "", "3"],
        "a null": ["1", None, "3"],
        "numbers": [1, 2, 3],
        "booleans": [True, "2", "3"],
        "a text": "213",
        "an object": {"1": "2", "2": "1", "3": "3"},
    },
    "matching": {
        "an unknown left": {"3": "1"},
        "left nought": {"0": "1"},
        "a named left": {"护顶": "1"},
        "an unknown right": {"1": "4"},
        "right nought": {"1": "0"},
        "the text of a right": {"1": "车门"},
        "a number": {"1": 1},
        "a boolean": {"1": True},
        "a list of rights": {"1": ["1"]},
        "an object": {"1": {}},
        "a list": ["1", "2"],
        "pairs": [["1", "1"]],
        "a text": "1",
    },
    "best-worst": {
        "best and worst the same": {"best": "2", "worst": "2"},
        "an unknown option": {"best": "5"},
        "option nought": {"worst": "0"},
        "another name": {"best": "1", "least": "2"},
        "a name of neither": {"middle": "1"},
        "a number": {"best": 1},
        "a boolean": {"worst": True},
        "a list": ["1", "2"],
        "lists": {"best": ["1"], "worst": ["2"]},
        "a text": "1",
    },
    "rating": {
        "below the scale": {"1": 0},
        "below nought": {"1": -1},
        "above the scale": {"1": 6},
        "far above the scale": {"1": 10**30},
        "an unknown option": {"3": 4},
        "option nought": {"0": 4},
        "a float": {"1": 4.0},
        "a float between": {"1": 4.2},
        "true": {"1": True},
        "false": {"1": False},
        "a text": {"1": "4"},
        "an empty text": {"1": ""},
        "a list": {"1": [4]},
        "not a number": {"1": float("nan")},
        "a list of ratings": [4, 2],
        "a bare rating": 4,
    },
    "rating on seven": {"eight": {"1": 8}, "nought": {"1": 0}},
    "rating from nought": {"below nought": {"1": -1}, "four": {"1": 4}},
    "weighted": {
        "an unknown option": "4",
        "option nought": "0",
        "its points": "3分",
        "a number": 3,
        "a boolean": True,
        "a list": ["3"],
        "an object": {"1": "3"},
    },
    "cloze": {
        "an unknown option": ["24", "3"],
        "option nought": ["24", "0"],
        "the text of an option": ["24", "先开前门"],
        "a position as a number": ["24", 1],
        "a position with a space": ["24", " 1"],
        "a full-width position": ["24", "１"],
        "more texts than blanks": ["24", "1", "x"],
        "a text": "24",
        "an object": {"1": "24"},
        "a boolean": [True, "1"],
        "a list in a list": [["24"], "1"],
    },
    "upload": {
        "a file twice": [FILE, FILE],
        "eleven files": [f"{number:064x}" for number in range(11)],
        "a name of a file": ["plan.pdf"],
        "63 digits": [FILE[:-1]],
        "65 digits": [f"{FILE}0"],
        "capital digits": [FILE.upper()],
        "a digit that is none": [f"{FILE[:-1]}g"],
        "a sign before the digits": [f"{FILE[:-1]}/"],
        "a sign behind the digits": [f"{FILE[:-1]}:"],
        "a sign before the letters": [f"{FILE[:-1]}`"],
        "full-width digits": [f"{FILE[:-1]}１"],
        "a line end": [f"{FILE}\n"],
        "an empty name": [""],
        "a null": [None],
        "a number": [1],
        "a bare file": FILE,
        "an object": {"sha256": FILE},
    },
    "walk": {
        "an option that does not exist": ["3"],
        "a second option that does not exist": ["1", "3"],
        "option nought": ["0"],
        "a choice after the ending": ["2", "1"],
        "choices after the ending": ["1", "2", "1", "1"],
        "an option that does not exist after the ending": ["2", "9"],
        "numbers": [1, 2],
        "booleans": [True],
        "nulls": [None],
        "an empty choice": [""],
        "a number with a zero before": ["01"],
        "a full-width number": ["１"],
        "a huge number": ["9" * 5000],
        "a negative number": ["-1"],
        "a text": "12",
        "an object": {"which-door": "1"},
    },
}


@pytest.mark.parametrize(("item", "answer"), cases_of(ITEMS, TAKEN))
def test_an_item_takes_answers_of_its_form(item, answer):
    check_answer(item, answer)


@pytest.mark.parametrize(("item", "answer"), cases_of(ITEMS, REFUSED))
def test_an_answer_of_another_form_is_refused(item, answer):
    with pytest.raises(BadAnswer):
        check_answer(item, answer)


@pytest.mark.parametrize(
    ("name", "answer", "reason"),
    [
        ("ordering", ["1", "2"], "leaves out a step"),
        ("ordering", ["1", "2", "2"], "twice"),
        ("ordering", ["1", "2", "4"], "no option '4'"),
        ("ordering", ["1", "2", "0123456789abc"], "no option '0123456789'"),
        ("matching", {"3": "1"}, "no left side '3'"),
        ("matching", {"1": "9"}, "no right side '9'"),
        ("best-worst", {"best": "2", "worst": "2"}, "two options"),
        ("best-worst", {"least": "2"}, "'least'"),
        ("rating", {"1": 6}, "from 1 to 5"),
        ("rating on seven", {"1": 8}, "from 1 to 7"),
        ("rating", {"1": "4"}, "whole number"),
        ("upload", [FILE, FILE], "twice"),
        ("upload", ["plan.pdf"], "SHA-256"),
        ("upload", [f"{number:064x}" for number in range(11)], "at most 10"),
        ("walk", ["3"], "no option 3"),
        ("walk", ["9"], "no option 9"),
        ("walk", ["10"], "no option 10"),
        ("walk", ["99"], "no option 99"),
        ("walk", ["100"], "by its number"),
        ("walk", [":"], "by its number"),
        ("walk", ["1/"], "by its number"),
        ("walk", ["1:"], "by its number"),
        ("walk", ["1a"], "by its number"),
        ("walk", ["2", "1"], "ended"),
    ],
)
def test_a_refusal_tells_why(name, answer, reason):
    with pytest.raises(BadAnswer, match=reason):
        check_answer(ITEMS[name], answer)


def test_ten_files_are_not_too_many():
    assert takes(make_upload(), [f"{number:064x}" for number in range(10)])


def test_the_text_in_a_dropdown_counts_towards_the_limit():
    with pytest.raises(BadAnswer, match="256"):
        check_answer(make_cloze("24", "~先 | 后"), ["x" * SIZE_LIMIT, "1"])
