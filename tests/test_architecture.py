"""The house rules that no linter knows: sizes, sessions in views, traces of one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
TEMPLATES = ROOT / "templates"

FILE_LINES = 250
FUNCTION_LINES = 35
TEMPLATE_LINES = 120

QUERIES = {"add", "add_all", "delete", "execute", "get", "get_one", "merge", "query", "scalar", "scalars"}
# Written in pieces, so that this file holds none of them.
PLACES = [
    r"(?<![\w.$}-])/(?:work|root|home|Users)/\w",
    r"(?<![\w.$}-])/opt/\w",
    r"\bpypi\." + "org",
    r"\bpython" + r"hosted\.",
    r"\bnpm" + r"js\.",
    r"\b(?:deb|security|archive)\.(?:debian|ubuntu)" + r"\.",
    r"--(?:extra-)?index-" + "url",
]


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"line {node.lineno}: {node.name} has {lines} lines"


def session_queries(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = f"{ast.unparse(node.func.value).rpartition('.')[2]}.{node.func.attr}"
            if called in {f"session.{query}" for query in QUERIES}:
                yield f"line {node.lineno}: {called}()"


def places(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        yield from (f"line {number}: {line.strip()}" for place in PLACES if re.search(place, line))


def tracked_texts() -> Iterator[tuple[Path, str]]:
    """Yield every file of the repository that is text, also those not yet committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in (ROOT / name for name in names.split("\0") if name):
        if path.is_file():
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_its_budget():
    budgets = [(APP, "*.py", FILE_LINES), (TEMPLATES, "*.html", TEMPLATE_LINES)]

    long = [
        f"{name_of(path)}: {line_count(path)} lines, at most {budget}"
        for folder, pattern, budget in budgets
        for path in sorted(folder.rglob(pattern))
        if line_count(path) > budget
    ]

    assert long == []


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{name_of(path)} {fault}"
        for path in sorted(APP.rglob("*.py"))
        for fault in long_functions(path.read_text(encoding="utf-8"))
    ]

    assert long == []


def test_no_view_asks_the_session():
    asked = [
        f"{name_of(path)} {fault}"
        for path in sorted((APP / "web").rglob("*.py"))
        if path != APP / "web" / "database.py"
        for fault in session_queries(path.read_text(encoding="utf-8"))
    ]

    assert asked == [], "ask an operation instead (Flask's own session is imported as `cookie`)"


@pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="no git checkout: nothing tells which files are ours"
)
def test_the_repository_names_no_place_of_one_machine():
    named = [f"{name_of(path)} {fault}" for path, text in tracked_texts() for fault in places(text)]

    assert named == []


def test_the_settings_file_can_be_interpolated():
    assert "%" not in (ROOT / "setup.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "source",
    [
        "def show(session):\n    return session.scalars(1)",
        "with writing() as session:\n    session.add(1)",
        "db.session.execute(1)",
        "current.session.get(User, 1)",
    ],
)
def test_a_session_asked_by_a_view_is_found(source):
    assert len(list(session_queries(source))) == 1


@pytest.mark.parametrize(
    "source",
    ["get_course(session, 'a')", "cookie.get('lang')", "session.commit()", "form.session_name.add(1)"],
)
def test_what_is_no_query_is_left_alone(source):
    assert list(session_queries(source)) == []


@pytest.mark.parametrize(("extra", "faults"), [(FUNCTION_LINES - 1, 0), (FUNCTION_LINES, 1)])
def test_a_function_over_a_screen_is_found(extra, faults):
    source = "@cached\ndef long():\n" + "    pass\n" * extra

    assert len(list(long_functions(source))) == faults


@pytest.mark.parametrize(
    "text",
    ["cd /" + "work/main", "open('/" + "home/he/x')", "see py" + "pi.org", "see files.python" + "hosted.org"],
)
def test_a_place_of_one_machine_is_found(text):
    assert len(list(places(text))) == 1


@pytest.mark.parametrize(
    "text", ["/courses/home/x", "http://127.0.0.1:8000/", "coursework/main", "/usr/bin/env"]
)
def test_a_path_of_every_machine_is_left_alone(text):
    assert list(places(text)) == []
