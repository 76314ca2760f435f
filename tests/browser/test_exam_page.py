"""The time of an attempt on its page: what the page asks, the time left, pauses, words, the end."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.answering import item_box
from tests.browser.papers import (
    CHOICE,
    STATE,
    WORDS,
    WRITTEN,
    Sitter,
    ask_now,
    begin,
    choose,
    end_in,
    expect_saved,
    hear_all,
    ready,
    saved_answers,
    tell_more,
)
from tests.browser.words import say

pytestmark = pytest.mark.browser

MINUTE = 60
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def open_paper(sitter: Sitter, site):
    """Return what begins a new attempt, with so many seconds left, and shows its paper."""

    def show(seconds: float | None = None, language: str = "zh", **options) -> Page:
        page = sitter.page(language, **options)
        address = begin(page, site)
        if seconds is not None:
            end_in(site, address, seconds)
            page.reload()
            ready(page)
        return page

    return show


def timer(page: Page):
    return page.get_by_role("timer")


def expect_minutes(page: Page, *minutes: int) -> None:
    """Wait until so many whole minutes are left, or one of several numbers of them."""
    expect(timer(page)).to_contain_text(re.compile("|".join(rf"\b00:{one:02}:\d\d" for one in minutes)))


def cover(page: Page):
    return page.locator("dialog[data-cover]")


def expect_leaving(page: Page) -> None:
    """See that the page leaves for the result after a few seconds, and wait for where that leads."""
    with page.expect_request("**/result"), page.expect_navigation():
        page.clock.run_for(6_000)


def note_requests(page: Page, pattern: re.Pattern[str]) -> list[Request]:
    """Note from now on each time that the page asks for an address like this."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        if pattern.search(request.url):
            asked.append(request)

    page.on("request", note)
    return asked


def show_or_hide(page: Page, *, hidden: bool) -> None:
    """Let the page believe that somebody looks at it, or nobody."""
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


# what the page asks


def seconds_to_next(page: Page, asked: list[Request]) -> int:
    """Let the page's clock run until the page asks the next time, and hears the answer."""
    before = len(asked)
    for seconds in range(1, 60):
        page.clock.run_for(1_000)
        hear_all(page)
        if len(asked) > before:
            # what is asked later may be answered sooner
            answer = asked[-1].response()
            assert answer
            answer.finished()
            hear_all(page)
            return seconds
    raise AssertionError("the page does not ask any more")


def test_the_page_asks_about_every_ten_seconds_how_the_attempt_stands(sitter, site):
    page = sitter.page()
    page.clock.install()
    begin(page, site)
    asked = note_requests(page, STATE)
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)
    ask_now(page)

    seen = [seconds_to_next(page, asked) for _ in range(2)]
    show_or_hide(page, hidden=True)
    hidden = seconds_to_next(page, asked)

    assert all(8 <= seconds <= 13 for seconds in seen)
    assert 25 <= hidden <= 26


def test_the_page_asks_at_once_when_the_network_or_the_learner_is_back(open_paper):
    page = open_paper()

    with page.expect_response(STATE):
        page.evaluate("dispatchEvent(new Event('online'))")
    show_or_hide(page, hidden=True)
    with page.expect_response(STATE):
        show_or_hide(page, hidden=False)


def test_a_save_that_names_another_deadline_makes_the_page_ask(open_paper, site):
    page = open_paper(20 * MINUTE)
    end_in(site, page.url, 50 * MINUTE)

    choose(page, CHOICE, 1)

    expect_minutes(page, 49)
    expect(page.locator("[data-announce]")).to_have_text(say("zh", "{n} more minutes.").replace("{n}", "30"))


# the time left


@pytest.mark.parametrize("language", ["en"])
def test_extra_time_is_shown_and_said_without_reloading(open_paper, site, language):
    page = open_paper(20 * MINUTE, language, **PHONE)
    expect_minutes(page, 19)
    expect(timer(page)).to_be_in_viewport()

    end_in(site, page.url, 32 * MINUTE)
    ask_now(page)

    words = say(language, "{n} more minutes.").replace("{n}", "12")
    expect_minutes(page, 31)
    expect(page.locator("[data-announce]")).to_have_text(words)
    expect(page.locator("[data-timer-note]")).to_have_text(words)


def test_the_time_that_gets_short_is_said_once_and_looks_different(open_paper, site, looks):
    page = open_paper()
    said = page.locator("[data-announce]")
    page.clock.install()
    steps = [(600, "{n} minutes left.", "10"), (300, "{n} minutes left.", "5")]
    steps += [(60, "1 minute left.", ""), (30, "{n} seconds left.", "30")]

    for seconds, words, n in steps:
        end_in(site, page.url, seconds + 5)
        ask_now(page)
        expect(timer(page)).to_be_visible()
        page.clock.run_for(6_000)

        expect(said).to_have_text(say("zh", words).replace("{n}", n))
        expect(timer(page)).to_have_class(re.compile(r"\bis-last\b"))
        expect(timer(page).locator(".icon-warning")).to_be_visible()
    looks(page)

    end_in(site, page.url, 20 * MINUTE)
    ask_now(page)
    expect(timer(page)).not_to_have_class(re.compile(r"\bis-last\b"))
    expect(timer(page).locator(".icon-clock")).to_be_visible()


def test_a_device_whose_clock_is_a_day_wrong_shows_the_right_time(sitter, site):
    page = sitter.page()
    page.clock.install(time="2031-03-04T05:06:07")
    address = begin(page, site)
    end_in(site, address, 45 * MINUTE)

    page.reload()

    expect_minutes(page, 44)
    page.clock.set_system_time("1999-12-31T23:59:00")
    ask_now(page)
    expect_minutes(page, 44)


def test_an_attempt_without_a_deadline_has_no_timer(open_paper):
    page = open_paper()

    ask_now(page)

    expect(page.locator("[data-timer]")).to_be_hidden()


def test_without_a_script_the_page_tells_when_it_ends(open_paper, sitter):
    address = open_paper(20 * MINUTE).url

    page = sitter.page(java_script_enabled=False)
    page.goto(address)

    expect(timer(page)).to_contain_text(re.compile(r"\d\d:\d\d \(UTC"))
    expect(item_box(page, WRITTEN)).to_be_visible()
    expect(page.locator("button:visible", has_text=say("zh", "One question at a time"))).to_have_count(0)


# a pause, a word


def test_a_pause_covers_the_page_and_the_time_stands_still(open_paper, site, looks):
    page = open_paper(20 * MINUTE)
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    page.clock.install()
    tell_more(page, paused=True)

    ask_now(page)
    expect(cover(page)).to_contain_text(say("zh", "The exam is paused"))
    expect(cover(page)).to_contain_text(say("zh", "All answers are saved."))
    assert page.evaluate("document.elementFromPoint(300, 400).closest('dialog') !== null")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(cover(page)).to_be_visible()
    left = page.locator("[data-timer-value]").text_content()
    page.clock.run_for(3_000)
    assert page.locator("[data-timer-value]").text_content() == left
    looks(page)

    tell_more(page, paused=False)
    ask_now(page)
    expect(cover(page)).to_be_hidden()
    expect(page.locator("[data-announce]")).to_contain_text(
        say("zh", "The exam goes on. Time left: {time}").replace("{time}", "")
    )
    # it was saved before: what is waited for is that the new answer was
    with page.expect_response("**/events") as saved:
        choose(page, CHOICE, 2)
    assert [one["status"] for one in saved.value.json()["acks"]] == ["saved"]
    expect_saved(page, CHOICE)
    assert saved_answers(site, page.url)[CHOICE] == "3"


def test_a_word_from_the_staff_is_shown_until_it_is_read(open_paper, looks):
    page = open_paper(20 * MINUTE)
    word = page.locator("[data-message]")
    tell_more(page, message="第 3 题的图以黑板上的为准。")

    ask_now(page)
    expect(word).to_contain_text("第 3 题的图以黑板上的为准。")
    looks(page)
    word.get_by_role("button").click()
    ask_now(page)
    expect(word).to_be_hidden()

    tell_more(page, message="还有一处更正。")
    ask_now(page)
    expect(word).to_contain_text("还有一处更正。")


# the end


def test_the_last_words_are_saved_before_the_page_leaves(open_paper, site, looks):
    page = open_paper(5)
    address = page.url
    page.clock.install()

    item_box(page, WRITTEN).get_by_role("textbox").press_sequentially(WORDS)
    expect(cover(page)).to_contain_text(say("zh", "Time is over"))
    expect(cover(page).get_by_role("link")).to_be_visible()
    looks(page)

    expect_leaving(page)
    assert saved_answers(site, address)[WRITTEN] == WORDS


def test_without_a_network_at_the_end_the_page_stays_until_all_is_sent(open_paper, site, lost_faults):
    page = open_paper(4)
    address = page.url
    page.clock.install()
    page.context.set_offline(True)
    choose(page, CHOICE, 1)

    expect(cover(page).locator("[data-cover-state]")).to_contain_text("1")
    expect(cover(page).get_by_role("button", name=say("zh", "Keep a copy"))).to_be_visible()
    expect(cover(page).get_by_role("link")).to_be_hidden()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(cover(page).get_by_role("link")).to_be_visible()

    expect_leaving(page)
    assert saved_answers(site, address) == {CHOICE: "2"}


def test_what_comes_after_the_grace_is_said_to_be_late(open_paper, site, lost_faults):
    page = open_paper(20 * MINUTE)
    page.route("**/events", lambda route: route.abort())
    choose(page, CHOICE, 1)
    end_in(site, page.url, -MINUTE)
    page.unroute("**/events")

    ask_now(page)

    late = say("zh", "Answers that arrived after the end: {n}. Your instructor decides.")
    expect(cover(page)).to_contain_text(late.replace("{n}", "1"))


def test_more_time_after_the_end_lets_the_learner_go_on(open_paper, site):
    page = open_paper(20 * MINUTE)
    page.clock.install()
    end_in(site, page.url, -1)
    ask_now(page)
    expect(cover(page)).to_contain_text(say("zh", "Time is over"))

    end_in(site, page.url, 5 * MINUTE)
    ask_now(page)

    expect(cover(page)).to_be_hidden()
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)


def test_who_is_sent_back_after_the_end_is_not_sent_round_in_circles(open_paper, site):
    page = open_paper(20 * MINUTE)
    page.clock.install()
    # the server still takes answers for a while, and shows no result
    end_in(site, page.url, -1)
    with page.expect_navigation(url="**/attempts/*"):
        ask_now(page)
        expect(cover(page)).to_be_visible()
        page.clock.run_for(6_000)
    ready(page)
    leavings = note_requests(page, re.compile("/result$"))

    expect(cover(page).get_by_role("link", name=say("zh", "Go to the result page"))).to_be_visible()
    page.clock.run_for(20_000)

    assert leavings == []


@pytest.mark.parametrize("handed_in", [True, False], ids=["by the learner", "by the staff"])
def test_an_attempt_that_ended_elsewhere_leaves_for_its_result(open_paper, sitter, site, handed_in):
    page = open_paper(20 * MINUTE)
    page.clock.install()
    if handed_in:
        other = sitter.page()
        other.goto(f"{page.url}/review")
        other.get_by_role("button", name=say("zh", "Hand in"), exact=True).click()
        expect(other.get_by_role("heading", name=say("zh", "Score"))).to_be_visible()
    else:
        tell_more(page, state="scored")

    ask_now(page)

    expect(cover(page)).to_contain_text(say("zh", "This attempt is handed in"))
    expect_leaving(page)


def test_time_runs_out_on_the_page_before_handing_in_too(open_paper, site):
    page = open_paper(20 * MINUTE)
    page.goto(f"{page.url}/review")
    expect_minutes(page, 19, 20)

    page.clock.install()
    end_in(site, page.url, 2)
    ask_now(page)

    expect(cover(page)).to_contain_text(say("zh", "Time is over"))
    expect_leaving(page)


@pytest.mark.usefixtures("lost_faults")
def test_who_was_signed_out_when_time_is_over_signs_in_on_the_cover(browse, student, site, looks):
    page = browse(student)
    address = begin(page, site)
    end_in(site, address, 5)
    page.reload()
    ready(page)
    page.clock.install()
    page.context.clear_cookies()
    choose(page, CHOICE, 1)

    panel = cover(page).locator("[data-signed-out]")
    expect(panel).to_be_visible()
    looks(page)
    panel.get_by_label(say("zh", "Password")).fill(student.password)
    panel.get_by_label(say("zh", "Password")).press("Enter")

    expect(cover(page).get_by_role("link")).to_be_visible()
    assert saved_answers(site, address) == {CHOICE: "2"}
    expect_leaving(page)
