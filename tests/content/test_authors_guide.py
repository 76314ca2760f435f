"""The author's guide in both languages: every example is read, every code is explained."""

import ast
import re
from collections.abc import Iterator

import pytest

from app.content.lint import lint
from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from app.domain.syllabus import Syllabus
from app.settings import ROOT
from tests.content.guides import GUIDES, blocks, explained_codes
from tests.content.samples import read

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: calls whose arguments name a code
CALLS = {"error", "warn", "refuse", "_failed", "_warning", "Fault", "Diagnostic", "Marker", "Room"}


def examples(guide: str) -> list[tuple[Kind, str]]:
    return [
        (Kind.QUIZ, f"---\n标题: 例\n---\n\n{text}") if kind == "item" else (Kind(kind), text)
        for kind, text in blocks(guide)
        if kind == "item" or kind in set(Kind)
    ]


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> str:
    return GUIDES[request.param]


def called() -> Iterator[ast.Call]:
    for path in (ROOT / "app" / "content").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def noted_codes() -> set[str]:
    """Collect the codes that the source notes: short constants in kebab case among the arguments."""
    codes: set[str] = set()
    for call in called():
        if name_of(call) in CALLS:
            arguments = [
                *call.args[:5],
                *(keyword.value for keyword in call.keywords if keyword.arg == "code"),
            ]
            words = [
                node.value
                for node in arguments
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
            codes |= {word for word in words if "-" in word and CODE.fullmatch(word)}
    return codes


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(*example, id=f"{name}-{number}")
        for name, guide in GUIDES.items()
        for number, example in enumerate(examples(guide))
    ],
)
def test_an_example_is_read(kind, text):
    parsed = parse_text(text, kind)

    assert [found.render() for found in (*parsed.diagnostics, *lint(parsed)) if found.is_error] == []


def test_modules_of_the_examples_leave_their_numbers_to_the_pages(guide):
    found = [parse_text(text, kind).document for kind, text in examples(guide) if kind is Kind.SYLLABUS]
    titles = [module.title for one in found if isinstance(one, Syllabus) for module in one.modules]

    assert titles
    assert [title for title in titles if title[0].isdecimal()] == []


def test_there_are_examples_of_every_kind(guide):
    assert {kind for kind, _ in examples(guide)} == set(Kind)


@pytest.mark.parametrize("number", [0, 2])
def test_the_examples_to_copy_have_no_warnings_and_can_be_written(guide, number):
    kind, text = examples(guide)[number]

    assert [
        found.render() for found in (*parse_text(text, kind).diagnostics, *lint(parse_text(text, kind)))
    ] == []
    assert parse_text(format_document(read(text, kind)), kind).document == read(text, kind)


def test_every_code_is_explained_once(guide):
    codes = explained_codes(guide)

    assert len(noted_codes()) > 60
    assert len(codes) == len(set(codes))
    assert noted_codes() - set(codes) == set()


def test_no_code_is_explained_that_nothing_notes(guide):
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app" / "content").rglob("*.py"))
    computed = {"no-title", "no-hours"}

    assert [
        code for code in explained_codes(guide) if code not in computed and f'"{code}"' not in source
    ] == []
