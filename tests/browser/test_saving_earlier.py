"""What earlier pages left hides no newer answer, empties no field, and does not stay on the device."""

import json

import pytest
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.browser.answering import check, hand_in, item_box
from tests.browser.browsing import crash, wait_until_gone
from tests.browser.papers import (
    CHOICE,
    WRITTEN,
    begin,
    choose,
    end_in,
    expect_local,
    expect_saved,
    ready,
    saved_answers,
    write,
)
from tests.browser.people import sign_out
from tests.browser.words import say
from tests.support.pictures import picture

pytestmark = pytest.mark.browser
DRILL, FILES = "service-drill", "chart"
#: the device opens its journal when it is told to
SLOW_JOURNAL = """
const real = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  const late = {};
  addEventListener("journal-opens", () => {
    const request = real.apply(this, given);
    for (const name of ["onupgradeneeded", "onsuccess", "onerror", "onblocked"]) {
      request[name] = (event) => { late.result = request.result; late[name]?.(event); };
    }
  }, { once: true });
  return late;
};"""
FULL_JOURNAL = """IDBObjectStore.prototype.add = function () {
  this.transaction.abort();
  throw new DOMException("full", "QuotaExceededError");
};"""


def begin_drill(page: Page, site) -> str:
    page.goto(f"{site.course}/quizzes/{DRILL}")
    page.locator("main form[action$='/start'] button").click()
    ready(page)
    return page.url


def give(page: Page, name: str, colour: str) -> None:
    """Hand a file in; go on when the page says that it was received."""
    file = FilePayload(name=name, mimeType="image/png", buffer=picture(colour=colour))
    item_box(page, FILES).locator("input[type=file]").set_input_files(file)
    received = say("zh", "{name} was received; it is part of your answer.").replace("{name}", name)
    expect(item_box(page, FILES).locator("[data-upload-state]")).to_have_text(received)


def files(page: Page) -> Locator:
    return item_box(page, FILES).locator("input[type=checkbox]:checked")


def files_that_count(site, address: str) -> list[str]:
    found: list[str] = json.loads(saved_answers(site, address)[FILES])
    return found


def reconnect(page: Page) -> None:
    page.context.unroute("**/events")
    page.evaluate("dispatchEvent(new Event('online'))")


def lose(page: Page) -> None:
    page.context.route("**/events", lambda route: route.abort())


def test_a_file_whose_answer_waits_stays_in_it_over_a_reload(site, browse, student, lost_faults):
    page = browse(student)
    address = begin_drill(page, site)
    give(page, "a.png", "teal")
    expect_saved(page, FILES)
    lose(page)
    give(page, "b.png", "red")
    expect_local(page, FILES)

    page.reload()
    ready(page)
    reconnect(page)

    expect_saved(page, FILES)
    expect(item_box(page, FILES).locator(".file-list")).to_contain_text("b.png")
    expect(files(page)).to_have_count(2)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect_saved(page, FILES)
    assert len(files_that_count(site, address)) == 2


def test_the_first_file_waits_over_a_reload_and_the_next_joins_it(site, browse, student, lost_faults):
    page = browse(student)
    address = begin_drill(page, site)
    lose(page)
    give(page, "a.png", "teal")
    expect_local(page, FILES)
    page.reload()
    ready(page)
    reconnect(page)
    expect_saved(page, FILES)

    with page.expect_response("**/events"):
        give(page, "b.png", "red")

    expect_saved(page, FILES)
    assert len(files_that_count(site, address)) == 2


@pytest.mark.parametrize("is_mine", [True, False])
def test_of_two_windows_files_those_count_that_the_learner_chooses(site, browse, student, is_mine):
    first = browse(student)
    address = begin_drill(first, site)
    second = first.context.new_page()
    second.goto(address)
    ready(second)
    give(first, "a.png", "teal")
    expect_saved(first, FILES)
    give(second, "b.png", "red")
    box = item_box(second, FILES).locator(".conflict")
    expect(box).not_to_contain_text(say("zh", "Not answered"))

    box.get_by_role("button").nth(0 if is_mine else 1).click()

    expect_saved(second, FILES)
    expect(files(second)).to_have_count(1)
    second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect_saved(second, FILES)
    wanted = item_box(second if is_mine else first, FILES).locator("input[type=checkbox]").first
    assert files_that_count(site, address) == [wanted.get_attribute("value")]


@pytest.mark.parametrize("has_arrived", [True, False])
def test_an_answer_of_another_device_is_never_replaced_unseen(
    site, browse, student, lost_faults, has_arrived
):
    phone = browse(student)
    address = begin(phone, site)
    lose(phone)
    write(phone, WRITTEN, "手机上的第一稿")
    expect_local(phone, WRITTEN)
    if has_arrived:
        phone.close()
    else:
        crash(phone)
    computer = browse(student)
    computer.goto(address)
    ready(computer)
    write(computer, WRITTEN, "电脑上的定稿")
    expect_saved(computer, WRITTEN)

    again = phone.context.new_page()
    again.goto(address)
    ready(again)
    write(again, WRITTEN, "手机上的第一稿！")
    expect_local(again, WRITTEN)
    reconnect(again)

    box = item_box(again, WRITTEN).locator(".conflict")
    expect(box).to_contain_text("电脑上的定稿")
    assert saved_answers(site, address)[WRITTEN] == "电脑上的定稿"
    box.get_by_role("button").first.click()
    expect_saved(again, WRITTEN)
    assert saved_answers(site, address)[WRITTEN] == "手机上的第一稿！"


def test_what_is_given_while_the_page_gets_ready_is_newer_than_what_it_left(
    site, browse, student, lost_faults
):
    page = browse(student)
    address = begin(page, site)
    choose(page, CHOICE, 0)
    write(page, WRITTEN, "一句话")
    expect_saved(page, CHOICE, WRITTEN)
    page.add_init_script(SLOW_JOURNAL)
    page.reload()

    choose(page, CHOICE, 2)
    write(page, WRITTEN, "一句话，再来一句")
    page.evaluate("dispatchEvent(new Event('journal-opens'))")
    ready(page)

    expect_saved(page, CHOICE, WRITTEN)
    expect(item_box(page, WRITTEN).get_by_role("textbox")).to_have_value("一句话，再来一句")
    saved = saved_answers(site, address)
    assert (saved[CHOICE], saved[WRITTEN]) == ("3", "一句话，再来一句")


def test_what_was_saved_a_moment_ago_is_shown_as_saved_by_the_next_page_too(site, browse, student):
    page = browse(student)
    begin(page, site)
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)

    page.reload()
    ready(page)

    expect_saved(page, CHOICE)


def test_a_page_that_comes_back_from_memory_leaves_no_old_words_behind(site, browse, student, lost_faults):
    page = browse(student)
    begin(page, site)
    box = item_box(page, WRITTEN).get_by_role("textbox")
    box.fill("一句话")
    with page.expect_event("domcontentloaded"):
        page.evaluate("""() => {
            dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
            dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }""")
    ready(page)
    expect(box).to_have_value("一句话")
    write(page, WRITTEN, "一句话，和十分钟的工作")
    expect_saved(page, WRITTEN)

    page.reload()
    ready(page)

    expect(box).to_have_value("一句话，和十分钟的工作")
    expect(page.locator(".conflict")).to_have_count(0)


def test_after_handing_in_nothing_that_was_written_stays_on_the_device(site, browse, student):
    page = browse(student)
    begin(page, site)
    write(page, WRITTEN, "不该让下一个人读到的话")
    expect_saved(page, WRITTEN)
    check(page, "zh")
    hand_in(page, "zh")

    wait_until_gone(page, "casehall-last-")

    assert "不该" not in page.evaluate("JSON.stringify(localStorage)")


def test_after_signing_out_nothing_that_the_server_has_stays_on_the_device(site, browse, student):
    page = browse(student)
    begin(page, site)
    write(page, WRITTEN, "不该让下一个人读到的话")
    expect_saved(page, WRITTEN)
    page.goto("/")

    sign_out(page)
    page.goto("/login")

    wait_until_gone(page, "casehall-last-")


def test_last_words_are_sent_after_the_end_too(site, sitter, lost_faults):
    page = sitter.page()
    page.add_init_script(FULL_JOURNAL)
    address = begin(page, site)
    page.context.set_offline(True)
    item_box(page, WRITTEN).get_by_role("textbox").fill("最后一分钟写的")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    end_in(site, address, -60)
    # a page that is closed says its last words once more
    crash(page)

    page.context.set_offline(False)
    other = page.context.new_page()
    heard: list[str] = []

    def listen(route: Route) -> None:
        answer = route.fetch()
        heard.extend(ack["status"] for ack in answer.json()["acks"])
        route.fulfill(response=answer)

    other.route("**/events", listen)
    with other.expect_response("**/events"):
        other.goto(address)

    assert heard == ["late"]
