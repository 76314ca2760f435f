"""Marking: without names, in an order that stays; every mark is a row, and nobody's is lost."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.errors import BadMark, DecidedAlready, NotFound, ResultsReleased
from app.domain.marking import MarkFault, ScriptState
from app.models import AuditRow, Mark, Response
from app.operations.closing import submit_attempt
from app.operations.marking import Given, Seen, choose_mark, mark_script
from app.operations.orders import Order
from app.operations.reopening import reopen_attempt
from app.operations.scoring import score_attempt
from app.operations.scripts import counting_marks, get_script, list_marks, list_piles, list_scripts
from app.operations.verifying import verify_attempt
from tests.support.builders import later
from tests.support.exams import sit_exam
from tests.support.sitting import (
    ITEM,
    give,
    make_marker,
    make_student,
    score_of,
    script_of,
    seen_of,
    send_answers,
    sit_and_hand_in,
)


@pytest.fixture
def marker(session, classroom):
    return make_marker(session, classroom)


@pytest.fixture
def other(session, classroom):
    return make_marker(session, classroom, "qian")


@pytest.fixture
def attempt(session, classroom, exam, now):
    return sit_and_hand_in(session, classroom.student, exam, now, written="次序错了", truth=False)


def marks(session, attempt):
    return [mark for mark, _ in list_marks(session, attempt.id, ITEM)]


def points(session, attempt):
    return [str(mark.points) for mark in marks(session, attempt)]


def pile(session, hall):
    (found,) = list_piles(session, hall)
    return found.to_mark, found.marked, found.in_conflict


# what waits


def test_an_exam_counts_its_full_marks_before_anything_is_marked(attempt):
    assert (attempt.state, attempt.score, attempt.max) == ("scored", 2, 14)


def test_a_written_answer_waits_and_one_left_blank_does_not(session, classroom, exam, *, hall, attempt, now):
    blank = sit_and_hand_in(session, make_student(session, classroom, "xiaolin"), exam, now)

    assert pile(session, hall) == (1, 0, 0)
    assert [one.attempt_id for one in list_scripts(session, exam, ITEM)] == [attempt.id]
    assert score_of(session, blank) == 0


def test_previews_and_voided_attempts_are_no_work(session, classroom, exam, *, hall, attempt, now):
    sit_and_hand_in(session, classroom.instructor, exam, now, written="试一下")
    attempt.state = "voided"
    session.flush()

    assert pile(session, hall) == (0, 0, 0)


def test_the_order_of_responses_is_that_of_chance_and_stays(session, classroom, exam, now):
    sat = [
        sit_and_hand_in(session, make_student(session, classroom, f"s{n:02}"), exam, now, written=f"答{n}")
        for n in range(12)
    ]

    order = [one.attempt_id for one in list_scripts(session, exam, ITEM)]

    assert sorted(order) == [one.id for one in sat]
    assert order != sorted(order)
    assert order == [one.attempt_id for one in list_scripts(session, exam, ITEM)]


def test_a_token_names_neither_the_attempt_nor_the_person(session, classroom, exam, attempt):
    script = script_of(session, exam, attempt)

    assert script.token not in attempt.public_id + classroom.student.public_id + attempt.seed
    assert get_script(session, exam, ITEM, script.token) == script


@pytest.mark.parametrize(("item", "token"), [("written", "0" * 20), ("truth", None), ("nothing", None)])
def test_what_is_no_response_to_be_marked_is_not_found(session, exam, attempt, item, token):
    with pytest.raises(NotFound):
        get_script(session, exam, item, token or script_of(session, exam, attempt).token)


# marks


def test_a_mark_is_a_row_and_response_and_attempt_follow_at_once(
    session, exam, hall, *, marker, attempt, now
):
    token = script_of(session, exam, attempt).token
    given = Given(Decimal("2.5"), awarded=(1,), comment="次序对，理由不全")

    result = mark_script(session, marker, (hall, ITEM, token), (given, Seen(0, 1 + 1)), later(now))

    (mark,) = marks(session, attempt)
    assert not result.in_conflict
    assert (mark.points, mark.awarded, mark.comment, mark.source) == (
        given.points,
        [1],
        given.comment,
        "human",
    )
    assert (mark.marker_id, mark.marked_at, mark.reason) == (marker.id, later(now), "")
    assert score_of(session, attempt) == given.points
    assert (attempt.score, attempt.max) == (Decimal("4.5"), 14)
    assert pile(session, hall) == (0, 1, 0)
    assert verify_attempt(session, attempt.public_id) is None


def test_a_mark_is_in_the_audit_log(session, hall, marker, *, classroom, attempt, now):
    give(session, marker, (hall, attempt), ("3", ""), now)

    row = session.scalars(select(AuditRow).where(AuditRow.action == "exam.mark")).one()
    assert (row.actor_id, row.person_id, row.offering_id) == (
        marker.id,
        classroom.student.id,
        classroom.offering.id,
    )
    assert (row.detail["item"], row.detail["points"], row.detail["before"]) == (ITEM, "3", None)


def test_full_marks_by_a_person_are_right(session, hall, marker, attempt, now):
    give(session, marker, (hall, attempt), ("4", ""), now)

    assert session.get(Response, (attempt.id, ITEM)).detail["full"] is True


def test_the_same_mark_twice_is_one(session, hall, marker, attempt, now):
    seen = seen_of(session, attempt)
    give(session, marker, (hall, attempt), ("3", "", seen), now)
    give(session, marker, (hall, attempt), ("3", "", seen), now)

    assert points(session, attempt) == ["3"]


def test_who_replaces_a_mark_says_why(session, hall, marker, attempt, now):
    give(session, marker, (hall, attempt), ("3", ""), now)

    with pytest.raises(BadMark) as refused:
        give(session, marker, (hall, attempt), ("1", " "), now)
    give(session, marker, (hall, attempt), ("1", "看错了"), now)

    assert str(refused.value) == MarkFault.NO_REASON
    assert points(session, attempt) == ["3", "1"]
    assert (score_of(session, attempt), attempt.score) == (1, 3)


@pytest.mark.parametrize("wrong", ["4.01", "-0.5", "99"])
def test_points_out_of_range_are_refused_and_nothing_is_done(session, hall, marker, *, attempt, now, wrong):
    with pytest.raises(BadMark):
        give(session, marker, (hall, attempt), (wrong, ""), now)

    assert marks(session, attempt) == []
    assert attempt.score == 2


# two markers


def test_two_markers_who_save_the_same_response_meet(session, hall, marker, *, other, attempt, now):
    seen = seen_of(session, attempt)
    give(session, marker, (hall, attempt), ("3", "", seen), now)

    met = give(session, other, (hall, attempt), ("1.5", "", seen), now)

    assert met.in_conflict
    assert points(session, attempt) == ["3", "1.5"]
    assert (score_of(session, attempt), attempt.score) == (3, 5)
    assert pile(session, hall) == (0, 0, 1)


def test_two_markers_who_say_the_same_do_not_meet(session, exam, hall, *, marker, other, attempt, now):
    where = (hall, ITEM, script_of(session, exam, attempt).token)
    mark = (Given(Decimal(3)), seen_of(session, attempt))
    mark_script(session, marker, where, mark, now)

    assert not mark_script(session, other, where, mark, now).in_conflict
    assert points(session, attempt) == ["3", "3"]


@pytest.mark.parametrize(("number", "counts"), [(1, "3"), (2, "1.5")])
def test_whoever_chooses_gives_the_mark_that_counts(
    session, hall, marker, *, other, attempt, now, number, counts
):
    seen = seen_of(session, attempt)
    give(session, marker, (hall, attempt), ("3", "", seen), now)
    give(session, other, (hall, attempt), ("1.5", "", seen), now)
    where = (hall, ITEM, script_of(session, hall.exam, attempt).token)

    choose_mark(session, other, where, (number, "商量过了", seen_of(session, attempt)), now)

    assert points(session, attempt) == ["3", "1.5", counts]
    assert score_of(session, attempt) == Decimal(counts)
    assert counting_marks(session, attempt.id)[ITEM].reason == "商量过了"
    assert pile(session, hall) == (0, 1, 0)


def test_a_choice_needs_a_reason_a_mark_that_is_there_and_two_to_choose_from(
    session, hall, marker, *, other, attempt, now
):
    seen = seen_of(session, attempt)
    give(session, marker, (hall, attempt), ("3", "", seen), now)
    where = (hall, ITEM, script_of(session, hall.exam, attempt).token)
    with pytest.raises(DecidedAlready):
        choose_mark(session, other, where, (1, "为什么", seen_of(session, attempt)), now)
    give(session, other, (hall, attempt), ("1.5", "", seen), now)
    both = seen_of(session, attempt)

    with pytest.raises(BadMark):
        choose_mark(session, other, where, (1, "", both), now)
    with pytest.raises(NotFound):
        choose_mark(session, other, where, (3, "为什么", both), now)
    choose_mark(session, other, where, (1, "为什么", both), now)
    with pytest.raises(DecidedAlready):
        choose_mark(session, marker, where, (2, "为什么", both), now)

    assert points(session, attempt) == ["3", "1.5", "3"]


# the wrong moment


def test_nothing_is_marked_after_the_release(session, hall, marker, attempt, now):
    hall.exam.released_at = now

    with pytest.raises(ResultsReleased):
        give(session, marker, (hall, attempt), ("3", ""), now)


def test_a_reopened_attempt_is_not_marked_and_is_scored_anew_when_handed_in(
    session, classroom, exam, *, hall, marker, attempt, now
):
    token, seen = script_of(session, exam, attempt).token, seen_of(session, attempt)
    give(session, marker, (hall, attempt), ("3", ""), now)
    reopen_attempt(session, hall, Order(classroom.instructor, "断电", later(now)), attempt.public_id, 30)
    with pytest.raises(NotFound):
        mark_script(session, marker, (hall, ITEM, token), (Given(Decimal(1)), seen), now)

    send_answers(session, classroom.student, attempt, later(now, 2), written="想清楚了")
    score_attempt(
        session, submit_attempt(session, classroom.student, attempt.public_id, later(now, 3)), later(now, 3)
    )

    assert (attempt.state, attempt.score, attempt.max) == ("scored", 2, 14)
    assert score_of(session, attempt) is None
    assert pile(session, hall) == (1, 0, 0)
    assert points(session, attempt) == ["3"]
    give(session, marker, (hall, attempt), ("4", ""), later(now, 4))
    assert attempt.score == 6
    assert verify_attempt(session, attempt.public_id) is None


def test_a_mark_for_an_answer_that_has_changed_meanwhile_is_refused(
    session, classroom, exam, *, hall, marker, attempt, now
):
    seen = seen_of(session, attempt)
    reopen_attempt(session, hall, Order(classroom.instructor, "断电", later(now)), attempt.public_id, 30)
    send_answers(session, classroom.student, attempt, later(now, 2), written="想清楚了")
    score_attempt(
        session, submit_attempt(session, classroom.student, attempt.public_id, later(now, 3)), later(now, 3)
    )

    with pytest.raises(DecidedAlready):
        give(session, marker, (hall, attempt), ("3", "", seen), later(now, 4))


def test_an_automatic_mark_stays_beside_those_of_people(session, hall, marker, attempt, now):
    give(session, marker, (hall, attempt), ("3", ""), now)

    sources = session.scalars(select(Mark.source).where(Mark.attempt_id == attempt.id)).all()
    assert sorted(sources) == ["auto"] * 5 + ["human"]
    assert script_of(session, hall.exam, attempt).state == ScriptState.MARKED


def test_an_attempt_begun_again_by_others_is_not_in_the_way(session, classroom, exam, *, hall, attempt, now):
    sit_exam(session, make_student(session, classroom, "xiaolin"), exam, now)

    assert pile(session, hall) == (1, 0, 0)
