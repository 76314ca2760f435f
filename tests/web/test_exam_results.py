"""A learner's result of an exam: before the release nothing of marks, afterwards what the matrix shows."""

import re

import pytest

from app.domain.review import Aspect
from app.operations.orders import Order
from app.operations.reopening import void_attempt
from tests.support.exams import HOUR, hall_of, sit_exam
from tests.support.pages import open_page
from tests.support.people import browser_of
from tests.support.sitting import make_student
from tests.web.aftermath import ANSWERS, aftermath

__all__ = ["aftermath"]

#: what differs from one request to the next, whatever is told
NOISE = re.compile(r'name="csrf_token" value="[^"]+"|name="csrf-token" content="[^"]+"|[0-9A-Z]{26}-\d+')


@pytest.fixture
def client(time, browse):
    return browse("student")


@pytest.fixture
def attempt(aftermath):
    return aftermath.hand_in(**ANSWERS)


def body(client, address, language="zh"):
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200, address
    return NOISE.sub("*", answer.text)


# before the release


def test_an_attempt_handed_in_says_so_with_its_receipt_and_nothing_else(client, attempt):
    page = open_page(client, f"{attempt}/result")

    assert "Your answers are handed in" in page.text
    assert "Handed in 2026-03-02 08:00 (UTC+8)" in page.text
    assert "Answered 3 of 6" in page.text
    assert page.links["Save it as a file"] == f"{attempt}/receipt?download=yes"
    assert client.get(page.links["Save it as a file"]).get_json()["answered"] == 3
    shown = open_page(client, page.links["Your receipt"]).form("/verify").value("receipt") or ""
    assert '"answered":3' in shown
    assert not re.search(r"Score|Passed|points|out of", page.text)


def test_an_attempt_that_time_closed_says_when(client, aftermath):
    attempt = aftermath.run_out({}, truth=False)

    page = open_page(client, f"{attempt}/result")

    assert "Your time was over" in page.text
    assert "Closed by time 2026-03-02 09:00 (UTC+8)" in page.text


def test_an_attempt_whose_time_is_over_says_so_before_its_row_is_closed(client, aftermath, time, now):
    with aftermath.store() as session:
        address = (
            f"/attempts/{sit_exam(session, aftermath.room.student, aftermath.row(session), now).public_id}"
        )
    time.move_to(now + 2 * HOUR)

    page = open_page(client, f"{address}/result")

    assert "Closed by time 2026-03-02 09:00 (UTC+8)" in page.text
    assert "Your receipt" not in page.links


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("early", [tuple(Aspect), (Aspect.MARKS, Aspect.CORRECTNESS, Aspect.STATISTICS)])
def test_a4_marked_and_unmarked_are_the_same_bytes(client, aftermath, attempt, *, time, language, early):
    aftermath.show_early(*early)
    pages = ("/", "/courses/etiquette", f"/exams/{aftermath.exam}", f"{attempt}/result", f"{attempt}/state")
    for moment in (aftermath.now, aftermath.over):
        time.move_to(moment)
        unmarked = [body(client, page, language) for page in pages]
        aftermath.mark(attempt, "3.5" if moment == aftermath.now else "1", reason="看错了")

        assert [body(client, page, language) for page in pages] == unmarked


def test_own_answers_are_shown_early_where_the_matrix_says_so(client, aftermath, attempt):
    assert "先为女宾开门" not in open_page(client, f"{attempt}/result").text
    aftermath.show_early(Aspect.ANSWERS)

    page = open_page(client, f"{attempt}/result")

    assert "先为女宾开门" in page.text
    assert not re.search(r"Right|Wrong|Partly|Key:|To be marked", page.text)


def test_a5_nobody_else_sees_a_result(app, aftermath, attempt, browse, store):
    with store() as session:
        other = make_student(session, aftermath.room, "xiaolin").id

    assert browser_of(app, other).get(f"{attempt}/result").status_code == 404
    assert browse("instructor").get(f"{attempt}/result").status_code == 404
    assert browse("stranger").get(f"{attempt}/result").status_code == 403


def test_a_voided_attempt_shows_nothing_also_after_the_release(client, aftermath, attempt):
    with aftermath.store() as session:
        hall = hall_of(session, aftermath.room, aftermath.row(session))
        order = Order(aftermath.room.instructor, "替考", aftermath.now)
        void_attempt(session, hall, order, attempt.rpartition("/")[2])
    aftermath.release(*Aspect)

    page = open_page(client, f"{attempt}/result")

    assert "This attempt does not count" in page.text
    assert "先为女宾开门" not in page.text
    assert "Score" not in page.text


def test_handing_in_what_was_voided_meanwhile_gives_no_receipt_but_the_rule(client, aftermath):
    room, now = aftermath.room, aftermath.now
    with aftermath.store() as session:
        exam = aftermath.row(session)
        public = sit_exam(session, room.student, exam, now).public_id
        void_attempt(session, hall_of(session, room, exam), Order(room.instructor, "替考", now), public)
    token = client.get("/csrf").get_json()["csrf"]
    asked = {"Accept": "application/json", "X-CSRF-Token": token}

    refused = client.post(f"/attempts/{public}/submit", headers=asked)

    assert (refused.status_code, refused.get_json()["error"]) == (409, "attempt_closed")
    led = client.post(f"/attempts/{public}/submit", headers={"X-CSRF-Token": token})
    assert (led.status_code, led.headers["Location"]) == (303, f"/attempts/{public}/result")


# after the release


def test_a_released_result_tells_points_parts_and_the_comment(client, aftermath, attempt):
    aftermath.mark(attempt, "3.5")
    aftermath.release(Aspect.MARKS, Aspect.ANSWERS, Aspect.CORRECTNESS)

    page = open_page(client, f"{attempt}/result")

    assert "7.5 of 14" in page.text
    assert "Not passed" in page.text
    assert "Machine-scored 4 / 10" in page.text
    assert "Marked by a person 3.5 / 4" in page.text
    assert "The marker's comment 3.5, lin" in page.text
    assert "先为女宾开门" in page.text


def test_who_reaches_the_pass_mark_of_the_paper_passes(client, aftermath, attempt):
    aftermath.mark(attempt, "4")
    with aftermath.store() as session:
        aftermath.row(session).pass_mark = 57
    aftermath.release(Aspect.MARKS)

    assert "Passed" in open_page(client, f"{attempt}/result").text


@pytest.mark.parametrize(
    ("aspect", "shown"),
    [
        (Aspect.ANSWERS, "先为女宾开门"),
        (Aspect.MARKS, "7.5 of 14"),
        (Aspect.CORRECTNESS, "Partly right"),
        (Aspect.KEY, "zqpoint-written"),
        (Aspect.EXPLANATION, "zqexplanation-written"),
        (Aspect.STATISTICS, "Mean 7.5"),
    ],
)
def test_each_aspect_is_shown_for_itself(client, aftermath, attempt, aspect, shown):
    aftermath.mark(attempt, "3.5")
    aftermath.release(*(set(Aspect) - {aspect}))
    without = open_page(client, f"{attempt}/result").text
    aftermath.release(aspect)

    assert shown in open_page(client, f"{attempt}/result").text
    assert shown not in without


def test_a_matrix_that_shows_nothing_says_so(client, aftermath, attempt):
    aftermath.release(Aspect.STATISTICS)

    assert "Your instructor tells you yours" in open_page(client, f"{attempt}/result").text


def test_a_release_that_is_taken_back_hides_everything_again(client, aftermath, attempt):
    aftermath.mark(attempt, "3.5")
    before = body(client, f"{attempt}/result")
    aftermath.release(Aspect.MARKS)
    assert "7.5" in body(client, f"{attempt}/result")

    with aftermath.store() as session:
        aftermath.row(session).released_at = None

    assert body(client, f"{attempt}/result") == before


@pytest.mark.parametrize("address", ["/", "/courses/etiquette"])
def test_released_results_are_listed_with_their_points(client, aftermath, attempt, address):
    assert "4 / 14" not in open_page(client, address).text
    aftermath.release(Aspect.MARKS)

    page = open_page(client, address)

    assert "4 / 14" in page.text
    assert page.links["期末考试"] == f"{attempt}/result"
    aftermath.release(Aspect.ANSWERS)
    assert "4 / 14" not in open_page(client, address).text
