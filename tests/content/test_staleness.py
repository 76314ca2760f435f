"""What depends on a text that changed: pure, from texts to names."""

from dataclasses import replace

import pytest

from app.content.parse import Kind, parse_text
from app.content.shared_texts import stand_alone
from app.content.staleness import Dependent, Text, Why, changes_that_matter, find_dependents
from app.domain.quiz import Group, Quiz
from tests.content import samples
from tests.support.texts import make_case_text, make_quiz_text, make_small_quiz_text

CASE, CASE_EN, QUIZ, QUIZ_EN, OTHER, WALK = range(1, 7)
SHOWS = """---
title: 材料
---

# 案例 {case=door}

## 谁先？ {#first}

= 对

## 说明 {#note info}

# 走一遍

## 走一遍案例 {#walk walk=door 5分}
"""


def read(source, kind):
    document = parse_text(source, Kind(kind)).document
    assert document is not None
    return document


def text(number, kind, slug, source, *, is_translation=False):
    return Text(number, kind, slug, is_translation, read(source, kind))


def shelf():
    """Return the texts of a course."""
    return [
        text(CASE_EN, "case", "door", make_case_text("Which door"), is_translation=True),
        text(QUIZ, "quiz", "ladies", make_quiz_text()),
        text(QUIZ_EN, "quiz", "ladies", make_quiz_text("Ladies"), is_translation=True),
        text(OTHER, "quiz", "paper", make_quiz_text("一份试卷")),
        text(WALK, "quiz", "shows", SHOWS),
    ]


def dependents(number, kind, slug, old, new, **more):
    before = read(old, kind)
    changed = text(number, kind, slug, new, **more)
    others = [one for one in shelf() if one.id != number]
    return set(find_dependents(before, changed, others))


def test_a_case_with_another_opening_is_told_of_by_all_that_stands_on_it():
    assert dependents(CASE, "case", "door", make_case_text(), make_case_text(opening="一辆黑车停下。")) == {
        Dependent(CASE_EN, Why.TRANSLATION),
        Dependent(QUIZ, Why.BELONGS),
        Dependent(WALK, Why.SHOWS, "first"),
        Dependent(WALK, Why.WALKS, "walk"),
    }


def test_behind_the_first_decision_a_case_changes_nothing_that_a_group_shows():
    other = make_case_text().replace("zqoutcome-upset", "她自己推开了门")

    found = dependents(CASE, "case", "door", make_case_text(), other)

    assert Dependent(WALK, Why.WALKS, "walk") in found
    assert Dependent(WALK, Why.SHOWS, "first") not in found


def test_a_question_that_changed_outdates_its_copies_and_the_translation():
    found = dependents(QUIZ, "quiz", "ladies", make_quiz_text(), make_quiz_text(stem="先扶谁？"))

    assert found == {Dependent(QUIZ_EN, Why.TRANSLATION), Dependent(OTHER, Why.COPY, "single")}


def test_a_copy_that_has_the_text_above_the_question_in_it_is_outdated_by_both():
    old = make_quiz_text().replace("{each=2分}\n", "{each=2分}\n\n车到门前。\n")
    others = (old.replace("先开哪扇门？", "先扶谁？"), old.replace("车到门前。", "客人下车。"))
    item = next(read(old, "quiz").items)
    copy = Quiz("试卷", (Group(items=(replace(stand_alone(item, "车到门前。"), id="told"),)),))
    paper = Text(OTHER, "quiz", "paper", False, copy)

    for new in (*others, old.replace("乘车礼仪", "礼仪"), old):
        changed = text(QUIZ, "quiz", "ladies", new)
        found = set(find_dependents(read(old, "quiz"), changed, [changed, paper]))
        assert found == ({Dependent(OTHER, Why.COPY, "told")} if new in others else set())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (make_quiz_text(), make_quiz_text().replace("zqexplanation-single", "解析改了")),
        (make_quiz_text(), make_quiz_text().replace("{#truth 2分}", "{#truth 3分}")),
    ],
)
def test_copies_stand_where_the_same_is_asked(old, new):
    assert dependents(QUIZ, "quiz", "ladies", old, new) == {Dependent(QUIZ_EN, Why.TRANSLATION)}


def test_nothing_hangs_on_a_translation_or_on_what_stays_the_same():
    quiz, other = make_quiz_text(), make_quiz_text(stem="先扶谁？")

    assert dependents(QUIZ_EN, "quiz", "ladies", quiz, other, is_translation=True) == set()
    assert dependents(QUIZ, "quiz", "ladies", quiz, make_quiz_text("别的标题")) == set()
    assert dependents(OTHER, "quiz", "smile", make_small_quiz_text(), make_small_quiz_text()) == set()


@pytest.mark.parametrize(
    ("old", "new", "matters"),
    [
        ("title: 女士优先", "title: 女士先上", False),
        ("pass: 60%", "pass: 70%", False),
        ("level=掌握", "level=了解", False),
        ("multiple: half", "multiple: share", True),
        ("> 这是常规。", "> 这是惯例。", True),
        ("= 45 ± 5 秒", "= 45 ± 6 秒", True),
    ],
)
def test_what_is_only_told_of_a_text_makes_nothing_stale(old, new, matters):
    before, after = (samples.read(text, Kind.QUIZ) for text in (samples.QUIZ, samples.QUIZ.replace(old, new)))

    assert bool(changes_that_matter(before, after)) is matters
