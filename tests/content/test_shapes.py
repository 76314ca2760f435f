"""What the answer lines of the later item types say, and what of them stays text."""

from decimal import Decimal

import pytest

from app.content.fragments import fragments_of
from app.content.gaps import split_gaps
from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from app.domain.items import Item, ItemType, Variable
from app.domain.keys import (
    BestWorstKey,
    BlanksKey,
    ChoiceKey,
    Dropdown,
    MatchingKey,
    NumericKey,
    OrderingKey,
    Pair,
    RatingKey,
    WeightedKey,
)
from app.domain.options import Option
from app.domain.quiz import Group, Quiz, points_of, scoring_of
from tests.content.samples import MIXED, read

FRONT = "---\ntitle: 卷\n---\n"


def text_of(answer: str, heading: str = "问") -> str:
    return f"{FRONT}## {heading} {{#q1}}\n\n{answer}\n"


def item_of(answer: str, heading: str = "问 {#q1}") -> Item:
    document = read(f"{FRONT}## {heading}\n\n{answer}\n", Kind.QUIZ)
    assert isinstance(document, Quiz)
    return next(document.items)


def written(item_text: str) -> str:
    """Return the text as the formatter writes it, without front matter."""
    return format_document(read(item_text, Kind.QUIZ)).partition("---\n\n")[2]


KEYS = {
    "ordering": ("- (1) 甲\n- (2) 乙", ItemType.ORDERING, OrderingKey((Option("甲"), Option("乙")))),
    "matching with a distractor": (
        "- 甲 <-> 子\n- 乙 <-> 丑\n  > 不对\n- <-> 寅",
        ItemType.MATCHING,
        MatchingKey((Pair("甲", "子"), Pair("乙", "丑", "不对"), Pair("", "寅"))),
    ),
    "best and worst": (
        "- ( ) 甲\n- (-) 乙\n- (+) 丙",
        ItemType.BEST_WORST,
        BestWorstKey((Option("甲"), Option("乙"), Option("丙")), best=3, worst=2),
    ),
    "rating of one option": (
        "- [4.2] 甲",
        ItemType.RATING,
        RatingKey((Option("甲"),), (Decimal("4.2"),), 1, 5),
    ),
    "weighted": (
        "- ( ) 甲 {3分}\n- ( ) 乙 {0.5pt}",
        ItemType.WEIGHTED,
        WeightedKey((Option("甲"), Option("乙")), (Decimal(3), Decimal("0.5"))),
    ),
    "an expression of numbers": ("= 9 * 5 ± 1 秒", ItemType.NUMERIC, NumericKey("9 * 5", "1", unit="秒")),
    "a range of expressions": ("= 9 * 5..100 / 2", ItemType.NUMERIC, NumericKey(low="9 * 5", high="100 / 2")),
    "a quotient to round": ("= 1 / 3 (2)", ItemType.NUMERIC, NumericKey("1 / 3", places=2)),
}


@pytest.mark.parametrize(("answer", "item_type", "key"), KEYS.values(), ids=KEYS)
def test_the_shape_of_the_answer_lines_gives_type_and_key(answer, item_type, key):
    item = item_of(answer)

    assert (item.type, item.key) == (item_type, key)


CALCULATED = {
    "X * 0.14 ± 0.01 元": NumericKey("X * 0.14", "0.01", unit="元"),
    "X": NumericKey("X"),
    "X 元": NumericKey("X", unit="元"),
    "X..X + 10": NumericKey(low="X", high="X + 10"),
    "X / 3 (2)": NumericKey("X / 3", places=2),
    "(X + 1) × 2 %": NumericKey("(X + 1) × 2", unit="%"),
    "-X ± X / 10": NumericKey("-X", "X / 10"),
    "45 ± 5 克": NumericKey("45", "5", unit="克"),
}


@pytest.mark.parametrize(("text", "key"), CALCULATED.items())
def test_a_calculated_key_is_kept_as_typed(text, key):
    item = item_of(f"@ X = 100..900 / 50\n= {text}", "问 {X} {#q1}")

    assert (item.type, item.key) == (ItemType.NUMERIC, key)
    assert item.variables == (Variable("X", "100", "900", "50"),)
    assert item.heading == "问 {X}"


@pytest.mark.parametrize("text", ["X * 2", "A320 - B", "X", "9 a.m."])
def test_names_that_nobody_declared_make_a_wording(text):
    assert item_of(f"= {text}").type is ItemType.BLANKS


def test_a_variable_has_a_step_of_one_where_none_is_written():
    item = item_of("@ 晚数 = -1..7.5\n= 晚数")

    assert item.variables == (Variable("晚数", "-1", "7.5", "1"),)


def test_braces_of_a_declared_variable_are_text_even_at_the_end_of_a_heading():
    item = item_of("@ X = 1..9\n= X", "一共 {X}")

    assert item.heading == "一共 {X}"


def cloze(*blanks: tuple[str, ...] | Dropdown) -> BlanksKey:
    return BlanksKey(blanks, is_cloze=True)


BLANKS = {
    "one blank": ("在[[12]]点前", "在[[1]]点前", cloze(("12",))),
    "wordings": ("[[24 | 二十四]]小时", "[[1]]小时", cloze(("24", "二十四"))),
    "a dropdown": ("[[~先 | 后]]开", "[[1]]开", cloze(Dropdown(("先", "后"), 1))),
    "a key that stands second": ("[[先 | ~后]]开", "[[1]]开", cloze(Dropdown(("先", "后"), 2))),
    "several blanks": (
        "[[a]]和[[~b | c]]和[[d]]",
        "[[1]]和[[2]]和[[3]]",
        cloze(("a",), Dropdown(("b", "c"), 1), ("d",)),
    ),
    "a tilde as text": (r"[[\~a | b]]", "[[1]]", cloze(("~a", "b"))),
    "a full-width tilde as text": (r"[[\～a | b]]", "[[1]]", cloze(("～a", "b"))),
    "a bar as text": (r"[[a\|b]]", "[[1]]", cloze(("a|b",))),
    "a bracket as text": (r"[[a\]b]]", "[[1]]", cloze(("a]b",))),
    "a tilde inside a word": ("[[a~b]]", "[[1]]", cloze(("a~b",))),
    "text that only looks like a blank": (r"\[[x]] [[a]]", r"\[[x]] [[1]]", cloze(("a",))),
    "numbers as wordings": ("[[2]] [[1]]", "[[1]] [[2]]", cloze(("2",), ("1",))),
}


@pytest.mark.parametrize(("stem", "body", "key"), BLANKS.values(), ids=BLANKS)
def test_blanks_inside_the_stem_leave_their_numbers_there(stem, body, key):
    item = item_of(stem)

    assert (item.type, item.body, item.key) == (ItemType.BLANKS, body, key)
    assert read(f"---\n标题: 卷\n---\n\n{written(text_of(stem))}", Kind.QUIZ) == read(
        text_of(stem), Kind.QUIZ
    )


def test_blanks_in_heading_and_body_are_counted_together():
    item = item_of("然后[[b]]", "先[[a]] {#q1}")

    assert (item.heading, item.body) == ("先[[1]]", "然后[[2]]")
    assert item.key == cloze(("a",), ("b",))


FENCED = "[[答]]\n\n```\nrow[[1]] = [[x\nrow[[9]]\n```"


def test_code_in_a_stem_with_blanks_is_never_read():
    item = item_of(FENCED)

    assert item.key == cloze(("答",))
    assert item.body == FENCED.replace("答", "1")


@pytest.mark.parametrize(
    "stem", [FENCED, "```\nrow[[1]]\n```\n\n= 对"], ids=["beside blanks", "in another item"]
)
def test_code_with_brackets_is_written_as_it_stands(stem):
    assert written(text_of(stem)) == f"## 问 {{#q1}}\n\n{stem}\n"


def test_no_blank_of_a_page_stands_in_code():
    document = read(text_of(FENCED), Kind.QUIZ)

    parts = split_gaps(fragments_of(document)["q1.stem"], {})

    assert [part for part in parts if isinstance(part, int)] == [1]


def test_the_last_quotation_after_the_last_blank_is_the_explanation():
    item = item_of("> 店规\n\n[[a]]\n\n> 提醒\n\n> 解析一\n> 解析二")

    assert item.body == "> 店规\n\n[[1]]\n\n> 提醒"
    assert item.explanation == "解析一\n解析二"


def test_a_quotation_before_the_last_blank_is_none():
    item = item_of("> 店规\n\n[[a]]")

    assert (item.body, item.explanation) == ("> 店规\n\n[[1]]", "")


def test_a_quotation_that_holds_the_last_blank_is_none():
    item = item_of("甲[[a]]\n\n> 乙[[b]]")

    assert (item.body, item.explanation) == ("甲[[1]]\n\n> 乙[[2]]", "")


@pytest.mark.parametrize("line", ["- 去 \\<-> 回", "\\- 去 <-> 回", "- 甲 -> 乙", "去 <-> 回"])
def test_an_arrow_that_opens_no_pair_is_text(line):
    item = item_of(f"{line}\n\n= 对")

    assert (item.type, item.body) == (ItemType.TRUE_FALSE, line)
    assert parse_text(text_of(f"{line}\n\n= 对"), Kind.QUIZ).diagnostics == ()


def test_an_escaped_arrow_is_text_of_its_side():
    item = item_of("- 去 \\<-> 回 <-> 往返\n- 去 <-> 单程 \\↔ 一次")

    assert item.key == MatchingKey((Pair("去 <-> 回", "往返"), Pair("去", "单程 ↔ 一次")))


@pytest.mark.parametrize(
    ("key", "type_"),
    [
        (ChoiceKey((Option("集合 {x=1}", is_key=True), Option("乙"))), ItemType.SINGLE),
        (MatchingKey((Pair("甲 {x=", "1}"), Pair("乙", "丑"))), ItemType.MATCHING),
        (OrderingKey((Option("先 {#a}"), Option("后"))), ItemType.ORDERING),
    ],
)
def test_braces_of_an_answer_line_are_written_as_text(key, type_):
    text = format_document(Quiz("卷", (Group(items=(Item(id="it", type=type_, key=key, heading="问"),)),)))

    parsed = parse_text(text, Kind.QUIZ)

    assert parsed.errors == ()
    assert "\\{" in text


def test_quotations_of_a_walk_belong_to_its_stem():
    item = item_of("> 引文\n\n? 想想", "接机 {walk=door 20分}")

    assert (item.type, item.walk, item.key) == (ItemType.WALK, "door", None)
    assert (item.body, item.explanation, item.hints) == ("> 引文", "", ("想想",))


@pytest.mark.parametrize(
    ("files", "endings"),
    [
        ("pdf", ("pdf",)),
        ("pdf,docx、png", ("pdf", "docx", "png")),
        ("PDF，.JPEG", ("pdf", "jpg")),
        ("jpg,jpeg,gif", ("jpg", "gif")),
    ],
)
def test_an_upload_takes_types_of_files_by_their_endings(files, endings):
    item = item_of("____", f"图 {{file={files}}}")

    assert (item.type, item.file) == (ItemType.UPLOAD, endings)


def test_a_written_answer_without_types_of_files_is_no_upload():
    assert item_of("____").type is ItemType.CONSTRUCTED


@pytest.mark.parametrize(
    ("heading", "name", "low", "high"),
    [("问", "[5]", 1, 5), ("问 {scale=1..7}", "[7]", 1, 7), ("问 {量表=0..10}", "[0]", 0, 10)],
)
def test_the_ends_of_the_scale_can_be_means(heading, name, low, high):
    key = item_of(f"- {name} 甲", heading).key

    assert isinstance(key, RatingKey)
    assert (key.low, key.high) == (low, high)


def test_points_and_rules_of_the_mixed_quiz():
    quiz = read(MIXED, Kind.QUIZ)
    assert isinstance(quiz, Quiz)
    points = {item.id: points_of(item, group) for group in quiz.groups for item in group.items}

    assert points["steps"] == 3
    assert points["key-card"] == 3
    assert points["average"] == 1
    assert points["rest"] == 0
    assert [scoring_of(item, quiz) for item in quiz.items][:2] == ["exact", None]


def test_a_weighted_item_is_worth_its_best_option():
    quiz = read(text_of("- ( ) 甲 {1分}\n- ( ) 乙 {2.5分}"), Kind.QUIZ)
    assert isinstance(quiz, Quiz)

    assert points_of(next(quiz.items), quiz.groups[0]) == Decimal("2.5")


def test_an_ordering_takes_its_rule_from_the_quiz():
    quiz = read("---\n标题: 卷\n排序计分: 相邻计分\n---\n## 问\n\n- (1) 甲\n- (2) 乙\n", Kind.QUIZ)
    assert isinstance(quiz, Quiz)

    assert scoring_of(next(quiz.items), quiz) == "pairs"
