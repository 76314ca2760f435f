"""An author composes a paper: the page adds up while it is filled in, and leads on to an exam."""

import pytest
from playwright.sync_api import expect

from tests.browser.site import INSTRUCTOR

pytestmark = pytest.mark.browser


def test_the_page_adds_up_what_is_wanted_and_the_paper_leads_to_an_exam(site, browse, looks):
    page = browse(INSTRUCTOR)
    page.goto("/teach/")
    page.locator("main .card-link").first.click()
    page.get_by_role("link", name="考试", exact=True).last.click()
    page.get_by_role("link", name="按蓝图组卷").click()
    page.get_by_label("女士优先与车门次序").check()
    page.get_by_role("button", name="查看库存").click()
    total = page.locator("[data-total]")
    expect(total).to_have_text("共 0 题 · 0 分")

    rows = page.locator(".stock tr:has([data-count])")
    rows.nth(0).locator("[data-count]").fill("２")
    rows.nth(1).locator("[data-count]").fill("1")
    rows.nth(1).locator("[data-points]").fill("1.5")
    expect(total).to_contain_text("共 3 题 · 5.5 分 · 预计得分率")
    rows.nth(2).locator("[data-count]").fill("99")
    page.get_by_role("button", name="组成试卷").click()

    expect(rows.nth(2)).to_contain_text("库存不足：要99题")
    looks(page)
    rows.nth(2).locator("[data-count]").fill("")
    page.get_by_role("button", name="组成试卷").click()
    expect(page.get_by_role("status")).to_contain_text("试卷已组成：3题，5.5分。")
    page.get_by_role("link", name="用它安排考试").click()
    expect(page.locator("[name=quiz] option:checked")).to_contain_text("试卷")
