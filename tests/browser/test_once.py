"""A double tap sends a form once; what was broken off, or is shown again, can be sent again."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.papers import change, hear_all
from tests.browser.site import CASE, INSTRUCTOR, Site
from tests.browser.walking import begin_case
from tests.browser.words import say

pytestmark = pytest.mark.browser

READING, DOOR, WHY = "why-ground-service", "which-door", "后排是上座"
COMMIT = re.compile(r"/walks/[^/]+/commit$")
LONGEST = 15_000


def tap_twice(page: Page, button: Locator, address: re.Pattern[str]) -> list[str]:
    """Press a button; press it again when the server has the form and the browser not its answer.

    :returns: what was sent, also after the second tap.
    """
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if address.search(one.url) else None)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def tap_again(route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        page.mouse.click(x, y)
        route.fulfill(response=answer)

    page.route(address, tap_again, times=1)
    page.mouse.click(x, y)
    return sent


def choose(page: Page) -> Locator:
    """Choose at the car door and say why; return the button that decides."""
    scene = page.locator(f"#{DOOR}")
    scene.get_by_role("radio").first.check()
    scene.get_by_role("textbox").fill(WHY)
    return scene.get_by_role("button", name=say("zh", "Decide"))


def expect_decided(page: Page) -> None:
    """Wait until the decision stands, with its reason."""
    expect(page.locator(f"#{DOOR} .choice-taken")).to_be_visible()
    expect(page.locator(f"#{DOOR} .own-words")).to_contain_text(WHY)


def break_off(page: Page) -> list[str]:
    """Leave the page where it is, whatever is committed; return where that is noted."""
    sent: list[str] = []

    def note(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route(COMMIT, note)
    return sent


def committed(site: Site) -> int:
    """Return how many decisions the site holds."""
    return int(change(site, "SELECT count(*) FROM walk_commit")[0][0])


def test_a_double_tap_decides_once_and_leads_on(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/cases/{CASE}")
    before = committed(site)

    sent = tap_twice(page, choose(page), COMMIT)

    expect_decided(page)
    assert len(sent) == 1
    assert committed(site) == before + 1
    page.wait_for_load_state("domcontentloaded")
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_a_double_tap_reads_on_by_one_part(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/cases/{READING}")
    before = page.locator(".step").count()

    sent = tap_twice(page, page.get_by_role("button", name=say("zh", "Read on")), COMMIT)

    expect(page.locator(".step")).not_to_have_count(before)
    expect(page.locator(".rail")).to_be_visible()
    assert len(sent) == 1


def test_a_double_tap_records_hours_once(site, browse):
    page = browse(INSTRUCTOR)
    page.goto("/teach/")
    page.locator("main .card-link").first.click()
    page.locator(".tabs a[href$='/hours']").click()
    form = page.locator("form:has([name=hours])")
    form.locator("[name=module]").select_option(index=1)
    form.locator("[name=hours]").fill("2")
    form.locator("[name=held_on]").fill("2026-03-02")
    form.locator("[name=note]").fill("双击")

    sent = tap_twice(page, form.get_by_role("button"), re.compile(r"/hours$"))

    expect(page.locator("main tbody tr").filter(has_text="双击")).to_have_count(1)
    assert len(sent) == 2  # it leads back to the address that it was sent to
    assert change(site, "SELECT count(*) FROM delivered_hours WHERE note = '双击'") == [(1,)]


def tap_in_vain(page):
    """Send a decision whose request is lost, and tap once more; return the button."""
    sent, button = break_off(page), choose(page)
    for _ in range(2):
        button.click()
    hear_all(page)
    assert len(sent) == 1
    return button


def test_what_was_broken_off_is_sent_again_after_a_while(site, browse, student):
    page = browse(student)
    page.clock.install()
    begin_case(page, f"{site.course}/cases/{CASE}")
    button = tap_in_vain(page)

    page.clock.run_for(LONGEST)
    page.unroute(COMMIT)
    button.click()

    expect_decided(page)


def test_a_page_that_comes_back_as_it_was_left_sends_again(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/cases/{CASE}")
    button = tap_in_vain(page)

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.unroute(COMMIT)
    button.click()

    expect_decided(page)
