"""Objectives against quizzes and exams: what is asked where, and what nowhere."""

from decimal import Decimal

import pytest

from app.content.parse import Kind, parse_text
from app.domain.coverage import Cover, coverage

SYLLABUS = """---
title: 礼仪
hours: 4
---

## 车门 {#doors 2学时}

- 掌握 次序 {#1.1}
- 了解 护顶 {#1.2}

## 微笑 {#smiles 2学时}

- 微笑 {#2.1}
"""
QUIZ = """---
title: 练
objectives: 1.1
---

# 一 {每题=2分}

## 先开哪扇？ {#a}
= 对

## 再开哪扇？ {#b objectives=1.1,1.2}
= 错

## 说明 {#c info}
请看。

# 二 {每题=3分 抽=1}

## 别处 {#d objectives=9.9}
= 对

## 笑 {#e}
= 对
"""


def parsed(text, kind):
    found = parse_text(text, kind)
    assert found.document is not None, found.errors
    return found.document


@pytest.fixture
def made():
    quiz, exam = parsed(QUIZ, Kind.QUIZ), parsed(QUIZ.replace("1.1,1.2", "1.2"), Kind.QUIZ)
    return coverage(parsed(SYLLABUS, Kind.SYLLABUS), {"quiz": quiz}, {"exam": exam})


def test_each_objective_tells_what_asks_for_it(made):
    first, second, third = made.lines

    assert first.practice == {"quiz": Cover(3, Decimal(7), is_drawn=True)}
    assert first.exams == {"exam": Cover(2, Decimal(5), is_drawn=True)}
    assert second.practice == {"quiz": Cover(1, Decimal(2))}
    assert (third.practice, third.exams, third.is_gap) == ({}, {}, True)


def test_what_asks_for_no_objective_of_the_syllabus_is_told_too(made):
    assert made.strays == {
        "quiz": Cover(1, Decimal(3), is_drawn=True),
        "exam": Cover(1, Decimal(3), is_drawn=True),
    }


def test_the_gaps_are_counted(made):
    assert (made.practised, made.examined, made.gaps) == (2, 2, ["2.1"])


def test_without_quizzes_everything_is_a_gap():
    made = coverage(parsed(SYLLABUS, Kind.SYLLABUS), {}, {})

    assert (made.practised, made.examined, made.gaps, made.strays) == (0, 0, ["1.1", "1.2", "2.1"], {})
