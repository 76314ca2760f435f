"""The release page: what is missing is named; released, taken back, and what learners see chosen."""

import pytest
from sqlalchemy import select

from app.models import Exam
from app.operations.closing import submit_attempt
from app.operations.saving import save_answers
from app.web.database import reading
from tests.support.builders import answer
from tests.support.exams import DEVICE, sit_exam
from tests.support.pages import follow, open_page, send_form
from tests.web.aftermath import ANSWERS, aftermath

__all__ = ["aftermath"]


@pytest.fixture
def teacher(time, browse):
    return browse("instructor")


@pytest.fixture
def page(aftermath):
    return f"{aftermath.teach}/release"


def exam(app):
    with app.app_context():
        return reading().scalars(select(Exam)).one()


def release(client, page):
    return send_form(client, open_page(client, page).form("/release"))


def test_what_is_missing_is_named_and_nothing_is_released(app, teacher, aftermath, page):
    aftermath.hand_in(**ANSWERS)

    refused = release(teacher, page)

    assert refused.status_code == 409
    for told in ("Not released", "Missing:", "Every written answer is marked", "1 left", "10:00 (UTC+8)"):
        assert told in refused.text
    assert exam(app).released_at is None


def test_a_released_exam_says_since_when_and_the_student_sees_the_result(
    app, teacher, aftermath, page, *, time, browse
):
    attempt = aftermath.hand_in(**ANSWERS)
    aftermath.mark(attempt, "4")
    time.move_to(aftermath.over)

    told = follow(teacher, release(teacher, page))

    assert "The results are released" in told.text
    assert "Since: 2026-03-02 10:11" in told.text
    assert exam(app).released_by_id == aftermath.room.instructor.id
    assert "8 of 14" in open_page(browse("student"), f"{attempt}/result").text


def test_a_release_is_taken_back_with_a_reason(app, teacher, aftermath, page):
    aftermath.release()
    form = open_page(teacher, page).form("/undo")

    refused = send_form(teacher, form, reason=" ")
    assert (refused.status_code, "Give the reason." in refused.text) == (422, True)
    assert exam(app).released_at is not None
    follow(teacher, send_form(teacher, form, reason="第3题答案有误"))

    assert exam(app).released_at is None


def test_the_matrix_offers_only_what_may_be_shown(app, teacher, aftermath, page):
    form = open_page(teacher, page).form("/review")
    ticked = {value for name, value in form.fields if name == "show"}
    assert ticked == {"answers.released", "marks.released", "correctness.released"}

    wanted = ["answers.closed", "key.released", "marks.just_after", "x.y"]
    follow(teacher, send_form(teacher, form, show=wanted))

    assert exam(app).review == {"answers": ["closed"], "key": ["released"]}
    offered = teacher.get(page).text
    assert 'value="answers.just_after"' in offered
    assert 'value="key.released"' in offered
    assert 'value="key.closed"' not in offered
    assert "during" not in offered


def test_conflicts_open_at_the_hand_in_are_listed_in_words(teacher, aftermath, page):
    with aftermath.store() as session:
        sat = sit_exam(session, aftermath.room.student, aftermath.row(session), aftermath.now)
        events = [answer("truth", True, window="a", n=1), answer("truth", False, window="b", n=1)]
        save_answers(session, aftermath.room.student, sat.public_id, events, (aftermath.now, DEVICE))
        submit_attempt(session, aftermath.room.student, sat.public_id, aftermath.now)

    told = open_page(teacher, page).text

    assert "Answers from two windows" in told
    assert "Counts: True" in told
    assert "Stands beside it: False" in told


@pytest.mark.parametrize("who", ["student", "assistant"])
def test_who_does_not_set_exams_releases_nothing(browse, page, who):
    assert browse(who).get(page).status_code == 403
