"""An author writes a quiz: an example to begin with, pieces at a press, checked as they write, published."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.domain.question_types import type_title
from tests.browser.site import INSTRUCTOR
from tests.browser.words import say
from tests.browser.writers import begin
from tests.support.texts import make_png

pytestmark = pytest.mark.browser


#: a picture arrives as a browser pastes one
PASTED = """(area, hex) => {
  const bytes = new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], "car.png", { type: "image/png" }));
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def noted(page: Page):
    return page.locator("[data-editor-noted]")


def shown(page: Page):
    return page.locator("[data-editor-preview]")


@pytest.mark.parametrize("language", ["zh"])
def test_a_quiz_is_written_checked_shown_and_published(browse, looks, language):
    page = browse(INSTRUCTOR, language)
    begin(page, language)
    area = page.locator("#text")
    expect(noted(page).locator("strong")).to_have_count(0)

    area.press("Control+End")
    page.get_by_role("button", name=type_title("ordering", language)).click()
    expect(shown(page).locator("[data-type=ordering]")).to_be_visible()
    expect(page.locator("[data-editor-stale]")).to_be_hidden()
    area.press("Control+End")
    area.press_sequentially("\n## 没有答案的题\n")

    expect(noted(page)).to_contain_text(say(language, "This question has no answer lines."))
    expect(page.locator("[data-editor-stale]")).to_be_visible()
    expect(shown(page).locator("[data-type=ordering]")).to_be_visible()
    looks(page)
    page.locator("[name=publish]").click()
    expect(page.get_by_role("alert")).to_contain_text(say(language, "Mend the errors first."))
    line = noted(page).get_by_role("button").first
    line.click()
    chosen = area.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen == "## 没有答案的题"
    area.press("Delete")
    expect(noted(page).locator("strong")).to_have_count(0)
    page.locator("[name=message]").fill("第一版")
    page.locator("[name=publish]").click()
    expect(page.get_by_role("status").first).to_contain_text(
        say(language, "Published as revision %(number)s.", number=1)
    )
    expect(page.locator("main table")).to_contain_text("第一版")


def test_a_case_is_a_map_that_leads_to_its_lines(browse, looks):
    page = browse(INSTRUCTOR)
    begin(page, kind="case", title="新案例")
    map_ = page.locator(".case-map-picture")
    expect(map_).to_be_visible()

    map_.get_by_text("结局:", exact=False).or_(map_.get_by_text("结局：", exact=False)).first.click()

    area = page.locator("#text")
    chosen = area.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen.startswith("## 结局")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(map_).to_be_hidden()
    page.locator(".case-map-list [data-line]").first.click()
    chosen = area.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen.startswith("## 情境")
    looks(page)


def test_a_picture_is_pasted_said_in_words_and_shown(browse):
    page = browse(INSTRUCTOR)
    begin(page, kind="case", title="带图的案例")
    area = page.locator("#text")
    area.press("Control+Home")
    for _ in range(5):
        area.press("ArrowDown")
    area.evaluate(PASTED, make_png(7).hex())
    page.locator("#picture-alt").fill("一辆白色轿车")

    page.locator("#picture-alt").press("Enter")

    expect(area).to_have_value(re.compile(r"!\[一辆白色轿车\]\(media/car(-[0-9a-f]+)?\.png\)"))
    expect(shown(page).locator("img[alt=一辆白色轿车]")).to_be_visible()
