"""What a student does in a case."""

from playwright.sync_api import Page, expect

from tests.browser.words import say

#: the car door: the back first, an apology, only the case, a line on the card
WAY = (("which-door", 1, "后排是上座"), ("repair", 2, ""), ("bag", 1, ""), ("handover", 3, ""))


def begin_case(page: Page, address: str) -> None:
    """Open the page of a case or quiz and begin, or begin again."""
    page.goto(address)
    page.locator("main form button[type=submit]").click()


def decide(page: Page, section: str, choice: int, reason: str = "") -> None:
    """Choose an option by its number in the case, give a reason if there is one, and commit."""
    scene = page.locator(f"#{section}")
    scene.locator(f"[name=choice][value='{choice}']").check()
    if reason:
        scene.get_by_role("textbox").fill(reason)
    scene.get_by_role("button").click()
    expect(scene.locator(".choice-taken")).to_be_visible()


def walk_to_the_end(page: Page) -> None:
    """Take all decisions of the way."""
    for section, choice, reason in WAY:
        decide(page, section, choice, reason)


def answer_question(page: Page, section: str, text: str) -> None:
    """Hand in the answer to a question for reflection."""
    question = page.locator(f"#{section}")
    question.get_by_role("textbox").fill(text)
    question.get_by_role("button").click()
    expect(question.locator(".own-words")).to_contain_text(text)


def judge(page: Page, language: str, section: str, points: tuple[int, ...]) -> None:
    """Say which marking points one's own answer makes."""
    question = page.locator(f"#{section}")
    for number in points:
        question.locator(f"[name=claimed][value='{number}']").check()
    question.get_by_role("button", name=say(language, "Save my judgement")).click()
