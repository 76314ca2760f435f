"""Enter in a one-line field of a paper saves, as the button does, and presses no other button."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import item_box
from tests.browser.papers import attempt_of, change, expect_saved, hear_all, ready, saved_answers
from tests.browser.site import Site

pytestmark = pytest.mark.browser

DRILL, FIRST, NUMBER, WALK = "service-drill", "door", "gap", "walk"


def begin(page: Page, site: Site, behaviour: str = "deferred") -> str:
    """Begin the drill in one behaviour; return the address of its paper."""
    page.goto(f"{site.course}/quizzes/{DRILL}")
    page.locator(f"#behaviour-{behaviour}").check()
    page.locator("main form[action$='/start'] button").click()
    expect(page.locator("[data-item]").first).to_be_visible()
    return page.url


def choose_first(page: Page, item: str) -> Locator:
    """Choose the first option of an item; return it."""
    radio = item_box(page, item).get_by_role("radio").first
    radio.check()
    return radio


def ready_to_decide(page: Page) -> Locator:
    """Choose an option of the walk and give a reason, as far as the button; return the option."""
    item_box(page, WALK).get_by_role("textbox").fill("后排是上座")
    return choose_first(page, WALK)


def write_and_enter(page: Page) -> Locator:
    """Write a number, and press Enter in its field; return the field."""
    field = item_box(page, NUMBER).get_by_role("textbox")
    field.fill("18")
    field.press("Enter")
    return field


def press_on(page: Page, field: Locator) -> None:
    """Press Enter again when everything is saved: a button that goes on would go at once."""
    expect_saved(page, NUMBER)
    field.press("Enter")
    hear_all(page)


def kinds(site: Site, address: str) -> set[str]:
    """Return the kinds of what the server has of an attempt."""
    statement = "SELECT DISTINCT kind FROM event JOIN attempt ON attempt.id = attempt_id WHERE public_id = ?"
    return {kind for (kind,) in change(site, statement, attempt_of(address))}


def test_enter_saves_and_leaves_decision_page_and_focus_as_they_are(site, browse, student):
    page = browse(student)
    paper = begin(page, site)
    ready(page)
    option = ready_to_decide(page)
    page.evaluate("window.isStill = true")
    field = write_and_enter(page)
    place = page.evaluate("scrollY")

    press_on(page, field)

    expect(field).to_be_focused()
    expect(option).to_be_checked()
    assert page.evaluate("[window.isStill, scrollY]") == [True, place]
    assert kinds(site, paper) == {"answer"}
    assert saved_answers(site, paper) == {NUMBER: "18"}


def test_without_scripts_enter_saves_and_tells_that_nothing_is_decided(site, browse, student):
    page = browse(student, java_script_enabled=False)
    paper = begin(page, site)
    ready_to_decide(page)

    field = write_and_enter(page)

    expect(item_box(page, WALK).get_by_role("alert")).to_be_visible()
    expect(item_box(page, WALK).get_by_role("radio").first).to_be_checked()
    expect(field).to_have_value("18")
    assert kinds(site, paper) == {"answer"}


def test_enter_checks_nothing_where_each_answer_can_be_checked_once(site, browse, student):
    page = browse(student)
    paper = begin(page, site, "immediate")
    ready(page)
    choose_first(page, FIRST)

    press_on(page, write_and_enter(page))
    page.goto(paper)

    expect(item_box(page, FIRST).locator("button[name=check]")).to_be_visible()
    assert kinds(site, paper) == {"answer"}


def test_without_scripts_enter_checks_nothing_either(site, browse, student):
    page = browse(student, java_script_enabled=False)
    paper = begin(page, site, "immediate")
    choose_first(page, FIRST)

    field = write_and_enter(page)

    expect(page).to_have_url(paper)
    expect(field).to_have_value("18")
    expect(item_box(page, FIRST).locator("button[name=check]")).to_be_visible()
    assert kinds(site, paper) == {"answer"}
    assert set(saved_answers(site, paper)) == {FIRST, NUMBER}
