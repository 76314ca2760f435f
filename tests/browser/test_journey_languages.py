"""Changing the language in the middle of things changes what is read, never what was answered."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import answer, item_box, save
from tests.browser.people import switch_language
from tests.browser.site import CASE, QUIZ, items_of
from tests.browser.walking import begin_case, decide

pytestmark = pytest.mark.browser


def items_in_order(page: Page) -> list[str]:
    """Return the items of the paper as they stand."""
    items: list[str] = page.locator("[data-item]").evaluate_all("(all) => all.map((one) => one.dataset.item)")
    return items


def what_is_ticked(page: Page) -> list[str]:
    """Return the names and values of all options that are ticked."""
    ticked = page.locator("main :checked")
    named: list[str] = ticked.evaluate_all("(all) => all.map((one) => `${one.name}=${one.value}`)")
    return named


def test_a_walk_goes_on_in_the_other_language(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/cases/{CASE}")
    decide(page, "which-door", 1, "后排是上座")

    switch_language(page)
    expect(page.locator("#which-door .choice-taken")).to_contain_text("Rear right")
    expect(page.locator("#which-door .own-words")).to_contain_text("后排是上座")
    decide(page, "repair", 2)
    switch_language(page)

    expect(page.locator("#repair .choice-taken")).to_contain_text("简短致歉")
    expect(page.locator("#which-door .choice-taken")).to_contain_text("后排右门")


def test_an_attempt_keeps_its_answers_and_its_order_in_the_other_language(site, browse, student):
    page = browse(student)
    begin_case(page, f"{site.course}/quizzes/{QUIZ}")
    items = {item["id"]: item for item in items_of(site, QUIZ, "zh")}
    for item in ("first-door", "repair", "always-rear", "greeting", "canopy"):
        answer(page, "zh", items[item])
    save(page, "zh")
    order, ticked = items_in_order(page), what_is_ticked(page)

    switch_language(page)

    in_english = {item["id"]: item for item in items_of(site, QUIZ, "en")}
    right = in_english["first-door"]["options"][int(items["first-door"]["key"]) - 1]["text"]
    expect(item_box(page, "first-door").get_by_label(right, exact=True)).to_be_checked()
    expect(item_box(page, "greeting").get_by_role("textbox")).to_have_value("问候")
    assert items_in_order(page) == order
    assert what_is_ticked(page) == ticked


def test_the_chosen_language_stays_when_the_browser_asks_for_another(site, browse):
    page = browse(language="en")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    switch_language(page)
    page.goto(site.course)

    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", level=1)).to_have_text("民航地勤服务")
