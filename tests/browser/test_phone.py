"""On a phone: what one decides about stands on the screen, and nothing makes the page scroll sideways."""

import pytest

from tests.browser.looking import OVERFLOW, WIDTHS
from tests.browser.site import ADMIN, CASE, INSTRUCTOR

pytestmark = pytest.mark.browser

SCROLLS = "(one) => one.scrollWidth > one.clientWidth + 1"


@pytest.fixture
def offering(browse):
    """Return the page of an instructor's offering, on a phone."""
    page = browse(INSTRUCTOR, viewport=WIDTHS["phone"])
    page.goto("/teach/")
    page.locator(".card-link", has_text="地勤").first.click()
    page.wait_for_url("**/teach/offerings/*")
    return page


def test_a_translation_of_a_case_is_written_without_scrolling_sideways(offering):
    offering.goto(f"{offering.url}/texts/case/{CASE}?language=en")

    assert offering.evaluate(OVERFLOW) == []


def test_the_matrix_of_a_release_shows_every_phase(offering):
    offering.goto(f"{offering.url}/exams")
    offering.locator(".row-main a").first.click()
    offering.goto(f"{offering.url}/release")

    assert not offering.locator(".table-scroll:has(.review-matrix)").evaluate(SCROLLS)


def test_the_audit_log_is_read_downwards(browse):
    page = browse(ADMIN, viewport=WIDTHS["phone"])
    page.goto("/admin/audit")

    assert not page.locator(".table-scroll").evaluate(SCROLLS)
    assert "登录" in page.locator(".audit tbody").inner_text()
