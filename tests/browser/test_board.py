"""The live board renews itself while a student answers, and keeps what is chosen on it."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import item_box
from tests.browser.papers import (
    CHOICE,
    ask_now,
    attempt_of,
    change,
    choose,
    expect_local,
    expect_saved,
    ready,
)
from tests.browser.site import COURSE, QUIZ, Site, ask
from tests.browser.words import say

pytestmark = pytest.mark.browser

#: the board asks at most so many milliseconds after it was heard
ROUND = 12_500


@pytest.fixture(scope="module")
def exam(site: Site) -> str:
    """Set an exam of an hour; return its public id. Each test has a student of its own."""
    told = ask(site, "exams", "create", f"{COURSE}/{QUIZ}", "--minutes", "60", "--json")
    return str(json.loads(told)["public_id"])


@pytest.fixture
def sitting(browse, student, exam):
    """Return the student's page of the exam, just begun."""
    page = browse(student)
    page.goto(f"/exams/{exam}")
    page.locator("form[action$='/start'] button").click()
    ready(page)
    return page


@pytest.fixture
def board(browse, exam, sitting, student, instructor_cookies):
    """Return the instructor's board, which shows the student alone."""
    page = browse(storage_state=instructor_cookies)
    page.goto(f"/teach/exams/{exam}/board?q={student.login}")
    return page


@pytest.fixture
def lost_faults(faults):
    """Forgive what the browser says of requests that were held up."""
    yield
    faults[:] = [fault for fault in faults if "ERR_FAILED" not in fault]


def label_of(name: str) -> str:
    return f"td[data-label='{say('zh', name)}']"


def cell(page: Page, label: str):
    return page.locator(f".seat {label_of(label)}")


def look_now(board: Page) -> None:
    """Let the board ask at once, as it does when the network is back."""
    board.evaluate("dispatchEvent(new Event('online'))")


def mark_page(page: Page) -> None:
    """Leave a mark that a page loaded anew does not have."""
    page.evaluate("() => { document.body.dataset.mark = 'here'; }")


def expect_not_reloaded(page: Page) -> None:
    expect(page.locator("body[data-mark='here']")).to_be_attached()


def last_credit(site: Site, exam: str) -> int:
    """Return the number of the time that was given last in an exam."""
    find = "SELECT max(credit.id) FROM time_credit credit JOIN exam ON exam.id = exam_id WHERE public_id = ?"
    [[number]] = change(site, find, exam)
    return int(number)


def test_the_board_renews_itself_while_a_student_answers(board, sitting):
    expect(cell(board, "Answered")).to_have_text(re.compile(r"^\s*0 / "))
    box = board.locator(".seat input[type=checkbox]")
    box.check()
    box.focus()
    mark_page(board)

    choose(sitting, CHOICE, 0)

    expect(cell(board, "Answered")).to_have_text(re.compile(r"^\s*1 / "), timeout=ROUND)
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    expect(board.locator("[data-board-chosen]")).to_have_text(say("zh", "Chosen: {n}").replace("{n}", "1"))
    expect_not_reloaded(board)


def test_leaving_the_page_is_told_and_no_verdict(board, sitting):
    sitting.evaluate("dispatchEvent(new Event('blur'))")
    sitting.evaluate("dispatchEvent(new Event('focus'))")
    ask_now(sitting)
    look_now(board)

    expect(cell(board, "Left the page")).to_have_text("1")
    expect(item_box(sitting, CHOICE)).to_be_visible()


def test_what_a_page_cannot_send_is_told(lost_faults, board, sitting):
    sitting.route("**/events", lambda route: route.abort())
    choose(sitting, CHOICE, 0)
    expect_local(sitting, CHOICE)
    ask_now(sitting)
    look_now(board)

    expect(cell(board, "Unsaved")).to_have_text("1")


def test_extra_time_reaches_the_students_page(board, sitting, student):
    board.locator(".seat input[type=checkbox]").check()
    board.locator("button[name=act][value=extend]").click()
    board.locator("[name=minutes]").fill("12")
    board.locator("[name=reason]").fill("断电")
    board.locator("form[action$='/orders/extend'] button[type=submit]").click()

    # the board that one comes back to shows everybody
    seat = board.locator(".seat").filter(has_text=student.login)
    expect(seat.locator(label_of("Extra time"))).to_have_text(say("zh", "+%(n)s min", n=12))
    ask_now(sitting)
    expect(sitting.get_by_role("timer")).to_contain_text(re.compile(r"01:1[12]:\d\d"))


def test_a_server_that_is_gone_is_told_and_asked_again(lost_faults, board, sitting):
    board.route("**/board/rows*", lambda route: route.abort())
    look_now(board)
    expect(board.locator("[data-board-state]")).to_have_text(
        say("zh", "The server cannot be reached. What stands here is old; it is asked for again by itself.")
    )

    board.unroute("**/board/rows*")
    choose(sitting, CHOICE, 0)
    expect_saved(sitting, CHOICE)
    look_now(board)

    expect(cell(board, "Answered")).to_have_text(re.compile(r"^\s*1 / "))
    expect(board.locator("[data-board-state]")).to_have_text("")


def test_who_is_signed_out_is_told_so(board):
    board.context.clear_cookies()
    look_now(board)

    expect(board.locator("[data-board-state]")).to_have_text(
        say("zh", "You are signed out, or may not see this exam any more. Load the page again.")
    )


def test_the_pages_of_who_watches_are_fit_for_all(board, sitting, site, exam, looks):
    choose(sitting, CHOICE, 0)
    attempt, desk = attempt_of(sitting.url), f"/teach/exams/{exam}"
    since = datetime.now(UTC) - timedelta(minutes=1)
    change(site, "UPDATE attempt SET started_at = ? WHERE public_id = ?", f"{since:%F %T.000000}", attempt)
    ask(site, "exams", "extend", exam, "--minutes", "5", "--reason", "断电")

    credit = f"credits/{last_credit(site, exam)}"
    pages = ("board", "orders/extend", "orders/void", credit, f"attempts/{attempt}", "import")
    for page in (*pages, f"attempts/{attempt}?by=item"):
        assert board.goto(f"{desk}/{page}").status == 200, page
        looks(board)
