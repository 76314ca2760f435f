"""Attempts begin: once, for whom the quiz is, on the revisions of the moment."""

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.domain.chain import genesis, salted
from app.domain.errors import (
    NotFound,
    NotPublished,
    OfferingArchived,
)
from app.domain.layout import draw_layout, layout_json
from app.domain.paper import read_manifest
from app.domain.roles import Role
from app.models import Attempt, Exam, Paper
from app.operations.enrolment import Seat, enrol
from app.operations.offerings import archive_offering
from app.operations.papers import open_quiz
from app.operations.sittings import get_sitting, list_attempts
from tests.support.builders import (
    begin_attempt,
    hand_in,
    insert_copy,
    later,
    make_person,
    place_of,
    publish_texts,
    reload,
)
from tests.support.texts import make_exam_texts, make_quiz_text

QUIZ = "quizzes/etiquette/ladies.md"
QUIZ_EN = "quizzes/etiquette/ladies.en.md"


@pytest.fixture
def student(classroom):
    return classroom.student


@pytest.fixture
def attempt(session, student, now):
    return begin_attempt(session, student, now=now, seed=7)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_an_attempt_begins_open_and_laid_out(session, student, attempt, now):
    assert (attempt.number, attempt.state, attempt.started_at, attempt.last_seq) == (1, "open", now, 0)
    assert attempt.is_preview is False
    assert [place["key"] for place in attempt.layout["items"]] == [
        "single",
        "many",
        "note",
        "truth",
        "blanks",
        "number",
        "written",
    ]


def test_the_layout_is_stored_and_could_be_drawn_again_from_the_seed(session, attempt):
    paper = read_manifest(json.loads(session.get(Paper, attempt.paper_id).manifest))

    assert attempt.layout == layout_json(draw_layout(paper, attempt.seed))


def test_a_shuffled_quiz_is_laid_out_anew_for_each_attempt_and_the_same_on_every_read(
    session, classroom, student, now
):
    publish_texts(
        session, classroom.library, {QUIZ: make_quiz_text(front="shuffle: yes\n"), QUIZ_EN: None}, now
    )
    orders = set()
    for seed in range(8):
        attempt = begin_attempt(session, student, now=now, seed=seed)
        first = attempt.layout
        session.expire(attempt)
        assert (
            attempt.layout == first == layout_json(get_sitting(session, attempt.public_id, student.id).layout)
        )
        orders.add(str(first))
        hand_in(session, student, attempt, now=now)

    assert len(orders) > 1


def test_the_first_event_will_stand_on_person_paper_and_layout(session, student, attempt):
    paper = session.get(Paper, attempt.paper_id)

    person = salted(student.public_id, attempt.seed)
    assert attempt.head_hash == genesis(attempt.public_id, person, paper.sha256, attempt.layout)


def test_starting_twice_goes_on_with_the_open_attempt(session, student, attempt, now):
    assert begin_attempt(session, student, now=later(now)) is attempt
    assert (count(session, Attempt), count(session, Exam), count(session, Paper)) == (1, 1, 1)


def test_after_handing_in_starting_makes_the_next_attempt(session, student, attempt, now):
    hand_in(session, student, attempt, now=now)

    again = begin_attempt(session, student, now=later(now))

    assert again.number == 2
    assert list_attempts(session, student, again.exam_id) == [again, attempt]


def test_two_students_have_attempts_of_their_own_at_one_practice(session, classroom, attempt, now):
    fellow = make_person(session, classroom.offering, "fellow")

    other = begin_attempt(session, fellow, now=now)

    assert (other.exam_id, other.paper_id, other.number) == (attempt.exam_id, attempt.paper_id, 1)
    assert other.seed != attempt.seed


def test_a9_an_instructor_only_previews(session, classroom, now):
    assert begin_attempt(session, classroom.instructor, now=now).is_preview
    assert begin_attempt(session, classroom.assistant, now=now).is_preview


def test_who_taught_and_learns_now_begins_an_attempt_that_counts(session, classroom, now):
    tried = begin_attempt(session, classroom.assistant, now=now)
    enrol(session, classroom.assistant.id, Seat(classroom.offering.id, Role.STUDENT, None), None, now)
    learner = reload(session, classroom.assistant)

    begun = begin_attempt(session, learner, now=now)

    assert (tried.is_preview, tried.state != "open", begun.is_preview) == (True, True, False)
    assert begin_attempt(session, learner, now=now).id == begun.id


def test_a_stranger_starts_nothing(session, classroom, now):
    with pytest.raises(NotFound):
        begin_attempt(session, classroom.stranger, now=now)
    assert count(session, Exam) == 0


def test_an_unknown_quiz_is_not_started(session, student, now):
    with pytest.raises(NotPublished):
        begin_attempt(session, student, "nowhere", now=now)


def test_in_an_archived_offering_nothing_starts(session, classroom, student, now):
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        begin_attempt(session, student, now=now)
    assert count(session, Attempt) == 0


def test_a12_an_exam_quiz_is_practised_by_its_authors_only(session, classroom, student, now):
    publish_texts(session, classroom.library, make_exam_texts(), now)

    for person in (student, classroom.assistant):
        with pytest.raises(NotFound):
            open_quiz(session, person, place_of(session, person), "guard")
    assert begin_attempt(session, classroom.instructor, "guard", now=now).is_preview


def test_the_database_allows_one_open_attempt_only(session, student, attempt):
    with pytest.raises(DBAPIError), session.begin_nested():
        insert_copy(session, attempt, id=99, public_id="another", number=2)


# on its revisions


def test_an_attempt_stays_on_the_revisions_it_began_with(session, classroom, student, attempt, now):
    publish_texts(session, classroom.library, {QUIZ: make_quiz_text(stem="改过的题目？")}, now)

    sitting = get_sitting(session, attempt.public_id, student.id)

    assert sitting.items()["single"].heading == "先开哪扇门？"
    assert sitting.items("en")["single"].heading == "Which door do you open?"
    hand_in(session, student, attempt, now=now, truth=False)
    again = begin_attempt(session, student, now=now)
    assert get_sitting(session, again.public_id, student.id).items()["single"].heading == "改过的题目？"
    assert again.paper_id != attempt.paper_id


def test_a_translation_that_lags_behind_is_left_out_until_it_follows(session, classroom, student, now):
    longer = make_quiz_text() + "\n## 还有一题。 {#more 2分}\n\n= 对\n"
    publish_texts(session, classroom.library, {QUIZ: longer}, now)

    attempt = begin_attempt(session, student, now=now)

    sitting = get_sitting(session, attempt.public_id, student.id)
    assert set(sitting.revisions) == {"zh"}
    assert hand_in(session, student, attempt, now=now, more=True).score == 2
    publish_texts(session, classroom.library, {QUIZ_EN: longer}, now)
    again = begin_attempt(session, student, now=now)
    assert set(get_sitting(session, again.public_id, student.id).revisions) == {"zh", "en"}
