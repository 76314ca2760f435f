"""Questions as teachers type them: what each line is taken for."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.errors import BadTable
from app.domain.imported import Verdict
from app.domain.items import Difficulty, ItemType
from app.domain.options import ConstructedKind
from app.interchange.building import build
from app.interchange.plain_text import read_text
from tests.interchange.asked import WORDS
from tests.interchange.papers import EXAM


def read(text) -> Any:
    return [build(question) for question in read_text(text).questions]


def one(text):
    (found,) = read(text)
    return found


def item(text) -> Any:
    found = one(text)
    assert found.item is not None, [str(said) for said in found.said]
    return found.item


def letters(found):
    return "".join(chr(65 + place) for place, option in enumerate(found.options) if option.is_key)


def notes(text):
    return [(note.line, str(note.said)) for note in read_text(text).notes]


PAPER = """航空服务期末考试
班级____ 姓名____
一、单项选择题（本大题共2小题，每小题2分，共4分）
1. 客人到来，先做什么？（  ）
A. 问候  B. 登记  C．询问 D、送客
答案：A
解析：先问候。
2、开门次序正确的是（B）
A．先前门
B．先后门
二、判断题
1. 女士优先。（√）
"""


def test_sections_set_type_title_and_points():
    found = read(PAPER)

    assert [(one.section.title, one.item.type, one.item.points) for one in found] == [
        ("单项选择题", ItemType.SINGLE, Decimal(2)),
        ("单项选择题", ItemType.SINGLE, Decimal(2)),
        ("判断题", ItemType.TRUE_FALSE, None),
    ]
    assert [option.text for option in found[0].item.options] == ["问候", "登记", "询问", "送客"]
    assert (found[1].item.heading, letters(found[1].item)) == ("开门次序正确的是（　　）", "B")
    assert (found[2].item.heading, found[2].item.key.value) == ("女士优先。", True)


@pytest.mark.parametrize("number", ["1.", "1、", "1．", "(1)", "（1）", "第1题", "1. "])
@pytest.mark.parametrize("option", ["A.", "A、", "A．", "(A)", "（A）", "a."])
def test_numbers_and_letters_are_written_in_many_ways(number, option):
    other = option.replace("A", "B").replace("a", "b")

    assert letters(item(f"{number}题干\n{option}甲\n{other}乙\n答案：B")) == "B"


@pytest.mark.parametrize("answer", ["AC", "A,C", "A、C", "A;C", "A C", "ac", "Ａ，Ｃ", "CA", "A和C"])
@pytest.mark.parametrize("label", ["答案：", "【答案】", "正确答案:", "[答案]", "Answer: "])
def test_answers_are_written_in_many_ways(answer, label):
    assert letters(item(f"1.题干\nA.甲\nB.乙\nC.丙\n{label}{answer}")) == "AC"


@pytest.mark.parametrize(("word", "value"), [("对", True), ("×", False), ("T", True), ("不同意", False)])
def test_words_of_truth_make_a_judgement(word, value):
    assert item(f"1. 女士优先\n答案：{word}").key.value is value


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("水是____。\n答案：H2O;水", (("H2O", "水"),)),
        ("水是____，氧是____。\n答案：水|氧;O2", (("水",), ("氧", "O2"))),
        ("水是（  ），氧是(   )。\n答案：水、氧", (("水",), ("氧",))),
        ("水是__，氧是__。\n答案：(1)水 (2)氧", (("水",), ("氧",))),
    ],
)
def test_blanks_are_found_in_the_stem_and_parted_in_the_answer(text, blanks):
    found = item(f"一、填空题\n1. {text}")

    assert (found.key.blanks, found.heading.count("____")) == (blanks, len(blanks))


def test_points_a_blank_make_the_points_of_a_question():
    assert item("一、填空题（每空1.5分）\n1. ____和____\n答案：水|氧").points == Decimal(3)


def test_a_total_is_shared_among_the_questions_and_an_uneven_one_told():
    assert [one.item.points for one in read("一、判断题（共3分）\n1.是\n答案：对\n2.否\n答案：错")] == [
        Decimal("1.5")
    ] * 2
    text = "一、判断题（共1分）\n1.甲\n答案：对\n2.乙\n答案：错\n3.丙\n答案：错"
    assert notes(text) == [(2, "The 1 points of this part cannot be shared evenly among 3 questions.")]


def test_labels_tell_the_rest():
    found = item(
        "一、简答题\n1. 简述流程。（10分）\n答案：先问候\n难度：较难\n知识点：礼仪，接待\n"
        "提示：想想门口\n字数：200\n"
        "评分标准：\n4分：问候\n登记（6分）\n解析：第一段\n第二段"
    )

    assert (found.points, found.difficulty, found.topic) == (Decimal(10), Difficulty.HARD, ("礼仪", "接待"))
    assert (found.kind, found.words, found.hints) == (ConstructedKind.SHORT, 200, ("想想门口",))
    assert [(point.points, point.text) for point in found.key.points] == [(4, "问候"), (6, "登记")]
    assert (found.key.guidance, found.explanation) == (("先问候",), "第一段\n\n第二段")


def test_a_list_in_an_answer_opens_no_question():
    found = read("一、简答题\n1. 流程？\n答案：\n1. 问候\n2. 登记\n2. 礼？\n答：敬")

    assert [one.item.key.guidance for one in found] == [("1. 问候", "2. 登记"), ("敬",)]


CASE = """一、案例分析题
1. 一位客人不悦。
他要投诉。
问题：
（1）为什么？（8分）
（2）怎么办？
A. 道歉
B. 不理
答案：A
2. 另一个案例。
（1）说明原因。
"""


def test_a_case_is_the_shared_stem_of_its_questions():
    assert [(one.section.stem, one.item.heading, one.item.type) for one in read(CASE)] == [
        ("一位客人不悦。\n\n他要投诉。", "为什么？", ItemType.CONSTRUCTED),
        ("一位客人不悦。\n\n他要投诉。", "怎么办？", ItemType.SINGLE),
        ("另一个案例。", "说明原因。", ItemType.CONSTRUCTED),
    ]


def test_a_labelled_material_is_shared_too():
    found = read("材料一：甲\n乙\n1. 问一\n答案：对\n材料二：丙\n1. 问二\n答案：错")

    assert [one.section.stem for one in found] == ["甲\n\n乙", "丙"]


@pytest.mark.parametrize(
    "sheet",
    [
        "参考答案\n一、1-3 ABA\n二、1.√ 2.×",
        "【参考答案】\n一、单选题：1～3：A B A\n二、判断题\n1-2 对错",
        "答案：\n1.A 2.B 3.A\n1.√ 2.×",
        "参考答案及解析\n一、单选题\n1.A\n2、B\n3．A\n二、判断题\n1.正确\n2.错误",
    ],
)
def test_answers_at_the_end_are_given_to_their_questions(sheet):
    options = "\nA. 甲\nB. 乙\n"
    text = f"一、单选题\n1. 一{options}2. 二{options}3. 三{options}二、判断题\n1. 是\n2. 不是\n{sheet}"

    found = [one.item for one in read(text)]

    assert [letters(one) for one in found[:3]] == ["A", "B", "A"]
    assert [one.key.value for one in found[3:]] == [True, False]


def test_answers_at_the_end_bring_explanations_and_what_fits_nothing_is_told():
    text = "一、简答题\n1. 为什么？\n2. 何时？\n参考答案\n1. 因为\n所以\n解析：就这样\n2. 现在\n3. 多余"

    first, second = [one.item for one in read(text)]

    assert (first.key.guidance, first.explanation, second.key.guidance) == (
        ("因为", "所以"),
        "就这样",
        ("现在",),
    )
    assert notes(text)[0][1].endswith("one for number 3, which is no question here.")


def test_an_exam_as_it_lies_on_many_a_desk_is_read_whole_and_shows_no_key():
    found = read(EXAM)

    assert {one.verdict for one in found} == {Verdict.TAKEN}
    assert [str(one.item.points) for one in found] == [*"22233", *"11", *"21", *"46", "6.5", "6.5"]
    assert [letters(one.item) for one in found[:5]] == ["A", "B", "C", "ABC", "ABC"]
    assert found[2].item.heading == "下列说法不正确的是（　　）"
    assert found[9].item.key.guidance == ("礼仪是人们在交往中约定俗成的行为规范。",)
    assert [one.item.key.guidance for one in found[-2:]] == [("违反女士优先。",), ("先开副驾驶门，并护顶。",)]
    assert {one.section.stem[:10] for one in found[-2:]} == {"一位外宾乘车抵达酒店"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. 题\nA. 甲\nB. 乙", "There is no answer. Write it in a line 答案：… or in the column 答案."),
        ("1. 题\nA. 甲\nB. 乙\n答案：C", "The answer names the option C; the last one is B."),
        ("1. 题\nA. 甲\nB. 甲\n答案：A", "The options A and B are the same."),
        ("一、单选题\n1. 题\nA. 甲\nB. 乙\n答案：AB", 'The question is a single choice, but its answer "AB"'),
        ("一、判断题\n1. 题\n答案：也许", 'The answer "也许" is neither true nor false. Write 正确 or 错误.'),
        ("一、填空题\n1. ____和____\n答案：水", "The stem has 2 blanks, the answer 1."),
        ("一、单选题\n1. 题\nA. 甲\n答案：A", "A choice needs two options or more; here are 1."),
    ],
)
def test_what_cannot_be_a_question_says_why(text, said):
    found = one(text)

    assert (found.verdict, str(found.said[0]).startswith(said)) == (Verdict.FAULT, True), found.said


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("简答题", ItemType.CONSTRUCTED),
        ("名词解释", ItemType.CONSTRUCTED),
        ("论述题", ItemType.CONSTRUCTED),
        ("案例分析题", ItemType.CONSTRUCTED),
        ("计算题", ItemType.CONSTRUCTED),
        ("填空题", ItemType.BLANKS),
        ("判断题", ItemType.TRUE_FALSE),
    ],
)
def test_lettered_lines_of_a_type_without_options_are_kept_in_the_stem(heading, kind):
    answer = {ItemType.TRUE_FALSE: "对", ItemType.BLANKS: "先道歉"}.get(kind, "先道歉能平息情绪，再解释。")
    text = f"一、{heading}\n1. 比较下面两种做法：\nA. 先道歉，再解释\nB. 先解释，再道歉\n参考答案：{answer}"

    found = item(text)

    assert found.type is kind
    assert found.heading == "比较下面两种做法："
    assert found.body == "A. 先道歉，再解释\n\nB. 先解释，再道歉"


def test_lettered_lines_of_a_written_question_name_its_points_and_are_no_answer():
    found = item("一、简答题\n1. 比较（A）和（B）：\nA. 先道歉\nB. 先解释（6分）")

    assert (found.points, found.heading) == (Decimal(6), "比较（A）和（B）：")
    assert found.body == "A. 先道歉\n\nB. 先解释"
    assert found.key.guidance == ()


def test_a_question_on_a_case_with_letters_for_an_answer_is_a_choice_still():
    found = item("一、案例分析题\n1. 先做什么？\nA. 先道歉\nB. 先解释\n答案：A")

    assert (found.type, found.body) == (ItemType.SINGLE, "")


def test_words_of_truth_behind_letters_are_no_part_of_a_judgement():
    assert item("一、判断题\n1. 女士优先。\nA. 对\nB. 错\n答案：A").body == ""


def test_what_is_not_understood_is_left_out_and_told():
    found = one("1. 题\n答案：对\n难度：天\n分值：很多\n分值：1")

    assert found.verdict is Verdict.LOSSY
    assert any('分值 "很多" was not understood' in str(said) for said in found.said)


def test_a_text_without_questions_says_how_they_are_written():
    with pytest.raises(BadTable) as refusal:
        read_text("第一章 绪论\n没有题目")

    assert str(refusal.value.sentence).startswith("There is no question here. Number each question")


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(
    st.lists(st.sampled_from([*WORDS, "参考答案", "1-3 ABC", "B. 乙"]) | st.text(max_size=12), max_size=25)
)
def test_any_text_is_read_or_refused(lines):
    try:
        sheet = read_text("\n".join(lines))
    except BadTable:
        return
    assert all(build(question).title is not None for question in sheet.questions)


@pytest.mark.parametrize("filling", [" ", "　", "题", "(", "每题", "a) "])
def test_a_line_of_one_sign_without_end_is_read_in_linear_time(filling):
    """It once took minutes; pytest ends a test after two."""
    found = one(f"1. 甲{filling * 20_000}乙\n答案：A\n")

    assert (found.verdict, found.said) == (Verdict.TAKEN, ())
    assert (found.item.type, found.item.stem) == (ItemType.CONSTRUCTED, f"甲{filling * 20_000}乙")
    assert found.item.key.guidance == ("A",)
