"""A student answers an item of every type with the keyboard alone, in both languages; others look on."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.content.parse import Kind, parse_text
from app.domain.case import Case
from app.domain.errors import UnknownChoice, WalkEnded
from app.domain.walk import walk_choices
from app.settings import ROOT
from tests.browser.answering import check, hand_in, item_box
from tests.browser.people import press_until_focused
from tests.browser.site import COURSE, INSTRUCTOR, Site, items_of
from tests.browser.typing import reach, type_answer
from tests.browser.words import say

pytestmark = pytest.mark.browser

DRILL = "service-drill"
TO_MARK = ("why", "chart")


def best_way() -> list[int]:
    """Return option numbers that lead through the drill's case with the best score."""
    text = (ROOT / "cases" / COURSE / "first-car-door.md").read_text(encoding="utf-8")
    case = parse_text(text, Kind.CASE).document
    assert isinstance(case, Case)
    for length in range(1, 6):
        for way in product(range(1, 5), repeat=length):
            try:
                state = walk_choices(case, way)
            except (UnknownChoice, WalkEnded):
                continue
            if state.ended and state.score == state.best:
                return list(way)
    raise AssertionError("the case has no best way")


@pytest.fixture
def picture(tmp_path):
    """Return a picture to hand in."""
    from PIL import Image

    path = tmp_path / "流程图.png"
    Image.new("RGB", (40, 30), "teal").save(path)
    return path


@pytest.fixture
def drill(site: Site):
    """Return a function that gives the drill's items in a language, the walk with its best way."""

    def items(language: str) -> list[dict[str, Any]]:
        found = items_of(site, DRILL, language)
        return [item | {"way": best_way()} if item["type"] == "walk" else item for item in found]

    return items


def begin(page: Page, site: Site, behaviour: str = "deferred") -> None:
    """Begin the drill with the keyboard."""
    page.goto(f"{site.course}/quizzes/{DRILL}")
    reach(page, page.locator("#behaviour-deferred"))
    for _ in range(["deferred", "immediate", "tries"].index(behaviour)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-item]").first).to_be_visible()


@pytest.mark.parametrize("language", ["zh"])
def test_every_type_is_answered_with_the_keyboard_alone_and_earns_everything(
    site, browse, looks, student, *, drill, picture, language
):
    page, items = browse(student, language), drill(language)
    begin(page, site)
    looks(page)

    for item in items:
        type_answer(page, item, picture)
    reach(page, page.locator("button[name=review]"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(say(language, "Every question is answered."))).to_be_visible()
    hand_in(page, language)

    for item in items:
        verdict = item_box(page, item["id"]).locator(".verdict")
        if item["type"] == "rating":  # nobody meets a mean with fractions
            expect(verdict).to_contain_text(say(language, "Partly right"))
        elif item["id"] in TO_MARK:
            expect(verdict).to_contain_text(say(language, "For you to judge"))
        elif item["type"] != "info":
            expect(verdict).to_contain_text(say(language, "Right"))
    looks(page)


@pytest.mark.parametrize("language", ["en"])
def test_a_hint_follows_a_wrong_try_and_the_answer_a_right_one(site, browse, looks, student, language):
    page = browse(student, language)
    begin(page, site, "tries")
    door = item_box(page, "door")

    door.get_by_role("radio").nth(0).check()
    door.get_by_role("button", name=say(language, "Check this answer")).click()
    expect(door.get_by_role("status")).to_contain_text(say(language, "Not right yet."))
    expect(door.locator(".hints")).to_be_visible()
    looks(page)

    door.get_by_role("radio").nth(1).check()
    door.get_by_role("button", name=say(language, "Check this answer")).click()
    expect(door.locator(".verdict")).to_contain_text(say(language, "Right"))
    expect(door.locator(".explanation")).to_be_visible()


def test_steps_are_dragged_by_mouse_and_an_order_can_be_taken_back(site, browse, student):
    page = browse(student)
    begin(page, site)
    steps = item_box(page, "steps")
    texts = steps.locator(".step-text")
    before = texts.all_inner_texts()
    first, last = (steps.locator(".step-to-order").nth(n).bounding_box() for n in (0, 3))
    assert first is not None
    assert last is not None

    handle = steps.locator(".step-handle").first
    handle.hover()
    page.mouse.down()
    page.mouse.move(last["x"] + 20, last["y"] + last["height"] - 2, steps=12)
    page.mouse.up()

    expect(texts).to_have_text([*before[1:], before[0]])
    expect(steps.locator(".steps-to-order")).to_have_class("steps-to-order is-given")
    steps.get_by_role("button", name=say("zh", "No answer")).click()
    expect(steps.locator(".steps-to-order")).to_have_class("steps-to-order")


def test_steps_are_dragged_by_finger(site, browse, student):
    page = browse(student, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    begin(page, site)
    steps = item_box(page, "steps")
    texts = steps.locator(".step-text")
    before = texts.all_inner_texts()
    steps.scroll_into_view_if_needed()
    handle, target = steps.locator(".step-handle").first.bounding_box(), texts.nth(1).bounding_box()
    assert handle is not None
    assert target is not None
    touch = page.context.new_cdp_session(page)
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2

    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 9):
        point = {"x": x, "y": y + (target["y"] + target["height"] + 20 - y) * part / 8}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    expect(texts).to_have_text([before[1], before[0], *before[2:]])


def test_choosing_an_option_as_worst_takes_best_away_from_it(site, browse, student):
    page = browse(student)
    begin(page, site)
    best, worst = (page.locator(f"input[name='answer-lobby.{part}']") for part in ("best", "worst"))

    best.nth(1).locator("..").click()
    worst.nth(1).locator("..").click()

    expect(best.last).to_be_checked()
    expect(worst.nth(1)).to_be_checked()


def test_arrow_keys_pass_the_best_option_without_taking_it_away(site, browse, student):
    page = browse(student)
    begin(page, site)
    best, worst = (page.locator(f"input[name='answer-lobby.{part}']") for part in ("best", "worst"))
    best.nth(1).locator("..").click()

    reach(page, worst.last)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")

    expect(best.nth(1)).to_be_checked()
    expect(worst.nth(2)).to_be_checked()


def test_without_scripts_every_type_is_answered_all_the_same(site, browse, student, drill):
    page = browse(student, java_script_enabled=False)
    begin(page, site)
    steps = item_box(page, "steps").locator("select")
    for number in range(steps.count()):
        steps.nth(number).select_option(str(number + 1))
    item_box(page, "areas").locator("select").first.select_option(index=2)
    item_box(page, "wording").get_by_role("radio").first.check(force=True)

    check(page, "zh")

    expect(page.get_by_text("3 / 15", exact=True).first).to_be_visible()


def test_an_order_with_a_number_twice_is_told_and_shown_again(site, browse, looks, student):
    page = browse(student, java_script_enabled=False)
    begin(page, site)
    steps = item_box(page, "steps").locator("select")
    for number in range(steps.count()):
        steps.nth(number).select_option("1")
    page.locator("[name='answer-gap']").fill("18")

    page.get_by_role("button", name=say("zh", "Save"), exact=True).click()

    expect(item_box(page, "steps").get_by_role("alert")).to_be_visible()
    expect(page.locator("[name='answer-gap']")).to_have_value("18")


@pytest.mark.parametrize("language", ["en"])
def test_an_instructor_sees_keys_tries_an_answer_and_prints(site, browse, looks, language):
    page = browse(INSTRUCTOR, language)
    page.goto("/teach/")
    page.locator("main a.card-link").first.click()
    page.get_by_role("link", name=say(language, "Quizzes"), exact=True).click()
    looks(page)
    page.locator(f"a[href$='/{DRILL}']").click()
    looks(page)

    note = page.locator("aside:has(input[value='gap'])")
    note.get_by_role("textbox").fill("十八")
    note.get_by_role("button").click()
    expect(page.locator("aside:has(input[value='gap'])").get_by_role("status")).to_contain_text("18")

    page.get_by_role("link", name=say(language, "Print"), exact=True).click()
    expect(page.locator(".printed")).to_be_visible()
    looks(page)
    press_until_focused(page, "Tab", page.locator("[data-print]"))
