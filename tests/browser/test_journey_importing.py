"""An author takes the questions of a Word file in: looks at them, takes them, opens the draft."""

from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.browser.site import INSTRUCTOR
from tests.browser.words import say
from tests.interchange.papers import document, paragraph, picture
from tests.support.pictures import PNG

pytestmark = pytest.mark.browser


def word_file():
    return document(
        paragraph("一、单项选择题（每题2分）"),
        paragraph("客人到来，先做什么？", (2, 0), picture("rPng")),
        *(paragraph(word, (2, 1)) for word in ("问候", "登记")),
        paragraph("答案：A"),
        paragraph("女士优先？", (2, 0)),
        *(paragraph(word, (2, 1)) for word in ("是的", "不是")),
        pictures={"rPng": PNG},
    )


def test_a_title_is_asked_for_before_the_file_is_sent(browse):
    page = browse(INSTRUCTOR, "zh")
    page.goto("/teach/")
    page.locator("main .card-link").first.click()
    page.get_by_role("link", name=say("zh", "Texts"), exact=True).click()
    page.get_by_role("link", name=say("zh", "Import questions")).click()
    page.locator("[name=file]").set_input_files(
        {"name": "期末卷.docx", "mimeType": "application/msword", "buffer": word_file()}
    )

    page.get_by_role("button", name=say("zh", "Look at it")).click()

    assert page.locator("[name=title]").evaluate("(one) => one.validity.valueMissing")
    assert page.locator("[name=file]").evaluate("(one) => one.files.length") == 1
    page.locator("[name=to]").select_option(index=1)
    assert page.locator("[name=title]").evaluate("(one) => one.validity.valid")


def test_a_word_file_is_looked_at_and_taken_as_a_draft(browse, looks):
    page = browse(INSTRUCTOR, "zh")
    page.goto("/teach/")
    page.locator("main .card-link").first.click()
    page.get_by_role("link", name=say("zh", "Texts"), exact=True).click()
    page.get_by_role("link", name=say("zh", "Import questions")).click()
    looks(page)
    page.locator("[name=file]").set_input_files(
        {"name": "期末卷.docx", "mimeType": "application/msword", "buffer": word_file()}
    )
    page.locator("[name=title]").fill("期末卷")
    page.locator("[name=slug]").fill(f"paper-{token_hex(4)}")
    page.get_by_role("button", name=say("zh", "Look at it")).click()

    expect(page.locator(".import-sum h2")).to_contain_text("1")
    expect(page.locator(".import-told")).to_contain_text("女士优先？")
    assert page.locator(".import-preview img").evaluate("(one) => one.naturalWidth") == 4
    looks(page)
    page.locator("[name=draft]").click()

    expect(page.get_by_role("status").first).to_contain_text("1")
    assert "![图](media/q-" in page.locator("#text").input_value()
    page.get_by_role("link", name=say("zh", "Export"), exact=True).click()
    looks(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=say("zh", "Get the file")).click()
    assert download.value.suggested_filename == "期末卷.docx"
