"""Papers and practices: made once, for what is published at the moment."""

import json

import pytest
from sqlalchemy import func, select

from app.domain.errors import NotFound, NotPublished
from app.domain.paper import manifest_hash, read_manifest
from app.models import Exam
from app.operations.papers import ensure_paper, ensure_practice, find_practice, open_quiz, revision_ids
from app.operations.sittings import get_sitting, open_sitting
from tests.support.builders import begin_attempt, make_term, place_of, publish_texts
from tests.support.texts import make_case_text, make_exam_texts, make_quiz_text, make_small_quiz_text

QUIZ, QUIZ_EN = "quizzes/etiquette/ladies.md", "quizzes/etiquette/ladies.en.md"
WALLED = make_case_text().replace("module: doors\n", "module: doors\nuse: exam\n", 1)


@pytest.fixture
def place(session, classroom):
    return place_of(session, classroom.student)


@pytest.fixture
def quiz(session, classroom, place):
    return open_quiz(session, classroom.student, place, "ladies")


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_a_paper_pins_the_revisions_of_both_languages(session, quiz, now):
    paper = ensure_paper(session, quiz, now)

    assert read_manifest(json.loads(paper.manifest)).revisions == revision_ids(quiz)
    assert set(revision_ids(quiz)) == {"zh", "en"}
    assert paper.sha256 == manifest_hash(paper.manifest)


def test_the_same_quiz_has_one_paper_and_a_changed_one_another(session, classroom, place, quiz, now):
    paper = ensure_paper(session, quiz, now)
    assert ensure_paper(session, quiz, now) is paper

    publish_texts(session, classroom.library, {QUIZ: make_quiz_text("改了")}, now)

    assert ensure_paper(session, open_quiz(session, classroom.student, place, "ladies"), now) is not paper


def test_a_group_that_shows_a_case_pins_its_revision(session, classroom, place, now):
    texts = {name: make_quiz_text(group="case=door") for name in (QUIZ, QUIZ_EN)}
    publish_texts(session, classroom.library, texts, now)
    attempt = begin_attempt(session, classroom.student, now=now)
    publish_texts(session, classroom.library, {"cases/etiquette/door.md": make_case_text("改了")}, now)

    sitting = get_sitting(session, attempt.public_id, classroom.student.id)

    assert set(sitting.cases) == {"door"}
    assert "先开哪一扇门" in sitting.cases["door"]["zh"].source


def test_practice_pins_no_case_that_is_kept_for_exams(session, classroom, place, now):
    texts = {name: make_quiz_text(group="case=door") for name in (QUIZ, QUIZ_EN)}
    publish_texts(session, classroom.library, texts | {"cases/etiquette/door.md": WALLED}, now)
    text = open_quiz(session, classroom.student, place, "ladies")

    paper = read_manifest(json.loads(ensure_paper(session, text, now).manifest))

    assert paper.cases == {}


def test_an_open_practice_shows_nothing_of_a_case_that_is_for_exams_by_now(session, classroom, now):
    texts = {name: make_quiz_text(group="case=door") for name in (QUIZ, QUIZ_EN)}
    publish_texts(session, classroom.library, texts, now)
    attempt = begin_attempt(session, classroom.student, now=now)

    publish_texts(session, classroom.library, {"cases/etiquette/door.md": WALLED}, now)

    sitting = open_sitting(session, classroom.student, attempt.public_id)
    assert sitting.walled_cases == {"door"}
    assert not sitting.is_walled


def test_an_open_practice_that_walks_a_case_for_exams_is_walled_too(session, classroom, now):
    walk = "\n## 走一遍 {#walk 10分 路径=door}\n"
    texts = {QUIZ: make_quiz_text() + walk, QUIZ_EN: make_quiz_text() + walk}
    publish_texts(session, classroom.library, texts, now)
    attempt = begin_attempt(session, classroom.student, now=now)
    assert not open_sitting(session, classroom.student, attempt.public_id).is_walled

    publish_texts(session, classroom.library, {"cases/etiquette/door.md": WALLED}, now)

    with pytest.raises(NotFound):
        open_sitting(session, classroom.student, attempt.public_id)


def test_a_practice_is_made_once_in_each_offering(session, place, quiz, now):
    assert find_practice(session, place, quiz.document.id) is None

    exam = ensure_practice(session, place, quiz, (now, 1))

    assert ensure_practice(session, place, quiz, (now, 2)) is exam
    assert find_practice(session, place, quiz.document.id) is exam
    assert (exam.kind, exam.offering_id) == ("practice", place.offering.id)
    assert exam.pass_mark == 60
    assert count(session, Exam) == 1


def test_the_pass_mark_of_a_practice_follows_its_quiz(session, classroom, place, now):
    smile = open_quiz(session, classroom.student, place, "smile")
    exam = ensure_practice(session, place, smile, (now, 1))
    text = make_small_quiz_text(front="pass: 72.5%\n")
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)

    smile = open_quiz(session, classroom.student, place, "smile")

    assert ensure_practice(session, place, smile, (now, 2)) is exam
    assert str(exam.pass_mark) == "72.5"


def test_a12_an_exam_quiz_opens_for_authors_only(session, classroom, place, now):
    publish_texts(session, classroom.library, make_exam_texts(), now)

    with pytest.raises(NotFound):
        open_quiz(session, classroom.student, place, "guard")
    instructor = classroom.instructor
    assert open_quiz(session, instructor, place_of(session, instructor), "guard").document.is_exam_only


def test_a_quiz_of_another_course_is_not_here(session, classroom, place, now):
    publish_texts(session, classroom.library, {"quizzes/other/else.md": make_small_quiz_text()}, now)
    make_term(session, now, "other")

    with pytest.raises(NotPublished):
        open_quiz(session, classroom.student, place, "else")
