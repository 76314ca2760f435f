"""Before time is given to many, one sees to whom; the same order twice is one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import NotFound
from app.operations.closing import submit_attempt
from app.operations.credits import (
    find_twin,
    get_credit_line,
    list_concerned,
    list_credit_lines,
    list_credited,
)
from app.operations.timekeeping import extend_attempts, undo_credit
from tests.support.builders import later, make_person
from tests.support.exams import HOUR, sit_exam
from tests.support.scene import make_scene


@pytest.fixture
def scene(session, classroom, now):
    return make_scene(session, classroom, now)


@pytest.fixture
def other(scene, now):
    """Return the attempt of another student, begun ten minutes later."""
    person = make_person(scene.session, scene.classroom.offering, "xiaolin")
    return sit_exam(scene.session, person, scene.exam, later(now, 10))


def test_whoever_was_open_at_a_time_is_concerned(scene, other, now):
    public = scene.attempt.public_id

    def concerned(minutes):
        return set(list_concerned(scene.session, scene.exam.id, later(now, minutes), later(now, 20)).open)

    assert [concerned(n) for n in (-1, 0, 9, 10)] == [set(), {public}, {public}, {public, other.public_id}]


def test_whoever_ended_since_is_told_and_gets_nothing(scene, other, now):
    submit_attempt(scene.session, scene.classroom.student, scene.attempt.public_id, later(now, 15))

    concerned = list_concerned(scene.session, scene.exam.id, later(now, 12), later(now, 20))
    extend_attempts(scene.session, scene.hall, replace(scene.order, now=later(now, 20)), 12, later(now, 12))

    assert (concerned.open, concerned.ended) == ([other.public_id], [scene.attempt.public_id])
    assert (scene.attempt.deadline_at, other.deadline_at) == (now + HOUR, later(now, 82))


def test_whoever_had_ended_by_then_is_not_told(scene, other, now):
    """Nor is who ended at that very instant: they were not open any more."""
    submit_attempt(scene.session, scene.classroom.student, scene.attempt.public_id, later(now, 15))

    concerned = list_concerned(scene.session, scene.exam.id, later(now, 15), later(now, 20))

    assert (concerned.open, concerned.ended) == ([other.public_id], [])


def test_whom_time_closed_without_a_row_ended_too(scene, now):
    concerned = list_concerned(
        scene.session, scene.exam.id, later(now, 12), now + HOUR + timedelta(minutes=1)
    )

    assert (concerned.open, concerned.ended) == ([], [scene.attempt.public_id])


def test_what_is_shown_before_is_what_is_done(scene, other, now):
    order = replace(scene.order, now=later(now, 20))
    shown = list_concerned(scene.session, scene.exam.id, later(now, 12), order.now)

    credit = extend_attempts(scene.session, scene.hall, order, 12, later(now, 12))

    assert list(list_credited(scene.session, credit)) == list(shown.open)


def test_a_credit_is_listed_with_its_people_and_who_took_it_back(scene, now):
    credit = extend_attempts(scene.session, scene.hall, scene.order, 12, [scene.attempt.public_id])
    undo_credit(scene.session, scene.hall, replace(scene.order, reason="误加"), credit.id)

    (line,) = list_credit_lines(scene.session, scene.exam.id)

    assert (line.attempts, line.maker, line.undoer) == (1, "小chen", "小chen")


@pytest.mark.parametrize("number", [0, 7, 2**31, 2**70])
def test_a_credit_that_is_not_of_this_exam_is_not_found(scene, number):
    with pytest.raises(NotFound):
        get_credit_line(scene.session, scene.exam.id, number)


# the same order twice


def test_the_same_order_a_moment_later_is_the_same(scene, now):
    chosen = [scene.attempt.public_id]
    credit = extend_attempts(scene.session, scene.hall, scene.order, 12, chosen)
    again = replace(scene.order, now=scene.order.now + timedelta(seconds=3))

    assert find_twin(scene.session, scene.hall, again, 12, chosen) is credit


def test_the_same_order_for_a_time_is_the_same(scene, now):
    credit = extend_attempts(scene.session, scene.hall, scene.order, 12, now)

    assert find_twin(scene.session, scene.hall, scene.order, 12, now) is credit
    assert find_twin(scene.session, scene.hall, scene.order, 12, later(now)) is None


@pytest.mark.parametrize(
    ("minutes", "change"),
    [
        (13, {}),
        (12, {"reason": "换机器"}),
        (12, {"seconds": 60}),
        (12, {"by": "assistant"}),
    ],
)
def test_another_order_is_another_one(scene, minutes, change):
    chosen, order = [scene.attempt.public_id], scene.order
    extend_attempts(scene.session, scene.hall, order, 12, chosen)
    by = getattr(scene.classroom, change.get("by", "instructor"))
    now = order.now + timedelta(seconds=change.get("seconds", 1))

    later_order = replace(order, reason=change.get("reason", order.reason), by=by, now=now)

    assert find_twin(scene.session, scene.hall, later_order, minutes, chosen) is None


def test_the_same_for_other_people_is_another_order(scene, other):
    extend_attempts(scene.session, scene.hall, scene.order, 12, [scene.attempt.public_id])

    assert find_twin(scene.session, scene.hall, scene.order, 12, [other.public_id]) is None


def test_what_was_taken_back_can_be_given_again(scene):
    chosen = [scene.attempt.public_id]
    credit = extend_attempts(scene.session, scene.hall, scene.order, 12, chosen)
    undo_credit(scene.session, scene.hall, scene.order, credit.id)

    assert find_twin(scene.session, scene.hall, scene.order, 12, chosen) is None
