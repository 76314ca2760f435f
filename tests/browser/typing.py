"""Answering each type of item with the keyboard alone."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import OWN_WORDS, item_box
from tests.browser.people import press_until_focused

FAR = 400
Item = dict[str, Any]


def type_answer(page: Page, item: Item, picture: Path) -> None:
    """Answer an item by its key; the focus stands before it and goes forward only."""
    TYPISTS[item["type"]](page, item, picture)


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there."""
    press_until_focused(page, "Tab", target, FAR)


def _choose_in_row(page: Page, radios: Locator, position: int, key: str = "ArrowDown") -> None:
    """Choose a radio button of a group in which the last one, no answer, is chosen."""
    reach(page, radios.last)
    for _ in range(position):
        page.keyboard.press(key)
    expect(radios.nth(position - 1)).to_be_checked()


def _single(page: Page, item: Item, _picture: Path) -> None:
    _choose_in_row(page, item_box(page, item["id"]).get_by_role("radio"), int(item["key"]))


def _multiple(page: Page, item: Item, _picture: Path) -> None:
    boxes = item_box(page, item["id"]).get_by_role("checkbox")
    for position in item["key"]:
        reach(page, boxes.nth(int(position) - 1))
        page.keyboard.press("Space")


def _truth(page: Page, item: Item, _picture: Path) -> None:
    radios = item_box(page, item["id"]).get_by_role("radio")
    _choose_in_row(page, radios, 1 if item["key"] else 2)


def _blanks(page: Page, item: Item, _picture: Path) -> None:
    fields = item_box(page, item["id"]).locator("input[type=text], input:not([type]), select")
    for number, blank in enumerate(item["key"]):
        reach(page, fields.nth(number))
        if isinstance(blank, dict):
            _press(page, "ArrowDown", int(blank["key"]))
        else:
            page.keyboard.insert_text(blank[0])


def _numeric(page: Page, item: Item, _picture: Path) -> None:
    box = item_box(page, item["id"])
    value = item["key"]["value"]
    if item["variables"]:
        weight, fare = re.findall(r"(\d+) (?:千克|kg|元|yuan)", box.locator(".stem").inner_text())[::2]
        value = f"{(int(weight) - 20) * int(fare) * 0.015:g}"
    reach(page, box.get_by_role("textbox"))
    page.keyboard.insert_text(value)


def _ordering(page: Page, item: Item, _picture: Path) -> None:
    """Move each step up to its place, the first one first."""
    box = item_box(page, item["id"])
    for place, option in enumerate(item["options"]):
        texts = box.locator(".step-text").all_inner_texts()
        up = texts.index(option["text"]) - place
        step = box.locator(".step-to-order").filter(has_text=option["text"])
        if up:
            reach(page, step.locator(".step-up"))
            _press(page, "Enter", up)
            page.keyboard.press("Shift+Tab")
            reach_back(page, box.locator(".step-arrow:not([disabled])").first)
    expect(box.locator(".step-text")).to_have_text([option["text"] for option in item["options"]])


def reach_back(page: Page, target: Locator) -> None:
    """Press Shift and Tab until the focus is there."""
    press_until_focused(page, "Shift+Tab", target, FAR)


def _matching(page: Page, item: Item, _picture: Path) -> None:
    lists = item_box(page, item["id"]).get_by_role("combobox")
    for left, right in item["key"].items():
        text = item["rights"][int(right) - 1]["text"]
        field = lists.nth(int(left) - 1)
        choices = [choice[1:].strip() for choice in field.locator("option").all_inner_texts()]
        reach(page, field)
        _press(page, "ArrowDown", choices.index(text))


def _best_worst(page: Page, item: Item, _picture: Path) -> None:
    box = item_box(page, item["id"])
    for part in ("best", "worst"):
        radios = box.locator(f"input[name='answer-{item['id']}.{part}']")
        reach(page, radios.last)
        for _ in range(int(item["key"][part])):
            page.keyboard.press("ArrowDown")
        expect(radios.nth(int(item["key"][part]) - 1)).to_be_checked()


def _rating(page: Page, item: Item, _picture: Path) -> None:
    box = item_box(page, item["id"])
    for position, mean in item["key"].items():
        radios = box.locator(f"input[name='answer-{item['id']}.{position}']")
        _choose_in_row(page, radios, round(mean) - item["scale"][0] + 1, "ArrowRight")


def _written(page: Page, item: Item, _picture: Path) -> None:
    reach(page, item_box(page, item["id"]).get_by_role("textbox"))
    page.keyboard.insert_text(OWN_WORDS)


def _upload(page: Page, item: Item, picture: Path) -> None:
    box = item_box(page, item["id"])
    field = box.locator("input[type=file]")
    reach(page, field)
    field.set_input_files(picture)  # the dialog that Enter opens is the system's
    expect(box.get_by_role("checkbox")).to_be_checked()


def _walk(page: Page, item: Item, _picture: Path) -> None:
    """Decide until the case ends, always for the option named in ``way``."""
    box = item_box(page, item["id"])
    for choice in item["way"]:
        radios = box.locator(f"input[name='choice-{item['id']}']")
        # a group without a choice is entered at whichever button the focus left it
        entered = _reach_any(page, radios)
        page.keyboard.press("Space")
        _press(page, "ArrowDown", (choice - 1 - entered) % radios.count())
        expect(radios.nth(choice - 1)).to_be_checked()
        reason = box.locator("textarea")
        if reason.count():
            reach(page, reason)
            page.keyboard.insert_text(OWN_WORDS)
        count = box.locator(".choice-taken").count()
        reach(page, box.locator("button[name=commit]"))
        page.keyboard.press("Enter")
        expect(box.locator(".choice-taken")).to_have_count(count + 1)


def _reach_any(page: Page, targets: Locator) -> int:
    """Press Tab until the focus is on one of these, and return which, from 0."""
    find = "(all) => all.indexOf(document.activeElement)"
    for _ in range(FAR):
        place: int = targets.evaluate_all(find)
        if place >= 0:
            return place
        page.keyboard.press("Tab")
    raise AssertionError(f"{targets} are not reached")


def _press(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def _nothing(_page: Page, _item: Item, _picture: Path) -> None:
    """Leave an item that takes no answer."""


TYPISTS: Mapping[str, Callable[[Page, Item, Path], None]] = {
    "single": _single,
    "weighted": _single,
    "multiple": _multiple,
    "true-false": _truth,
    "blanks": _blanks,
    "numeric": _numeric,
    "ordering": _ordering,
    "matching": _matching,
    "best-worst": _best_worst,
    "rating": _rating,
    "constructed": _written,
    "upload": _upload,
    "walk": _walk,
    "info": _nothing,
}
