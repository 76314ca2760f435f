"""Light, dark, or like the device: chosen once, rendered by the server, never flashing."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAPER = {"light": "rgb(246, 248, 247)", "dark": "rgb(16, 23, 25)"}


def choose(page: Page, name: str) -> None:
    """Choose a theme in its menu."""
    page.locator(".menu:has([data-theme-switch]) summary").click()
    page.get_by_role("button", name=name).click()


def expect_paper(page: Page, theme: str) -> None:
    """See the page in the colours of a theme."""
    expect(page.locator("body")).to_have_css("background-color", PAPER[theme])


def test_dark_is_put_on_at_once_and_kept(browse, looks):
    page = browse()
    page.goto("/login")
    expect_paper(page, "light")

    with page.expect_response("**/preferences"):
        choose(page, "深色")

    expect_paper(page, "dark")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect_paper(page, "dark")
    looks(page)


def test_without_scripts_the_server_alone_renders_the_choice(browse):
    page = browse(java_script_enabled=False)
    page.goto("/")

    choose(page, "深色")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect_paper(page, "dark")
    choose(page, "浅色")
    page.emulate_media(color_scheme="dark")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    expect_paper(page, "light")


def test_auto_follows_the_device_at_once(browse):
    page = browse()
    page.goto("/")

    page.emulate_media(color_scheme="dark")
    expect_paper(page, "dark")
    page.emulate_media(color_scheme="light")
    expect_paper(page, "light")
