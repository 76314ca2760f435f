"""What a student does in a quiz."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.words import say

OWN_WORDS = "女宾在场，先为她开门，再照顾后排。"


def item_box(page: Page, item: str) -> Locator:
    """Return an item's place on the paper."""
    return page.locator(f"[data-item='{item}']")


def answer(page: Page, language: str, item: dict[str, Any]) -> None:
    """Answer an item by its key, as the text of its options in whatever order they stand."""
    box = item_box(page, item["id"])
    for text in texts_to_choose(language, item):
        box.get_by_label(text, exact=True).check()
    for blank, words in enumerate(words_to_write(item)):
        box.get_by_role("textbox").nth(blank).fill(words)


def texts_to_choose(language: str, item: dict[str, Any]) -> list[str]:
    """Return the options to tick, which the key names by their positions in the file."""
    match item["type"]:
        case "single" | "multiple":
            return [item["options"][int(position) - 1]["text"] for position in item["key"]]
        case "true-false":
            return [say(language, "True" if item["key"] else "False")]
    return []


def words_to_write(item: dict[str, Any]) -> list[str]:
    """Return what goes into the fields of an item, one after the other."""
    match item["type"]:
        case "blanks":
            return [wordings[0] for wordings in item["key"]]
        case "numeric":
            return [item["key"]["value"]]
        case "constructed":
            return [OWN_WORDS]
    return []


def answer_all(page: Page, language: str, items: list[dict[str, Any]], *, but: str = "") -> None:
    """Answer every item by its key, one left out if it is named."""
    for item in items:
        if item["id"] != but:
            answer(page, language, item)


def save(page: Page, language: str) -> None:
    """Save without handing in; with scripts the page has done so already."""
    page.get_by_role("button", name=say(language, "Save"), exact=True).click()
    told = "|".join(re.escape(say(language, text)) for text in ("Saved.", "All answers are saved."))
    expect(page.get_by_role("status").filter(has_text=re.compile(told)).first).to_be_visible()


def check(page: Page, language: str) -> None:
    """Go to the check before handing in."""
    page.get_by_role("button", name=say(language, "Check and hand in")).click()
    expect(page.get_by_role("heading", name=say(language, "Check and hand in"))).to_be_visible()


def hand_in(page: Page, language: str) -> None:
    """Hand in and see the result."""
    page.get_by_role("button", name=say(language, "Hand in"), exact=True).click()
    expect(page.get_by_role("heading", name=say(language, "Score"))).to_be_visible()
