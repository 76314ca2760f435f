"""Every text of a document has one name, and stands in a line or in blocks of its own."""

from decimal import Decimal

import pytest

from app.content.fragments import fragments_of, is_inline
from app.domain.case import Case, Choice, Section, SectionKind
from app.domain.items import Item, ItemType
from app.domain.keys import ChoiceKey, ConstructedKey
from app.domain.options import MarkingPoint, Option
from app.domain.quiz import Group, Quiz
from app.domain.syllabus import Module, Objective, Syllabus

POINTS = (MarkingPoint(Decimal(3), "指出次序"), MarkingPoint(Decimal(5), "说明场合"))


def test_a_case_names_its_sections_choices_points_and_guidance():
    door = Section(
        "which-door",
        SectionKind.DECISION,
        title="先开哪扇门？",
        choices=(Choice("后排", feedback="通常"), Choice("前排")),
    )
    why = Section("why", SectionKind.QUESTION, body="为什么？", marking_points=POINTS, guidance=("看场合",))

    assert fragments_of(Case("车门", (door, why))) == {
        "which-door.title": "先开哪扇门？",
        "which-door.choice.1": "后排",
        "which-door.choice.1.feedback": "通常",
        "which-door.choice.2": "前排",
        "why.body": "为什么？",
        "why.point.1": "指出次序",
        "why.point.2": "说明场合",
        "why.guidance.1": "看场合",
    }


def test_a_quiz_names_its_groups_and_items():
    choice = Item(
        "q1",
        ItemType.SINGLE,
        ChoiceKey((Option("前门", is_key=True, feedback="对"), Option("后门"))),
        heading="哪扇门？",
        body="雨棚下。",
        explanation="女士优先。",
        hints=("谁在车上？",),
    )
    essay = Item("q2", ItemType.CONSTRUCTED, ConstructedKey(POINTS, ("两点都要",)), heading="论述")
    quiz = Quiz("测验", (Group(items=(choice,)), Group("二、论述题", "阅读材料。", (essay,))))

    assert fragments_of(quiz) == {
        "q1.stem": "哪扇门？\n\n雨棚下。",
        "q1.option.1": "前门",
        "q1.option.1.feedback": "对",
        "q1.option.2": "后门",
        "q1.explanation": "女士优先。",
        "q1.hint.1": "谁在车上？",
        "group.2.title": "二、论述题",
        "group.2.stem": "阅读材料。",
        "q2.stem": "论述",
        "q2.point.1": "指出次序",
        "q2.point.2": "说明场合",
        "q2.guidance.1": "两点都要",
    }


def test_a_syllabus_names_its_modules_and_objectives():
    module = Module("ticketing", "售票服务", body="本模块……", objectives=(Objective("4.1", "值机的概念"),))

    assert fragments_of(Syllabus("大纲", Decimal(48), (module,))) == {
        "ticketing.title": "售票服务",
        "ticketing.body": "本模块……",
        "ticketing.objective.4.1": "值机的概念",
    }


@pytest.mark.parametrize(
    "name",
    [
        *("s.title", "s.choice.1", "s.point.2", "q1.option.3", "q1.point.1", "group.1.title", "m.title"),
        *("m.objective.4.1", "m.objective.body", "m.objective.x.feedback", "group.title", "title.title"),
    ],
)
def test_what_stands_within_a_line(name):
    assert is_inline(name)


@pytest.mark.parametrize(
    "name",
    [
        *("s.body", "s.choice.1.feedback", "s.guidance.1", "q1.stem", "q1.option.3.feedback", "q1.hint.1"),
        *("q1.explanation", "group.1.stem", "group.stem", "title.body", "option.stem"),
    ],
)
def test_what_stands_in_blocks(name):
    assert not is_inline(name)
