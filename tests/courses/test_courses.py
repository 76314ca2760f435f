"""The courses that come with Casehall: complete, sound, and worth taking."""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.content.library import check_library
from app.content.parse import Kind, parse_text
from app.content.shared_texts import with_texts
from app.content.writer import format_document
from app.domain.bank import gather_bank
from app.domain.bank_sources import Source
from app.domain.blueprint import Blueprint, Wish, compose
from app.domain.case import Case, SectionKind
from app.domain.item_walk import stand_of
from app.domain.items import Item, ItemType, with_case
from app.domain.keys import RatingKey
from app.domain.model_answers import options_at, right_answer
from app.domain.quiz import Quiz, with_inherited
from app.domain.scoring import score
from app.domain.scoring.result import rounded
from app.domain.syllabus import Syllabus
from app.domain.variables import sample_draws, with_values
from app.settings import ROOT

COURSES = ("ground-service", "service-management", "key-accounts")
FACTS = Path(__file__).parent / "facts.tsv"
#: doubtful in their source: no item asks them
DOUBTFUL = {"F105"}
JUDGED = {ItemType.BEST_WORST, ItemType.RATING, ItemType.WEIGHTED}


@cache
def read(kind: str, course: str, name: str) -> object:
    folder = ROOT / ("quizzes" if kind == Kind.QUIZ else "cases") / course
    return parse_text((folder / f"{name}.md").read_text(encoding="utf-8"), Kind(kind)).document


def names(folder: str, course: str, *, translated: bool = False) -> list[str]:
    """Return the names of a course's files; those of translations end in a language."""
    found = sorted(path.stem for path in (ROOT / folder / course).glob("*.md"))
    return [name for name in found if not name.startswith("syllabus") and ("." in name) == translated]


def cases(course: str) -> dict[str, Case]:
    found = {name: read(Kind.CASE, course, name) for name in names("cases", course)}
    return {name: one for name, one in found.items() if isinstance(one, Case)}


def quizzes(course: str) -> dict[str, Quiz]:
    found = {name: read(Kind.QUIZ, course, name) for name in names("quizzes", course)}
    return {name: one for name, one in found.items() if isinstance(one, Quiz)}


def syllabus(course: str) -> Syllabus:
    found = read(Kind.SYLLABUS, course, "syllabus")
    assert isinstance(found, Syllabus)
    return found


def items(course: str, quiz: Quiz) -> Iterator[Item]:
    """Return the scored items of a quiz with what they inherit, and the cases that they walk."""
    for group in quiz.groups:
        for item in group.items:
            if item.is_scored:
                whole = with_inherited(item, group, quiz)
                yield with_case(whole, cases(course)[item.walk]) if item.walk else whole


def all_items() -> list[tuple[str, str, Item]]:
    return [
        (course, f"quizzes/{course}/{name}.md#{item.id}", item)
        for course in COURSES
        for name, quiz in quizzes(course).items()
        for item in items(course, quiz)
    ]


def decisions(case: Case) -> int:
    return sum(section.kind is SectionKind.DECISION for section in case.sections)


def endings(case: Case) -> set[str]:
    return {section.id for section in case.sections if section.kind is SectionKind.ENDING}


def branching(course: str) -> dict[str, Case]:
    return {name: case for name, case in cases(course).items() if decisions(case)}


ALL_CASES = [
    (course, name)
    for course in COURSES
    for translated in (False, True)
    for name in names("cases", course, translated=translated)
]


def test_nothing_is_to_be_mended():
    found = check_library([ROOT / "cases", ROOT / "quizzes"])

    assert [str(one) for one in found.diagnostics] == []


def test_there_are_as_many_cases_and_items_as_three_courses_need():
    told = {name: case for course in COURSES for name, case in branching(course).items()}
    forked = [one for one in told.values() if decisions(one) >= 3 and len(endings(one)) >= 3]
    found = [item for _, _, item in all_items()]
    types = Counter(item.type for item in found)

    assert len(told) >= 16
    assert len(forked) >= 10
    assert len(found) >= 260
    assert types.keys() == set(ItemType) - {ItemType.INFO}
    assert types[ItemType.NUMERIC] >= 8
    assert sum(types[one] for one in JUDGED) >= 20
    assert types[ItemType.CONSTRUCTED] >= 10


@pytest.mark.parametrize("course", COURSES)
def test_every_module_has_a_quiz_and_a_case_or_a_reading(course):
    for module in syllabus(course).modules:
        assert module.quizzes, module.id
        assert module.cases or module.readings, module.id
        assert module.cases or course != "ground-service", module.id


def test_the_syllabus_of_the_source_shows_its_gap():
    ground = syllabus("ground-service")

    listed = sum(module.hours or 0 for module in ground.modules)
    assert (int(ground.hours), int(listed)) == (48, 30)
    assert [module.id for module in ground.modules if not module.hours] == ["guidance", "special"]


@pytest.mark.parametrize("course", COURSES)
def test_every_objective_is_asked_for(course):
    asked = {
        name for quiz in quizzes(course).values() for item in items(course, quiz) for name in item.objectives
    }

    wanted = {objective.id for module in syllabus(course).modules for objective in module.objectives}
    assert wanted <= asked


@pytest.mark.parametrize("course", COURSES)
def test_a_course_has_exams_of_its_own_and_says_how_hard_each_item_is(course):
    found = quizzes(course)
    exams = {name for name, quiz in found.items() if quiz.use == "exam"}

    assert exams == {"mock-exam", "exam-bank"}
    assert all(item.difficulty for quiz in found.values() for item in items(course, quiz))


@pytest.mark.parametrize("course", COURSES)
def test_a_paper_of_fifty_questions_can_be_drawn(course):
    sources = [with_texts(Source(name, "zh", {"zh": quiz})) for name, quiz in quizzes(course).items()]
    bank = gather_bank(sources, {"zh": syllabus(course)}).without_types()
    left, wishes = 50, {}
    for cell, found in bank.stock.items():
        points = found[0].points
        fitting = sum(item.points == points for item in found)
        wishes[cell] = Wish(min(fitting, left), points)
        left -= wishes[cell].count

    wishes = {cell: wish for cell, wish in wishes.items() if wish.count}
    paper = compose(bank, Blueprint({"zh": "期末试卷"}, wishes), "7")["zh"]

    assert left == 0
    read_back = parse_text(format_document(paper), Kind.QUIZ)
    assert read_back.errors == ()
    assert sum(item.is_scored for item in paper.items) == 50
    assert len({cell.module for cell in wishes}) > 1


def test_every_item_says_why():
    # what stands below a walk is a quotation
    asked = [(place, item) for _, place, item in all_items() if item.type is not ItemType.WALK]
    missing = [place for place, item in asked if not item.explanation]
    silent = [
        place
        for _, place, item in all_items()
        if item.type in {ItemType.SINGLE, ItemType.MULTIPLE, ItemType.WEIGHTED, ItemType.BEST_WORST}
        and not all(option.feedback for option in item.options)
    ]

    assert missing == silent == []


#: a word of the title of each of the documents that the courses are made of
DOCUMENTS = (
    "女士优先",
    "微笑的客房部经理",
    "大客户服务管理与细分管理",
    "大客户服务部业务流程及管理办法",
    "民航地勤服务》课程教学大纲",
    "论现代服务业集聚区与中国城市转型发展",
    "保险公司大客户",
    "大客户服务管理业务规范",
    "服务业集聚发展状况研究",
    "考试复习重点",
    "某通信公司大客户服务体系",
    "示范校典型案例",
    "大客户服务管理流程",
    "民航地勤服务论文",
    "现代服务业集聚发展影响因素",
    "大客户营销",
    "现代服务业集聚区概念简述",
    "大客户管理流程",
    "湖北省现代服务业股权投资基金",
)


def test_every_document_is_used_and_named():
    named = {text.source for course in COURSES for text in cases(course).values()}
    named |= {text.source for course in COURSES for text in quizzes(course).values()}

    assert [title for title in DOCUMENTS if not any(title in source for source in named)] == []


def test_every_fact_is_asked_but_the_doubtful():
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    places = {place for _, place, _ in all_items()} | {
        f"quizzes/{course}/{name}.md#{item.id}"
        for course in COURSES
        for name, quiz in quizzes(course).items()
        for item in quiz.items
    }

    asked = {row[0] for row in rows if row[1] in places}
    assert {row[1] for row in rows if row[0] not in DOUBTFUL} <= places
    assert asked == {f"F{number:03}" for number in range(1, 201)} - DOUBTFUL


@pytest.mark.parametrize(("course", "name"), ALL_CASES)
def test_every_case_can_be_walked_to_every_ending(course, name):
    case = read(Kind.CASE, course, name)
    assert isinstance(case, Case)
    nowhere: set[str | None] = {None}
    reached: set[str | None] = set()
    seen: set[tuple[str | None, tuple[tuple[str, int], ...]]] = set()
    pending: list[tuple[str, ...]] = [()]
    while pending:
        taken = pending.pop()
        state = stand_of(case, taken)
        place = state.at, tuple(state.dimensions.items())
        if state.ended:
            reached.add(state.ending)
        elif place not in seen:
            seen.add(place)
            pending += [(*taken, str(number)) for number in range(1, options_at(case, state) + 1)]

    assert reached == (endings(case) or nowhere)


@pytest.mark.parametrize("course", COURSES)
def test_every_item_answered_right_earns_its_full_points(course):
    asked = [(place, item) for its_course, place, item in all_items() if its_course == course]
    for place, item in asked:
        for values in sample_draws(item.variables, 3) or [{}]:
            filled = with_values(item, values) if values else item
            result = score(filled, right_answer(filled))
            if item.is_marked_by_person:
                assert result.points is None or item.type is ItemType.UPLOAD, place
            elif isinstance(item.key, RatingKey):
                assert result.points is not None, place
                assert result.points >= rounded(result.maximum * 9 / 10), place
            else:
                assert result.points == result.maximum, place
