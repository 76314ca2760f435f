"""What the check says, and what changes between texts: each with words in both languages."""

import re

from app.content.aspects import PartSort, aspects_of
from app.content.changes import OTHER
from app.content.parse import Kind
from app.settings import ROOT
from app.web.authoring.change_words import PARTS
from app.web.authoring.diagnostic_words import SENTENCES
from app.web.authoring.fact_words import FACTS
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS, read

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
    facts = {OTHER}
    for kind, text in ((Kind.QUIZ, MIXED), (Kind.QUIZ, QUIZ), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)):
        facts |= {fact for part in aspects_of(read(text, kind)) for fact in part.facts}

    assert set(FACTS) == facts
    assert set(PARTS) == set(PartSort)
