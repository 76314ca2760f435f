"""The administrator's journey: a person comes, gets a place, goes."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.people import choose_password, sign_in
from tests.browser.site import ADMIN, COHORT, Person
from tests.browser.words import say
from tests.support.people import shown_password

pytestmark = pytest.mark.browser

NEWCOMER = Person("2026039001", "许知行")
PASSWORD = "a-door-of-my-own"


def open_person(page: Page, person: Person) -> None:
    """Find a person by their number."""
    page.goto("/admin/people")
    page.get_by_label("学号、工号、姓名或班级").fill(person.login)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=person.name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.name)


def add_person(page: Page, person: Person) -> str:
    """Make an account and return the password that is shown once."""
    page.goto("/admin/people/new")
    page.get_by_label("学号或工号").fill(person.login)
    page.get_by_label("姓名").fill(person.name)
    page.get_by_role("button", name="添加人员").click()
    code = page.locator(".one-time-password")
    expect(code).to_be_visible()
    return shown_password(code.inner_text())


def test_a_person_is_added_placed_and_disabled(site, browse, looks):
    office = browse(ADMIN)
    one_time = add_person(office, NEWCOMER)
    looks(office)

    open_person(office, NEWCOMER)
    office.get_by_label("角色", exact=True).select_option(label="学生")
    office.get_by_label("教学班").fill(COHORT)
    office.get_by_role("button", name="授予身份").click()
    expect(office.get_by_role("row").filter(has_text=COHORT)).to_contain_text("学生")
    looks(office)

    page = browse()
    sign_in(page, NEWCOMER, one_time)
    choose_password(page, one_time, PASSWORD)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(NEWCOMER.name)
    expect(page.locator(".next-step")).to_be_visible()

    office.get_by_role("button", name="停用账号").click()
    looks(office)
    office.get_by_role("dialog").get_by_role("button", name="停用账号").click()
    expect(office.get_by_role("button", name="重新启用账号")).to_be_visible()
    page.goto("/password")
    expect(page).to_have_url(re.compile("/login"))

    office.get_by_role("link", name="此人的审计记录").click()
    expect(office.get_by_role("row").filter(has_text=NEWCOMER.login).first).to_be_visible()
    looks(office)


def test_a_question_before_something_grave_can_be_answered_with_no(site, browse, student):
    office = browse(ADMIN)
    open_person(office, student)

    office.get_by_role("button", name="停用账号").click()
    office.get_by_role("dialog").get_by_role("button", name="取消").click()

    expect(office.get_by_role("dialog")).to_have_count(0)
    expect(office.get_by_role("button", name="停用账号")).to_be_focused()
    office.reload()
    expect(office.get_by_role("button", name="停用账号")).to_be_visible()


ROSTER = Person("2026039101", "沈一诺")
FAULTY = f"""学号,姓名,班级
{ROSTER.login},{ROSTER.name},航空2601
2026039102,唐宁,航空2601
{ROSTER.login},重复,航空2601
"""


def choose_roster(page: Page, text: str) -> None:
    """Choose a file with this text and look at what it would do."""
    file = FilePayload(name="名单.csv", mimeType="text/csv", buffer=text.encode("gb18030"))
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=say("zh", "Look at it")).click()


def test_a_class_is_taken_in_from_a_roster_and_gets_its_passwords(site, browse, looks):
    office = browse(ADMIN)
    office.goto("/admin/people")
    office.get_by_role("link", name=say("zh", "Take a roster in")).click()
    office.get_by_label(say("zh", "Course offering")).select_option(index=1)
    office.get_by_label(say("zh", "Cohort")).fill(COHORT)
    looks(office)
    choose_roster(office, FAULTY)
    expect(office.get_by_text("在第 2 行已经出现过")).to_be_visible()
    looks(office)

    choose_roster(office, FAULTY.rpartition(f"{ROSTER.login},重复")[0])
    expect(office.get_by_role("row").filter(has_text=ROSTER.login)).to_contain_text(COHORT)
    looks(office)
    office.get_by_role("button", name=say("zh", "Take everybody in")).click()
    expect(office.get_by_text("已新建 2 个账号")).to_be_visible()
    looks(office)
    office.get_by_role("row").filter(has_text="航空2601").get_by_role("button").click()
    line = office.get_by_role("row").filter(has_text=ROSTER.login)
    password = line.locator("code").inner_text()
    looks(office)

    page = browse()
    sign_in(page, ROSTER, password)
    choose_password(page, password, PASSWORD)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(ROSTER.name)
    expect(page.locator(".next-step")).to_be_visible()
