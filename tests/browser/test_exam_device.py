"""What a device holds of an attempt: a copy to take away, several windows, the journal and its end."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.papers import (
    CHOICE,
    NUMBER,
    TRUTH,
    WORDS,
    WRITTEN,
    ask_now,
    attempt_of,
    begin,
    choose,
    expect_local,
    expect_saved,
    ready,
    saved_answers,
    wait_for_no_journal,
    write,
)
from tests.browser.people import sign_in, sign_out
from tests.browser.words import say

pytestmark = pytest.mark.browser

JOURNAL = """async () => {
    const [{ name }] = await indexedDB.databases();
    const database = await new Promise((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
    });
    const request = database.transaction("events").objectStore("events").getAll();
    return new Promise((resolve) => {
        request.onsuccess = () => { database.close(); resolve(request.result.map((row) => row.event)); };
    });
}"""

#: takes a window's turn, and never gives it back
HANG = """(name) => new Promise((held) => {
    navigator.locks.request(name, () => { held(); return new Promise(() => {}); });
})"""


def journals(page: Page) -> list[str]:
    """Return the journals that the device holds, by either of its two ways to tell."""
    names: list[str] = page.evaluate(
        """async () => [
            ...(await indexedDB.databases()).map(({ name }) => name),
            ...JSON.parse(localStorage.getItem("casehall-journals") ?? "[]"),
        ]"""
    )
    return names


def expect_no_journals(page: Page) -> None:
    """Wait until the device holds no journal any more."""
    wait_for_no_journal(page)
    assert journals(page) == []


def copy(page: Page):
    return page.locator("dialog[data-copy]")


# a copy to take away


def test_after_a_minute_in_vain_a_copy_is_offered(sitter, site, lost_faults, looks):
    page = sitter.page()
    address = begin(page, site)
    page.clock.install()
    offer = page.locator("[data-copy-offer]")
    page.context.set_offline(True)
    choose(page, CHOICE, 1)
    write(page, WRITTEN, WORDS)
    expect_local(page, CHOICE, WRITTEN)
    expect(offer).to_be_hidden()

    page.clock.run_for(62_000)
    offer.click()
    looks(page)
    with page.expect_download() as download:
        copy(page).get_by_role("link", name=say("zh", "Download the file")).click()

    assert re.fullmatch(r"casehall-\w+-\d{8}T\d{6}\.json", download.value.suggested_filename)
    told = json.loads(download.value.path().read_text())
    held = page.evaluate(JOURNAL)
    person = page.locator("form[data-person]").get_attribute("data-person")
    assert told | {"exported_at": ""} == {
        "v": 1,
        "attempt": attempt_of(address),
        "person": person,
        "exported_at": "",
        "events": held,
    }
    assert [event["item"] for event in held] == [CHOICE, WRITTEN]
    assert json.loads(copy(page).get_by_role("textbox").input_value()) == told
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told["exported_at"])


def test_a_copy_can_be_had_at_any_time_and_is_taken_by_the_server(sitter, site, lost_faults):
    page = sitter.page()
    address = begin(page, site)
    page.context.set_offline(True)
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)

    page.get_by_label(say("zh", "More about saving")).click()
    page.get_by_role("button", name=say("zh", "Keep what was not sent")).click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy(page).get_by_role("button", name=say("zh", "Copy the text")).click()
    expect(copy(page)).to_contain_text(say("zh", "Copied."))
    told = json.loads(page.evaluate("navigator.clipboard.readText()"))
    copy(page).get_by_role("button", name=say("zh", "Close")).click()

    # as the staff will do it: the same events by the same way; the page then sends them a second time
    other = sitter.page()
    other.goto(address)
    token = other.locator("meta[name='csrf-token']").get_attribute("content")
    answer = other.request.post(
        f"/attempts/{attempt_of(address)}/events",
        data={"events": told["events"]},
        headers={"X-CSRF-Token": str(token)},
    )
    assert [ack["status"] for ack in answer.json()["acks"]] == ["saved"]
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_saved(page, CHOICE)
    page.get_by_label(say("zh", "More about saving")).click()
    page.get_by_role("button", name=say("zh", "Keep what was not sent")).click()
    expect(copy(page)).to_contain_text(say("zh", "Everything is sent; there is nothing to keep."))
    expect(copy(page).get_by_role("link")).to_be_hidden()


# several windows


def test_a_window_that_hangs_with_its_turn_holds_up_no_other(sitter, site):
    page = sitter.page()
    address = begin(page, site)
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    turn = f"casehall-turn-/attempts/{attempt_of(address)}/events"
    other.evaluate(HANG, turn)

    choose(page, CHOICE, 1)

    expect_saved(page, CHOICE)
    held = page.evaluate("navigator.locks.query().then(({ held }) => held.map(({ name }) => name))")
    assert [name for name in held if name.startswith("casehall-turn-")] == [turn]


def test_on_plain_http_a_note_that_runs_out_takes_the_place_of_a_lock(
    site, browse_plainly, student, offline_faults
):
    page = browse_plainly(student)
    begin(page, site)
    turn = f"casehall-turn-/attempts/{attempt_of(page.url)}/events"
    # a window that died a moment ago
    page.evaluate("(name) => localStorage.setItem(name, `gone ${Date.now() + 4000}`)", turn)

    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    choose(page, TRUTH, 0)
    expect_saved(page, TRUTH)
    page.wait_for_function("(name) => localStorage.getItem(name) === null", arg=turn)

    page.context.set_offline(True)
    choose(page, CHOICE, 2)
    page.get_by_label(say("zh", "More about saving")).click()
    page.get_by_role("button", name=say("zh", "Keep what was not sent")).click()
    copy(page).get_by_role("button", name=say("zh", "Copy the text")).click()
    expect(copy(page)).to_contain_text(say("zh", "Copied."))


# the journal and its end


def test_the_journal_is_deleted_after_handing_in(sitter, site):
    page = sitter.page()
    address = begin(page, site)
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    assert len(journals(page)) == 2

    page.goto(f"{address}/review")
    page.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()

    expect(page.get_by_role("heading", name=say("zh", "Score"))).to_be_visible()
    expect(page.locator("[data-left-over]")).to_be_hidden()
    expect_no_journals(page)


def test_a_journal_that_another_window_deleted_is_made_anew(sitter, site, lost_faults):
    page = sitter.page()
    begin(page, site)
    page.context.set_offline(True)
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)

    page.evaluate(
        """async () => { for (const { name } of await indexedDB.databases()) await new Promise((resolve) => {
            indexedDB.deleteDatabase(name).onsuccess = resolve;
        }); }"""
    )
    write(page, NUMBER, "80")
    expect_local(page, NUMBER)

    assert [event["item"] for event in page.evaluate(JOURNAL)] == [CHOICE, NUMBER]


def test_a_browser_that_never_opens_a_journal_saves_all_the_same(sitter, site, lost_faults):
    page = sitter.page()
    page.add_init_script("IDBFactory.prototype.open = () => ({});")
    begin(page, site)

    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)

    page.context.set_offline(True)
    choose(page, CHOICE, 2)
    expect(page.locator("[data-save-state]")).to_have_text(
        say("zh", "Not sent yet: {n}. This browser keeps nothing: leave the page open.").replace("{n}", "1")
    )


@pytest.mark.usefixtures("lost_faults")
def test_signing_out_deletes_the_journal_or_says_what_it_still_holds(site, browse, student, looks):
    page = browse(student)
    address = begin(page, site)
    page.route("**/events", lambda route: route.abort())
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)

    sign_out(page)
    left = page.locator("[data-journals]")
    expect(left).to_contain_text(
        say(
            "zh",
            "On this device there are answers that did not reach the server. Whoever wrote them signs in"
            " here and opens the paper again: then they are sent.",
        )
    )
    looks(page)
    page.unroute("**/events")
    sign_in(page, student)
    page.goto(address)
    expect_saved(page, CHOICE)
    sign_out(page)

    expect_no_journals(page)
    expect(left).to_be_hidden()


def test_what_was_not_sent_before_the_end_is_kept_and_said_with_the_result(sitter, site, lost_faults, looks):
    page = sitter.page()
    address = begin(page, site)
    page.clock.install()
    page.context.set_offline(True)
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)
    other = sitter.page()
    other.goto(f"{address}/review")
    other.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()
    expect(other.get_by_role("heading", name=say("zh", "Score"))).to_be_visible()

    page.context.set_offline(False)
    ask_now(page)
    expect(page.locator("dialog[data-cover]").get_by_role("link")).to_be_visible()
    page.clock.run_for(6_000)

    expect(page.get_by_role("heading", name=say("zh", "Score"))).to_be_visible()
    left = page.locator("[data-left-over]")
    expect(left).to_contain_text("1")
    looks(page)
    left.get_by_role("button").click()
    told = json.loads(copy(page).get_by_role("textbox").input_value())
    assert [event["item"] for event in told["events"]] == [CHOICE]
    assert saved_answers(site, address) == {}


# before handing in


def test_before_handing_in_the_page_warns_of_what_is_on_this_device_only(sitter, site, lost_faults, looks):
    page = sitter.page()
    address = begin(page, site)
    page.route("**/events", lambda route: route.abort())
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)
    page.goto(f"{address}/review")
    warning = page.locator("[data-only-here]")
    expect(warning).to_contain_text("1")
    looks(page)

    page.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()
    sure = page.locator("dialog.confirm:not([data-copy])")
    expect(sure).to_contain_text("1")
    sure.get_by_role("button", name=say("zh", "Cancel")).click()
    page.unroute("**/events")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(warning).to_be_hidden()
    assert saved_answers(site, address) == {CHOICE: "2"}
    page.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()
    expect(page.get_by_role("heading", name=say("zh", "Score"))).to_be_visible()
