"""Answers are saved while they are written, whatever happens to the network, the tab or the session."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.answering import check, hand_in, item_box
from tests.browser.browsing import crash
from tests.browser.papers import (
    CHOICE,
    NUMBER,
    STATE,
    WORDS,
    WRITTEN,
    begin,
    choose,
    end_in,
    expect_local,
    expect_saved,
    mark,
    ready,
    write,
)
from tests.browser.site import QUIZ
from tests.browser.words import say

pytestmark = pytest.mark.browser
SCRIPTS = re.compile(r"/js/[^/]*\battempt\b[^/]*\.js$")


def shown(page: Page) -> dict[str, object]:
    """Return what the paper shows, as the server gives it anew."""
    page.reload()
    ready(page)
    return {
        "choice": item_box(page, CHOICE).locator("input:checked").get_attribute("value"),
        "words": item_box(page, WRITTEN).get_by_role("textbox").input_value(),
        "number": item_box(page, NUMBER).get_by_role("textbox").input_value(),
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_is_saved_by_itself(site, browse, student, looks, language):
    page = browse(student, language)
    begin(page, site)

    choose(page, CHOICE, 1)
    write(page, WRITTEN, WORDS)
    write(page, NUMBER, "80")
    expect_saved(page, CHOICE, WRITTEN, NUMBER, language=language)
    expect(page.locator("[data-save-state]")).to_have_text(say(language, "All answers are saved."))
    expect(page.locator(".item-jump .is-answered")).to_have_count(3)
    looks(page)

    assert shown(page) == {"choice": "2", "words": WORDS, "number": "80"}
    check(page, language)
    hand_in(page, language)


def test_a_page_that_was_made_before_the_last_words_shows_them_all_the_same(site, browse, student):
    page = browse(student)
    paper = begin(page, site)
    made_before = page.context.request.get(paper).text()
    write(page, WRITTEN, WORDS)
    expect_saved(page, WRITTEN)

    page.route(paper, lambda route: route.fulfill(body=made_before, content_type="text/html"))
    page.reload()
    ready(page)

    expect(item_box(page, WRITTEN).get_by_role("textbox")).to_have_value(WORDS)
    expect_saved(page, WRITTEN)
    expect(item_box(page, WRITTEN)).to_have_attribute("data-seq", "1")


def test_words_typed_a_moment_before_the_page_is_loaded_again_are_there(site, browse, student):
    page = browse(student)
    begin(page, site)
    field = item_box(page, WRITTEN).get_by_role("textbox")

    for words in ("第一稿", "第一稿，第二稿", "第一稿，第二稿，第三稿"):
        field.fill(words)
        page.reload()
        ready(page)
        expect(field).to_have_value(words)
    expect_saved(page, WRITTEN)
    expect(page.locator(".conflict")).to_have_count(0)


def test_an_answer_is_taken_back_by_itself_too(site, browse, student):
    page = browse(student)
    begin(page, site)
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)

    item_box(page, CHOICE).locator(".option-clear input").check()
    expect(page.locator(".item-jump .is-answered")).to_have_count(0)

    assert shown(page)["choice"] == ""


def test_ten_minutes_without_a_network_lose_nothing(site, browse, student, offline_faults):
    page = browse(student)
    page.clock.install()
    begin(page, site)
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)

    page.context.set_offline(True)
    choose(page, CHOICE, 2)
    write(page, WRITTEN, WORDS)
    page.clock.fast_forward("05:00")
    expect_local(page, CHOICE, WRITTEN)
    write(page, NUMBER, "80")
    page.clock.fast_forward("05:00")
    expect_local(page, CHOICE, WRITTEN, NUMBER)
    expect(page.locator("[data-save-state]")).to_contain_text("3")

    page.context.set_offline(False)
    page.clock.fast_forward("01:00")
    expect_saved(page, CHOICE, WRITTEN, NUMBER)

    assert shown(page) == {"choice": "3", "words": WORDS, "number": "80"}


def test_a_tab_that_died_without_a_network_comes_back_with_everything(site, browse, student, offline_faults):
    page = browse(student)
    address = begin(page, site)
    context: BrowserContext = page.context
    context.set_offline(True)
    choose(page, CHOICE, 1)
    write(page, WRITTEN, WORDS)
    expect_local(page, CHOICE, WRITTEN)

    crash(page)
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)

    expect_saved(again, CHOICE, WRITTEN)
    assert shown(again) == {"choice": "2", "words": WORDS, "number": ""}


@pytest.mark.parametrize("keeps_mine", [True, False])
def test_two_windows_that_disagree_are_shown_both_answers(site, browse, student, looks, keeps_mine):
    first = browse(student)
    address = begin(first, site)
    second = first.context.new_page()
    second.goto(address)
    ready(second)
    choose(first, CHOICE, 1)
    expect_saved(first, CHOICE)

    choose(second, CHOICE, 2)
    conflict = item_box(second, CHOICE).locator(".conflict")
    options = item_box(second, CHOICE).locator(".option-text")
    expect(conflict).to_contain_text(options.nth(1).inner_text())
    expect(conflict).to_contain_text(options.nth(2).inner_text())
    expect(mark(second, CHOICE)).to_have_text(say("zh", "Two answers: choose one"))
    expect(second.locator("[data-save-state]")).to_have_text(
        say("zh", "Not saved: {n}. Look at the questions that are marked.").replace("{n}", "1")
    )
    looks(second)
    conflict.get_by_role("button").nth(0 if keeps_mine else 1).click()

    expect_saved(second, CHOICE)
    assert shown(first)["choice"] == ("3" if keeps_mine else "2")
    assert shown(second)["choice"] == ("3" if keeps_mine else "2")


def test_on_a_second_device_the_answers_are_there(site, browse, student):
    first, second = browse(student), browse(student)
    address = begin(first, site)
    write(first, WRITTEN, WORDS)
    expect_saved(first, WRITTEN)

    second.goto(address)
    ready(second)
    write(second, NUMBER, "80")
    expect_saved(second, NUMBER)

    assert shown(first) == {"choice": "", "words": WORDS, "number": "80"}


def test_who_was_signed_out_signs_in_again_inside_the_page(site, browse, student, looks, faults):
    page = browse(student)
    begin(page, site)
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    other = page.context.new_page()
    other.goto("/")
    other.locator(".menu:has(.avatar) summary").click()
    other.locator("form[action='/logout'] button").click()
    expect(other.locator("[name=username], a[href*='/login']").first).to_be_visible()

    write(page, WRITTEN, WORDS)
    panel = page.locator("[data-signed-out]")
    expect(panel).to_be_visible()
    expect_local(page, WRITTEN)
    looks(page)
    panel.get_by_label(say("zh", "Password")).fill("not-this-one")
    panel.get_by_role("button").click()
    expect(panel.locator("[data-sign-in-state]")).not_to_be_empty()
    panel.get_by_label(say("zh", "Password")).fill(student.password)
    panel.get_by_label(say("zh", "Password")).press("Enter")

    expect(panel).to_be_hidden()
    expect_saved(page, WRITTEN)
    # the refusals that were asked for
    faults[:] = [fault for fault in faults if "status of 401" not in fault]
    assert shown(page) == {"choice": "2", "words": WORDS, "number": ""}


def test_going_on_waits_for_what_is_not_saved_yet(site, browse, student, offline_faults):
    page = browse(student)
    begin(page, site)
    page.context.set_offline(True)
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)

    page.get_by_role("button", name=say("zh", "Check and hand in")).click()
    page.context.set_offline(False)

    expect(page.get_by_role("heading", name=say("zh", "Check and hand in"))).to_be_visible()
    expect(page.locator("main .bar .num")).to_have_text(re.compile("^1 /"))


def test_saving_works_on_plain_http_under_a_name(site, browse_plainly, student):
    page = browse_plainly(student)
    begin(page, site)

    choose(page, CHOICE, 1)
    write(page, WRITTEN, WORDS)
    expect_saved(page, CHOICE, WRITTEN)

    assert shown(page) == {"choice": "2", "words": WORDS, "number": ""}


def test_what_was_chosen_before_the_page_was_ready_is_saved_too(site, browse, student):
    page = browse(student)
    page.goto(f"{site.course}/quizzes/{QUIZ}")
    # the page's script comes late
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route(SCRIPTS, hold)
    with page.expect_request(SCRIPTS):
        page.locator("form[action$='/start'] button").click(no_wait_after=True)
    choose(page, CHOICE, 1)

    late[0].continue_()

    ready(page)
    expect_saved(page, CHOICE)
    page.unroute(SCRIPTS)
    assert shown(page)["choice"] == "2"


def test_what_is_late_is_never_shown_as_saved_not_even_when_it_is_sent_again(site, browse, student, faults):
    page = browse(student)
    # the page does not hear of the end before the answer is chosen, nor in answer to what it asked before
    page.route(STATE, lambda route: route.abort())
    address = begin(page, site)
    end_in(site, address, -60)
    lost: list[int] = []

    def lose_first_answer(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    page.route("**/events", lose_first_answer)
    choose(page, CHOICE, 1)

    late = say("zh", "Arrived after the end; your instructor decides")
    expect(mark(page, CHOICE)).to_have_text(late)
    expect(page.locator("[data-save-state]")).not_to_have_text(say("zh", "All answers are saved."))
    assert lost == [200]
    faults[:] = [fault for fault in faults if "ERR_FAILED" not in fault]


def test_words_that_the_server_does_not_take_stay_on_the_device(site, browse, student, faults):
    page = browse(student)
    begin(page, site)
    page.route(
        "**/events", lambda route: route.fulfill(status=404, json={"error": "x", "message": "不在这里"})
    )
    write(page, WRITTEN, WORDS)
    expect(mark(page, WRITTEN)).to_have_text("不在这里")

    page.unroute("**/events")
    page.reload()

    expect_saved(page, WRITTEN)
    faults[:] = [fault for fault in faults if "status of 404" not in fault]
    assert shown(page)["words"] == WORDS


def test_what_is_taken_out_again_before_it_was_sent_leaves_the_marks_as_they_were(browse, site, sitter):
    page = sitter.page()
    page.clock.install()
    begin(page, site)
    expect(page.locator("[data-save-state]")).to_have_text(say("zh", "Answers are saved as you write."))
    field = item_box(page, WRITTEN).get_by_role("textbox")

    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    field.press_sequentially("门")
    expect(mark(page, WRITTEN)).to_have_text(say("zh", "Saving …"))
    field.press("Backspace")

    expect(mark(page, WRITTEN)).to_have_text("")
    expect(page.locator("[data-save-state]")).to_have_text(say("zh", "Answers are saved as you write."))
    write(page, WRITTEN, WORDS)
    expect_saved(page, WRITTEN)
    field.press("End")
    field.press_sequentially("门")
    field.press("Backspace")
    expect_saved(page, WRITTEN)
