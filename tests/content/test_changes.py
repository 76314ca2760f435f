"""What changed between two texts: by part and by line."""

from dataclasses import fields, is_dataclass, replace
from enum import StrEnum

import pytest

from app.content.aspects import PartSort
from app.content.changes import OTHER, Change, Sort, changes_between
from app.content.parse import Kind, parse_text
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS


def read(text, kind=Kind.QUIZ):
    parsed = parse_text(text, kind)
    assert parsed.document is not None, parsed.errors
    return parsed.document


def told(old, new, kind=Kind.QUIZ):
    return changes_between(read(old, kind), read(new, kind))


Q, C, S = (Kind.QUIZ, QUIZ), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)
M = (Kind.QUIZ, MIXED)

#: kind and text, what is replaced by what, the part and what of it is told
CHANGED = {
    "key of a statement": (*Q, "= 对", "= 错", "smile", ["key 对 错"]),
    "scoring rule": (*Q, "scoring=share", "scoring=half", "guard", ["scoring 少选按比例 少选得一半"]),
    "wording of a stem": (*Q, "手挡门框叫", "用手挡门框叫", "guarding", ["wording"]),
    "key of a number": (*Q, "= 45 ± 5 秒", "= 45 ± 6 秒", "seconds", ["key 45 ± 5 秒 45 ± 6 秒"]),
    "key of a range": (*Q, "= 8..12 点", "= 8..11 点", "hours", ["key 8..12 点 8..11 点"]),
    "key of a blank": (
        *Q,
        "= 护顶 | 护顶服务",
        "= 护顶",
        "guarding",
        ["key 护顶 | 护顶服务; 宾客 护顶; 宾客"],
    ),
    "key of a blank in the stem": (
        *(*M, "[[~房卡 |", "[[房卡 | ~", "check-out"),
        ["key 12 | 十二; 房卡; 押金 12 | 十二; 护照; 押金"],
    ),
    "feedback of an option": (*Q, "  > 这是常规。", "  > 这是惯例。", "which-door", ["feedback"]),
    "explanation": (*Q, "> 两样都要。", "> 缺一不可。", "guard", ["explanation"]),
    "hint": (*Q, "? 看座位。", "? 看看座位。", "which-door", ["hints"]),
    "guidance for the marker": (*Q, "= 要点齐全即可", "= 要点齐全", "why", ["guidance"]),
    "text of a marking point": (*Q, "指出开门次序", "说出开门次序", "why", ["marking points"]),
    "level of an item": (*Q, "level=掌握", "level=了解", "which-door", ["level 掌握 了解"]),
    "pass mark": (*Q, "pass: 60%", "pass: 70%", "---", ["pass 60% 70%"]),
    "minutes": (*Q, "minutes: 45", "minutes: 50", "---", ["minutes 45 50"]),
    "title": (*Q, "title: 女士优先", "title: 女士先上", "---", ["title 女士优先 女士先上"]),
    "rule of multiple choice": (
        *(*Q, "multiple: half", "multiple: share", "---"),
        ["multiple 少选得一半 少选按比例"],
    ),
    "topics": (*Q, "topic: 车门服务、礼仪\n", "", "---", ["topic 车门服务, 礼仪 –"]),
    "how many are drawn": (*Q, "draw=2", "draw=1", "一、选择题", ["draw 2 1"]),
    "steps in another order": (
        *(*M, "- (2) 领位\n- (3) 递菜单", "- (2) 递菜单\n- (3) 领位"),
        *("steps", ["key", "options"]),
    ),
    "a step that is reworded": (*M, "- (2) 领位", "- (2) 带位", "steps", ["options"]),
    "pairs that are told apart": (
        *(*M, "礼宾员 <-> 大堂\n- <-> 厨房", "礼宾员 <-> 厨房\n- <-> 大门口"),
        *("posts", ["key", "options"]),
    ),
    "the best and the worst": (
        *(*M, "- ( ) 请他再等\n- (+) 致歉并送茶", "- (+) 请他再等\n- ( ) 致歉并送茶"),
        *("waiting", ["key +B, −C +A, −C"]),
    ),
    "an expert's mean": (*M, "- [3] 请他", "- [4] 请他", "manners", ["key"]),
    "the scale": (*M, "scale=1..7", "scale=1..8", "manners", ["key"]),
    "points of a graded option": (
        *M,
        "- ( ) 立即补办 {1分}",
        "- ( ) 立即补办 {2分}",
        "key-card",
        ["key A 0, B 3, C 1 A 0, B 3, C 2"],
    ),
    "range of a variable": (*M, "@ 晚数 = 1..7", "@ 晚数 = 1..8", "bill", ["variables"]),
    "way of an option": (*C, "-> #upset {0分 礼貌-1}", "-> #pleased {0分 礼貌-1}", "which-door", ["ways"]),
    "points of an option": (*C, "{5分 礼貌+2}", "{4分 礼貌+2}", "which-door", ["points of the options"]),
    "effect of an option": (*C, "{5分 礼貌+2}", "{5分 礼貌+1}", "which-door", ["effects"]),
    "feedback of a decision": (*C, "后排为上座是常规", "后排为上座", "which-door", ["feedback"]),
    "text of an outcome": (*C, "她自己推开了门。", "她推开了门。", "upset", ["wording"]),
    "whether a reason is asked for": (
        *(*C, "reason=required", "reason=optional", "which-door"),
        ["reason 必填 可选"],
    ),
    "class hours of a module": (*S, "6学时", "8学时", "check-in", ["hours 6 8"]),
    "level of an objective": (*S, "- 了解 地勤", "- 理解 地勤", "1.1", ["level 了解 理解"]),
    "wording of an objective": (*S, "值机的流程", "值机流程", "2.1", ["wording"]),
    "material of a module": (*S, "测验: ladies-first\n", "", "overview", ["quizzes ladies-first –"]),
}


@pytest.mark.parametrize(("kind", "text", "old", "new", "part", "facts"), CHANGED.values(), ids=CHANGED)
def test_a_change_names_its_part_and_what_of_it(kind, text, old, new, *, part, facts):
    assert text.count(old) == 1

    (change,) = told(text, text.replace(old, new), kind)

    assert (change.sort, change.part) == (Sort.CHANGED, part)
    assert [" ".join([fact.name, fact.old, fact.new]).strip() for fact in change.facts] == facts


def test_a_changed_key_says_the_letters_and_the_number_of_the_question():
    options = "\n\n- (x) 一\n- ( ) 二\n"
    text = (
        f"---\ntitle: 甲\n---\n\n## 看 {{#look info}}\n\n## 问 {{#q}}{options}\n## 再问 {{#again}}{options}"
    )
    turned = text.rpartition("- (x) 一\n- ( ) 二")[0] + "- ( ) 一\n- (x) 二\n"

    (change,) = told(text, turned)

    assert change.number == 2
    assert [(fact.name, fact.old, fact.new) for fact in change.facts] == [("key", "A", "B")]


CHOICE = "---\ntitle: 甲\n---\n\n## 问 {#q}\n\n- (x) 一\n- ( ) 二\n- ( ) 三\n"


@pytest.mark.parametrize(
    ("options", "facts"),
    [
        ("- ( ) 一\n- (x) 二\n- ( ) 三", ["key"]),
        ("- ( ) 二\n- (x) 一\n- ( ) 三", ["options"]),
        ("- (x) 二\n- ( ) 一\n- ( ) 三", ["key", "options"]),
        ("- (x) 壹\n- ( ) 二\n- ( ) 三", ["options"]),
        ("- (x) 一\n- ( ) 二", ["options"]),
        ("- ( ) 壹\n- (x) 二\n- ( ) 三", ["key", "options"]),
    ],
)
def test_options_in_another_order_or_in_other_words_are_no_other_key(options, facts):
    other = CHOICE.replace("- (x) 一\n- ( ) 二\n- ( ) 三", options)

    (change,) = told(CHOICE, other)

    assert [fact.name for fact in change.facts] == facts


def test_a_group_that_is_put_in_changes_no_other():
    text = QUIZ.replace("# 二、填空题", "# 新的一组\n\n## 新题 {#new}\n\n= 对\n\n# 二、填空题")

    assert [(change.sort, change.part) for change in told(QUIZ, text)] == [
        (Sort.ADDED, "新的一组"),
        (Sort.ADDED, "new"),
    ]


def changed_value(value):
    """Return another value of the same type."""
    if isinstance(value, StrEnum):
        return next(one for one in type(value) if one is not value)
    if isinstance(value, tuple):
        return value[1:] or ("x",)
    if value is None or isinstance(value, str):
        return f"{value or ''}x"
    return not value if isinstance(value, bool) else value + 1


#: without meaning for what a text says
UNSAID = {"syntax", "format", "forced_type"}
#: hold parts, not words
PARTS = {"choices", "effects", "items", "marking_points", "variables"}


def changed_documents(document, path=()):
    """Yield the document with one field changed, for each field of it and of what stands in it."""
    for spec in fields(document):
        value = getattr(document, spec.name)
        if spec.name in UNSAID or (value == () and spec.name in PARTS):
            continue
        here = (*path, spec.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            for part, other in changed_documents(value[0], here):
                yield part, replace(document, **{spec.name: (other, *value[1:])})
        elif not is_dataclass(value):
            yield here, replace(document, **{spec.name: changed_value(value)})


def test_whatever_changes_of_a_text_is_told_by_its_name():
    for kind, text in (Q, M, C, S):
        document = read(text, kind)
        for path, other in changed_documents(document):
            found = changes_between(document, other)
            assert found, path
            assert all(fact.name != OTHER for change in found for fact in change.facts), path


def test_the_same_text_has_not_changed():
    for kind, text in (Q, M, C, S):
        assert told(text, text, kind) == []


def item(name):
    return f"\n## 问{name} {{#{name}}}\n\n= 对\n"


def quiz_of(*names):
    return "---\ntitle: 甲\n---\n" + "".join(item(name) for name in names)


def test_parts_that_are_new_gone_or_moved_are_told_as_that():
    assert told(quiz_of("a", "b", "c"), quiz_of("c", "a", "d")) == [
        Change(Sort.MOVED, PartSort.ITEM, "c"),
        Change(Sort.ADDED, PartSort.ITEM, "d"),
        Change(Sort.REMOVED, PartSort.ITEM, "b"),
    ]
