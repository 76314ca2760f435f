"""What a learner does on the page of an open attempt, and what is seen there."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, Route, StorageState, expect

from tests.browser.answering import item_box
from tests.browser.site import QUIZ, Site
from tests.browser.words import say

#: what the page asks about every ten seconds
STATE = re.compile(r"/state(\?|$)")
CHOICE, WRITTEN, NUMBER, TRUTH = "first-door", "explain", "canopy", "always-rear"
WORDS = "小林应先为女宾开门，再照顾后排的两位男士。"


@dataclass(frozen=True, slots=True)
class Sitter:
    """A student who is signed in wherever a page is opened for them."""

    open_page: Callable[..., Page]
    cookies: StorageState

    def page(self, language: str = "zh", **options: Any) -> Page:
        """Open a page of a new browser."""
        return self.open_page(None, language, storage_state=self.cookies, **options)


def begin(page: Page, site: Site) -> str:
    """Begin the quiz; return the address of the paper."""
    page.goto(f"{site.course}/quizzes/{QUIZ}")
    page.locator("form[action$='/start'] button").click()
    ready(page)
    return page.url


def ready(page: Page) -> None:
    """Wait until the page saves by itself."""
    expect(page.locator("form[data-is-ready]")).to_be_attached()


def choose(page: Page, item: str, place: int) -> None:
    """Choose an option of an item, by the place at which it is shown."""
    item_box(page, item).get_by_role("radio").nth(place).check()


def write(page: Page, item: str, words: str) -> None:
    """Write into an item's field, and go on to another."""
    field = item_box(page, item).get_by_role("textbox")
    field.fill(words)
    field.blur()


def mark(page: Page, item: str) -> Locator:
    """Return what stands beside an item about its being saved."""
    return item_box(page, item).locator(".save-mark")


def number_of(page: Page, item: str) -> Locator:
    """Return the number of an item in the list of questions."""
    return page.locator(f"[data-navigator] a[href='#item-{item}']")


def expect_saved(page: Page, *items: str, language: str = "zh") -> None:
    """Wait until each of the items is shown as saved, with the time."""
    words = say(language, "Saved {time}").replace("{time}", "")
    for item in items:
        expect(mark(page, item)).to_have_text(re.compile(re.escape(words) + r"\d\d:\d\d:\d\d"))


def expect_local(page: Page, *items: str) -> None:
    """Wait until each of the items is shown as kept on this device only."""
    for item in items:
        expect(mark(page, item)).to_have_text(say("zh", "On this device"))


def ask_now(page: Page) -> None:
    """Let the page ask the server how the attempt stands, as it does when the network is back."""
    hear_all(page)
    with page.expect_response(STATE):
        page.evaluate("dispatchEvent(new Event('online'))")
    hear_all(page)


def hear_all(page: Page) -> None:
    """Let the page hear the answers to what it has asked so far."""
    page.evaluate("fetch('/healthz').then(() => null)")


def wait_for_no_journal(page: Page) -> None:
    """Wait until the device holds no journal any more."""
    page.evaluate(
        "async () => { while ((await indexedDB.databases()).length) await fetch('/healthz'); }",
    )


def end_in(site: Site, address: str, seconds: float) -> None:
    """Give an attempt a deadline, so many seconds from now."""
    deadline = datetime.now(UTC) + timedelta(seconds=seconds)
    written = deadline.strftime("%Y-%m-%d %H:%M:%S.%f")
    change(site, "UPDATE attempt SET deadline_at = ? WHERE public_id = ?", written, attempt_of(address))


def attempt_of(address: str) -> str:
    """Return the attempt of a paper's address."""
    return re.split(r"[/#?]", address.partition("/attempts/")[2])[0]


def change(site: Site, statement: str, *values: object) -> list[Any]:
    """Change or read the site's database beside its server."""
    with closing(sqlite3.connect(site.instance / "casehall.db")) as connection, connection:
        return connection.execute(statement, values).fetchall()


def saved_answers(site: Site, address: str) -> dict[str, str]:
    """Return the JSON of each answer that counts for an attempt, by item."""
    rows = change(
        site,
        "SELECT item, json_extract(body, '$.answer') FROM event JOIN attempt ON attempt.id = attempt_id"
        " WHERE public_id = ? AND kind = 'answer' AND event.status = 'saved' ORDER BY seq",
        attempt_of(address),
    )
    return dict(rows)


def tell_more(page: Page, **more: object) -> None:
    """Let the server's word on how an attempt stands hold something more."""

    def add(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | more)

    page.unroute(STATE)
    page.route(STATE, add)
