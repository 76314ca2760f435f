"""The author's guide says the same in both languages, as far as its form can tell."""

import re
import unicodedata
from collections import Counter

import pytest

from tests.content.guides import BLOCK, GUIDES, blocks, explained_codes, headings

ENGLISH, CHINESE = GUIDES.values()
#: blocks whose remarks are told in the language of the guide, by how they begin
REMARKED = ("casehall content check", "一、单项选择题")
REMARK = re.compile(r"\s+# .*|\s{4,}.*")
LINK = re.compile(r"\]\(#([^)]+)\)")
CODE = re.compile(r"`([a-z0-9-]+)`")
CELL = re.compile(r"(?<!\\)\|")


def without_remarks(text: str) -> str:
    """Return a block as it is copied, without the remarks beside some of the lines of two blocks."""
    if not text.startswith(REMARKED):
        return text
    return "\n".join(REMARK.sub("", line) for line in text.splitlines())


def anchor(title: str) -> str:
    """Return the anchor that a heading gets on GitHub: letters, digits, hyphens; a space becomes a hyphen."""
    kept = [sign for sign in title.lower() if sign in " -_" or unicodedata.category(sign)[0] in "LMN"]
    return "".join(kept).replace(" ", "-")


def table_rows(guide: str) -> list[int]:
    """Return how many cells each row of a table has, in order."""
    return [len(CELL.findall(line)) for line in BLOCK.sub("", guide).splitlines() if line.startswith("|")]


def test_both_have_the_same_blocks_in_the_same_order():
    english, chinese = (
        [(language, without_remarks(text)) for language, text in blocks(guide)]
        for guide in (ENGLISH, CHINESE)
    )

    assert len(english) > 20
    assert chinese == english


def test_the_remarks_beside_a_block_are_translated():
    remarked = [text for _, text in blocks(ENGLISH) if text.startswith(REMARKED)]

    assert len(remarked) == len(REMARKED)
    assert [text for text in remarked if text in CHINESE] == []


def test_both_have_the_same_levels_of_headings():
    levels = [level for level, _ in headings(ENGLISH)]

    assert len(set(levels)) == 4
    assert [level for level, _ in headings(CHINESE)] == levels


def test_both_have_the_same_tables():
    assert table_rows(CHINESE) == table_rows(ENGLISH)


def test_both_name_each_code_of_the_check_as_often():
    known = set(explained_codes(ENGLISH))
    english, chinese = (
        Counter(code for code in CODE.findall(guide) if code in known) for guide in (ENGLISH, CHINESE)
    )

    assert chinese == english


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_inside_leads_to_a_heading(name):
    anchors = [anchor(title) for _, title in headings(GUIDES[name])]
    links = LINK.findall(GUIDES[name])

    assert links
    assert [link for link in links if anchors.count(link) != 1] == []


def test_each_leads_to_the_other():
    assert "](authors-guide.zh.md)" in ENGLISH.partition("\n## ")[0]
    assert "](authors-guide.md)" in CHINESE.partition("\n## ")[0]
