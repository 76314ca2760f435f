"""Two requests at once, in real threads: one of them wins, the other is told, nothing is doubled."""

import pytest
from sqlalchemy import func, select

from app.domain.errors import AlreadyCommitted, AttemptClosed
from app.domain.walk import Commit
from app.models import Attempt, CaseWalk, Event, Exam, Mark, Paper, Response, WalkCommit
from app.operations.attempts import start_practice
from app.operations.closing import submit_attempt
from app.operations.offerings import get_place
from app.operations.papers import open_quiz
from app.operations.saving import save_answers
from app.operations.scoring import score_attempt
from app.operations.sittings import get_sitting, open_sitting
from app.operations.walks import commit_section, open_case, start_walk
from app.web.database import reading, writing
from tests.support.at_once import at_once, do
from tests.support.builders import (
    COURSE,
    answer,
    begin_attempt,
    begin_walk,
    make_classroom,
    make_person,
)
from tests.support.chance import randbits
from tests.support.moments import TODAY

AT_ONCE = 6


@pytest.fixture
def room(app, tmp_path, now):
    """Return the course's people, committed: no session is held while the threads run."""
    with app.app_context(), writing() as session:
        return make_classroom(session, tmp_path, now)


def counts(app, *tables):
    with app.app_context():
        return [reading().scalar(select(func.count()).select_from(table)) for table in tables]


def test_parallel_commits_of_one_decision_make_exactly_one(app, room, now):
    walk = do(app, lambda session: begin_walk(session, room.student, now=now))

    found = at_once(
        app,
        *(
            lambda session, choice=n % 2 + 1: commit_section(
                session, room.student, walk.public_id, Commit("which", choice), now
            )
            for n in range(AT_ONCE)
        ),
    )

    assert sum(isinstance(one, CaseWalk) for one in found) == 1
    assert sum(isinstance(one, AlreadyCommitted) for one in found) == AT_ONCE - 1
    assert counts(app, WalkCommit) == [1]


def start_case(person, now):
    def act(session):
        place = get_place(session, person, COURSE, TODAY)
        text = open_case(session, person, place, "door")
        return start_walk(session, person, place, text, (now, randbits(128))).public_id

    return act


def start_quiz(person, now):
    def act(session):
        place = get_place(session, person, COURSE, TODAY)
        text = open_quiz(session, person, place, "ladies")
        return start_practice(session, person, (place, text), (now, randbits(128))).public_id

    return act


def test_parallel_starts_of_a_case_lead_to_one_walk(app, room, now):
    found = at_once(app, *(start_case(room.student, now) for _ in range(AT_ONCE)))

    assert len(set(found)) == 1
    assert counts(app, CaseWalk) == [1]


def test_t7_parallel_starts_of_a_quiz_lead_to_one_open_attempt(app, room, now):
    found = at_once(app, *(start_quiz(room.student, now) for _ in range(AT_ONCE)))

    assert len(set(found)) == 1
    assert counts(app, Attempt, Exam, Paper) == [1, 1, 1]


def test_a_class_that_starts_at_once_shares_practice_and_paper(app, room, now):
    people = do(app, lambda session: [make_person(session, room.offering, f"p{n}") for n in range(AT_ONCE)])

    found = at_once(app, *(start_quiz(person, now) for person in people))

    assert len(set(found)) == AT_ONCE
    assert counts(app, Attempt, Exam, Paper) == [AT_ONCE, 1, 1]


def save(room, attempt, n, now):
    """Look at the attempt first, as the form's view does, then save."""

    def act(session):
        open_sitting(session, room.student, attempt.public_id)
        event = answer("written", f"{n}", window=f"window-{n}")
        (receipt,) = save_answers(session, room.student, attempt.public_id, [event], now)
        return receipt.status

    return act


def test_s4_parallel_saves_of_one_item_make_one_head_and_conflicts(app, room, now):
    attempt = do(app, lambda session: begin_attempt(session, room.student, now=now))

    found = at_once(app, *(save(room, attempt, n, now) for n in range(AT_ONCE)))

    assert sorted(found) == ["conflict"] * (AT_ONCE - 1) + ["saved"]
    with app.app_context():
        seqs = reading().scalars(select(Event.seq).order_by(Event.seq)).all()
    assert seqs == list(range(1, AT_ONCE + 1))


def test_s13_a_save_that_races_the_hand_in_counts_or_is_refused(app, room, now):
    attempt = do(app, lambda session: begin_attempt(session, room.student, now=now))

    found = at_once(
        app,
        *(save(room, attempt, n, now) for n in range(AT_ONCE)),
        lambda session: submit_attempt(session, room.student, attempt.public_id, now).attempt.state,
    )

    kept = [one for one in found[:-1] if isinstance(one, str)]
    assert all(isinstance(one, AttemptClosed) for one in found[:-1] if one not in kept)
    with app.app_context():
        response = reading().get_one(Response, (attempt.id, "written"))
        assert response.answered is ("saved" in kept)
        assert reading().scalar(select(func.count()).select_from(Event)) == len(kept) + 1


def test_s12_parallel_hand_ins_make_one_and_each_item_is_marked_once(app, room, now):
    attempt = do(app, lambda session: begin_attempt(session, room.student, now=now))

    def submit(session):
        submit_attempt(session, room.student, attempt.public_id, now)

    def score(session):
        score_attempt(session, get_sitting(session, attempt.public_id, room.student.id), now)

    at_once(app, *[submit] * AT_ONCE)
    at_once(app, *[score] * AT_ONCE)

    assert counts(app, Response, Event, Mark) == [6, 1, 6]
