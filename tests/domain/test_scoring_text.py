"""Blanks: what counts as the same wording, and what does not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadAnswer
from app.domain.scoring import explain_match, score
from app.domain.scoring.matching import matches, pair_most, read_text
from app.domain.scoring.normal import normal_form, plain_form
from tests.domain.builders import make_blanks, make_cloze
from tests.domain.exact import half_up

SAME = [
    # NFKC and case
    ("VIP", "ｖｉｐ"),
    ("VIP", "Vip"),
    ("3kg", "３ｋｇ"),
    ("H2O", "H₂O"),
    ("10²", "10^2"),
    # spaces
    ("护顶", " 护 顶　"),
    ("护顶", "护\u200b顶"),
    ("VIP客户", "VIP 客户"),
    ("Ladies first", "ladies   first"),
    ("Ladies first", "\tladies\nfirst"),
    # punctuation
    ("护顶", "护顶。"),
    ("护顶", "护顶……"),
    ("请…进", "请……进"),
    ("请…进", "请....进"),
    ("护顶", "护顶 ！"),
    ("先生,请", "先生，请"),
    ("红、绿", "红, 绿"),
    ("a, b", "a，b"),
    ("“请”", '"请"'),
    ("Don't", "don’t"),
    ("(上)", "（上）"),
    ("？", "?"),
    # simplified and traditional
    ("护顶服务", "護頂服務"),
    ("出租车", "出租車"),
    ("里面", "裏面"),
    ("里面", "裡面"),
    ("干燥", "乾燥"),
    ("沿着", "沿著"),
    ("显著", "顯著"),
    ("答复", "答覆"),
    ("卫生", "衞生"),
    # numerals
    ("十二", "12"),
    ("12", "１２"),
    ("两个", "2个"),
    ("二个", "两个"),
    ("三千米", "3千米"),
    ("三两", "3两"),
    ("两千两百", "2200"),
    ("一万零五", "10005"),
    ("三百五", "350"),
    ("1.5万", "15000"),
    ("三万元", "3万元"),
    ("3万元", "30000元"),
    ("二十四小时", "24 小时"),
    ("十二 kg", "12kg"),
    ("二〇二四年十月一日", "2024年10月1日"),
    ("三点一四", "3.14"),
    ("三点十分", "3点10分"),
    ("三点五分", "3点5分"),
    ("百分之十四", "14%"),
    ("百分之百", "100％"),
    ("千分之三", "3‰"),
    ("三分之二", "2/3"),
    ("一〇一室", "101室"),
    ("统一", "统一"),
    ("統一", "统一"),
]

DIFFERENT = [
    ("护顶", "护项"),
    ("护顶", "顶护"),
    ("先开前门", "先开后门"),
    ("ladies first", "ladiesfirst"),
    ("1 2", "12"),
    ("10²", "102"),
    ("1½", "11/2"),
    ("。", "！"),
    ("七八个", "78个"),
    ("三五天", "35天"),
    ("两三天", "23天"),
    ("三三两两", "3322"),
    ("万一", "10001"),
    ("千万", "10000000"),
    ("十七八", "178"),
    ("三四百", "340"),
    ("十百", "1000"),
    ("百分之十四", "14"),
    ("十二", "20"),
    ("3kg", "3克"),
    ("C++", "C"),
]


@pytest.mark.parametrize(("wording", "answer"), SAME)
def test_these_are_the_same_wording(wording, answer):
    item = make_blanks(wording)

    assert score(item, [answer]).points == 3
    assert score(make_blanks(answer), [wording]).points == 3


@pytest.mark.parametrize(("wording", "answer"), DIFFERENT)
def test_these_are_different_wordings(wording, answer):
    item = make_blanks(wording)

    assert score(item, [answer]).points == 0
    assert score(make_blanks(answer), [wording]).points == 0


@pytest.mark.parametrize("answer", ["护顶", "护顶服务", "護頂服務。"])
def test_any_of_the_wordings_is_right(answer):
    assert score(make_blanks("护顶 | 护顶服务"), [answer]).points == 3


WILDCARDS = [
    ("护*服务", "护顶服务", True),
    ("护*服务", "护服务", True),
    ("护*服务", "护顶", False),
    ("*顶*", "为女宾护顶服务", True),
    ("*顶*", "顶", True),
    ("*", "什么都行", True),
    ("a*a", "a", False),
    ("a*a", "aa", True),
    ("*ab*ab", "ab", False),
    ("*ab*ab", "abab", True),
    ("*ab*ab*", "ab", False),
    ("ab*b*c", "abc", False),
    ("ab*b*c", "abbc", True),
    ("*顶*", "护项", False),
    ("护*服务", "请护顶服务", False),
    ("＊顶", "护顶", True),
    ("护顶*。", "护顶服务！", True),
    ("*十", "二十", True),
    ("三*", "3个", True),
    (r"3\*4", "3*4", True),
    (r"3\*4", "354", False),
    ("护?", "护顶", False),
    ("护.", "护顶", False),
    ("[护顶]", "护", False),
]


@pytest.mark.parametrize(("wording", "answer", "right"), WILDCARDS)
def test_a_star_stands_for_any_characters(wording, answer, right):
    assert matches(wording, read_text(answer)) is right
    assert (score(make_blanks(wording), [answer]).points == 3) is right


@pytest.mark.parametrize(
    ("line", "answer", "wording"),
    [
        ("护顶 | *顶", "护顶", "护顶"),
        ("*顶 | 护顶", "护顶", "*顶"),
        ("护* | *顶", "护顶", "护*"),
        ("十二 | 12", "12", "十二"),
        ("12 | 十二", "十二", "12"),
        ("请* | 护顶 | *顶", "护顶。", "护顶"),
        ("请* | 护手 | *顶", "护顶", "*顶"),
    ],
)
def test_the_first_wording_that_matches_counts(line, answer, wording):
    (explanation,) = explain_match(make_blanks(line), [answer])

    assert explanation.wording == wording


def test_many_stars_are_matched_in_one_pass():
    wording = "*a" * 2000 + "b"

    assert not matches(wording, read_text("a" * 100_000))


@pytest.mark.parametrize(
    ("rule", "answer", "points"),
    [
        (None, ["红", "绿", "蓝"], "1"),
        (None, ["红", "绿", "黄"], "0.67"),
        (None, ["红", "", None], "0.33"),
        (None, ["红"], "0.33"),
        (None, ["绿", "红", "蓝"], "0.33"),
        ("all", ["红", "绿", "蓝"], "1"),
        ("all", ["红", "绿", "黄"], "0"),
        ("all", ["红", "绿"], "0"),
    ],
)
def test_blanks_are_scored_one_by_one_or_all_together(rule, answer, points):
    item = make_blanks("红", "绿", "蓝", rule=rule, points="1")

    assert score(item, answer).points == Decimal(points)


@pytest.mark.parametrize(
    ("lines", "answer", "points"),
    [
        (("红", "绿", "蓝"), ["蓝", "红", "绿"], 3),
        (("红", "绿", "蓝"), ["红", "红", "红"], 1),
        (("红", "绿", "蓝"), ["", "红", ""], 1),
        (("红", "绿", "蓝"), ["", "黄", "绿"], 1),
        # taken greedily, 前门 would be spent on the first blank and 车门 left without one
        (("*门", "前门"), ["前门", "车门"], 3),
        (("前门", "*门"), ["车门", "前门"], 3),
        (("红 | 绿", "红 | 蓝", "绿"), ["绿", "红", "蓝"], 3),
        (("红 | 绿", "红 | 绿", "蓝"), ["绿", "红", "绿"], 2),
        (("红 | 绿", "绿 | 蓝", "蓝"), ["蓝", "绿", "红"], 3),
    ],
)
def test_in_any_order_as_many_blanks_as_possible_are_right(lines, answer, points):
    item = make_blanks(*lines, any_order=True)

    assert score(item, answer).points == points


@pytest.mark.parametrize("any_order", [False, True])
def test_an_open_blank_is_never_what_a_star_stands_for(any_order):
    result = score(make_blanks("*", "红", any_order=any_order), ["", "红"])

    assert [part.right for part in result.parts] == [None, True]
    assert result.points == Decimal("1.5")


def test_parts_earn_nothing_when_all_blanks_must_be_right_and_one_is_wrong():
    result = score(make_blanks("红", "绿", rule="all"), ["红", "黄"])

    assert [(part.right, part.points) for part in result.parts] == [
        (True, Decimal(0)),
        (False, Decimal(0)),
    ]


def test_all_in_any_order_needs_every_blank():
    item = make_blanks("红", "绿", rule="all", any_order=True)

    assert score(item, ["绿", "红"]).points == 3
    assert score(item, ["绿", "绿"]).points == 0


def test_each_blank_is_a_part_and_an_empty_one_is_neither_right_nor_wrong():
    result = score(make_blanks("红", "绿", "蓝"), ["红", "黄", " "])

    assert [(part.name, part.answer, part.right, part.points) for part in result.parts] == [
        ("1", "红", True, Decimal(1)),
        ("2", "黄", False, Decimal(0)),
        ("3", " ", None, Decimal(0)),
    ]


def test_the_points_of_a_part_are_rounded():
    result = score(make_blanks("红", "绿", "蓝", points="1"), ["红", "绿", "黄"])

    assert [str(part.points) for part in result.parts] == ["0.33", "0.33", "0.00"]


@pytest.mark.parametrize("answer", [[], [""], ["", " 　"], [None, None, None]])
def test_empty_blanks_are_not_answered(answer):
    result = score(make_blanks("*", "*", "*"), answer)

    assert result.points == 0
    assert not result.answered


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("护顶", "list"),
        ({"1": "护顶"}, "list"),
        (True, "list"),
        (["护顶", "护顶"], "1 blanks"),
        (["护顶", None], "1 blanks"),
        ([1], "text"),
        ([1.0], "text"),
        ([True], "text"),
        ([["护顶"]], "text"),
    ],
)
def test_blanks_of_another_form_are_refused(answer, reason):
    with pytest.raises(BadAnswer, match=reason):
        score(make_blanks("护顶"), answer)


@given(st.integers(1, 24), st.integers(1, 2000), st.data())
def test_a_share_of_blanks_is_the_exact_share_rounded_half_up(count, cents, data):
    hits = data.draw(st.integers(1, count))
    points = Decimal(cents) / 100
    item = make_blanks(*["红"] * count, points=str(points))

    assert score(item, ["红"] * hits).points == half_up(points, hits, count)


def test_half_a_hundredth_that_is_the_sum_of_thirds_is_rounded_up():
    item = make_blanks(*["红"] * 12, points="2.5")

    assert score(item, ["红"] * 3).points == Decimal("0.63")


# blanks in the stem: one to write in, two to choose in; worth 3 points
CLOZE = ("24 | 二十四", "~先开前门 | 后开前门", "左 | 右 | ~中")
FILLED = {
    "all right": (["24", "1", "3"], "3"),
    "another wording": (["二十四。", "1", "3"], "3"),
    "a wrong choice": (["24", "2", "3"], "2"),
    "wrong choices": (["24", "2", "1"], "1"),
    "a wrong wording": (["25", "1", "3"], "2"),
    "the choices alone": (["", "1", "3"], "2"),
    "the wording alone": (["24"], "1"),
    "a choice alone": ([None, None, "3"], "1"),
    "nothing right": (["25", "2", "2"], "0"),
}


@pytest.mark.parametrize(("answer", "earned"), FILLED.values(), ids=FILLED)
def test_blanks_in_the_stem_are_scored_one_by_one(answer, earned):
    result = score(make_cloze(*CLOZE), answer)

    assert result.points == Decimal(earned)
    assert result.answered


@pytest.mark.parametrize(
    ("answer", "earned"), [(["24", "1", "3"], 3), (["24", "1", "2"], 0), (["24", "1"], 0), (["24"], 0)]
)
def test_blanks_in_the_stem_can_be_scored_all_together(answer, earned):
    assert score(make_cloze(*CLOZE, rule="all"), answer).points == earned


def test_a_dropdown_is_answered_by_its_position_whatever_its_options_say():
    item = make_cloze("2 | ~1 | 3")

    assert score(item, ["2"]).points == 3
    assert score(item, ["1"]).points == 0


def test_a_star_in_a_dropdown_stands_for_itself():
    item = make_cloze("~* | 甲")

    assert score(item, ["2"]).points == 0


def test_a_choice_is_a_part_and_an_open_one_is_neither_right_nor_wrong():
    result = score(make_cloze(*CLOZE), ["24", "2", ""])

    assert [(part.name, part.answer, part.right, part.points) for part in result.parts] == [
        ("1", "24", True, Decimal(1)),
        ("2", "2", False, Decimal(0)),
        ("3", "", None, Decimal(0)),
    ]


@pytest.mark.parametrize("answer", [None, [], ["", "", ""], [None, " ", "　"]], ids=repr)
def test_open_blanks_in_the_stem_are_not_answered(answer):
    result = score(make_cloze(*CLOZE), answer)

    assert result.points == 0
    assert not result.answered


def test_the_preview_tells_which_wording_matched_and_how():
    (explanation,) = explain_match(make_blanks("护顶 | 護*務"), ["护顶服務。"])

    assert explanation.read_as == "护顶服务"
    assert explanation.wording == "護*務"
    assert explanation.compared_with == ("护顶", "护*务")


def test_the_preview_tells_which_option_of_a_dropdown_is_meant_by_its_number():
    (explanation,) = explain_match(make_cloze("左 | 右 | ~中"), ["3"])

    assert (explanation.read_as, explanation.wording, explanation.compared_with) == ("3", "中", ("3",))


def test_the_preview_shows_what_did_not_match():
    explanations = explain_match(make_blanks("红", "绿"), ["绿"])

    assert [(one.name, one.read_as, one.wording) for one in explanations] == [
        ("1", "绿", None),
        ("2", "", None),
    ]


def brute_force(edges: list[list[int]]) -> int:
    """Return the size of a maximum matching by trying everything."""

    def most(left: int, used: frozenset[int]) -> int:
        if left == len(edges):
            return 0
        taken = [1 + most(left + 1, used | {right}) for right in edges[left] if right not in used]
        return max([most(left + 1, used), *taken])

    return most(0, frozenset())


@given(st.lists(st.lists(st.integers(0, 4), unique=True), max_size=5))
def test_the_matching_is_the_largest_there_is(edges):
    pairs = pair_most(edges)

    assert len(pairs) == brute_force(edges)
    assert len(set(pairs.values())) == len(pairs)
    assert all(right in edges[left] for right, left in pairs.items())


@given(
    st.lists(st.lists(st.sampled_from("红绿蓝黄"), min_size=1, max_size=3), min_size=1, max_size=4), st.data()
)
def test_in_any_order_the_order_of_blanks_never_changes_a_score(lines, data):
    item = make_blanks(*("|".join(line) for line in lines), any_order=True)
    answer = data.draw(st.lists(st.sampled_from("红绿蓝黄紫"), min_size=len(lines), max_size=len(lines)))
    order = data.draw(st.permutations(answer))

    assert score(item, answer).points == score(item, order).points


texts = st.text() | st.text(alphabet="〇零一二两三五十百千万亿点分之3.,5 克米護*\\。a½²")


@pytest.mark.parametrize("unseen", ["\0", "\u00ad", "\u200b", "\ufeff", "\ud800"], ids=ascii)
@pytest.mark.parametrize(("before", "after"), [("vi", "p"), ("护", "顶")])
def test_characters_that_nobody_sees_are_dropped(before, after, unseen):
    assert normal_form(f"{before}{unseen}{after}") == f"{before}{after}"


@given(texts)
def test_a_text_without_a_star_matches_itself(text):
    assert matches(text.replace("*", ""), read_text(text.replace("*", "")))


@given(texts, texts)
def test_sameness_has_no_direction(first, second):
    one, other = first.replace("*", "x"), second.replace("*", "x")

    assert matches(one, read_text(other)) == matches(other, read_text(one))


@given(st.integers(0, 10**9))
def test_thousands_of_numerals_are_read_as_they_are_written(number):
    digits = str(number)

    assert normal_form(digits) == digits


@given(st.text("0123456789abcxyz一二十百千万先生女士優護頂著里裡后後么麼於于", min_size=1, max_size=12))
def test_a_simple_text_is_read_like_one_in_which_anything_may_stand(text):
    # what stands before and behind keeps the text from being taken for a simple one
    assert plain_form(text) == plain_form(f"\u200b{text}\u200b")
