"""A real exam on its page: what the staff do arrives there, and the attempt may move to another device."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import check
from tests.browser.papers import (
    CHOICE,
    TRUTH,
    Sitter,
    ask_now,
    attempt_of,
    change,
    choose,
    expect_saved,
    mark,
    ready,
    tell_more,
    wait_for_no_journal,
)
from tests.browser.site import COURSE, QUIZ, Site, ask
from tests.browser.words import say

pytestmark = pytest.mark.browser


@pytest.fixture
def exam(site: Site, sitter: Sitter) -> str:
    """Set a mock exam of an hour, open now; return its public id."""
    told = ask(site, "exams", "create", f"{COURSE}/{QUIZ}", "--minutes", "60", "--kind", "mock", "--json")
    public_id: str = json.loads(told)["public_id"]
    return public_id


def enter(page: Page, exam: str) -> None:
    """Begin an exam, or go on with it on this device."""
    page.goto(f"/exams/{exam}")
    honour = page.get_by_role("checkbox")
    if honour.count():
        honour.check()
    page.locator("form[action$='/start'] button").click()
    ready(page)


def timer(page: Page):
    return page.get_by_role("timer")


def cover(page: Page):
    return page.locator("dialog[data-cover]")


def test_what_the_staff_do_arrives_and_the_journal_goes_with_the_hand_in(sitter, site, exam):
    page = sitter.page()
    enter(page, exam)
    expect(timer(page)).to_contain_text(re.compile(r"00:59:|01:00:00"))

    ask(site, "exams", "extend", exam, "--minutes", "12", "--reason", "空调停了")
    ask_now(page)
    expect(timer(page)).to_contain_text(re.compile(r"01:1[12]:"))
    expect(page.locator("[data-announce]")).to_have_text(say("zh", "{n} more minutes.").replace("{n}", "12"))

    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    check(page, "zh")
    page.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()
    expect(page.get_by_role("heading", name=say("zh", "Your hand-in"))).to_be_visible()
    wait_for_no_journal(page)


def test_who_is_too_early_to_hand_in_waits_and_sees_how_long(sitter, site, exam, looks):
    change(site, "UPDATE exam SET earliest_minutes = 30 WHERE public_id = ?", exam)
    page = sitter.page()
    enter(page, exam)
    page.goto(f"{page.url}/review")
    button = page.get_by_role("button", name=say("zh", "Hand in"), exact=True)
    expect(button).to_be_disabled()
    expect(page.locator("[data-too-early]")).to_contain_text(re.compile(r"00:(29:\d\d|30:00)"))
    looks(page)

    # half an hour passes, for the server and by what it tells
    began = datetime.now(UTC) - timedelta(minutes=31)
    change(
        site,
        "UPDATE attempt SET started_at = ? WHERE public_id = ?",
        began.strftime("%Y-%m-%d %H:%M:%S.%f"),
        attempt_of(page.url),
    )
    tell_more(page, now=(datetime.now(UTC) + timedelta(minutes=31)).isoformat(timespec="milliseconds"))
    ask_now(page)

    expect(button).to_be_enabled()
    expect(page.locator("[data-too-early]")).to_be_hidden()
    button.click()
    expect(page.get_by_role("heading", name=say("zh", "Your hand-in"))).to_be_visible()


@pytest.mark.usefixtures("lost_faults")
def test_an_exam_that_moved_to_another_device_comes_back_whole(browse, student, site, exam, looks):
    change(site, "UPDATE exam SET devices = 'newest' WHERE public_id = ?", exam)
    page, other = browse(student), browse(student)
    enter(page, exam)
    address = page.url
    enter(other, exam)

    choose(page, CHOICE, 1)
    expect(cover(page)).to_contain_text(say("zh", "Open on another device"))
    expect(cover(page)).to_contain_text(
        say("zh", "Answers that are kept on this device only: {n}").replace("{n}", "1")
    )
    looks(page)
    choose(other, TRUTH, 0)
    expect_saved(other, TRUTH)

    second = page.context.new_page()
    enter(second, exam)
    expect_saved(second, CHOICE)
    ask_now(page)
    expect(cover(page)).to_be_hidden()
    expect_saved(page, CHOICE)
    assert second.url == address
    expect(mark(page, TRUTH)).to_be_empty()
