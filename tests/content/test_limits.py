"""Limits and encodings: what cannot be read is refused clearly."""

import pytest

from app.content.parse import Kind, parse_bytes, parse_text
from tests.content.samples import QUIZ

FRONT = "---\ntitle: 卷\n---\n"


def codes_of(text: str, kind: Kind = Kind.QUIZ) -> list[tuple[str, int]]:
    return [(error.code, error.line) for error in parse_text(text, kind).errors]


def test_a_file_above_the_limit_is_refused_unread():
    text = FRONT + "车门\n" * 40_000

    assert codes_of(text) == [("file-too-large", 1)]
    assert [error.code for error in parse_bytes(text.encode(), Kind.QUIZ).errors] == ["file-too-large"]


def test_gb18030_is_refused_by_its_name():
    parsed = parse_bytes(QUIZ.encode("gb18030"), Kind.QUIZ)

    assert [(error.code, error.line) for error in parsed.errors] == [("gb18030", 2)]


def test_bytes_that_are_no_text_are_refused():
    parsed = parse_bytes(QUIZ.encode() + b"\xff\xff\xff", Kind.QUIZ)

    assert [error.code for error in parsed.errors] == ["not-utf8"]


def test_an_empty_file_has_no_front_matter():
    assert codes_of("") == [("no-front-matter", 1)]
    assert codes_of("\n\n") == [("no-front-matter", 1)]
    assert codes_of("---\n") == [("unclosed-front-matter", 1)]


@pytest.mark.parametrize(
    ("kind", "code"), [(Kind.QUIZ, ["no-items"]), (Kind.CASE, ["no-sections"]), (Kind.SYLLABUS, ["no-hours"])]
)
def test_a_document_needs_something_in_it(kind, code):
    assert [error.code for error in parse_text(FRONT, kind).errors] == code


def test_more_items_than_the_limit_are_one_error():
    items = "## 对吗\n= 对\n" * 501

    assert codes_of(FRONT + items) == [("too-many-items", 3 + 2 * 500 + 1)]


def test_more_options_than_the_limit_are_one_error():
    options = "- (x) 第0项\n" + "".join(f"- ( ) 第{number}项\n" for number in range(1, 65))

    assert codes_of(f"{FRONT}## 选\n{options}") == [("too-many-options", 3 + 1 + 65)]
    assert codes_of(f"{FRONT}## 选\n{options}".replace("- ( ) 第64项\n", "")) == []


def test_nesting_up_to_the_limit_is_read():
    assert codes_of(f"{FRONT}## 说 {{info}}\n{'>' * 20} 深\n") == []
    assert codes_of(f"{FRONT}## 说 {{info}}\n{'>' * 21} 深\n") == [("too-deep", 5)]
    assert codes_of(f"{FRONT}## 说 {{info}}\n{'  ' * 20}- 深\n") == [("too-deep", 5)]


def test_one_pass_reports_all():
    text = QUIZ.replace("= 对", "=对").replace("minutes: 45", "minutes: soon").replace("8..12", "12..8")

    assert [code for code, _ in codes_of(text)] == ["bad-value", "bad-marker", "bad-range"]


@pytest.mark.parametrize(
    "line",
    [
        "- [text](https://example.org) is a link",
        "- [^1] is a footnote",
        "- (more than three) is text",
        "1. first",
        "+ plus",
        "### a small heading",
        "\\= text",
        "\\- [x] text",
        "1\\. (x) text",
        "5__6 underscores in a line",
        "见 {X} 与 {这里}",
        "= 5"[0:0] + "a = 5",
        "A\\. 甲",
        "U.S. dollars",
        "**= bold**",
    ],
)
def test_a_line_that_is_no_marker_is_text(line):
    parsed = parse_text(f"{FRONT}## 看 {{info}}\n\n{line}\n", Kind.QUIZ)
    item = parse_text(f"{FRONT}## 看\n\n{line}\n\n= 对\n", Kind.QUIZ)

    assert [error.render() for error in (*parsed.errors, *item.errors)] == []


@pytest.mark.parametrize(
    "line",
    [
        "- [ab] x",
        "- (x x",
        "1. (x) x",
        "2、[ ] x",
        "+ ( ) x",
        "=x",
        "@x",
        "?x",
        "__",
        "___",
        "#x",
        "-(x) x",
        "* ( x",
        " # x",
    ],
)
def test_a_line_that_looks_like_a_marker_is_an_error(line):
    assert [place for _, place in codes_of(f"{FRONT}## 看 {{info}}\n\n{line}\n")] == [6]
