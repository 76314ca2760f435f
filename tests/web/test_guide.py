"""The author's guide beside the editor: whole, in both languages, with its examples as they are written."""

import re

import pytest

from app.settings import ROOT
from app.web.authoring.guide import FILES, read_guide, split_chapters
from tests.support.pages import open_page

GUIDE = "/teach/guide"


@pytest.fixture
def client(browse):
    return browse("instructor")


@pytest.mark.parametrize(
    ("language", "title", "chapter"),
    [("zh", "编写指南", "1. 一个可以照抄的完整案例"), ("en", "Author's guide", "1. A whole case to copy")],
)
def test_the_guide_is_read_in_the_language_of_the_page(client, language, title, chapter):
    page = open_page(client, GUIDE, language=language)

    assert title in page.text
    assert re.fullmatch(r"#chapter-\d+", page.links[chapter])
    assert "## 情境 {#counter}" in page.text
    assert "](#" not in page.text


@pytest.mark.parametrize("language", sorted(FILES))
def test_every_chapter_of_the_file_is_a_chapter_of_the_page(language):
    text = (ROOT / "docs" / FILES[language]).read_text(encoding="utf-8")
    outside = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text)

    chapters = read_guide(language)

    assert len(chapters) == len(re.findall(r"(?m)^## ", outside)) > 8
    assert all(chapter.body for chapter in chapters)
    assert {chapter.title.partition(".")[0] for chapter in chapters} >= set("1234567")


def test_a_heading_inside_an_example_begins_no_chapter():
    text = "# G\nintro\n## One\n````\n```\n## no\n````\nmore\n## Two `x`\n~~~\n## no\n```\n~~~\n"

    assert [title for title, _ in split_chapters(text)] == ["One", "Two x"]


def test_the_editor_and_the_list_of_texts_lead_to_the_guide(client, classroom):
    texts = f"/teach/offerings/{classroom.offering.public_id}/texts"

    assert open_page(client, texts).links["Author's guide"] == GUIDE
    assert open_page(client, f"{texts}/quiz/ladies").links["The whole guide"] == GUIDE
