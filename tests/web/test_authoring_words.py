"""What the check says, and what changes between texts: each with words in both languages."""

import re

from app.content.parity_parts import parts_of
from app.content.parse import Kind, parse_text
from app.settings import ROOT
from app.web.authoring.change_words import FACTS
from app.web.authoring.diagnostic_words import SENTENCES
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS

CODES = re.compile(r"`([a-z0-9-]+)`")


def test_every_code_of_the_check_has_a_sentence_and_no_other_has():
    guide = (ROOT / "docs" / "authors-guide.md").read_text()
    table = guide[guide.index("## 7. What the check says") :]
    codes = {
        code
        for line in table.split("\n")
        if line.startswith("| `")
        for code in CODES.findall(line.split("|")[1])
    }

    assert set(SENTENCES) == codes


def test_every_fact_that_can_change_has_a_name():
    facts = {"key", "options", "wording"}
    for kind, text in ((Kind.QUIZ, MIXED), (Kind.QUIZ, QUIZ), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)):
        document = parse_text(text, kind).document
        assert document is not None
        facts |= {fact for part in parts_of(document) for fact in part.facts}

    assert set(FACTS) == facts - {"group"}
