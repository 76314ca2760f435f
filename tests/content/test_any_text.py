"""Whatever stands in a text: it is read without breaking, and what is sound can be written again."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.canonical import content_hash
from app.content.lint import lint
from app.content.parse import Kind, parse_bytes, parse_text
from app.content.writer import format_document
from tests.content.samples import CASE, MIXED, QUIZ, SYLLABUS, read

PIECES = [
    *("- ( ) ", "- (x) ", "- [x] ", "- [", "* (", "1. (", "- {3分} ", "____", "= ", "=", "@ X = 1..9", "? "),
    *("> ", "  > ", "## ", "# ", "##", "```", "~~~", "{#a}", " {5分}", "{", "}", "\\", " -> #a", "<->", "[["),
    *("]]", "---", "title: a", "【分析提示】", "A. ", "答案：", "\n", "\n", "\n\n", "  ", "　", "案例: a"),
    *(
        "- (1) ",
        "- (2) ",
        "- (+) ",
        "- (-) ",
        "- [4.2] ",
        "- 左 <-> 右\n",
        "- <-> ",
        "↔",
        "[[a]]",
        "[[~a | b]]",
    ),
    *("= X * 2", "@ Y = 0..1 / 0.1", " {walk=a}", " {file=pdf}", " {scale=1..7}", " {info}", "{X}", "\n> "),
    *("![a](b.png)", "[r]: x", "车门", "12", "±", "..", "\t", "（", "）", "＃", "｛", "｝", "\u200b", "😀"),
]
TEXTS = [(Kind.QUIZ, QUIZ), (Kind.QUIZ, MIXED), (Kind.CASE, CASE), (Kind.SYLLABUS, SYLLABUS)]


def check(text: str, kind: Kind) -> None:
    parsed = parse_text(text, kind)
    lint(parsed)
    assert (parsed.document is None) == bool(parsed.errors)
    assert all(1 <= found.line <= text.count("\n") + 1 for found in parsed.diagnostics)
    if parsed.document is not None:
        again = read(format_document(parsed.document), kind)
        assert again == parsed.document
        assert content_hash(again) == content_hash(parsed.document)


@given(st.sampled_from(Kind), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_pieces_are_read(kind, text):
    check(text, kind)
    check(
        f"---\ntitle: a\nhours: 8\n---\n{text}" if kind is Kind.SYLLABUS else f"---\ntitle: a\n---\n{text}",
        kind,
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("kind", "sound"), TEXTS, ids=["quiz", "mixed", "case", "syllabus"])
def test_a_sound_text_with_something_put_in_or_taken_out_is_read(kind, sound, seed):
    random = Random(f"{sound[:20]} {seed}")
    for _ in range(25):
        text = sound
        for _ in range(random.randint(1, 3)):
            start = random.randrange(len(text))
            end = start + random.choice([0, 0, 1, 2, 12])
            text = text[:start] + random.choice([*PIECES, ""]) + text[end:]
        check(text, kind)


@given(st.sampled_from(Kind), st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused_without_breaking(kind, data):
    assert parse_bytes(data, kind).document is None
