"""What an offering asks for: a scheduled exam counts as its paper was frozen, a draft as its quiz stands."""

import pytest

from app.operations.banks import syllabuses_of
from app.operations.coverage import cover_course
from tests.support.builders import place_of, publish_texts
from tests.support.exams import set_exam
from tests.support.texts import make_small_quiz_text

SMILE = "quizzes/etiquette/smile.md"
ELSEWHERE = make_small_quiz_text().replace("objectives: 1.1\n", "")


@pytest.fixture
def asked(session, classroom):
    """Return a function that names the quizzes, and counts the exams, that ask for the only objective."""

    def found():
        place = place_of(session, classroom.instructor)
        made = cover_course(session, place, syllabuses_of(session, place.course.id)["zh"])
        (line,) = made.coverage.lines
        return list(line.practice), len(line.exams)

    return found


def test_a_scheduled_exam_counts_as_frozen_and_a_draft_as_its_quiz_stands(session, classroom, asked, now):
    set_exam(session, classroom, now, "smile")
    draft = set_exam(session, classroom, now, "smile")
    draft.scheduled_at = draft.paper_id = None
    assert asked() == (["quiz ladies", "quiz smile"], 2)

    publish_texts(session, classroom.library, {SMILE: ELSEWHERE}, now)

    assert asked() == (["quiz ladies"], 1)


def test_a_quiz_for_exams_only_is_no_practice_and_a_retired_one_asks_nothing(session, classroom, asked, now):
    draft = set_exam(session, classroom, now, "smile")
    draft.scheduled_at = draft.paper_id = None
    exam_only = make_small_quiz_text(front="use: exam\n")
    publish_texts(session, classroom.library, {SMILE: exam_only}, now)
    assert asked() == (["quiz ladies"], 1)

    publish_texts(session, classroom.library, {SMILE: None}, now)

    assert asked() == (["quiz ladies"], 0)
