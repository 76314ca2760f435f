"""The form in which wordings are compared, sign by sign: punctuation, spaces, raised digits, fractions."""

import unicodedata

import pytest

from app.domain.scoring.normal import plain_form

#: each sign, and those that are written for it
PUNCTUATION = {
    ".": "。．",
    ",": "、，",
    '"': "“”„「」『』＂",
    "'": "‘’＇",
    "[": "【〔［",
    "]": "】〕］",
    "<": "《〈＜",
    ">": "》〉＞",
    "-": "—–−‐‑‒－",
    "·": "•‧・･",
    "~": "〜～",
    "/": "⁄／",
}


@pytest.mark.parametrize(("sign", "others"), PUNCTUATION.items())
def test_punctuation_is_compared_in_one_form(sign, others):
    assert [plain_form(f"a{other}b") for other in others] == [f"a{sign}b"] * len(others)


@pytest.mark.parametrize("sign", ",;:!?()[]")
def test_spaces_around_punctuation_mean_nothing(sign):
    assert plain_form(f"a {sign}b") == plain_form(f"a{sign} b") == f"a{sign}b"


@pytest.mark.parametrize("end", [*".,;:!?。、，；：！？…", " 。", ". .", "?!"])
def test_punctuation_at_the_end_means_nothing(end):
    assert plain_form(f"vip{end}") == "vip"
    assert plain_form(f"12{end}") == "12"
    assert plain_form(f"护顶{end}") == "护顶"


# the first and the last of each block, as far as there are characters that keep their form
@pytest.mark.parametrize(
    "character",
    ["〇", "\u3400", "\u4dbf", "\u4e00", "\u9fff", "\ufa0e", "\ufa29", "\U00020000", "\U000323af"],
    ids=ascii,
)
def test_spaces_around_chinese_characters_mean_nothing(character):
    assert plain_form(f"= {character}=") == plain_form(f"={character} =") == f"={character}="


@pytest.mark.parametrize("character", ["=", "\ua000", "\uac00", "\uf8ff", "é", "`", "{"], ids=ascii)
def test_spaces_around_other_characters_stand(character):
    assert plain_form(f"= {character}=") == f"= {character}="
    assert plain_form(f"={character} =") == f"={character} ="
    assert plain_form(f"0 {character}=") == f"0 {character}="
    assert plain_form(f"={character} 0") == f"={character} 0"


@pytest.mark.parametrize("figure", ["0", "9"])
@pytest.mark.parametrize("unit", ["a", "z", "%", "‰", "°"])
def test_spaces_between_a_figure_and_its_unit_mean_nothing(figure, unit):
    assert plain_form(f"{figure} {unit}=") == f"{figure}{unit}="


@pytest.mark.parametrize("letter", ["a", "z"])
@pytest.mark.parametrize("figure", ["0", "9"])
def test_spaces_between_a_letter_and_a_figure_mean_nothing(letter, figure):
    assert plain_form(f"{letter} {figure}") == f"{letter}{figure}"


@pytest.mark.parametrize("text", ["1/ a", "a /1", "a b", "1 2", "% 1", "a %"])
def test_these_spaces_stand(text):
    assert plain_form(text) == text


@pytest.mark.parametrize(("raised", "digit"), list(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)))
def test_a_raised_digit_behind_a_number_or_bracket_is_a_power_and_else_a_digit(raised, digit):
    assert plain_form(f"10{raised}") == f"10^{digit}"
    assert plain_form(f"(a){raised}") == f"(a)^{digit}"
    assert plain_form(f"m{raised}") == f"m{digit}"


@pytest.mark.parametrize("fraction", "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉")
def test_a_fraction_behind_a_number_stands_apart(fraction):
    written = unicodedata.normalize("NFKC", fraction).replace("⁄", "/")

    assert plain_form(f"1{fraction}") == f"1 {written}"
    assert plain_form(f"={fraction}") == f"={written}"


@pytest.mark.parametrize(("text", "form"), [("a..b", "a..b"), ("a...b", "a...b"), ("a.....b", "a...b")])
def test_three_full_stops_and_more_are_an_ellipsis(text, form):
    assert plain_form(text) == form
