"""What an author wrote and did not save stays in the browser, for nobody else and not a moment too long."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import wait_until_gone
from tests.browser.people import let_in, sign_out
from tests.browser.site import INSTRUCTOR
from tests.browser.words import say
from tests.browser.writers import begin, enrol_colleague

pytestmark = pytest.mark.browser


def copies(page: Page) -> list[str]:
    """Return the names of the texts that the browser keeps."""
    found = page.evaluate("Object.keys(localStorage)")
    return [name for name in found if name.startswith("casehall-text-")]


def write_on(page: Page, words: str) -> None:
    """Write at the end, once the editor has woken up."""
    expect(page.locator(".editor-tools")).to_be_visible()
    page.locator("#text").press("Control+End")
    page.locator("#text").press_sequentially(words)


def test_what_was_not_saved_survives_a_closed_tab(browse):
    page = browse(INSTRUCTOR)
    begin(page)
    address = page.url
    page.locator("#text").press("Control+End")
    page.locator("#text").press_sequentially("没有保存的一句")
    expect(page.locator("[data-editor-state]")).to_contain_text("已检查")
    context = page.context
    page.close(run_before_unload=False)

    page = context.new_page()
    page.goto(address)
    expect(page.locator("#text")).not_to_have_value("没有保存的一句")
    page.get_by_role("button", name=say("zh", "Take it")).click()

    assert page.locator("#text").input_value().endswith("没有保存的一句")
    page.locator("#text").press("Control+s")
    expect(page.get_by_role("status").first).to_contain_text(
        say("zh", "The draft is saved. It is published when you publish it.")
    )
    assert page.locator("#text").input_value().endswith("没有保存的一句")
    expect(page.locator(".editor-restore")).to_be_hidden()


def test_who_was_signed_out_meanwhile_loses_no_word(browse, lost_faults):
    page = browse(INSTRUCTOR)
    begin(page)
    address = page.url
    page.context.clear_cookies()
    page.locator("#text").press("Control+End")
    page.locator("#text").press_sequentially("登录过期后写的")
    expect(page.locator("[data-editor-state]")).to_contain_text("你已退出登录")

    let_in(page.context, INSTRUCTOR)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    page.get_by_role("button", name=say("zh", "Take it")).click()

    assert page.locator("#text").input_value().endswith("登录过期后写的")


def test_what_was_saved_is_offered_to_nobody_again_and_what_was_not_to_its_author_alone(browse, site):
    page = browse(INSTRUCTOR)
    begin(page)
    address = page.url
    page.locator("#text").press("Control+End")
    page.locator("#text").press_sequentially("先写的一句")
    page.locator("[name=save]").click()
    page.locator("[name=discard]").wait_for()
    other = browse(INSTRUCTOR)
    other.goto(address)
    other.locator("#text").press("Control+End")
    other.locator("#text").press_sequentially("后写的一句")
    other.locator("[name=save]").click()
    other.locator("[name=discard]").wait_for()

    page.goto(address)
    expect(page.locator("#text")).to_have_value(re.compile("后写的一句"))
    # what is kept in the browser is looked at when the tools appear
    expect(page.locator(".editor-tools")).to_be_visible()
    expect(page.locator(".editor-restore")).to_be_hidden()

    page.locator("#text").press("Control+End")
    page.locator("#text").press_sequentially("没有保存")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.context.clear_cookies()
    let_in(page.context, enrol_colleague(site))
    page.goto(address)
    expect(page.locator("#text")).to_have_value(re.compile("后写的一句"))
    # what is kept in the browser is looked at when the tools appear
    expect(page.locator(".editor-tools")).to_be_visible()
    expect(page.locator(".editor-restore")).to_be_hidden()


def test_what_is_written_before_the_script_has_come_is_checked_and_kept_too(browse):
    page = browse(INSTRUCTOR)
    begin(page)
    held = []

    def hold(route):
        held.append(route)

    page.route(re.compile(r"/js/[^/]*\beditor\b"), hold)
    page.goto(page.url, wait_until="commit")
    page.locator("#text").press("Control+End")
    page.locator("#text").press_sequentially("早写的一句")
    assert copies(page) == []

    (script,) = held
    script.continue_()

    expect(page.locator("[data-editor-state]")).to_contain_text("已检查")
    assert len(copies(page)) == 1


@pytest.mark.parametrize("act", ["publish", "discard"])
def test_what_was_published_or_thrown_away_is_kept_no_longer(browse, act):
    page = browse(INSTRUCTOR)
    begin(page)
    write_on(page, "\n")
    assert len(copies(page)) == 1

    page.locator(f"[name={act}]").click()
    if act == "discard":
        page.locator("dialog[open] .btn").first.click()
    page.locator("[data-taken]").wait_for(state="attached")

    wait_until_gone(page, "casehall-text-")


def test_what_was_written_before_somebody_saved_is_offered_as_that_and_replaces_nothing_unseen(
    browse, site, lost_faults
):
    page = browse(INSTRUCTOR)
    begin(page)
    address = page.url
    write_on(page, "先写的一句")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    other = browse(enrol_colleague(site))
    other.goto(address)
    write_on(other, "同事写的一句")
    other.locator("[name=save]").click()
    other.locator("[role=status]").first.wait_for()

    page.goto(address)
    expect(page.locator(".editor-restore")).to_contain_text(re.compile("Somebody has saved|有人"))
    page.get_by_role("button", name=say("zh", "Take it")).click()
    page.locator("[name=save]").click()

    expect(page.locator("#rivals")).to_be_visible()
    expect(page.locator(".diff-removed")).to_contain_text("同事写的一句")
    expect(page.locator("#text")).to_have_value(re.compile("先写的一句"))


def test_who_signs_out_is_told_of_texts_that_were_not_saved(browse, looks):
    page = browse(INSTRUCTOR)
    begin(page)
    address = page.url
    write_on(page, "没有保存")
    page.on("dialog", lambda dialog: dialog.accept())
    sign_out(page)
    left = page.locator("[data-texts-left]")
    expect(left).to_be_visible()
    looks(page)

    let_in(page.context, INSTRUCTOR)
    page.goto(address)
    page.locator(".editor-restore button").last.click()
    sign_out(page)

    expect(left).to_be_hidden()
