"""The student's journey: in Chinese, in English, without scripts, and with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.answering import check, hand_in, item_box
from tests.browser.people import press_until_focused, sign_in
from tests.browser.site import CASE, QUIZ
from tests.browser.story import CONTENT, Way, walk_and_quiz
from tests.browser.walking import begin_case
from tests.browser.words import say

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_student_walks_a_case_takes_its_quiz_and_sees_the_tracker_move(
    site, browse, looks, student, language
):
    way = Way(site, browse(language=language), language, looks)
    sign_in(way.page, student)
    walk_and_quiz(way)

    expect_both_done(way.page, site)


def test_the_whole_way_needs_no_script(site, browse, student):
    page = browse(java_script_enabled=False)
    sign_in(page, student)

    walk_and_quiz(Way(site, page, "zh", looks=lambda page: None))

    expect_both_done(page, site)


def expect_both_done(page, site):
    """See on the course page that the case and its quiz are done, and that another walk took nothing back."""
    page.goto(site.course)
    expect(page.locator("#general .material .is-done")).to_have_count(2)


def test_the_front_page_says_what_comes_next_and_what_was_done_last(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/quizzes/{QUIZ}")
    check(page, "zh")
    hand_in(page, "zh")

    page.goto("/")

    expect(page.locator(".next-step")).to_be_visible()
    # an exam of the same name may stand among what comes next
    done = page.get_by_role("article").get_by_role("link", name=CONTENT["zh"]["quiz"])
    expect(done).to_be_visible()


def test_a_decision_is_taken_with_the_keyboard_alone(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/cases/{CASE}")

    press_until_focused(page, "Tab", page.locator("[name=choice][value='1']"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("先照顾女宾。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#which-door .choice-taken")).to_contain_text("前排右门")
    expect(page.locator("#which-door .own-words")).to_contain_text("先照顾女宾。")


def test_an_item_is_answered_with_the_keyboard_alone(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/quizzes/{QUIZ}")
    boxes = item_box(page, "repair").get_by_role("checkbox")

    press_until_focused(page, "Tab", boxes.first)
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    press_until_focused(page, "Tab", page.get_by_role("button", name=say("zh", "Save"), exact=True))
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    expect(boxes.first).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
