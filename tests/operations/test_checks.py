"""Check an item before handing in: works, the wrong person, the wrong moment, done twice."""

import pytest
from sqlalchemy import select

from app.domain.behaviour import Behaviour, Standing
from app.domain.errors import (
    AnswerRequired,
    AttemptClosed,
    ItemSettled,
    NotChecked,
    NotFound,
    OfferingArchived,
    UnknownItem,
)
from app.domain.events import AnswerEvent
from app.models import Event
from app.operations.attempts import start_practice
from app.operations.checks import Request, check_item
from app.operations.closing import submit_attempt
from app.operations.offerings import archive_offering
from app.operations.papers import open_quiz
from app.operations.saving import save_answers
from app.operations.scoring import list_responses, score_attempt
from app.operations.sittings import get_sitting
from tests.support.builders import place_of

WINDOW = "window-00000001"


@pytest.fixture
def begin(session, classroom, now):
    """Return a function that begins the quiz ``ladies`` in a behaviour; its first item is ``single``."""

    def begun(behaviour=Behaviour.TRIES):
        student = classroom.student
        place = place_of(session, student)
        where = (place, open_quiz(session, student, place, "ladies"))
        return start_practice(session, student, where, (now, 7), behaviour)

    return begun


@pytest.fixture
def answer(session, classroom, now):
    def saved(attempt, value, item="single", number=1):
        event = AnswerEvent(f"event-{number:08}", WINDOW, number, 0, item, value)
        return save_answers(session, classroom.student, attempt.public_id, [event], now)

    return saved


@pytest.fixture
def check(session, classroom, now):
    def checked(attempt, item="single", number=1, person=None):
        request = Request(f"check-{number:08}", WINDOW, item)
        return check_item(session, person or classroom.student, attempt.public_id, request, now)

    return checked


def kinds(session):
    return list(session.scalars(select(Event.kind).order_by(Event.seq)))


def test_a_right_answer_settles_its_item(begin, answer, check):
    attempt = begin()
    answer(attempt, "2")

    assert check(attempt) == Standing(tries_left=2, wrong=0, hints=0, is_settled=True)


def test_a_wrong_answer_leaves_tries_and_gives_a_hint(begin, answer, check):
    attempt = begin()
    answer(attempt, "1")

    assert check(attempt) == Standing(tries_left=2, wrong=1, hints=1, is_settled=False)


def test_at_once_one_check_settles(begin, answer, check):
    attempt = begin(Behaviour.IMMEDIATE)
    answer(attempt, "1")

    assert check(attempt).is_settled


def test_a_check_is_an_event_of_the_chain_and_holds_the_answer(session, begin, answer, check):
    attempt = begin()
    answer(attempt, "1")
    check(attempt)

    last = session.scalars(select(Event).order_by(Event.seq.desc())).first()
    assert (last.kind, last.item, last.hash) == ("check", "single", attempt.head_hash)
    assert '"answer":"1"' in last.body


def test_somebody_else_finds_no_such_attempt(begin, answer, check, classroom):
    attempt = begin()
    answer(attempt, "1")

    with pytest.raises(NotFound):
        check(attempt, person=classroom.stranger)


def test_a_deferred_attempt_checks_nothing(begin, answer, check, session):
    attempt = begin(Behaviour.DEFERRED)
    answer(attempt, "1")

    with pytest.raises(NotChecked):
        check(attempt)
    assert kinds(session) == ["answer"]


def test_without_an_answer_nothing_is_checked(begin, check, session):
    attempt = begin()

    with pytest.raises(AnswerRequired):
        check(attempt)
    assert kinds(session) == []


def test_an_unknown_item_is_refused(begin, check):
    with pytest.raises(UnknownItem):
        check(begin(), item="nothing")


def test_after_handing_in_nothing_is_checked(session, begin, answer, check, *, classroom, now):
    attempt = begin()
    answer(attempt, "1")
    submit_attempt(session, classroom.student, attempt.public_id, now)

    with pytest.raises(AttemptClosed):
        check(attempt)


def test_in_an_archived_offering_nothing_is_checked(begin, answer, check, *, classroom, now):
    attempt = begin()
    answer(attempt, "1")
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        check(attempt)


def test_the_same_answer_is_checked_once(session, begin, answer, check):
    attempt = begin()
    answer(attempt, "1")

    first, second = check(attempt, number=1), check(attempt, number=2)

    assert first == second
    assert kinds(session) == ["answer", "check"]


def test_a_settled_item_takes_no_other_answer(begin, answer, check):
    attempt = begin()
    answer(attempt, "2")
    check(attempt)

    with pytest.raises(ItemSettled):
        answer(attempt, "1", number=2)


@pytest.mark.parametrize(
    ("answers", "checked", "score"),
    [
        (["2"], 1, "2.00"),
        (["1", "2"], 2, "1.33"),
        (["1", "3", "2"], 3, "0.67"),
        (["1", "3", "4"], 3, "0.00"),
        (["1", "2"], 1, "1.33"),  # changed after the check: the last answer counts, the try costs
        (["1"], 1, "0.00"),
        (["2"], 0, "2.00"),
    ],
)
def test_tries_cost_a_third_each_of_what_the_final_answer_earns(
    session, begin, answer, check, *, classroom, now, answers, checked, score
):
    attempt = begin()
    for number, value in enumerate(answers, 1):
        answer(attempt, value, number=number)
        if number <= checked:
            check(attempt, number=number)

    submit_attempt(session, classroom.student, attempt.public_id, now)
    score_attempt(session, get_sitting(session, attempt.public_id, classroom.student.id), now)

    single = next(row for row in list_responses(session, attempt.id) if row.item == "single")
    assert f"{single.score:.2f}" == score
