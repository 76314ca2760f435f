"""An instructor finds questions by pinyin, and begins a quiz for exams with them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import INSTRUCTOR

pytestmark = pytest.mark.browser


def test_questions_found_by_pinyin_begin_a_quiz_for_exams(browse, looks):
    page = browse(INSTRUCTOR)
    page.goto("/teach/")
    page.get_by_role("link", name="题库").first.click()
    page.locator("[name=q]").fill("chemen")
    page.get_by_role("button", name="搜索").click()
    chosen = page.locator(".bank-list > li").nth(1)
    stem = chosen.get_by_role("link").inner_text()
    chosen.get_by_role("checkbox").check()
    looks(page)
    expect(page.locator("[data-number]")).to_have_text("1")
    page.locator("[name=q]").fill("weixiao")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("[data-number]")).to_have_text("1")
    page.get_by_role("button", name="选用所选试题").click()
    page.locator("[name=title]").fill("车门小测")
    page.locator("[name=slug]").fill("door-check")

    page.get_by_role("button", name="选入草稿").click()

    expect(page.locator("#text")).to_contain_text(stem[:12])
    expect(page.locator("[name=message]")).to_have_value(re.compile("选自题库："))
