"""An author writes a quiz: an example to begin with, pieces at a press, checked as they write, published."""

import re
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import let_in
from tests.browser.site import COURSE, INSTRUCTOR, Person, Site, ask
from tests.browser.words import say

pytestmark = pytest.mark.browser


def begin(page: Page, language: str = "zh", kind: str = "quiz", title: str = "接待礼仪小测") -> None:
    """Begin a new text from the texts of the course."""
    page.goto("/teach/")
    page.locator("main .card-link").first.click()
    page.get_by_role("link", name=say(language, "Texts"), exact=True).click()
    page.get_by_role("link", name=say(language, "New case or quiz")).click()
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=title]").fill(title)
    page.locator("[name=slug]").fill(f"new-{token_hex(4)}")
    page.get_by_role("button", name=say(language, "Begin")).click()


def enrol_colleague(site: Site) -> Person:
    """Give another instructor of the course an account."""
    colleague = Person(f"li-{token_hex(3)}", "李老师")
    place = ("--course", COURSE, "--role", "instructor", "--password-stdin")
    ask(site, "users", "add", colleague.login, "--name", colleague.name, *place, told=colleague.password)
    return colleague


def noted(page: Page):
    return page.locator("[data-editor-noted]")


def shown(page: Page):
    return page.locator("[data-editor-preview]")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_quiz_is_written_checked_shown_and_published(browse, looks, language):
    page = browse(INSTRUCTOR, language)
    begin(page, language)
    area = page.locator("#text")
    expect(noted(page).locator("strong")).to_have_count(0)

    area.press("Control+End")
    page.get_by_role("button", name=say(language, "Ordering")).click()
    expect(shown(page).locator("[data-type=ordering]")).to_be_visible()
    area.press("Control+End")
    area.press_sequentially("\n## 没有答案的题\n")

    expect(noted(page)).to_contain_text(say(language, "This question has no answer lines."))
    expect(shown(page).locator("[data-type=ordering]")).to_be_visible()
    looks(page)
    page.locator("[name=publish]").click()
    expect(page.get_by_role("alert")).to_contain_text(say(language, "Mend the errors first."))
    line = noted(page).get_by_role("button").first
    line.click()
    chosen = area.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen == "## 没有答案的题"
    area.press("Delete")
    expect(noted(page).locator("strong")).to_have_count(0)
    page.locator("[name=message]").fill("第一版")
    page.locator("[name=publish]").click()
    expect(page.get_by_role("status")).to_contain_text(
        say(language, "Published as revision %(number)s.", number=1)
    )
    expect(page.locator("main table")).to_contain_text("第一版")


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
    expect(page.locator("[data-editor-state]")).to_contain_text("您已退出登录")

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


def test_a_case_is_a_map_that_leads_to_its_lines(browse, looks):
    page = browse(INSTRUCTOR)
    begin(page, kind="case", title="新案例")
    map_ = page.locator(".case-map-picture")
    expect(map_).to_be_visible()

    map_.get_by_text("结局:", exact=False).or_(map_.get_by_text("结局：", exact=False)).first.click()

    area = page.locator("#text")
    chosen = area.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen.startswith("## 结局")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(map_).to_be_hidden()
    page.locator(".case-map-list [data-line]").first.click()
    chosen = area.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen.startswith("## 情境")
    looks(page)
