"""Questions are found by every word and fact of theirs, in the courses that one teaches."""

from datetime import timedelta

import pytest

from app.domain.bank_wanted import Wanted
from app.operations.bank_search import list_choices, search_bank
from tests.support.builders import publish_texts
from tests.support.exams import set_exam
from tests.support.texts import make_quiz_text, make_small_quiz_text

QUIZ = "quizzes/etiquette/ladies.md"


def found(session, classroom, **wanted):
    rows = search_bank(session, [classroom.offering.course_id], Wanted(**wanted)).items
    return sorted(row.item for row in rows)


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("哪扇门", ["single"]),
        ("哪扇門", ["single"]),
        ("门", ["blanks", "number", "single"]),
        ("护顶", ["many"]),
        ("扇哪", []),
        ("xiankai", ["single"]),
        ("xianka", ["single"]),
        ("xkns", ["single"]),
        ("门 步行", []),
        ("场合 步行", ["many"]),
        ("?!", ["blanks", "many", "number", "single", "smile", "truth", "written"]),
    ],
)
def test_what_is_typed_finds_words_and_pinyin(session, classroom, typed, items):
    assert found(session, classroom, text=typed) == items


@pytest.mark.parametrize(
    ("wanted", "items"),
    [
        ({"type": "true-false"}, ["truth"]),
        ({"objective": "1.1", "type": "numeric"}, ["number"]),
        ({"objective": "9.9"}, []),
        ({"difficulty": "hard"}, []),
        ({"language": "en", "text": "door"}, ["single"]),
        ({"text": "door"}, []),
        ({"state": "retired"}, []),
        ({"author": "-", "text": "笑"}, ["smile"]),
    ],
)
def test_facts_narrow_what_is_found(session, classroom, wanted, items):
    assert found(session, classroom, **wanted) == items


def test_nothing_is_found_in_a_course_that_one_does_not_teach(session, classroom):
    assert search_bank(session, [], Wanted()).total == 0
    assert search_bank(session, [classroom.offering.course_id + 1], Wanted()).total == 0


def test_a_new_revision_takes_the_place_of_the_old_one(session, classroom, now):
    front, _, rest = make_quiz_text(stem="先扶谁？").partition("# 二")
    publish_texts(session, classroom.library, {QUIZ: front + "# 二" + rest.replace("truth", "verity")}, now)

    assert found(session, classroom, text="哪扇") == []
    assert found(session, classroom, text="先扶谁") == ["single"]
    assert found(session, classroom, type="true-false") == ["verity"]


def test_a_quiz_that_is_retired_is_not_found_until_it_comes_back(session, classroom, now):
    path = "quizzes/etiquette/smile.md"
    publish_texts(session, classroom.library, {path: None}, now)
    gone = found(session, classroom, text="笑")
    publish_texts(session, classroom.library, {path: make_small_quiz_text()}, now)

    assert (gone, found(session, classroom, text="笑")) == ([], ["smile"])


def test_a_question_is_found_by_the_exam_that_asks_it_and_by_its_day(session, classroom, now):
    exam = set_exam(session, classroom, now, "smile")

    assert found(session, classroom, exam=str(exam.id)) == ["smile"]
    assert found(session, classroom, used="since", day=now.date()) == ["smile"]
    assert "smile" not in found(session, classroom, used="before", day=now.date())
    assert "smile" in found(session, classroom, used="before", day=now.date() + timedelta(days=1))
    assert "smile" not in found(session, classroom, used="never")


def test_the_choices_of_the_filters_tell_how_many_questions_have_them(session, classroom):
    choices = list_choices(session, [classroom.offering.course_id])

    assert choices["o:"] == {"1.1": 13}
    assert sorted(choices["q:"].values()) == [1, 6, 6]
