"""Chinese numerals: written out, in short, digit by digit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.scoring.numerals import arabic, with_arabic

UNITS = ("", "十", "百", "千")


def spell(number: int) -> str:
    """Write a number below 100 million in Chinese, one character a digit and unit."""
    if number >= 10_000:
        rest = number % 10_000
        filler = "零" if rest < 1000 else ""
        return spell(number // 10_000) + "万" + (filler + spell(rest) if rest else "")
    written = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + UNITS[place]
        gap = digit == 0
    return written or "零"


@settings(deadline=None)
@given(st.integers(0, 99_999_999))
def test_every_number_is_read_as_it_is_written(number):
    written = spell(number)

    assert arabic(written) == str(number)


@settings(deadline=None)
@given(st.text(alphabet="〇零一二两三九十百千万亿点分之0123.万%/ ", max_size=12))
def test_any_run_of_numerals_can_be_read(text):
    assert isinstance(with_arabic(text), str)


@pytest.mark.parametrize(
    "run",
    [
        "百",
        "千",
        "万",
        "亿",
        "万一",
        "十百",
        "一百一百",
        "百百",
        "零十",
        "三零千三",
        "七八",
        "十七八",
        "两两",
        "二两",
        "零两",
        "两零五",
        "一万亿一",
        "九" * 41,
    ],
)
def test_a_malformed_numeral_is_no_number(run):
    assert arabic(run) is None


def test_a_run_of_forty_digits_is_still_a_number():
    assert arabic("九" * 40) == "9" * 40


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("第三", "第3"),
        ("〇零一二三四五六七八九", "00123456789"),
        ("三点〇零一二三四五六七八九", "3.00123456789"),
        ("零五", "05"),
        ("五〇", "50"),
        ("一二三", "123"),
        ("二百〇五", "205"),
        ("一十二", "12"),
        ("一百十二", "112"),
        ("一百一十二", "112"),
        ("三千瓦", "3千瓦"),
        ("三千卡", "3千卡"),
        ("三千升", "3千升"),
        ("三千米高", "3千米高"),
        ("三千毫升", "3000毫升"),
        ("十三千克", "13千克"),
        ("三点五两", "3.5两"),
        ("三点五万", "35000"),
        ("十二点五万元", "125000元"),
        ("一点二亿", "120000000"),
        ("二点五千万", "25000000"),
        ("一百二十三两", "123两"),
        ("12三", "12三"),
        ("90三", "90三"),
        ("09三", "09三"),
        ("三12", "三12"),
        ("三09", "三09"),
        ("三90", "三90"),
        ("三百二", "320"),
        ("三千二", "3200"),
        ("三万二", "32000"),
        ("三亿二", "320000000"),
        ("1.25亿", "125000000"),
        ("0.5万", "5000"),
        ("2千万", "20000000"),
        ("2万亿", "2000000000000"),
        ("亿5万", "亿5万"),
        ("3百分之一", "3百分之1"),
        ("三点", "3点"),
        ("三点半", "3点半"),
        ("七八点五", "七八点五"),
        ("三点一刻", "3点1刻"),
        ("十点二十", "10点20"),
        ("二百分之一", "1/200"),
        ("3分之2", "2/3"),
        ("百分之三点五", "3.5%"),
    ],
)
def test_numerals_in_a_text_become_arabic(text, written):
    assert with_arabic(text) == written


DIGITS = list(zip("零一二三四五六七八九", "0123456789", strict=True))


@pytest.mark.parametrize(("character", "digit"), [*DIGITS, ("〇", "0"), ("十", "10"), ("两", "2")])
def test_a_single_numeral_is_a_number(character, digit):
    assert with_arabic(f"第{character}") == f"第{digit}"


@pytest.mark.parametrize(("character", "digit"), [*DIGITS, ("〇", "0")])
def test_a_numeral_behind_a_point_is_a_decimal_and_not_part_of_the_unit(character, digit):
    assert with_arabic(f"三点{character}两") == f"3.{digit}两"


@pytest.mark.parametrize(("character", "digit"), DIGITS[1:])
def test_the_last_place_may_be_left_out_behind_any_digit(character, digit):
    assert with_arabic(f"{character}百五") == f"{digit}50"
    assert with_arabic(f"一百{character}") == f"1{digit}0"


@pytest.mark.parametrize(
    ("text", "written"), [("十万五", "105000"), ("一百万五", "1005000"), ("一千万五", "10005000")]
)
def test_the_last_place_may_be_left_out_behind_a_higher_one(text, written):
    assert with_arabic(text) == written


@pytest.mark.parametrize(("character", "digit"), [*DIGITS[1:], ("两", "2")])
def test_any_digit_behind_ten_thousand_counts_the_thousands(character, digit):
    assert with_arabic(f"一万{character}千米") == f"1{digit}000米"


@pytest.mark.parametrize("numeral", "〇零一二两三四五六七八九十百千万")
def test_a_numeral_before_figures_keeps_them_from_being_read(numeral):
    assert with_arabic(f"{numeral}5万") == f"{numeral}5万"


@pytest.mark.parametrize("numeral", "〇零十百千")
def test_a_numeral_behind_figures_that_goes_on_with_no_number_stays(numeral):
    assert with_arabic(f"3万{numeral}") == f"3万{numeral}"


#: figures and numerals in one number, and its value
MIXED = {
    "3万五千": "35000",
    "3万5千": "35000",
    "3万5千元": "35000元",
    "12万5千": "125000",
    "1百二": "120",
    "3万五": "35000",
    "1百二十": "120",
    "1千零5十": "1050",
    "2亿3千万": "230000000",
    "1万零5百": "10500",
    "5百三十元": "530元",
    "3千5百克": "3500克",
    "3万2千米": "32000米",
    "3万两": "30000两",
    "1百零5": "105",
    "1百零五": "105",
    "3百2十1": "321",
    "1万零500": "10500",
    # what would be no number in Chinese numerals alone
    "12十": "12十",
    "3万9": "3万9",
    "3万05": "3万05",
    "1万500": "1万500",
    "1百零05": "1百零05",
    "3千零5百": "3千零5百",
    "3百2十12": "3百2十12",
    "1百零5.5": "1百零5.5",
    "3万3万": "3万3万",
    "1百2千": "1百2千",
    "3万五分": "3万五分",
    "3万5千.5": "3万5千.5",
    "一万2千": "一万2千",
    "12345万5千": "12345万5千",
}


@pytest.mark.parametrize(("text", "written"), MIXED.items())
def test_figures_and_numerals_in_one_number_are_read_together(text, written):
    assert with_arabic(text) == written


@pytest.mark.parametrize(("text", "written"), [("〇.一四", "0.14"), ("三.五", "3.5"), ("十二.五", "12.5")])
def test_a_numeral_may_have_its_decimals_behind_a_full_stop(text, written):
    assert with_arabic(text) == written


#: texts in which figures, a point or a stroke stand beside numerals, and what becomes of them
BESIDE = {
    # before and behind a numeral
    "/三": "/3",
    "3:三": "3:3",
    "三/4": "3/4",
    "三:四": "3:4",
    "早点八个": "早点8个",
    "三点一点二": "3.1点2",
    "三点点五": "3点点5",
    # figures with a Chinese unit
    "比1:3万": "比1:30000",
    "3万/年": "30000/年",
    "3万:5": "30000:5",
    "1.05万": "10500",
    "1.9万": "19000",
    "1.:5万": "1.:50000",
    "2十万": "200000",
    "2百万": "2000000",
    "123456789012345万": "1234567890123450000",
    "1.123456789012345万": "11234.56789012345",
    "3百分": "300分",
    "3百之多": "300之多",
    "3千分": "3000分",
    "3千之多": "3000之多",
    # a hundredth, a thousandth
    "占比:百分之五": "占比:5%",
    "或/百分之五": "或/5%",
    "百分之九": "9%",
    "百分之零点五": "0.5%",
    "百分之三点零五": "3.05%",
    "百分之三点二九": "3.29%",
    "百分之五.": "5%.",
    "百分之1.2.3": "1.2%.3",
    "百分之1..5": "1%..5",
    "百分之1./5": "1%./5",
    "百分之1.:5": "1%.:5",
    # a fraction
    "约三分之二": "约2/3",
    "比例:三分之二": "比例:2/3",
    "或/三分之二": "或/2/3",
    "三:三分之二": "3:2/3",
    "三分之二:五": "2/3:5",
    "1/3分之2": "1/2/3",
    "3分之2/5": "2/3/5",
    "九分之二": "2/9",
    "十分之九": "9/10",
    "三分之二十": "20/3",
}


@pytest.mark.parametrize(("text", "written"), BESIDE.items())
def test_what_stands_beside_numerals_stays(text, written):
    assert with_arabic(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("百分之几", "百分之几"),
        ("三分之几", "3分之几"),
        ("百之五", "百之5"),
        ("百分五", "百分5"),
        ("三之二", "3之2"),
        ("三分二秒", "3分2秒"),
        ("百分分之五", "百分分之5"),
        ("百分之之五", "百分之之5"),
        ("三分分之二", "3分分之2"),
        ("三分之之二", "3分之之2"),
        ("9百分之五", "9百分之5"),
        ("10百分之五", "10百分之5"),
        ("百分之/5", "百分之/5"),
        ("百分之:5", "百分之:5"),
        ("3千分之一", "3千分之1"),
    ],
)
def test_what_only_looks_like_a_fraction_is_none(text, written):
    assert with_arabic(text) == written


@pytest.mark.parametrize(
    "text",
    [
        *("3万05", "3万9", "3千瓦", "3千卡", "3千升", "05分", "5.50分", "/5万", "1/2万", "1,234万", "1..5万"),
        *("1.2.3万", "1.万", "1./5万", "2百千万", "2亿万", "2万亿亿", "2万万亿", "2百百", "2千千"),
        *(f"{first}123456789012345万" for first in range(10)),
        *(f"1.{first}123456789012345万" for first in range(10)),
    ],
)
def test_figures_that_are_no_number_with_a_chinese_unit_stay(text):
    assert with_arabic(text) == text


@pytest.mark.parametrize("piece", ["1", "1.", "1/", "1万", "三", "三点", "点三", "百分之1", "1分之", "十"])
def test_a_long_answer_is_read_in_one_pass(piece):
    text = (piece * 600_000)[:600_000]

    assert with_arabic(text)


@pytest.mark.parametrize("numeral", "〇零一二两三四五六七八九十百千万亿")
def test_many_numerals_before_a_figure_are_read_in_one_pass(numeral):
    text = numeral * 200_000

    assert with_arabic(f"{text}5") == f"{text}5"


@pytest.mark.parametrize("figure", ["0", "1", "9"])
def test_many_figures_beside_a_numeral_are_read_in_one_pass(figure):
    text = figure * 600_000

    assert with_arabic(f"{text}个三") == f"{text}个3"


@pytest.mark.parametrize(
    ("written", "arabic"),
    [
        ("一万二千米", "12000米"),
        ("三万六千米高", "36000米高"),
        ("一万两千米", "12000米"),
        ("十三千克", "13千克"),
        ("三千克", "3千克"),
        ("三百千克", "300千克"),
        ("一百二十三千克", "123千克"),
        ("一亿二千米", "一亿二千米"),
        ("3百米", "300米"),
        ("3千米", "3千米"),
    ],
)
def test_a_thousand_belongs_to_the_number_after_a_higher_place_and_else_to_the_unit(written, arabic):
    assert with_arabic(written) == arabic
