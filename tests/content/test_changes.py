"""What changed between two texts: by part and by line."""

import pytest

from app.content.changes import Change, Sort, changes_between
from app.content.parse import Kind, parse_text
from tests.content.samples import CASE, QUIZ, SYLLABUS


def read(text, kind=Kind.QUIZ):
    parsed = parse_text(text, kind)
    assert parsed.document is not None, parsed.errors
    return parsed.document


def told(old, new, kind=Kind.QUIZ):
    return changes_between(read(old, kind), read(new, kind))


#: kind and text, what is replaced by what, the part and what of it is told
CHANGED = {
    "key of a single item": (Kind.QUIZ, QUIZ, "= 对", "= 错", ("key",)),
    "scoring rule": (Kind.QUIZ, QUIZ, "scoring=share", "scoring=half", ("scoring",)),
    "wording of a stem": (Kind.QUIZ, QUIZ, "手挡门框叫", "用手挡门框叫", ("wording",)),
    "key of a number": (Kind.QUIZ, QUIZ, "= 45 ± 5 秒", "= 45 ± 6 秒", ("key",)),
    "way of an option": (Kind.CASE, CASE, "-> #upset {0分 礼貌-1}", "-> #pleased {0分 礼貌-1}", ("options",)),
    "points of an option": (Kind.CASE, CASE, "{5分 礼貌+2}", "{4分 礼貌+2}", ("options",)),
    "text of an outcome": (Kind.CASE, CASE, "她自己推开了门。", "她推开了门。", ("wording",)),
    "whether a reason is asked for": (Kind.CASE, CASE, "reason=required", "reason=optional", ("reason",)),
}


@pytest.mark.parametrize(("kind", "text", "old", "new", "facts"), CHANGED.values(), ids=CHANGED)
def test_a_change_names_its_part_and_what_of_it(kind, text, old, new, facts):
    assert text.count(old) == 1

    (change,) = told(text, text.replace(old, new), kind)

    assert (change.sort, change.facts) == (Sort.CHANGED, facts)


def test_a_changed_mark_of_an_option_is_a_changed_key():
    text = "---\ntitle: 甲\n---\n\n## 问 {#q}\n\n- (x) 一\n- ( ) 二\n- ( ) 三\n"
    other = text.replace("(x) 一", "( ) 一").replace("( ) 二", "(x) 二")

    assert told(text, other) == [Change(Sort.CHANGED, "q", ("key",))]


def test_the_same_text_has_not_changed():
    for kind, text in ((Kind.QUIZ, QUIZ), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)):
        assert told(text, text, kind) == []


def item(name):
    return f"\n## 问{name} {{#{name}}}\n\n= 对\n"


def quiz_of(*names):
    return "---\ntitle: 甲\n---\n" + "".join(item(name) for name in names)


def test_parts_that_are_new_gone_or_moved_are_told_as_that():
    assert told(quiz_of("a", "b", "c"), quiz_of("c", "a", "d")) == [
        Change(Sort.MOVED, "c"),
        Change(Sort.ADDED, "d"),
        Change(Sort.REMOVED, "b"),
    ]
