"""Handing in folds the events into responses; the events stay as they are."""

import json
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.domain.chain import link
from app.models import Event, Response
from app.operations.closing import fold_responses, submit_attempt
from app.operations.events import heads_of
from app.operations.saving import save_answers
from app.operations.sittings import get_sitting
from tests.support.builders import (
    answer,
    begin_attempt,
    hand_in,
    insert_copy,
    later,
    publish_texts,
    shown_at,
)
from tests.support.texts import make_quiz_text

QUIZ = "quizzes/etiquette/ladies.md"
QUIZ_EN = "quizzes/etiquette/ladies.en.md"


@pytest.fixture
def student(classroom):
    return classroom.student


@pytest.fixture
def attempt(session, student, now):
    return begin_attempt(session, student, now=now, seed=7)


def save(session, person, attempt, *events, now):
    return save_answers(session, person, attempt.public_id, events, now)


def heads(session, attempt):
    return {item: head.answer for item, head in heads_of(session, attempt.id).items()}


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_handing_in_folds_the_events_into_one_response_an_item(session, student, attempt, now):
    right = shown_at(attempt, "single", 2)
    save(session, student, attempt, answer("single", right), answer("blanks", ["护顶", ""]), now=now)

    submit_attempt(session, student, attempt.public_id, later(now))

    rows = session.scalars(select(Response).order_by(Response.position)).all()
    assert [row.item for row in rows] == ["single", "many", "truth", "blanks", "number", "written"]
    assert [row.answered for row in rows] == [True, False, False, True, False, False]
    assert rows[0].answer == "2"
    assert (attempt.state, attempt.submitted_at) == ("submitted", later(now))


def test_responses_count_positions_in_the_order_of_the_file(session, classroom, student, now):
    publish_texts(
        session, classroom.library, {QUIZ: make_quiz_text(front="shuffle: yes\n"), QUIZ_EN: None}, now
    )
    for seed in range(5):
        attempt = begin_attempt(session, student, now=now, seed=seed)
        many = [shown_at(attempt, "many", place) for place in (1, 2)]
        hand_in(session, student, attempt, now=now, single=shown_at(attempt, "single", 2), many=many)

        assert session.get(Response, (attempt.id, "single")).answer == "2"
        assert session.get(Response, (attempt.id, "many")).answer == ["1", "2"]
        assert attempt.score == 4


def test_s12_handing_in_twice_changes_nothing(session, student, attempt, now):
    hand_in(session, student, attempt, now=now, truth=False)
    seq, head, score = attempt.last_seq, attempt.head_hash, attempt.score

    submit_attempt(session, student, attempt.public_id, later(now))

    assert (attempt.state, attempt.submitted_at) == ("scored", now)
    assert (attempt.last_seq, attempt.head_hash, attempt.score) == (seq, head, score)
    assert count(session, Response) == 6


def test_a_conflict_that_is_open_at_the_end_leaves_the_head_to_count(session, student, attempt, now):
    save(session, student, attempt, answer("truth", False), answer("truth", True, window="window-2"), now=now)

    submit_attempt(session, student, attempt.public_id, now)

    assert session.get(Response, (attempt.id, "truth")).answer is False


GIVEN = {
    "single": st.sampled_from([None, "1", "2", "3", "4"]),
    "many": st.none() | st.lists(st.sampled_from("123"), unique=True),
    "truth": st.none() | st.booleans(),
    "blanks": st.none() | st.lists(st.text(max_size=3).filter(lambda t: "\0" not in t), max_size=2),
    "number": st.none() | st.sampled_from(["7391846", "７", "x", " "]),
    "written": st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
}


@st.composite
def answers(draw):
    item = draw(st.sampled_from(sorted(GIVEN)))
    window, n = draw(st.sampled_from(["window-1", "window-2"])), draw(st.none() | st.integers(0, 3))
    return answer(item, draw(GIVEN[item]), window=window, n=n, base=draw(st.integers(0, 6)))


@limits(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sent=st.lists(st.lists(answers(), max_size=3), max_size=5))
def test_the_responses_are_the_fold_of_the_events_and_can_be_rebuilt(session, student, now, sent):
    attempt = begin_attempt(session, student, now=now)
    shown: dict[str, object] = {}
    for batch in sent:
        for event, receipt in zip(batch, save(session, student, attempt, *batch, now=now), strict=True):
            if receipt.status == "saved":
                shown[event.item] = event.answer

    submit_attempt(session, student, attempt.public_id, now)

    assert heads(session, attempt) == shown
    stored = session.scalars(select(Response).where(Response.attempt_id == attempt.id)).all()
    kept = {row.item: (row.position, row.answer, row.answered, row.event_seq, row.max) for row in stored}
    session.expire_all()
    sitting = get_sitting(session, attempt.public_id, student.id)
    rebuilt = fold_responses(sitting, heads_of(session, attempt.id))
    assert kept == {r.item: (r.position, r.answer, r.answered, r.event_seq, r.max) for r in rebuilt}


# the chain


def events_of(session, attempt):
    return session.scalars(select(Event).where(Event.attempt_id == attempt.id).order_by(Event.seq)).all()


def test_every_event_is_a_link_of_one_chain(session, student, attempt, now):
    start = attempt.head_hash
    save(session, student, attempt, answer("single", "2"), answer("truth", False), now=now)
    save(session, student, attempt, answer("written", "🚪 Ünïcode é\u200f"), now=later(now))
    submit_attempt(session, student, attempt.public_id, later(now, 2))

    before = start
    for seq, event in enumerate(events_of(session, attempt), 1):
        body = json.loads(event.body)
        assert (event.prev_hash, event.hash) == (before, link(before, event.body))
        assert (body["seq"], body["id"], body["item"]) == (seq, event.event_id, event.item)
        assert event.hash == sha256(bytes.fromhex(before) + event.body.encode()).hexdigest()
        before = event.hash
    assert attempt.head_hash == before
    assert attempt.last_seq == 4


@pytest.mark.parametrize("statement", ["UPDATE event SET body = ''", "DELETE FROM event"])
def test_events_are_neither_changed_nor_deleted(session, student, attempt, now, statement):
    save(session, student, attempt, answer("single", "2"), now=now)

    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(statement))
    assert heads(session, attempt) == {"single": "2"}


def test_one_id_is_kept_once_in_an_attempt(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2", name="one"), now=now)
    (event,) = events_of(session, attempt)

    with pytest.raises(DBAPIError), session.begin_nested():
        insert_copy(session, event, seq=2)
