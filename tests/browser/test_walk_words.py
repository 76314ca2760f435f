"""The reason of a decision that is not made yet, and an answer that is not handed in, stay in their tab."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import check, hand_in, item_box
from tests.browser.papers import ready
from tests.browser.people import let_in
from tests.browser.site import CASE, enrol_student
from tests.browser.walking import begin_case, decide
from tests.browser.words import say

pytestmark = pytest.mark.browser
DOOR, WORDS = "which-door", "她坐前排，可主宾在后排。"


def copies(page: Page) -> list[str]:
    """Return the names of the texts that the tab keeps, or that stay on the device.

    What the server has is forgotten by a script of the page, which has run when the page has loaded.
    """
    page.wait_for_load_state("domcontentloaded")
    found = page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]")
    return [name for name in found if name.startswith("casehall-text-")]


def write(place: Locator) -> None:
    """Write, and wait until the tab keeps it."""
    place.get_by_role("textbox").fill(WORDS)
    place.page.evaluate(
        "async () => { while (!Object.keys(sessionStorage).some((name) => name.startsWith('casehall-text-')))"
        " await fetch('/healthz'); }"
    )


def come_back(page: Page) -> None:
    """Load the page anew, as a phone does that has thrown it away; nobody is asked there."""
    page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    page.reload()


def expect_taken(place: Locator) -> None:
    expect(place.locator("textarea")).to_have_value(WORDS)
    expect(place).to_contain_text(say("zh", "What you had written here was kept in this tab."))


def go_to_the_door(page: Page, site) -> Locator:
    begin_case(page, f"{site.course}/cases/{CASE}")
    return page.locator(f"#{DOOR}")


def test_the_reason_of_a_decision_outlives_its_page_until_it_is_made(site, browse, student):
    page = browse(student)
    scene = go_to_the_door(page, site)
    write(scene)

    come_back(page)
    expect_taken(page.locator(f"#{DOOR}"))
    decide(page, DOOR, 1)

    expect(page.locator(f"#{DOOR}")).to_contain_text(WORDS)
    assert copies(page) == []


def test_a_decision_that_did_not_get_through_keeps_its_words(site, browse, student, lost_faults):
    page = browse(student)
    scene = go_to_the_door(page, site)
    address = page.url
    write(scene)
    scene.get_by_role("radio").first.check()
    page.route("**/commit", lambda route: route.abort())
    scene.get_by_role("button", name=say("zh", "Decide")).click()
    page.wait_for_url("chrome-error://**")

    page.goto(address)

    expect_taken(page.locator(f"#{DOOR}"))


def test_words_that_were_taken_out_again_are_not_kept(site, browse, student):
    page = browse(student)
    scene = go_to_the_door(page, site)
    write(scene)
    scene.get_by_role("textbox").fill("")

    assert copies(page) == []


def test_somebody_else_on_the_device_sees_nothing_of_it(site, browse, student):
    page = browse(student)
    scene = go_to_the_door(page, site)
    write(scene)
    page.context.clear_cookies()
    let_in(page.context, enrol_student(site, "小夏"))
    page.goto("/")

    scene = go_to_the_door(page, site)

    expect(scene.get_by_role("textbox")).to_have_value("")
    assert len(copies(page)) == 1


def test_a_reason_inside_a_paper_outlives_a_reload_and_goes_with_the_paper(site, browse, student):
    page = browse(student)
    page.goto(f"{site.course}/quizzes/service-drill")
    page.locator("main form[action$='/start'] button").click()
    ready(page)
    write(item_box(page, "walk"))

    come_back(page)
    ready(page)
    expect_taken(item_box(page, "walk"))
    assert len(copies(page)) == 1
    # the server says once that a decision is not made
    page.get_by_role("button", name=say("zh", "Check and hand in")).click()
    expect(item_box(page, "walk").get_by_role("alert")).to_be_visible()
    check(page, "zh")
    hand_in(page, "zh")

    assert copies(page) == []
