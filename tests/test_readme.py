"""What the README says is true."""

import re
from decimal import Decimal
from pathlib import Path

from app.content.parse import Kind, parse_text
from app.domain.case import Case
from app.domain.walk import walk_choices
from app.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
FENCE = re.compile(r"^```markdown\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_case_in_the_readme_is_sound_and_is_walked_as_the_readme_says():
    (example,) = FENCE.findall(README)
    parsed = parse_text(example, Kind.CASE, "readme.md")

    assert [one.render() for one in parsed.errors] == []
    assert isinstance(parsed.document, Case)
    state = walk_choices(parsed.document, [2])
    assert (state.ending, state.score, state.best) == ("pleased", Decimal(5), Decimal(5))


def test_every_link_of_the_readme_leads_somewhere():
    missing = [link for link in LINK.findall(README) if not (ROOT / Path(link)).exists()]

    assert missing == []


def test_every_target_that_the_readme_names_can_be_made():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"make ([a-z]+)", README)) <= targets
