"""Authors at their editor in a browser."""

from secrets import token_hex

from playwright.sync_api import Page, expect

from tests.browser.site import COURSE, Person, Site, ask
from tests.browser.words import say


def begin(page: Page, language: str = "zh", kind: str = "quiz", title: str = "接待礼仪小测") -> None:
    """Begin a new text from the texts of the course, and wait until its editor has woken up."""
    page.goto("/teach/")
    page.locator("main .card-link").first.click()
    page.get_by_role("link", name=say(language, "Texts"), exact=True).click()
    page.get_by_role("link", name=say(language, "New case or quiz")).click()
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=title]").fill(title)
    page.locator("[name=slug]").fill(f"new-{token_hex(4)}")
    page.get_by_role("button", name=say(language, "Begin")).click()
    expect(page.locator(".editor-tools")).to_be_visible()


def enrol_colleague(site: Site) -> Person:
    """Give another instructor of the course an account."""
    colleague = Person(f"li-{token_hex(3)}", "李老师")
    place = ("--course", COURSE, "--role", "instructor", "--password-stdin")
    ask(site, "users", "add", colleague.login, "--name", colleague.name, *place, told=colleague.password)
    return colleague
