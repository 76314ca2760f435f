"""Scoring what was handed in: by either language's key, once, and what a person must mark left open."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models import Attempt, Mark, Response
from app.operations.closing import submit_attempt
from app.operations.saving import save_answers
from app.operations.scoring import score_attempt, score_waiting
from app.operations.sittings import get_sitting
from tests.support.builders import answer, begin_attempt, hand_in, later, make_person, publish_texts, shown_at
from tests.support.texts import make_quiz_text

QUIZ, QUIZ_EN = "quizzes/etiquette/ladies.md", "quizzes/etiquette/ladies.en.md"


@pytest.fixture
def student(classroom):
    return classroom.student


@pytest.fixture
def attempt(session, student, now):
    return begin_attempt(session, student, now=now)


def scores(session, attempt):
    rows = session.scalars(select(Response).where(Response.attempt_id == attempt.id))
    return {row.item: row.score for row in rows}


def marks(session, attempt):
    return session.scalars(select(Mark).where(Mark.attempt_id == attempt.id).order_by(Mark.id)).all()


def all_right(attempt):
    return {
        "single": shown_at(attempt, "single", 2),
        "many": [shown_at(attempt, "many", place) for place in (1, 2)],
        "truth": False,
        "blanks": ["zqword-one", "问候"],
        "number": "7391846",
    }


def test_everything_right_earns_everything(session, student, attempt, now):
    hand_in(session, student, attempt, now=now, **all_right(attempt), written="护顶")

    assert (attempt.state, attempt.score, attempt.max) == ("scored", 10, 10)


def test_what_a_person_must_mark_has_no_score_and_no_part_in_the_maximum(session, student, attempt, now):
    hand_in(session, student, attempt, now=now, written="护顶")

    assert scores(session, attempt)["written"] is None
    assert (attempt.score, attempt.max) == (0, 10)


def test_a_written_answer_counts_for_nothing_in_practice_left_out_as_well(session, student, attempt, now):
    hand_in(session, student, attempt, now=now, **all_right(attempt))

    assert scores(session, attempt)["written"] == 0
    assert (attempt.score, attempt.max) == (10, 10)


def test_an_empty_attempt_scores_nothing(session, student, attempt, now):
    hand_in(session, student, attempt, now=now)

    assert (attempt.score, attempt.max) == (0, 10)
    assert set(scores(session, attempt).values()) == {Decimal(0)}


def test_parts_are_told_blank_by_blank(session, student, attempt, now):
    hand_in(session, student, attempt, now=now, blanks=["护顶", "开门"])

    response = session.get(Response, (attempt.id, "blanks"))
    assert [part["right"] for part in response.detail["parts"]] == [True, False]
    assert response.score == 1


@pytest.mark.parametrize(("given", "score"), [("umbrella", 2), ("护顶", 2), ("hat", 1)])
def test_the_wording_of_either_language_is_right(session, classroom, student, now, *, given, score):
    english = make_quiz_text("Ladies first").replace("zqword-one | 护顶", "zqword-one | umbrella")
    publish_texts(session, classroom.library, {QUIZ_EN: english}, now)
    attempt = begin_attempt(session, student, now=now)

    hand_in(session, student, attempt, now=now, blanks=[given, "问候"])

    assert scores(session, attempt)["blanks"] == score


def test_every_score_has_its_automatic_mark(session, student, attempt, now):
    hand_in(session, student, attempt, now=now, written="护顶", truth=False)

    rows = marks(session, attempt)
    assert {row.item: row.points for row in rows} == {
        item: score for item, score in scores(session, attempt).items() if score is not None
    }
    head = get_sitting(session, attempt.public_id, student.id).revisions["zh"]
    assert {(row.source, row.key_revision_id, row.marker_id) for row in rows} == {("auto", head.id, None)}


def test_scoring_twice_changes_nothing(session, student, attempt, now):
    hand_in(session, student, attempt, now=now, truth=False)
    before = len(marks(session, attempt)), attempt.score

    score_attempt(session, get_sitting(session, attempt.public_id, student.id), later(now))

    assert (len(marks(session, attempt)), attempt.score) == before


def test_an_open_attempt_is_not_scored(session, student, attempt, now):
    score_attempt(session, get_sitting(session, attempt.public_id, student.id), now)

    assert (attempt.state, attempt.score, marks(session, attempt)) == ("open", None, [])


def test_an_attempt_is_scored_by_the_key_it_was_sat_with(session, classroom, student, attempt, now):
    other = (
        make_quiz_text()
        .replace("- ( ) 后排右门", "- (x) 后排右门")
        .replace("- (x) 前排右门", "- ( ) 前排右门")
    )
    publish_texts(session, classroom.library, {QUIZ: other, QUIZ_EN: other}, now)

    hand_in(session, student, attempt, now=now, single=shown_at(attempt, "single", 2))

    assert scores(session, attempt)["single"] == 2


def test_what_a_crash_left_unscored_is_scored_later(session, classroom, student, attempt, now):
    fellow = make_person(session, classroom.offering, "fellow")
    for person, one in [(student, attempt), (fellow, begin_attempt(session, fellow, now=now))]:
        save_answers(session, person, one.public_id, [answer("truth", False)], now)
        submit_attempt(session, person, one.public_id, now)
    begin_attempt(session, student, "smile", now=now)

    assert [score_waiting(session, {}, now) for _ in range(2)] == [2, 0]
    states = session.execute(select(Attempt.state, Attempt.score).order_by(Attempt.id)).all()
    assert [tuple(row) for row in states] == [("scored", 2), ("scored", 2), ("open", None)]


def test_a_score_has_no_more_decimals_than_are_kept(session, classroom, student, now):
    text = (
        make_quiz_text()
        .replace("{#many scoring=share}", "{#many 1分 scoring=share}")
        .replace("- [ ] 步行", "- [x] 步行")
    )
    publish_texts(session, classroom.library, {QUIZ: text, QUIZ_EN: text}, now)
    attempt = begin_attempt(session, student, now=now)

    hand_in(session, student, attempt, now=now, many=["1", "2"])

    session.expire_all()
    assert scores(session, attempt)["many"] == Decimal("0.67")
    assert attempt.score == Decimal("0.67")
