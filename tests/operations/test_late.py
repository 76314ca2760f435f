"""Answers that came after the end: somebody decides, and the attempt stays whole."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.errors import AlreadyCommitted, BadExam, DecidedAlready, NotFound, ResultsReleased
from app.domain.events import ACCEPT, REJECT, AnswerEvent
from app.models import AuditRow, Event, Mark, Response
from app.operations.closing import close_expired, submit_attempt
from app.operations.late import decide_late, has_late, list_late, undecided
from app.operations.orders import Order
from app.operations.reopening import reopen_attempt
from app.operations.saving import save_answers
from app.operations.scoring import score_attempt, score_waiting
from app.operations.scripts import list_piles
from app.operations.verifying import verify_attempt
from tests.support.builders import later, publish_texts, shown_at
from tests.support.drill import make_drill
from tests.support.exams import DEVICE, HOUR, hall_of, set_exam, sit_exam
from tests.support.sitting import give, make_marker, score_of, send_answers

GRACE = timedelta(seconds=30)


@pytest.fixture
def over(now):
    """Return the moment at which answers of an attempt begun now come too late."""
    return now + HOUR + GRACE


@pytest.fixture
def attempt(session, classroom, exam, now, over):
    """Return an attempt that time closed, with two answers that came 40 and 41 seconds later."""
    sat = sit_exam(session, classroom.student, exam, now)
    send_answers(session, classroom.student, sat, now, truth=True, written="第一稿")
    too_late = over + timedelta(seconds=40)
    assert send_answers(session, classroom.student, sat, too_late, truth=False) == ["late"]
    assert send_answers(
        session, classroom.student, sat, too_late + timedelta(seconds=1), written="第二稿"
    ) == ["late"]
    close(session, too_late + timedelta(seconds=2))
    return sat


def close(session, when):
    close_expired(session, {}, when)
    score_waiting(session, {}, when)


def order(classroom, when, reason="断网，答案在截止前写好"):
    return Order(classroom.instructor, reason, when)


def late_of(session, exam, item):
    return next(one for one in list_late(session, exam.id) if one.item == item)


def rule(session, hall, classroom, ruling, when):
    item, kind = ruling
    return decide_late(session, hall, order(classroom, when), [late_of(session, hall.exam, item).name], kind)


def test_a_late_answer_is_told_with_what_counts_and_by_how_much_it_is_late(session, exam, attempt, classroom):
    truth, written = list_late(session, exam.id)

    assert has_late(session, exam.id)
    assert (truth.item, truth.present, truth.sent, truth.ruling) == ("truth", True, False, None)
    assert (truth.user.id, truth.late_by) == (classroom.student.id, timedelta(seconds=40))
    assert (written.present, written.sent) == ("第一稿", "第二稿")


def test_an_accepted_answer_counts_is_scored_and_the_attempt_stays_whole(
    session, classroom, exam, *, hall, attempt, over
):
    assert (attempt.score, score_of(session, attempt, "truth")) == (0, 0)

    rule(session, hall, classroom, ("truth", ACCEPT), later(over, 20))

    assert (attempt.score, score_of(session, attempt, "truth")) == (2, 2)
    row = session.get(Response, (attempt.id, "truth"))
    assert (row.answer, row.answered, row.event_seq) == (False, True, attempt.last_seq)
    event = session.get(Event, (attempt.id, attempt.last_seq))
    body = json.loads(event.body)
    assert (event.kind, event.status, event.item, event.base) == (ACCEPT, "saved", "truth", 4)
    assert (body["answer"], body["reason"]) == (False, "断网，答案在截止前写好")
    assert verify_attempt(session, attempt.public_id) is None
    assert [one.item for one in undecided(list_late(session, exam.id))] == ["written"]
    mark = session.scalars(select(Mark).order_by(Mark.id.desc()).limit(1)).one()
    assert (mark.item, mark.source, mark.points, mark.reason) == ("truth", "auto", 2, body["reason"])


def test_a_rejected_answer_changes_nothing_but_the_record(session, classroom, exam, *, hall, attempt, over):
    rule(session, hall, classroom, ("truth", REJECT), later(over, 20))

    assert (attempt.score, score_of(session, attempt, "truth")) == (0, 0)
    event = session.get(Event, (attempt.id, attempt.last_seq))
    assert (event.kind, event.status, event.base) == (REJECT, "noted", 4)
    assert verify_attempt(session, attempt.public_id) is None
    decided = late_of(session, exam, "truth")
    assert (decided.ruling, decided.reason) == (REJECT, "断网，答案在截止前写好")


def test_an_accepted_written_answer_is_to_be_marked_anew(session, classroom, hall, attempt, over):
    marker = make_marker(session, classroom)
    give(session, marker, (hall, attempt), ("3", ""), over)
    assert attempt.score == 3

    rule(session, hall, classroom, ("written", ACCEPT), later(over, 20))

    assert (attempt.score, score_of(session, attempt)) == (0, None)
    assert [one.to_mark for one in list_piles(session, hall)] == [1]
    give(session, marker, (hall, attempt), ("4", ""), later(over, 21))
    assert attempt.score == 4
    assert verify_attempt(session, attempt.public_id) is None


def test_an_answer_accepted_where_there_was_none_is_counted_as_answered(
    session, classroom, exam, *, hall, now, over
):
    sat = sit_exam(session, classroom.student, exam, now)
    send_answers(session, classroom.student, sat, over, number="7391846")
    close(session, later(over))

    rule(session, hall, classroom, ("number", ACCEPT), later(over, 20))

    assert (sat.answered, sat.score) == (1, Decimal(2))
    assert verify_attempt(session, sat.public_id) is None


def test_a_late_answer_that_clears_takes_an_answer_away(session, classroom, exam, *, hall, now, over):
    sat = sit_exam(session, classroom.student, exam, now)
    send_answers(session, classroom.student, sat, now, number="7391846")
    send_answers(session, classroom.student, sat, over, number=None)
    close(session, later(over))

    rule(session, hall, classroom, ("number", ACCEPT), later(over, 20))

    assert (sat.answered, sat.score) == (0, Decimal(0))
    assert verify_attempt(session, sat.public_id) is None


def test_of_several_late_answers_to_an_item_the_last_one_is_decided_about(
    session, classroom, exam, *, hall, now, over
):
    sat = sit_exam(session, classroom.student, exam, now)
    for minute, text in enumerate(("一", "一二", "一二三")):
        send_answers(session, classroom.student, sat, later(over, minute), written=text)
    close(session, later(over, 5))

    (late,) = list_late(session, exam.id)
    rule(session, hall, classroom, ("written", ACCEPT), later(over, 20))

    assert late.sent == "一二三"
    assert session.get(Response, (sat.id, "written")).answer == "一二三"
    assert undecided(list_late(session, exam.id)) == []


def test_one_more_late_answer_after_a_decision_waits_again(session, classroom, exam, *, hall, attempt, over):
    rule(session, hall, classroom, ("truth", REJECT), later(over, 3))
    send_answers(session, classroom.student, attempt, later(over, 4), truth=False)

    assert [one.ruling for one in list_late(session, exam.id) if one.item == "truth"] == [REJECT, None]


def test_positions_of_a_late_answer_are_those_that_were_shown(session, classroom, exam, *, hall, now, over):
    sat = sit_exam(session, classroom.student, exam, now)
    send_answers(session, classroom.student, sat, over, single=shown_at(sat, "single", 2))
    close(session, later(over))

    rule(session, hall, classroom, ("single", ACCEPT), later(over, 20))

    assert session.get(Response, (sat.id, "single")).answer == "2"
    assert sat.score == 2


def test_a_late_decision_of_a_case_goes_on_from_those_before_it(session, classroom, now, over):
    publish_texts(session, classroom.library, {"quizzes/etiquette/drill.md": make_drill()}, now)
    exam = set_exam(session, classroom, now, "drill")
    hall = hall_of(session, classroom, exam)
    sat = sit_exam(session, classroom.student, exam, now)

    def commit(section, choice, when):
        said = {"section": section, "choice": choice, "reason": "因为"}
        event = AnswerEvent(f"{section}-{when}", "window-1", sat.last_seq, 0, "way", said, "commit")
        return save_answers(session, classroom.student, sat.public_id, [event], (when, DEVICE))[0].status

    assert commit("which", "1", now) == "saved"
    assert commit("repair", "2", over) == "late"
    close(session, later(over))

    rule(session, hall, classroom, ("way", ACCEPT), later(over, 20))

    assert session.get(Response, (sat.id, "way")).answer == ["1", "2"]
    assert verify_attempt(session, sat.public_id) is None
    reopen_attempt(session, hall, order(classroom, later(over, 21)), sat.public_id, 30)
    with pytest.raises(AlreadyCommitted):
        commit("repair", "1", later(over, 22))


# who, when


def test_a_decision_needs_a_reason_and_something_that_waits(session, classroom, exam, *, hall, attempt, over):
    name = late_of(session, exam, "truth").name
    events = attempt.last_seq

    with pytest.raises(BadExam):
        decide_late(session, hall, order(classroom, over, " "), [name], ACCEPT)
    with pytest.raises(NotFound):
        decide_late(session, hall, order(classroom, over), ["nobody:4"], ACCEPT)
    with pytest.raises(DecidedAlready):
        decide_late(session, hall, order(classroom, over), [f"{attempt.public_id}:2"], ACCEPT)

    assert attempt.last_seq == events


def test_a_decision_is_made_once(session, classroom, exam, *, hall, attempt, over):
    name = late_of(session, exam, "truth").name
    decide_late(session, hall, order(classroom, over), [name], REJECT)

    with pytest.raises(DecidedAlready):
        decide_late(session, hall, order(classroom, over), [name], ACCEPT)


def test_nothing_is_decided_after_the_release(session, classroom, exam, *, hall, attempt, over):
    exam.released_at = over

    with pytest.raises(ResultsReleased):
        rule(session, hall, classroom, ("truth", ACCEPT), over)


def test_several_are_decided_at_once_and_each_is_audited(session, classroom, exam, *, hall, attempt, over):
    names = [one.name for one in list_late(session, exam.id)]

    assert decide_late(session, hall, order(classroom, over), names, ACCEPT) == 2

    rows = session.scalars(select(AuditRow).where(AuditRow.action == "exam.accept_late")).all()
    assert [row.detail["item"] for row in rows] == ["truth", "written"]
    assert verify_attempt(session, attempt.public_id) is None


def test_an_answer_of_the_reopened_attempt_overtakes_a_late_one(
    session, classroom, exam, *, hall, attempt, over
):
    reopen_attempt(session, hall, order(classroom, later(over, 15)), attempt.public_id, 30)
    send_answers(session, classroom.student, attempt, later(over, 16), truth=False)
    done = submit_attempt(session, classroom.student, attempt.public_id, later(over, 17))
    score_attempt(session, done, later(over, 17))

    (left,) = undecided(list_late(session, exam.id))

    assert (left.item, left.late_by) == ("written", timedelta(seconds=41))


def test_previews_are_left_out(session, classroom, exam, now, over):
    sat = sit_exam(session, classroom.instructor, exam, now)
    send_answers(session, classroom.instructor, sat, over, truth=False)
    close(session, later(over))

    assert not has_late(session, exam.id)
    assert list_late(session, exam.id) == []


def late_event(number, said, *, window="window-a", item="written"):
    """Return an answer as a window numbers it, whenever it arrives."""
    return AnswerEvent(f"{window}-late-{number}", window, number, 0, item, said)


def send(session, classroom, sat, when, *events):
    return [
        one.status for one in save_answers(session, classroom.student, sat.public_id, events, (when, DEVICE))
    ]


@pytest.fixture
def sat(session, classroom, exam, now):
    return sit_exam(session, classroom.student, exam, now)


def test_s7_what_a_window_wrote_last_is_offered_also_when_it_arrives_first(
    session, classroom, exam, *, sat, over
):
    statuses = send(session, classroom, sat, over, late_event(9, "新稿"), late_event(8, "旧稿"))
    close(session, later(over, 5))

    assert statuses == ["late", "late"]
    assert [one.sent for one in list_late(session, exam.id)] == ["新稿"]


@pytest.fixture
def two_windows(session, classroom, exam, *, sat, over):
    """Return the late answers of two windows to one question."""
    events = [late_event(1, "电脑上写的"), late_event(1, "手机上写的", window="window-b")]
    assert send(session, classroom, sat, over, *events) == ["late", "late"]
    close(session, later(over, 5))
    return list_late(session, exam.id)


def test_each_window_s_late_answer_waits_for_a_decision(session, exam, two_windows):
    assert [one.sent for one in undecided(two_windows)] == ["电脑上写的", "手机上写的"]


def test_where_one_is_chosen_the_other_is_told_as_not_counting(
    session, classroom, exam, *, hall, sat, over, two_windows
):
    decide_late(session, hall, order(classroom, later(over, 20)), [two_windows[0].name], ACCEPT)

    first, second = list_late(session, exam.id)
    assert (first.ruling, second.ruling) == (ACCEPT, REJECT)
    assert second.reason == first.reason
    assert session.get(Response, (sat.id, "written")).answer == "电脑上写的"
    assert verify_attempt(session, sat.public_id) is None


def test_both_cannot_count_and_nothing_is_done(session, classroom, exam, *, hall, sat, over, two_windows):
    before, names = sat.last_seq, [one.name for one in two_windows]

    with pytest.raises(BadExam):
        decide_late(session, hall, order(classroom, later(over, 20)), names, ACCEPT)

    assert sat.last_seq == before
    assert len(undecided(list_late(session, exam.id))) == 2


def test_when_one_is_not_to_count_the_other_still_waits(session, classroom, exam, *, hall, over, two_windows):
    decide_late(session, hall, order(classroom, later(over, 20)), [two_windows[1].name], REJECT)

    assert [one.ruling for one in list_late(session, exam.id)] == [None, REJECT]


def test_a_page_cannot_take_the_name_of_a_decision_beforehand(
    session, classroom, exam, *, hall, sat, now, over
):
    names = [f"{kind}-{seq}" for kind in (ACCEPT, REJECT) for seq in range(1, 15)]
    blurs = [AnswerEvent(name, "window-a", n, 0, "", None, "blur") for n, name in enumerate(names, 1)]
    assert set(send(session, classroom, sat, now, *blurs)) == {"noted"}
    send(session, classroom, sat, over, late_event(99, "晚到"))
    close(session, later(over, 5))
    (late,) = list_late(session, exam.id)

    assert decide_late(session, hall, order(classroom, later(over, 20)), [late.name], REJECT) == 1


def test_very_many_at_once_are_refused(session, classroom, hall, attempt, over):
    names = [f"{attempt.public_id}:{number}" for number in range(101)]

    with pytest.raises(BadExam):
        decide_late(session, hall, order(classroom, over), names, REJECT)
