"""Facts of one question set in its heading; the rest of the text stays as it is."""

import pytest

from app.content.item_facts import with_facts
from app.content.parse import Kind, parse_text
from app.domain.items import Difficulty

HARD = {"difficulty": Difficulty.HARD, "objectives": ("1.1",)}
NONE = {"difficulty": None, "objectives": ()}
BODY = "\n\n- (x) 一\n- ( ) 二\n"


def changed(heading, facts, item="q1"):
    text = f"---\ntitle:  题\n---\n\n{heading}{BODY}"
    made = with_facts(text, parse_text(text, Kind.QUIZ), item, facts)
    assert made.startswith("---\ntitle:  题\n---\n")
    assert made.endswith(BODY)
    return made.removesuffix(BODY).rpartition("\n")[2]


@pytest.mark.parametrize(
    ("heading", "facts", "made"),
    [
        ("## 问 {#q1 2分}", HARD, "## 问 {#q1 2分 难度=难 目标=1.1}"),
        ("## 问", HARD, "## 问 {难度=难 目标=1.1}"),
        ("## 问 {#q1 难度=易 2分 目标=2.1,2.2}", HARD, "## 问 {#q1 2分 难度=难 目标=1.1}"),
        ("## 问 {#q1 difficulty=easy}", NONE, "## 问 {#q1}"),
        ("## 问 {难度=易}", NONE, "## 问"),
        ("## 集合 {1,2}", HARD, "## 集合 {1,2} {难度=难 目标=1.1}"),
    ],
)
def test_only_the_heading_changes(heading, facts, made):
    assert changed(heading, facts) == made
