"""Walk items: papers pin their cases, commits are judged one by one, the exam wall stands."""

import pytest

from app.domain.errors import (
    AlreadyCommitted,
    BadAnswer,
    EventMismatch,
    NotFound,
    NotNext,
    NotPublished,
    ReasonRequired,
    TooLong,
    UnknownChoice,
    WalkEnded,
)
from app.domain.events import COMMIT, AnswerEvent
from app.operations.closing import submit_attempt
from app.operations.events import heads_of
from app.operations.saving import save_answers
from app.operations.scoring import list_responses, score_attempt
from app.operations.sittings import get_sitting
from tests.support.builders import begin_attempt, publish_texts
from tests.support.drill import make_drill
from tests.support.texts import make_case_text, make_exam_texts


@pytest.fixture
def attempt(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/etiquette/drill.md": make_drill()}, now)
    return begin_attempt(session, classroom.student, "drill", now=now)


@pytest.fixture
def commit(session, attempt, classroom, now):
    """Return a function that commits a decision: section, option, reason."""

    def committed(section, choice, reason="", *, number=1, item="way", person=None):
        decision = {"section": section, "choice": choice, "reason": reason}
        event = AnswerEvent(f"event-{number:08}", "window-00000001", number, 0, item, decision, COMMIT)
        return save_answers(session, person or classroom.student, attempt.public_id, [event], now)[0]

    return committed


def test_commits_add_up_to_the_answer(session, attempt, commit):
    commit("which", "1")
    commit("repair", "2", "先致歉", number=2)

    assert heads_of(session, attempt.id)["way"].answer == ["1", "2"]


def test_a_walk_is_scored_as_a_share_of_the_best(session, attempt, commit, classroom, now):
    commit("which", "1")
    commit("repair", "2", "先致歉", number=2)
    submit_attempt(session, classroom.student, attempt.public_id, now)
    score_attempt(session, get_sitting(session, attempt.public_id, classroom.student.id), now)

    way = next(row for row in list_responses(session, attempt.id) if row.item == "way")
    assert (way.answer, f"{way.score:.2f}", f"{way.max:.2f}") == (["1", "2"], "7.56", "10.00")


def test_the_same_commit_again_is_a_replay(commit):
    first, again = commit("which", "1"), commit("which", "1")

    assert (first.status, again.status, again.was, again.seq) == ("saved", "replayed", "saved", first.seq)


def test_an_id_used_before_with_another_option_is_a_mismatch(commit):
    commit("which", "1")

    with pytest.raises(EventMismatch):
        commit("which", "2")


@pytest.mark.parametrize(
    ("before", "decision", "refusal"),
    [
        ([], ("repair", "1"), NotNext),
        ([], ("nowhere", "1"), NotNext),
        ([], ("which", "3"), UnknownChoice),
        ([], ("which", "0"), UnknownChoice),
        ([], ("which", "x"), UnknownChoice),
        ([], ("which", ""), UnknownChoice),
        ([("which", "1")], ("which", "2"), AlreadyCommitted),
        ([("which", "1")], ("repair", "2"), ReasonRequired),
        ([("which", "1")], ("repair", "2", " "), ReasonRequired),
        ([("which", "1")], ("repair", "2", "长" * 20_001), TooLong),
        ([("which", "2")], ("repair", "1"), WalkEnded),
        ([("which", "2")], ("which", "1"), AlreadyCommitted),
        ([], ("which", 1), BadAnswer),
        ([], ("which", "1", None), BadAnswer),
        ([], (None, "1"), BadAnswer),
    ],
)
def test_a_commit_that_breaks_a_rule_changes_nothing(session, attempt, commit, *, before, decision, refusal):
    for number, earlier in enumerate(before, 1):
        commit(*earlier, number=number)
    kept = [choice for _, choice in before]

    with pytest.raises(refusal):
        commit(*decision, number=9)

    head = heads_of(session, attempt.id).get("way")
    assert (head.answer if head else []) == kept


def test_only_a_walk_takes_commits(commit):
    with pytest.raises(BadAnswer):
        commit("which", "1", item="sum")


def test_a_walk_takes_no_answer_at_once(session, attempt, classroom, now):
    event = AnswerEvent("event-00000001", "window-00000001", 1, 0, "way", ["1", "2"])

    with pytest.raises(BadAnswer):
        save_answers(session, classroom.student, attempt.public_id, [event], now)


def test_somebody_else_commits_nothing(commit, classroom):
    with pytest.raises(NotFound):
        commit("which", "1", person=classroom.stranger)


def test_a_paper_keeps_the_case_that_it_began_with(session, attempt, commit, classroom, now):
    changed = make_case_text().replace("致歉 -> #saved {3918.27分", "致歉 -> #saved {1分")
    publish_texts(session, classroom.library, {"cases/etiquette/door.md": changed}, now)

    commit("which", "1")
    commit("repair", "2", "先致歉", number=2)
    submit_attempt(session, classroom.student, attempt.public_id, now)
    score_attempt(session, get_sitting(session, attempt.public_id, classroom.student.id), now)

    way = next(row for row in list_responses(session, attempt.id) if row.item == "way")
    assert f"{way.score:.2f}" == "7.56"


def test_practice_cannot_begin_where_its_case_is_kept_for_exams(session, classroom, now):
    texts = make_exam_texts() | {
        "quizzes/etiquette/drill.md": make_drill().replace("walk=door", "walk=vault")
    }
    publish_texts(session, classroom.library, texts, now)

    with pytest.raises(NotPublished):
        begin_attempt(session, classroom.student, "drill", now=now)
