"""What one page left behind is taken up by the next: in order, under one name, and with honest marks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.answering import item_box
from tests.browser.browsing import crash
from tests.browser.papers import CHOICE, WORDS, begin, choose, expect_local, expect_saved, ready, write

pytestmark = pytest.mark.browser


def shown(page: Page) -> str | None:
    """Return the option that the paper shows as chosen, as the server gives it anew."""
    page.reload()
    ready(page)
    return item_box(page, CHOICE).locator("input:checked").get_attribute("value")


@pytest.fixture(autouse=True)
def lost(faults: list[str]) -> Iterator[None]:
    """The answers that were lost on purpose are no faults."""
    yield
    faults[:] = [fault for fault in faults if "ERR_FAILED" not in fault]


def lose(route: Route) -> None:
    """Let the server have what is sent, and lose its answer."""
    route.fetch()
    route.abort()


def test_an_old_answer_that_the_device_could_not_forget_gives_way_to_the_newer(site, browse, student):
    page = browse(student)
    begin(page, site)
    page.evaluate(
        "() => { const real = IDBCursor.prototype.delete;"
        "IDBCursor.prototype.delete = function () { if (this.value.event.n !== 1) real.call(this); }; }"
    )
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    choose(page, CHOICE, 2)
    expect_saved(page, CHOICE)
    page.evaluate("localStorage.clear()")
    # the last words say nothing of it
    page.evaluate("Storage.prototype.setItem = () => {}")

    page.reload()
    ready(page)

    expect_saved(page, CHOICE)
    expect(item_box(page, CHOICE).locator("input:checked")).to_have_value("3")
    expect(page.locator(".conflict")).to_have_count(0)


def test_an_item_that_is_settled_hears_again_of_its_answer_and_holds_up_no_other(site, browse, student):
    page = browse(student)
    page.goto(f"{site.course}/quizzes/service-drill")
    page.locator("#behaviour-tries").check()
    page.locator("main form[action$='/start'] button").click()
    ready(page)
    page.evaluate("IDBCursor.prototype.delete = () => {}")
    choose(page, "door", 1)
    expect_saved(page, "door")
    write(page, "why", WORDS)
    expect_saved(page, "why")

    item_box(page, "door").locator("button[name=check]").click()
    ready(page)

    expect(item_box(page, "door").locator(".verdict")).to_be_visible()
    expect_saved(page, "door", "why")


def test_a_conflict_of_which_the_window_never_heard_is_asked_in_the_next(site, browse, student):
    first = browse(student)
    address = begin(first, site)
    second = first.context.new_page()
    second.goto(address)
    ready(second)
    choose(first, CHOICE, 1)
    expect_saved(first, CHOICE)
    second.route("**/events", lose)
    choose(second, CHOICE, 2)
    expect_local(second, CHOICE)

    second.close()
    again = first.context.new_page()
    again.goto(address)

    expect(item_box(again, CHOICE).locator(".conflict")).to_be_visible()
    item_box(again, CHOICE).locator(".conflict").get_by_role("button").first.click()
    expect_saved(again, CHOICE)
    assert shown(again) == "3"


@pytest.mark.parametrize("way", ["browse", "browse_plainly"])
def test_what_is_written_after_a_reload_follows_what_was_written_before(site, student, way, request):
    page = request.getfixturevalue(way)(student)
    begin(page, site)
    page.route("**/events", lambda route: route.abort())
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)
    page.reload()
    ready(page)
    choose(page, CHOICE, 2)
    expect_local(page, CHOICE)

    page.unroute("**/events")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect_saved(page, CHOICE)
    expect(page.locator(".conflict")).to_have_count(0)
    assert shown(page) == "3"


def test_what_is_written_after_a_tab_died_follows_what_was_written_before(site, browse, student):
    page = browse(student)
    address = begin(page, site)
    context = page.context
    context.route("**/events", lambda route: route.abort())
    choose(page, CHOICE, 1)
    expect_local(page, CHOICE)
    crash(page)
    again = context.new_page()
    again.goto(address)
    ready(again)
    choose(again, CHOICE, 2)
    expect_local(again, CHOICE)

    context.unroute("**/events")

    expect_saved(again, CHOICE)
    expect(again.locator(".conflict")).to_have_count(0)
    assert shown(again) == "3"


def test_a_window_that_lives_keeps_its_name(site, browse, student):
    first = browse(student)
    address = begin(first, site)
    first.route("**/events", lambda route: route.abort())
    choose(first, CHOICE, 1)
    expect_local(first, CHOICE)
    second = first.context.new_page()
    second.goto(address)
    ready(second)
    expect_saved(second, CHOICE)

    with second.expect_request("**/events") as sent:
        choose(second, CHOICE, 2)
    events = sent.value.post_data_json["events"]
    with first.expect_request("**/events") as other:
        first.evaluate("dispatchEvent(new Event('focus'))")

    assert events[0]["client"] != other.value.post_data_json["events"][0]["client"]


def test_a_page_that_did_not_go_after_all_leaves_no_old_number_behind(site, browse, student):
    page = browse(student)
    page.clock.install()
    begin(page, site)
    choose(page, CHOICE, 1)
    expect_saved(page, CHOICE)
    page.route("**/nothing", lambda route: route.fulfill(status=204))
    with page.expect_request("**/nothing"):
        page.evaluate("() => { location.href = '/nothing'; }")
    for place in (2, 1, 2, 1):
        with page.expect_response("**/events"):
            choose(page, CHOICE, place)
    expect_saved(page, CHOICE)
    # the last answer is no last word any more
    page.clock.fast_forward("00:30")
    page.reload()
    ready(page)

    with page.expect_response("**/events"):
        choose(page, CHOICE, 2)

    expect_saved(page, CHOICE)
    assert shown(page) == "3"


@pytest.mark.parametrize("way", ["browse", "browse_plainly"])
def test_two_windows_never_answer_in_one_name(site, student, way, request):
    first = request.getfixturevalue(way)(student)
    address = begin(first, site)
    choose(first, CHOICE, 1)
    expect_saved(first, CHOICE)
    first.evaluate("dispatchEvent(new Event('beforeunload'))")
    kept = first.evaluate("sessionStorage.getItem('casehall-window')")
    second = first.context.new_page()
    second.goto("/healthz")
    second.evaluate("name => sessionStorage.setItem('casehall-window', name)", kept)
    second.goto(address)
    ready(second)

    names = []
    for page, place in ((second, 2), (first, 3)):
        with page.expect_request("**/events") as sent:
            choose(page, CHOICE, place)
        names.append(sent.value.post_data_json["events"][-1]["client"])

    assert kept == names[1] != names[0]
