"""What people do at the door."""

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.site import Person


def sign_in(page: Page, person: Person, password: str | None = None) -> None:
    """Fill in the sign-in page by keyboard and wait for what comes after it."""
    page.goto("/login")
    page.locator("[name=username]").focus()
    page.keyboard.insert_text(person.login)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(password or person.password)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/login"))


def let_in(context: BrowserContext, person: Person) -> None:
    """Sign in as the page does, without showing it: for tests that begin behind the door."""
    token = context.request.get("/csrf").json()["csrf"]
    fields = {"csrf_token": token, "username": person.login, "password": person.password}
    answer = context.request.post("/login", form=fields, max_redirects=0)
    assert answer.status == 303, answer.text()


def choose_password(page: Page, present: str, new: str) -> None:
    """Fill in the page that changes a password."""
    for name, value in (("present", present), ("new", new), ("again", new)):
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form button[type=submit]").click()


def sign_out(page: Page) -> None:
    """Leave by the account's menu."""
    page.locator(".menu:has(.avatar) summary").click()
    page.locator("form[action='/logout'] button").click()


def switch_language(page: Page) -> None:
    """Press the button that says the other language's name."""
    before = page.locator("html").get_attribute("lang")
    page.locator(".site-tools button[name=language]").click()
    expect(page.locator("html")).not_to_have_attribute("lang", str(before))


def press_until_focused(page: Page, key: str, target: Locator, most: int = 120) -> None:
    """Press a key until the focus is where it is wanted, as somebody without a mouse must."""
    for _ in range(most):
        if target.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached with {key}")
