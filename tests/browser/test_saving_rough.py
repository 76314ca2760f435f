"""Saving where devices are old, slow or full, tabs are two, and learners are quicker than the page."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.answering import item_box
from tests.browser.browsing import crash
from tests.browser.papers import (
    CHOICE,
    WRITTEN,
    begin,
    choose,
    expect_local,
    expect_saved,
    ready,
    saved_answers,
    write,
)
from tests.browser.test_saving_earlier import (
    FILES,
    FULL_JOURNAL,
    SLOW_JOURNAL,
    begin_drill,
    files,
    files_that_count,
    give,
    lose,
    reconnect,
)
from tests.browser.words import say

pytestmark = pytest.mark.browser
#: what the journal holds is told when the test says so
SLOW_READING = """
const real = IDBObjectStore.prototype.getAll;
const told = new Promise((resolve) => addEventListener("journal-told", resolve, { once: true }));
IDBObjectStore.prototype.getAll = function (...given) {
  const late = {};
  const request = real.apply(this, given);
  const read = new Promise((resolve) => { request.onsuccess = resolve; });
  Promise.all([told, read]).then(() => { late.result = request.result; late.onsuccess?.(); });
  return late;
};"""
#: what is sent in the last moment of a page is lost
NO_LAST_REQUEST = """{
  const real = window.fetch;
  window.fetch = (address, options) =>
    options?.keepalive ? Promise.reject(new Error("lost")) : real(address, options);
}"""


@pytest.fixture(autouse=True)
def lost(lost_faults):
    """What is lost on purpose is no fault."""


def field(page: Page):
    return item_box(page, WRITTEN).get_by_role("textbox")


def run(page: Page, script: str) -> None:
    """Run in a page what is made to run before one; its last value is not called."""
    page.evaluate("() => {" + script + "}")


def test_no_button_of_the_form_replaces_what_its_learner_has_not_seen(site, browse, student):
    phone = browse(student)
    address = begin(phone, site)
    lose(phone)
    write(phone, WRITTEN, "手机上的第一稿")
    expect_local(phone, WRITTEN)
    crash(phone)
    computer = browse(student)
    computer.goto(address)
    ready(computer)
    write(computer, WRITTEN, "电脑上的定稿")
    expect_saved(computer, WRITTEN)
    phone.context.unroute("**/events")
    again = phone.context.new_page()
    again.goto(address)
    expect(item_box(again, WRITTEN).locator(".conflict")).to_be_visible()

    again.get_by_role("button", name=say("zh", "Check and hand in")).click()

    expect(again.get_by_role("heading", name=say("zh", "Check and hand in"))).to_be_visible()
    assert saved_answers(site, address)[WRITTEN] == "电脑上的定稿"


def test_who_types_before_the_page_is_ready_is_asked_about_what_was_left(site, browse, student):
    page = browse(student)
    begin(page, site)
    write(page, WRITTEN, "第一句")
    expect_saved(page, WRITTEN)
    lose(page)
    write(page, WRITTEN, "第一句，离线写的很长的一段")
    expect_local(page, WRITTEN)
    page.add_init_script(SLOW_JOURNAL)
    page.reload()
    expect(field(page)).to_have_value("第一句")

    field(page).press_sequentially("。")
    page.evaluate("dispatchEvent(new Event('journal-opens'))")
    ready(page)
    reconnect(page)

    expect(item_box(page, WRITTEN).locator(".conflict")).to_contain_text("离线写的很长的一段")


def test_who_types_into_a_page_made_too_early_is_asked_about_what_was_saved_since(site, browse, student):
    page = browse(student)
    address = begin(page, site)
    made_before = page.context.request.get(address).text()
    write(page, WRITTEN, "已经保存的一段")
    expect_saved(page, WRITTEN)
    page.route(address, lambda route: route.fulfill(body=made_before, content_type="text/html"))
    page.add_init_script(SLOW_JOURNAL)
    page.reload()

    field(page).press_sequentially("x")
    page.evaluate("dispatchEvent(new Event('journal-opens'))")

    expect(item_box(page, WRITTEN).locator(".conflict")).to_contain_text("已经保存的一段")
    assert saved_answers(site, address)[WRITTEN] == "已经保存的一段"


def test_words_of_a_moment_in_which_the_page_did_not_go_are_forgotten(site, browse, student):
    page = browse(student)
    address = begin(page, site)
    page.route("**/nothing", lambda route: route.fulfill(status=204))
    field(page).fill("旧的半句")
    with page.expect_response("**/events"), page.expect_request("**/nothing"):
        page.evaluate("() => { location.href = '/nothing'; }")
    expect_saved(page, WRITTEN)
    write(page, WRITTEN, "十分钟以后的定稿")
    expect_saved(page, WRITTEN)
    context = page.context
    crash(page)

    again = context.new_page()
    lose(again)
    again.goto(address)
    ready(again)

    expect(field(again)).to_have_value("十分钟以后的定稿")


def test_the_last_words_of_two_tabs_are_kept_beside_each_other(site, browse, student):
    first = browse(student)
    context = first.context
    context.add_init_script(FULL_JOURNAL)
    address = begin(first, site)
    second = context.new_page()
    second.goto(address)
    ready(second)
    context.set_offline(True)
    field(first).fill("第一个窗口最后的话")
    choose(second, CHOICE, 1)
    for page in (first, second):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    for page in (first, second):
        page.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    ready(again)

    expect_saved(again, CHOICE, WRITTEN)
    assert saved_answers(site, address)[WRITTEN] == "第一个窗口最后的话"


def test_who_reloads_twice_before_anything_is_kept_loses_nothing(site, browse, student):
    page = browse(student)
    page.on("dialog", lambda dialog: dialog.accept())
    address = begin(page, site)
    lose(page)
    run(page, FULL_JOURNAL)
    page.context.add_init_script(NO_LAST_REQUEST)
    run(page, NO_LAST_REQUEST)
    field(page).fill("最后的话")
    page.add_init_script(SLOW_READING)
    page.reload()

    page.reload()
    page.evaluate("dispatchEvent(new Event('journal-told'))")
    ready(page)
    reconnect(page)

    expect(field(page)).to_have_value("最后的话")
    expect_saved(page, WRITTEN)
    assert saved_answers(site, address)[WRITTEN] == "最后的话"


def test_a_browser_without_the_newest_of_everything_goes_on_after_a_reload(site, browse, student):
    page = browse(student)
    page.context.add_init_script("delete AbortSignal.timeout")
    address = begin(page, site)
    run(page, NO_LAST_REQUEST)
    lose(page)
    write(page, WRITTEN, "离线写的")
    expect_local(page, WRITTEN)

    page.reload()
    ready(page)
    reconnect(page)

    expect_saved(page, WRITTEN)
    choose(page, CHOICE, 2)
    expect_saved(page, CHOICE)
    assert saved_answers(site, address)[CHOICE] == "3"


def test_an_answer_that_is_heard_before_the_page_is_ready_stops_nothing(site, browse, student):
    page = browse(student)
    address = begin(page, site)
    page.add_init_script(SLOW_READING)
    page.reload()
    with page.expect_response("**/events"):
        choose(page, CHOICE, 0)

    page.evaluate("dispatchEvent(new Event('journal-told'))")
    ready(page)
    choose(page, CHOICE, 2)

    expect_saved(page, CHOICE)
    assert saved_answers(site, address)[CHOICE] == "3"


def test_a_time_zone_that_the_browser_does_not_know_stops_nothing(site, browse, student):
    page = browse(student)
    address = begin(page, site)

    def change_zone(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('data-zone="Asia/Shanghai"', 'data-zone="localtime"')
        route.fulfill(response=answer, body=body)

    page.route(address, change_zone)
    page.reload()
    ready(page)
    assert page.locator("html").get_attribute("data-zone") == "localtime"

    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    write(page, WRITTEN, "写")

    expect_saved(page, WRITTEN)


def test_files_are_listed_as_the_answer_lists_them_so_that_a_look_saves_nothing(site, browse, student):
    page = browse(student)
    address = begin_drill(page, site)
    give(page, "a.png", "teal")
    give(page, "b.png", "red")
    expect_saved(page, FILES)
    files(page).first.uncheck()
    expect_saved(page, FILES)
    page.reload()
    ready(page)
    with page.expect_response("**/events"):
        give(page, "a.png", "teal")
    order = files_that_count(site, address)

    page.reload()
    ready(page)

    assert [one.get_attribute("value") for one in files(page).all()] == order
    assert len(order) == 2


def test_the_page_before_handing_in_sends_words_that_were_left_in_the_last_moment(site, browse, student):
    page = browse(student)
    page.add_init_script(FULL_JOURNAL)
    context = page.context
    address = begin(page, site)
    context.set_offline(True)
    field(page).fill("最后一句离线写的话")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.close()

    context.set_offline(False)
    other = context.new_page()
    with other.expect_response("**/events"):
        other.goto(f"{address}/review")

    assert saved_answers(site, address)[WRITTEN] == "最后一句离线写的话"
