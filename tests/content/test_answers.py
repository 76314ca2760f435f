"""How a ``=`` line is read, and what the keys of items say."""

from decimal import Decimal

import pytest

from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from app.domain.items import Item, ItemType
from app.domain.keys import BlanksKey, NumericKey, TruthKey
from app.domain.quiz import Quiz, with_inherited
from app.domain.scoring import score
from tests.content.samples import read

NUMBERS = {
    "45": NumericKey(value="45"),
    "-4.50 元": NumericKey(value="-4.50", unit="元"),
    "45 ± 5 克": NumericKey(value="45", tolerance="5", unit="克"),
    "45±5克": NumericKey(value="45", tolerance="5", unit="克"),
    "45 +/- 5": NumericKey(value="45", tolerance="5"),
    "24..48": NumericKey(low="24", high="48"),
    "24 .. 48 小时": NumericKey(low="24", high="48", unit="小时"),
    "3.14 (2)": NumericKey(value="3.14", places=2),
    "14 ± 1 %": NumericKey(value="14", tolerance="1", unit="%"),
    "37 ℃": NumericKey(value="37", unit="℃"),
    "80 km/h": NumericKey(value="80", unit="km/h"),
    "４５ 克": NumericKey(value="45", unit="克"),
}
WORDINGS = ["3D打印", "护顶 | 护顶服务", "24 | 二十四", "45 m²", "2 楼 A 座", "对不起", "A320", "是的"]
TRUTHS = {
    "对": True,
    "错": False,
    "true": True,
    "False": False,
    "√": True,
    "×": False,
    "正确": True,
    "错误": False,
}


def item_of(answer: str, heading: str = "问") -> Item:
    document = read(f"---\ntitle: 卷\n---\n## {heading}\n\n{answer}\n", Kind.QUIZ)
    assert isinstance(document, Quiz)
    return next(document.items)


@pytest.mark.parametrize(("text", "key"), NUMBERS.items())
def test_a_number_is_numeric(text, key):
    item = item_of(f"= {text}")

    assert (item.type, item.key) == (ItemType.NUMERIC, key)


@pytest.mark.parametrize(("text", "value"), TRUTHS.items())
def test_a_truth_word_is_true_or_false(text, value):
    assert item_of(f"= {text}").key == TruthKey(value)


@pytest.mark.parametrize("text", WORDINGS)
def test_anything_else_is_a_wording(text):
    key = item_of(f"= {text}").key

    assert key == BlanksKey((tuple(text.split(" | ")),))


@pytest.mark.parametrize("text", ["45", "8-12", "对", "是", "1/2", "50% 棉", "1,234"])
def test_blanks_can_be_forced(text):
    item = item_of(f"= {text}", "问 {type=blanks}")

    assert (item.type, item.forced_type, item.key) == (ItemType.BLANKS, True, BlanksKey(((text,),)))


def test_a_type_that_is_not_needed_is_not_written():
    text = "---\ntitle: 卷\n---\n## 问 {题型=填空题}\n\n= 护顶\n"

    assert "题型" not in format_document(read(text, Kind.QUIZ))


def test_several_lines_are_always_blanks():
    item = item_of("= 45\n= 对", "____和____")

    assert item.key == BlanksKey((("45",), ("对",)))


def test_a_bar_can_be_a_character_of_a_wording():
    item = item_of(r"= a\|b | c")

    assert item.key == BlanksKey((("a|b", "c"),))


def test_options_keep_their_paragraphs_and_feedback():
    item = item_of("- ( ) 甲\n\n  又一段\n  - 一点\n  > 不对\n  >\n  > 再想\n- (x) 乙")

    assert [(o.text, o.feedback) for o in item.options] == [
        ("甲\n\n又一段\n- 一点", "不对\n\n再想"),
        ("乙", ""),
    ]


def test_quotations_before_the_answers_belong_to_the_stem():
    item = item_of("> 引文\n\n= 对\n\n> 解析一\n\n> 解析二")

    assert (item.body, item.explanation) == ("> 引文", "解析一\n\n解析二")


def test_code_is_never_read():
    item = item_of("```\n- (x) 码\n= 对\n\n\n## 码  \n```\n\n= 错")

    assert item.body == "```\n- (x) 码\n= 对\n\n\n## 码  \n```"


def test_units_are_left_as_typed():
    text = "---\n标题: 卷\n---\n\n## 问 {#q1 0.5pt}\n\n= 对\n\n## 答 {#q2 2分}\n\n= 错\n"

    assert format_document(read(text, Kind.QUIZ)) == text


def test_a_rule_with_more_points_than_the_item_is_an_error():
    options = "- [x] 甲\n- [x] 乙\n"
    text = f"---\ntitle: 卷\nmultiple: 少选得1.5分\n---\n## 问\n\n{options}\n## 答 {{2分}}\n\n{options}"

    assert [(error.code, error.line) for error in parse_text(text, Kind.QUIZ).errors] == [("bad-value", 5)]


def test_four_statements_may_all_be_wrong():
    options = "- [ ] 甲\n- [ ] 乙\n- [ ] 丙\n- [ ] 丁"

    assert item_of(options, "问 {scoring=kprim}").scoring == "kprim"
    three = f"---\ntitle: 卷\n---\n## 问 {{scoring=kprim}}\n{options[:-7]}\n"
    assert [error.code for error in parse_text(three, Kind.QUIZ).errors] == ["kprim-four"]


def test_marking_points_may_give_the_points():
    item = item_of("____\n- {1.5分} 甲\n- {0.5pt} 乙\n= 看要点")

    assert item.points is None
    assert item.key is not None
    assert [point.points for point in getattr(item.key, "points", ())] == [Decimal("1.5"), Decimal("0.5")]


def test_a_paragraph_can_open_a_hint():
    front = "---\ntitle: 案例\n---\n## 情境\n雨。\n\n## 思考题\n为什么?\n____\n"
    text = f"{front}\n　　【分析提示】看座位。\n\n【参考答案】\n\n女士优先。\n"
    spelled = text.replace("　　【分析提示】看座位。", "## 分析提示\n看座位。").replace(
        "【参考答案】", "## 参考答案"
    )

    assert read(text, Kind.CASE) == read(spelled, Kind.CASE)


@pytest.mark.parametrize("rule", ["all", "half", "share", "fixed:1", "signed", "kprim", "exact", "pairs"])
@pytest.mark.parametrize("place", ["item", "quiz"])
def test_a_rule_that_passes_the_check_scores(rule, place):
    """What does not fit multiple items is an error wherever it stands; what fits scores them."""
    at_quiz, at_item = ("", f" {{scoring={rule}}}") if place == "item" else (f"multiple: {rule}\n", "")
    options = "- [x] 甲\n- [x] 乙\n- [ ] 丙\n- [ ] 丁"
    found = parse_text(f"---\ntitle: 卷\n{at_quiz}---\n\n## 问{at_item}\n\n{options}\n", Kind.QUIZ)
    if found.errors:
        assert rule in {"exact", "pairs"}
        assert [(one.code, one.line) for one in found.errors] == [("bad-value", 3 if at_quiz else 5)]
        return

    quiz = found.document

    assert rule not in {"exact", "pairs"}
    assert isinstance(quiz, Quiz)
    full = with_inherited(quiz.groups[0].items[0], quiz.groups[0], quiz)
    assert score(full, ["1", "2"]).points == 1
