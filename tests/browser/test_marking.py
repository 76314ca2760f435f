"""After an exam: its written answer is marked with the keyboard alone, the results are released, and read."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import OWN_WORDS, check, item_box
from tests.browser.people import press_until_focused
from tests.browser.site import COURSE, INSTRUCTOR, QUIZ, ask
from tests.browser.words import say

HANDED_IN = (
    "Your answers are handed in. The result appears on this page and on the course page"
    " as soon as your instructor releases it."
)
pytestmark = pytest.mark.browser

COMMENT = "理由再充分一些"


@pytest.fixture
def exam(site):
    """Set an exam that has been open since yesterday; return its public id."""
    now = datetime.now(UTC)
    window = (
        "--opens",
        (now - timedelta(days=1)).isoformat(),
        "--closes",
        (now + timedelta(days=1)).isoformat(),
    )
    told = ask(site, "exams", "create", f"{COURSE}/{QUIZ}", "--minutes", "30", *window, "--json")
    return json.loads(told)["public_id"]


def sit(page: Page, exam: str) -> None:
    """Begin the exam, write one answer, and hand in."""
    page.goto(f"/exams/{exam}")
    page.get_by_role("button", name=say("zh", "Begin the exam")).click()
    item_box(page, "explain").get_by_role("textbox").fill(OWN_WORDS)
    check(page, "zh")
    page.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()
    expect(
        page.get_by_text(
            say(
                "zh",
                HANDED_IN,
            )
        )
    ).to_be_visible()


def find_what_waits(page: Page, exam: str) -> None:
    """Ask for the front page until the job has scored the exam, then follow its link."""
    page.goto("/")
    page.wait_for_function(
        # a promise would count as true before it is kept
        """(link) => {
            const request = new XMLHttpRequest();
            request.open("GET", "/", false);
            request.send();
            const page = new DOMParser().parseFromString(request.responseText, "text/html");
            return page.querySelector(link) !== null;
        }""",
        arg=waiting_link(exam),
        polling=250,
    )
    page.reload()
    page.locator(waiting_link(exam)).click()


def waiting_link(exam: str) -> str:
    """Return the selector of the front page's link to what waits to be marked in an exam."""
    return f"main a[href='/teach/exams/{exam}/marking']"


def mark_by_keyboard(page: Page) -> None:
    """Tick two marking points by their digits, write a comment, and save, without a mouse."""
    page.keyboard.press("1")
    page.keyboard.press("3")
    expect(page.locator("#points")).to_have_value("4")
    comment = page.locator("#comment")
    press_until_focused(page, "Tab", comment)
    page.keyboard.insert_text(COMMENT)
    page.keyboard.press("Control+Enter")


def close_early(page: Page, exam: str) -> None:
    """Let the exam close an hour ago."""
    page.goto(f"/teach/exams/{exam}/edit")
    field = page.locator("[name=closes_at]")
    earlier = datetime.fromisoformat(field.input_value()) - timedelta(hours=25)
    field.fill(earlier.isoformat(timespec="minutes"))
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(f"/teach/exams/{exam}$"))


def release(page: Page, exam: str) -> None:
    """Press the button of the gate, and once more in the dialog."""
    page.goto(f"/teach/exams/{exam}/release")
    button = say("zh", "Release the results")
    page.get_by_role("button", name=button).click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name=say("zh", "The results are released"))).to_be_visible()


def test_an_exam_is_marked_with_the_keyboard_released_and_its_result_read(site, browse, looks, student, exam):
    learner, teacher = browse(student), browse(INSTRUCTOR)
    sit(learner, exam)
    looks(learner)

    find_what_waits(teacher, exam)
    looks(teacher)
    teacher.locator("main .pile a").click()
    expect(teacher.get_by_text(OWN_WORDS)).to_be_visible()
    expect(teacher.locator("main")).not_to_contain_text(student.name)
    looks(teacher)
    mark_by_keyboard(teacher)
    expect(teacher.get_by_text(say("zh", "All marked"))).to_be_visible()

    teacher.goto(f"/teach/exams/{exam}/release")
    teacher.get_by_role("button", name=say("zh", "Release the results")).click()
    expect(teacher.get_by_text(say("zh", "Not released: see below what is missing."))).to_be_visible()
    looks(teacher)
    learner.reload()
    expect(learner.locator("main")).not_to_contain_text(COMMENT)

    close_early(teacher, exam)
    release(teacher, exam)
    looks(teacher)
    learner.reload()

    expect(learner.locator(".score-value")).to_have_text("4")
    expect(item_box(learner, "explain")).to_contain_text(COMMENT)
    expect(item_box(learner, "explain")).to_contain_text(re.compile(r"4\s*/\s*6"))
    looks(learner)
    teacher.goto(f"/teach/exams/{exam}/results")
    expect(teacher.get_by_role("row").filter(has_text=student.login)).to_contain_text("已评定")
    looks(teacher)
