"""The pages of an exam, with something on each of them."""

import json
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.site import COURSE, Site, ask
from tests.browser.words import say

#: a quiz with a written answer, so that there is something to mark
WRITTEN = "ladies-first"
HELD = (
    "exam-overview",
    "exam-print",
    "exam-sheet",
    "exam-key",
    "exam-edit",
    "exam-allowances",
    "exam-board",
    "exam-record",
    "exam-marking",
    "exam-script",
    "exam-results",
    "exam-release",
    "exams-of-offering",
    "exam-new",
    "exams",
)
Note = Callable[[str, Page, Site], None]


def set_exam(site: Site) -> str:
    """Set an exam; return its public id."""
    told = ask(site, "exams", "create", f"{COURSE}/{WRITTEN}", "--minutes", "60", "--kind", "mock", "--json")
    public: str = json.loads(told)["public_id"]
    return public


def sit(page: Page, site: Site, exam: str, note: Note) -> None:
    """Begin the exam, write something, stop; the notice leads back to it."""
    page.goto(f"/exams/{exam}")
    page.locator("form[action$='/start'] button").click()
    page.locator("form[data-events]").wait_for()
    note("exam-paper", page, site)
    page.locator("textarea").first.fill("先为女宾开门，再照顾后排的客人。")
    page.locator("button[name=review]").click()
    page.wait_for_url("**/review")
    note("exam-review", page, site)


def finish(page: Page, site: Site, exam: str, note: Note) -> None:
    """Begin the exam and hand it in."""
    sit(page, site, exam, lambda *_: None)
    page.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()
    page.wait_for_url("**/result")
    note("exam-handed-in", page, site)


def watch(page: Page, site: Site, exam: str, note: Note) -> None:
    """Find the pages of those who set, watch and mark the exam."""
    base = f"/teach/exams/{exam}"
    for name, path in (
        ("exam-overview", base),
        ("exam-print", f"{base}/print"),
        ("exam-sheet", f"{base}/print?part=sheet"),
        ("exam-key", f"{base}/print?part=key"),
        ("exam-edit", f"{base}/edit"),
        ("exam-allowances", f"{base}/allowances"),
        ("exam-results", f"{base}/results"),
        ("exam-release", f"{base}/release"),
        ("exams", "/teach/exams"),
    ):
        page.goto(path)
        note(name, page, site)
    page.goto(f"{base}/board")
    note("exam-board", page, site)
    # of the attempt that was handed in: it has points
    handed_in = page.locator(".seat-handed_in").first
    handed_in.locator("a[href*='/attempts/']").click()
    page.wait_for_url("**/attempts/*")
    note("exam-record", page, site)
    page.goto(f"{base}/marking")
    note("exam-marking", page, site)
    page.locator("main a[href*='/marking/']").first.click()
    page.wait_for_url("**/marking/**")
    note("exam-script", page, site)
    page.goto("/teach/")
    page.locator("main a[href*='/offerings/']").first.click()
    page.wait_for_url("**/offerings/*")
    offering = page.url
    page.goto(f"{offering}/exams")
    note("exams-of-offering", page, site)
    page.goto(f"{offering}/exams/new")
    note("exam-new", page, site)
