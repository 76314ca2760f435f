"""Finding one's way in a paper: flags, the list of questions and its signs, one question at a time."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import check, item_box
from tests.browser.papers import (
    CHOICE,
    NUMBER,
    TRUTH,
    WRITTEN,
    ask_now,
    begin,
    choose,
    expect_local,
    expect_saved,
    number_of,
    ready,
    write,
)
from tests.browser.words import say

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def flag(page: Page, item: str):
    return item_box(page, item).locator("button.flag")


def says(*words: str) -> re.Pattern[str]:
    """Return what a number says of its question to who does not see it."""
    return re.compile(r"^\s*\d+" + "".join(re.escape(say("zh", word)) for word in words) + r"\s*$")


def shown_items(page: Page) -> list[str]:
    """Return the questions that can be seen, without those that only inform."""
    shown: list[str] = page.locator("[data-item]:not(.item-info):visible").evaluate_all(
        "(items) => items.map((item) => item.dataset.item)"
    )
    return shown


def heading(page: Page, item: str):
    return item_box(page, item).get_by_role("heading")


def reload(page: Page) -> None:
    page.reload()
    ready(page)


# flags


def takes_flag_away(response):
    return response.url.endswith("/events") and '"answer":false' in (response.request.post_data or "")


def test_a_flag_is_kept_shown_in_the_list_and_told_before_handing_in(sitter, site, looks):
    page = sitter.page()
    begin(page, site)
    choose(page, CHOICE, 1)
    # what is said of an answer moves what stands below it
    expect_saved(page, CHOICE)
    flag(page, CHOICE).click()
    flag(page, TRUTH).focus()
    page.keyboard.press("Enter")
    flag(page, NUMBER).click()
    expect(flag(page, NUMBER)).to_have_attribute("aria-pressed", "true")
    with page.expect_response(takes_flag_away):
        flag(page, NUMBER).click()
    reload(page)

    for item in (CHOICE, TRUTH):
        expect(flag(page, item)).to_have_attribute("aria-pressed", "true")
        expect(flag(page, item)).to_have_accessible_name(re.compile(r"\d"))
    expect(flag(page, NUMBER)).to_have_attribute("aria-pressed", "false")
    expect(number_of(page, CHOICE)).to_have_text(says(", answered", ", flagged"))
    expect(number_of(page, TRUTH)).to_have_text(says(", not answered", ", flagged"))
    check(page, "zh")
    flagged = page.locator("main .item-jump").last.get_by_role("link")
    expect(flagged).to_have_count(2)
    looks(page)
    flagged.first.click()
    expect(page).to_have_url(re.compile("#item-"))
    ready(page)


# the list of questions


def test_the_list_tells_what_is_not_saved_and_where_two_answers_are(sitter, site, lost_faults, looks):
    page = sitter.page()
    address = begin(page, site)
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    choose(other, CHOICE, 1)
    expect_saved(other, CHOICE)
    choose(page, CHOICE, 2)
    expect(number_of(page, CHOICE)).to_have_text(says(", answered", ", two answers"))
    page.context.set_offline(True)

    write(page, NUMBER, "80")
    expect_local(page, NUMBER)
    expect(number_of(page, NUMBER)).to_have_text(says(", not answered", ", not saved"))
    looks(page)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect_saved(page, NUMBER)
    expect(number_of(page, NUMBER)).to_have_text(says(", answered"))


@pytest.mark.parametrize("language", ["zh"])
def test_on_a_phone_the_list_opens_over_the_page_and_leads_to_a_question(sitter, site, looks, language):
    page = sitter.page(language, **PHONE)
    begin(page, site)
    dialog = page.locator("[data-navigator-dialog]")
    expect(page.locator("[data-navigator]")).to_be_hidden()
    button = page.get_by_role("button", name=say(language, "Question list"))

    button.click()
    expect(dialog.get_by_role("link")).to_have_count(15)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    button.press("Enter")
    number_of(page, WRITTEN).click()

    expect(dialog).to_be_hidden()
    expect(item_box(page, WRITTEN)).to_be_in_viewport()
    choose(page, CHOICE, 1)
    expect(button).to_contain_text("1 / 15")


# one at a time


def test_one_question_at_a_time_with_buttons_keys_and_links(sitter, site, looks):
    page = sitter.page()
    begin(page, site)
    everything = shown_items(page)
    page.get_by_role("button", name=say("zh", "One question at a time")).click()
    assert shown_items(page) == everything[:1]

    page.get_by_role("button", name=say("zh", "Next question")).click()
    assert shown_items(page) == everything[1:2]
    expect(heading(page, everything[1])).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert shown_items(page) == everything[2:3]
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name=say("zh", "Previous question")).click()
    expect(page.get_by_role("button", name=say("zh", "Previous question"))).to_be_disabled()
    assert shown_items(page) == everything[:1]

    number_of(page, WRITTEN).click()
    assert shown_items(page) == [WRITTEN]
    expect(item_box(page, WRITTEN).locator("xpath=..").locator(".group-stem")).to_be_visible()
    expect(number_of(page, WRITTEN)).to_have_attribute("aria-current", "true")
    looks(page)
    page.goto(f"{page.url.partition('#')[0]}#item-{TRUTH}")
    expect(item_box(page, TRUTH)).to_be_visible()
    assert shown_items(page) == [TRUTH]


def test_keys_do_not_turn_the_page_while_one_answers(sitter, site):
    page = sitter.page()
    begin(page, site)
    page.get_by_role("button", name=say("zh", "One question at a time")).click()
    number_of(page, WRITTEN).click()

    item_box(page, WRITTEN).get_by_role("textbox").press("ArrowRight")
    assert shown_items(page) == [WRITTEN]
    number_of(page, CHOICE).click()
    choose(page, CHOICE, 1)
    page.keyboard.press("ArrowRight")

    assert shown_items(page) == [CHOICE]
    expect(item_box(page, CHOICE).get_by_role("radio").nth(2)).to_be_checked()


def test_the_choice_is_kept_and_paper_shows_all(sitter, site):
    page = sitter.page()
    begin(page, site)
    everything = shown_items(page)
    page.get_by_role("button", name=say("zh", "One question at a time")).click()
    number_of(page, TRUTH).click()

    reload(page)

    assert shown_items(page) == [TRUTH]
    page.emulate_media(media="print")
    assert shown_items(page) == everything
    page.emulate_media(media="screen")
    page.get_by_role("button", name=say("zh", "All questions")).click()
    assert shown_items(page) == everything
    expect(item_box(page, TRUTH)).to_be_in_viewport()


def test_a_paper_may_begin_with_one_question_at_a_time(sitter, site):
    page = sitter.page()
    address = begin(page, site)

    def give(route):
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("data-unsaved", 'data-unsaved data-one="yes"')
        )

    page.route(address, give)
    reload(page)

    assert len(shown_items(page)) == 1
    choose(page, shown_items(page)[0], 0)
    ask_now(page)
    expect_saved(page, shown_items(page)[0])
