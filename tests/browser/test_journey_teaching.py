"""The instructor's journey: see what a student did, help them in, record what was taught."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import choose_password, sign_in, switch_language
from tests.browser.site import CASE, INSTRUCTOR, Person, enrol_student
from tests.browser.tour_files import SOUND
from tests.browser.walking import begin_case, walk_to_the_end
from tests.browser.words import say
from tests.support.people import shown_password

pytestmark = pytest.mark.browser

NEW = "the-second-car-door"


def open_matrix(page: Page) -> None:
    """Go from the front page to the cohort matrix."""
    page.goto("/teach/")
    page.locator("main .card-link").first.click()
    expect(page.locator(".matrix")).to_be_visible()


def row_of(page: Page, person: Person):
    """Return a student's line in the matrix."""
    return page.locator(".matrix tbody tr").filter(has_text=person.login)


def open_record(page: Page, person: Person) -> None:
    """Follow a student's name in the matrix."""
    row_of(page, person).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(person.name)


def test_the_instructor_sees_the_decisions_the_reason_and_the_moved_cell(site, browse, looks, student):
    begin_case(page := browse(student), f"{site.course}/cases/{CASE}")
    walk_to_the_end(page)
    teaching = browse(INSTRUCTOR)
    open_matrix(teaching)
    cells = row_of(teaching, student).get_by_role("cell")
    expect(cells.nth(2)).to_contain_text("0/3")
    expect(cells.nth(2)).to_contain_text("已开始")

    open_record(teaching, student)
    expect(teaching.locator("section:has(#walks)")).to_contain_text("11 / 16")
    looks(teaching)
    open_matrix(teaching)
    teaching.get_by_role("link", name="先开哪一扇车门").click()

    report = teaching.locator(".twigs").first
    expect(report).to_contain_text("后排右门")
    expect(report.locator(".reasons").first).to_contain_text("后排是上座")
    looks(teaching)


def test_a_forgotten_password_is_replaced_by_the_instructor_and_then_by_the_student(
    site, browse, looks, student
):
    teaching = browse(INSTRUCTOR)
    open_matrix(teaching)
    open_record(teaching, student)
    teaching.get_by_role("button", name="签发一次性密码").click()
    dialog = teaching.get_by_role("dialog")
    expect(dialog).to_contain_text(student.name)
    looks(teaching)
    dialog.get_by_role("button", name="签发一次性密码").click()
    code = teaching.locator(".one-time-password")
    expect(code).to_be_visible()
    looks(teaching)
    one_time = shown_password(code.inner_text())

    page = browse()
    sign_in(page, student, one_time)
    expect(page).to_have_url(re.compile("/password"))
    page.goto(site.course)
    expect(page).to_have_url(re.compile("/password"))
    choose_password(page, one_time, NEW)
    page.goto(site.course)

    expect(page.locator("#general")).to_be_visible()
    sign_in(browse(), student, NEW)


def test_class_hours_that_were_held_stand_in_the_tracker(site, browse, looks, student):
    teaching = browse(INSTRUCTOR)
    open_matrix(teaching)
    teaching.get_by_role("link", name="学时", exact=True).click()

    teaching.get_by_label("模块").select_option(label="联检服务")
    teaching.get_by_label("已授学时").fill("1.5")
    teaching.get_by_label("授课日期").fill("2026-03-02")
    teaching.get_by_role("button", name="记录", exact=True).click()
    expect(teaching.get_by_role("row").filter(has_text="联检服务")).to_contain_text("1.5")
    looks(teaching)

    page = browse(student)
    page.goto(site.course)
    delivered = page.locator("#joint-inspection .hours div").filter(has_text="已授")
    expect(delivered).to_contain_text("1.5")

    teaching.get_by_role("row").filter(has_text="联检服务").get_by_role("button").click()
    expect(teaching.get_by_role("row").filter(has_text="联检服务")).to_have_count(0)
    page.reload()
    expect(delivered).to_contain_text(re.compile(r"\D0\D"))


def test_the_instructor_works_in_english_too(site, browse):
    hidden = enrol_student(site, "Hà")
    page = browse(INSTRUCTOR)
    open_matrix(page)

    switch_language(page)

    expect(page.get_by_role("link", name=say("en", "Class hours"))).to_be_visible()
    expect(row_of(page, hidden).get_by_role("cell").nth(2)).to_contain_text(say("en", "not begun"))


LOADED = """(sound) => new Promise((done, failed) => {
    sound.onloadedmetadata = () => done([sound.duration, sound.seekable.end(0)]);
    sound.onerror = () => failed(new Error(sound.error.message));
    sound.preload = "metadata";
})"""


def test_a_file_is_sent_again_after_the_connection_broke_and_plays_on_the_course_page(
    site, browse, looks, student, offline_faults
):
    page = browse(INSTRUCTOR)
    open_matrix(page)
    page.locator(".tabs a[href$='/files']").click()
    form = page.locator("form[data-send-file]")
    form.locator("#file").set_input_files({"name": "听力.wav", "mimeType": "", "buffer": SOUND + b"\0\0"})
    page.context.set_offline(True)
    form.locator("button").click()
    expect(form.locator(".sending p")).to_have_text(form.get_attribute("data-broken"))
    page.context.set_offline(False)
    form.locator("button").click()
    expect(page.get_by_role("link", name="听力")).to_be_visible()
    looks(page)

    learning = browse(student)
    learning.goto(site.course)
    player = learning.locator(".course-files > li").filter(has_text="听力")
    player.locator("summary").click()

    assert player.locator("audio").evaluate(LOADED) == [1, 1]
