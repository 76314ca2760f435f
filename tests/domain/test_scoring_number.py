"""Numeric items: how a number is read, which unit passes, where a range ends."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadAnswer
from app.domain.keys import NumericKey
from app.domain.scoring import explain_match, score
from app.domain.scoring.arithmetic import BadExpression, evaluate
from app.domain.scoring.number import Quantity, limits_of, read_quantity
from tests.domain.builders import make_numeric

READ = [
    ("45", "45", ""),
    (" 45 ", "45", ""),
    ("+45", "45", ""),
    ("-45", "-45", ""),
    ("−45", "-45", ""),
    ("–45", "-45", ""),
    ("- 45", "-45", ""),
    ("负四十五", "-45", ""),
    ("負5", "-5", ""),
    ("负 45", "-45", ""),
    ("45.50", "45.5", ""),
    (".5", "0.5", ""),
    (".90", "0.9", ""),
    ("5.", "5", ""),
    ("45。", "45", ""),
    ("007", "7", ""),
    ("1,234.5", "1234.5", ""),
    ("1，234", "1234", ""),
    ("1,234,567", "1234567", ""),
    ("90,000", "90000", ""),
    ("9,999", "9999", ""),
    ("1,234/5", "246.8", ""),
    ("１２", "12", ""),
    ("１２．５％", "12.5", "%"),
    ("十二", "12", ""),
    ("两百", "200", ""),
    ("三百五", "350", ""),
    ("三点一四", "3.14", ""),
    ("1.5万", "15000", ""),
    ("3 万", "30000", ""),
    ("1/2", "0.5", ""),
    ("-1/2", "-0.5", ""),
    ("1 1/2", "1.5", ""),
    ("1 / 2", "0.5", ""),
    ("12/1", "12", ""),
    ("90/12", "7.5", ""),
    ("9/90", "0.1", ""),
    ("90 1/2", "90.5", ""),
    ("1½", "1.5", ""),
    ("½", "0.5", ""),
    ("二分之一", "0.5", ""),
    ("百分之十四", "14", "%"),
    ("百分之百", "100", "%"),
    ("百分之 14", "14", "%"),
    ("负百分之五", "-5", "%"),
    ("3‰", "3", "‰"),
    ("千分之三", "3", "‰"),
    ("25℃", "25", "°c"),
    ("25 °C", "25", "°c"),
    ("45克", "45", "克"),
    ("四十五 克", "45", "克"),
    ("45 KM/H", "45", "km/h"),
    ("3千克", "3", "千克"),
    ("三千克", "3", "千克"),
    ("1,234元。", "1234", "元"),
    ("5.克", "5", "克"),
    ("3负荷", "3", "负荷"),
    # white space around it does not count towards its length
    (" " * 158 + "45", "45", ""),
    (" " * 159 + "45", "45", ""),
    ("45" + " " * 159, "45", ""),
    ("999999999999999", "999999999999999", ""),
]


@pytest.mark.parametrize(("answer", "value", "unit"), READ)
def test_a_number_is_read_as_people_write_it(answer, value, unit):
    quantity = read_quantity(answer)

    assert quantity is not None
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


UNREADABLE = [
    *(
        "",
        "-",
        "元",
        "abc",
        "四十五左右五",
        "1,23",
        "12,3456",
        "1 234",
        "1_000",
        "1e3",
        "0x10",
        "1/0",
        "1/2/3",
        "1//2",
        "1 1 1/2",
        "1/ 1/2",
        "1.5/2",
        ".5/2",
        ",120",
        "1,2340",
        "1,2349",
        "1,,234",
        "1/,234",
        "1,/23",
    ),
    *(
        "24..48",
        "45 ± 5",
        "约45",
        "45 or 46",
        "2*3",
        "(45)",
        "1.2.3",
        ".",
        ".克",
        "5..克",
        "10²",
        "NaN",
        "inf",
        "∞",
        "٣",
        "--5",
        "负负5",
        "七八",
    ),
    *(
        "1000000000000000",
        "-1000000000000000",
        "999999999999万",
        "百",
        "$45",
        "45 46",
        "45克 kg",
        "45%%",
        "45°°c",
        "45".zfill(1000),
    ),
]


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_cannot_be_read_earns_nothing(answer):
    item = make_numeric(NumericKey(low="-999999999999999", high="999999999999999"))

    result = score(item, answer)

    assert result.points == 0
    assert result.answered is bool(answer)


@pytest.mark.parametrize(("length", "points"), [(40, 2), (41, 0)])
def test_a_number_has_at_most_forty_characters(length, points):
    item = make_numeric(NumericKey(value="45"))

    assert score(item, "45".zfill(length)).points == points


#: how long it is, and whether it can still be read
LONG_INSIDE = {
    "40 with spaces": (f"1{' ' * 36}1/2", True),
    "41 with spaces": (f"1{' ' * 37}1/2", False),
    "40 written out": (f"45{'㎏' * 19}", True),
    "42 written out": (f"45{'㎏' * 20}", False),
}


@pytest.mark.parametrize(("answer", "readable"), LONG_INSIDE.values(), ids=LONG_INSIDE)
def test_spaces_inside_and_signs_written_out_count_towards_the_length(answer, readable):
    assert (read_quantity(answer) is not None) is readable


@pytest.mark.parametrize("end", [*",;!?、.。", "，", "；", "！", "？", " 。", ". ."])
def test_punctuation_behind_a_number_or_its_unit_means_nothing(end):
    assert read_quantity(f"45{end}") == Quantity(Decimal(45))
    assert read_quantity(f"45kg{end}") == Quantity(Decimal(45), "kg")


@pytest.mark.parametrize(
    "answer",
    [
        *("12十", "5百百", "1.5万五", "3万9", "5分之", "12/", "5/h", "5km/", "3两五", "1二三", "5亿亿"),
        *("2*3", "5x3", "5元/十"),
    ],
)
def test_what_goes_on_like_a_number_is_no_unit(answer):
    assert read_quantity(answer) is None
    assert score(make_numeric(NumericKey(low="0", high="20")), answer).points == 0


@pytest.mark.parametrize("unit", ["两", "千克", "千米", "千瓦", "千卡", "千升", "分", "分钟"])
def test_a_unit_may_begin_with_a_character_that_is_a_numeral_too(unit):
    assert read_quantity(f"3{unit}") == Quantity(Decimal(3), unit)


@pytest.mark.parametrize("answer", ["3万五千", "3万5千元", "３万五千元"])
def test_figures_and_numerals_make_one_number(answer):
    assert score(make_numeric(NumericKey(value="35000", unit="元")), answer).points == 2


@pytest.mark.parametrize("unit", ["a", "z", "°a", "°z", "km/h", "\u3400", "\u9fff", "立方米"])
def test_a_unit_is_made_of_letters_or_of_characters(unit):
    assert read_quantity(f"45{unit}") == Quantity(Decimal(45), unit)


@pytest.mark.parametrize(
    ("answer", "unit"),
    [
        *(("45元/人", "元/人"), ("45次/分", "次/分"), ("45m²", "m2"), ("45 CM3", "cm3"), ("45 m/s²", "m/s2")),
        *(("45kg·m", "kg·m"), ("45 kW·h", "kw·h"), ("45千克/m³", "千克/m3"), ("45µm", "μm"), ("45Ω", "ω")),
    ],
)
def test_a_unit_may_have_parts_squares_and_cubes(answer, unit):
    assert read_quantity(answer) == Quantity(Decimal(45), unit)
    assert score(make_numeric(NumericKey(value="45")), answer).points == 2


@pytest.mark.parametrize(
    "sign", ["`", "{", "°`", "°{", "°cc", "\ua000", "é", "m23", "m2m", "kg2", "h2", "m2/", "元//人"]
)
def test_nothing_else_is_a_unit(sign):
    assert read_quantity(f"45{sign}") is None


UNITS = [
    ("克", "45", True),
    ("克", "45克", True),
    ("克", "45 克", True),
    ("克", "45g", False),
    ("克", "45千克", False),
    ("克", "45%", False),
    ("克", "克", False),
    ("個", "45个", True),
    ("km/h", "45KM/H", True),
    ("km/h", "45km", False),
    ("%", "45", True),
    ("%", "45%", True),
    ("%", "45％", True),
    ("%", "百分之四十五", True),
    ("%", "0.45", False),
    ("%", "45‰", False),
    ("%", "45‰%", False),
    ("%", "45元", False),
    ("‰", "千分之四十五", True),
    ("℃", "45°C", True),
    ("℃", "45度", False),
    ("万元", "45万元", True),
    ("万元", "45元", False),
    ("萬元", "45万元", True),
    ("分", "四十五分", True),
    ("", "45", True),
    ("", "45克", True),
    ("", "45 kg", True),
    ("", "45°", True),
    ("", "45%", False),
    ("", "百分之四十五", False),
    ("", "45‰", False),
]


@pytest.mark.parametrize(("unit", "answer", "right"), UNITS)
def test_a_missing_unit_is_accepted_and_another_is_wrong(unit, answer, right):
    item = make_numeric(NumericKey(value="45", unit=unit))

    assert score(item, answer).points == (2 if right else 0)


@pytest.mark.parametrize(("answer", "points"), [("3千克", 2), ("三千克", 2), ("3000克", 0), ("3", 2)])
def test_the_unit_of_the_key_tells_how_far_the_number_goes(answer, points):
    assert score(make_numeric(NumericKey(value="3", unit="千克")), answer).points == points


@pytest.mark.parametrize(("answer", "points"), [("3千克", 2), ("三千克", 2), ("3000克", 2), ("3", 0)])
def test_three_thousand_grams_may_be_said_in_thousands(answer, points):
    assert score(make_numeric(NumericKey(value="3000", unit="克")), answer).points == points


def test_a_number_without_a_unit_is_read_without_one():
    assert read_quantity("45", "克") == Quantity(Decimal(45))


def test_three_point_five_points_is_no_time_of_day():
    assert score(make_numeric(NumericKey(value="3.5", unit="分")), "三点五分").points == 2


RANGES = [
    (NumericKey(value="45"), "45.00", True),
    (NumericKey(value="45"), "45.01", False),
    (NumericKey(value="45", tolerance="5"), "40", True),
    (NumericKey(value="45", tolerance="5"), "50", True),
    (NumericKey(value="45", tolerance="5"), "39.99", False),
    (NumericKey(value="45", tolerance="5"), "50.01", False),
    (NumericKey(value="-45", tolerance="0.5"), "-45.5", True),
    (NumericKey(value="0.1", tolerance="0.2"), "0.3", True),
    (NumericKey(low="24", high="48"), "24", True),
    (NumericKey(low="24", high="48"), "48", True),
    (NumericKey(low="24", high="48"), "23.999", False),
    (NumericKey(low="24", high="48"), "48.001", False),
    (NumericKey(low="-3", high="-1"), "-2", True),
    (NumericKey(low="-3", high="-1"), "2", False),
    (NumericKey(value="3.14", places=2), "3.14", True),
    (NumericKey(value="3.14", places=2), "3.14159", True),
    (NumericKey(value="3.14", places=2), "3.135", True),
    (NumericKey(value="3.14", places=2), "3.1449", True),
    (NumericKey(value="3.14", places=2), "3.145", False),
    (NumericKey(value="3.14", places=2), "3.1", False),
    (NumericKey(value="3.14159", places=2), "3.14", True),
    (NumericKey(value="3", places=0), "2.5", True),
    (NumericKey(value="-3", places=0), "-2.5", True),
    (NumericKey(value="1", places=99), "1", True),
    (NumericKey(value="123456789", places=20), "123456789", True),
    (NumericKey(value=f"0.{'1'.zfill(20)}", places=20), "0", False),
    (NumericKey(value="999999999999999", places=99), "999999999999999", True),
    (NumericKey(value="1/3"), "1/3", True),
    (NumericKey(value="1/3", places=2), "0.33", True),
    (NumericKey(value="100 * 0.14", tolerance="0.01"), "14.01", True),
    (NumericKey(value="１００ × 2"), "200", True),
]


@pytest.mark.parametrize(("key", "answer", "right"), RANGES)
def test_the_boundaries_belong_to_the_range(key, answer, right):
    assert score(make_numeric(key), answer).points == (2 if right else 0)


@pytest.mark.parametrize("answer", [45, 45.0, True, ["45"], {"value": "45"}, []])
def test_a_number_that_is_no_text_is_refused(answer):
    with pytest.raises(BadAnswer, match="text"):
        score(make_numeric(NumericKey(value="45")), answer)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("8 / 2 / 2", "2"),
        ("10 - 2 - 3", "5"),
        ("2 * -3", "-6"),
        ("-(2 + 3)", "-5"),
        ("--5", "5"),
        ("0.1 + 0.2", "0.3"),
        ("1/3 * 3", "1"),
        ("1,234.5 × 2", "2469"),
        ("10 ÷ 4", "2.5"),
        ("(((((5)))))", "5"),
        ("+5", "5"),
        ("2 * +3", "6"),
        ("5 − 2", "3"),
        ("5 – 2", "3"),
        ("1⁄2", "0.5"),
        ("1.5/2", "0.75"),
        ("9,999.9 + 0.1", "10000"),
        (" 1 + 2 ", "3"),
    ],
)
def test_an_expression_is_worked_out(expression, value):
    assert evaluate(expression) == Decimal(value)


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("100", "100"),
        ("7 * 10", "70"),
        ("1.50", "1.5"),
        ("2.0", "2"),
        ("1/3", "0.33333333333333333333"),
        ("2/3", "0.66666666666666666667"),
    ],
)
def test_a_value_is_written_in_full_and_without_idle_noughts(expression, written):
    assert str(evaluate(expression)) == written


@pytest.mark.parametrize("expression", ["9".zfill(200), "(" * 20 + "9" + ")" * 20, "-" * 20 + "9"])
def test_an_expression_may_have_200_characters_and_be_nested_20_deep(expression):
    assert evaluate(expression) == 9


@pytest.mark.parametrize("expression", ["9".zfill(201), "(" * 21 + "9" + ")" * 21, "-" * 21 + "9"])
def test_c5_a_longer_or_deeper_expression_is_refused(expression):
    with pytest.raises(BadExpression):
        evaluate(expression)


@pytest.mark.parametrize(
    "expression",
    [
        *(
            "",
            " ",
            "+",
            "1 +",
            "* 2",
            "1 2",
            "(1",
            "1)",
            "()",
            "1)+(2",
            "1/0",
            "2 ** 3",
            "2^3",
            "1e3",
            "X * 2",
            "1,23",
            "1,2345",
            "1,234567",
            "1,,234",
            "1,/23",
            "1.",
            ".5",
        ),
        *("abs(1)", "__import__", "1;2", "1.2.3", "9" * 201, "(" * 30 + "1" + ")" * 30, "-" * 30 + "1"),
        *(
            "1000000000000000",
            "999999999999999 * 10",
            "*".join(["999999999999999"] * 12),
            "1/0.0000000000001/1e9",
        ),
    ],
)
def test_c5_an_expression_that_is_wrong_or_too_large_is_refused(expression):
    with pytest.raises(BadExpression):
        evaluate(expression)


def test_a_refusal_tells_that_an_expression_ends_too_early():
    with pytest.raises(BadExpression, match="ends too early"):
        evaluate("1 +")


NAMES = [
    "A",
    "Z",
    "a",
    "z",
    "_",
    "\u3400",
    "\u9fff",
    "xA",
    "xZ",
    "xa",
    "xz",
    "x0",
    "x9",
    "x_",
    "x\u3400",
    "x\u9fff",
]


@pytest.mark.parametrize("name", [*NAMES, "x" * 20, "客人数"])
def test_a_name_has_up_to_twenty_letters_digits_and_characters(name):
    assert evaluate(f"{name} * 2", {name: Decimal(7)}) == 14


@pytest.mark.parametrize(
    "name",
    ["@", "[", "`", "{", "x@", "x[", "x`", "x{", "x/1", "x:1", "\ua000", "x\ua000", "0x", "é", "x" * 21],
)
def test_nothing_else_is_a_name(name):
    with pytest.raises(BadExpression):
        evaluate(f"{name} * 2", {name: Decimal(7)})


@pytest.mark.parametrize(
    "key", [NumericKey(), NumericKey(low="1"), NumericKey(low="2", high="1"), NumericKey(value="x")]
)
def test_a_key_without_a_range_is_refused(key):
    with pytest.raises(BadExpression):
        limits_of(key)


@given(st.text(alphabet="0123456789+-*/(). ,×", max_size=60))
def test_c5_an_expression_has_a_value_or_is_refused(expression):
    try:
        value = evaluate(expression)
    except BadExpression:
        return

    assert abs(value) < Decimal("1e15")


@given(st.decimals(-(10**12), 10**12, places=4), st.sampled_from(["", "元", "%", "kg"]))
def test_a_number_is_read_back_as_it_was_written(value, unit):
    quantity = read_quantity(f"{value:,f}{unit}")

    assert quantity is not None
    assert (quantity.value, quantity.unit) == (value, unit)


def test_the_preview_tells_how_a_number_was_read():
    item = make_numeric(NumericKey(value="45", tolerance="5", unit="克"))

    (right,) = explain_match(item, "四十二克")
    (wrong,) = explain_match(item, "42斤")

    assert (right.read_as, right.wording) == ("42 克", "40..50 克")
    assert (wrong.read_as, wrong.wording) == ("42 斤", None)


def test_the_preview_tells_that_nothing_could_be_read():
    (explanation,) = explain_match(make_numeric(NumericKey(value="3.14", places=2)), "圆周率")

    assert (explanation.read_as, explanation.compared_with) == ("", ("3.14 (2)",))
