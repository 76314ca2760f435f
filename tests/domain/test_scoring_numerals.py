"""Chinese numerals: written out, in short, digit by digit."""

import pytest
from hypothesis import given
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


@given(st.integers(0, 99_999_999))
def test_every_number_is_read_as_it_is_written(number):
    written = spell(number)

    assert arabic(written) == str(number)


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
        "九" * 41,
    ],
)
def test_a_malformed_numeral_is_no_number(run):
    assert arabic(run) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("第三", "第3"),
        ("12三", "12三"),
        ("三12", "三12"),
        ("3万5千", "3万5千"),
        ("1.25亿", "125000000"),
        ("0.5万", "5000"),
        ("3百分之一", "3百分之1"),
        ("三点", "3点"),
        ("三点半", "3点半"),
        ("三点一刻", "3点1刻"),
        ("十点二十", "10点20"),
        ("二百分之一", "1/200"),
        ("百分之三点五", "3.5%"),
    ],
)
def test_numerals_in_a_text_become_arabic(text, written):
    assert with_arabic(text) == written


@pytest.mark.parametrize("piece", ["1", "1.", "1/", "1万", "三", "三点", "点三", "百分之1", "1分之", "十"])
def test_a_long_answer_is_read_in_one_pass(piece):
    text = (piece * 600_000)[:600_000]

    assert with_arabic(text)
