"""``casehall content`` and ``casehall walk``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.content import content
from app.cli.walk import walk
from app.content.canonical import content_hash
from app.content.parse import Kind
from tests.content.samples import CASE, QUIZ, SYLLABUS, read

FAULTY = QUIZ.replace("= 对", "=对")


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    """Write a quiz that is sound but not in canonical form."""
    return write(tmp_path / "quizzes" / "ladies-first.md", QUIZ)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(content, [str(argument) for argument in arguments])


def run_walk(*arguments: object) -> Result:
    return CliRunner().invoke(walk, [str(argument) for argument in arguments])


def test_a_sound_file_is_checked(quiz):
    assert run("check", quiz).exit_code == 0


def test_a_fault_is_said_on_one_line(quiz):
    write(quiz, FAULTY)

    result = run("check", quiz)

    assert result.exit_code == 1
    line = FAULTY.count("\n", 0, FAULTY.index("=对")) + 1
    assert result.stdout.startswith(f"{quiz}:{line}:1: error bad-marker ")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "1 file, 1 error, 0 warnings\n"


def test_every_diagnostic_is_given_as_json(quiz):
    write(quiz, FAULTY)

    result = run("check", quiz, "--json")

    found = json.loads(result.stdout)
    assert [(one["severity"], one["code"]) for one in found] == [("error", "bad-marker")]
    assert set(found[0]) == {"path", "line", "column", "severity", "code", "message", "fix"}


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path):
    assert run("check", tmp_path / "nothing.md").exit_code == 2


def test_the_own_texts_of_the_checkout_are_sound():
    assert run("check").exit_code == 0


def test_a_file_is_formatted_once(quiz):
    assert run("format", "--check", quiz).exit_code == 1
    assert quiz.read_text(encoding="utf-8") == QUIZ

    assert run("format", quiz).exit_code == 0
    formatted = quiz.read_text(encoding="utf-8")

    assert formatted != QUIZ
    assert run("format", "--check", quiz).exit_code == 0
    assert read(formatted, Kind.QUIZ) == read(QUIZ, Kind.QUIZ)


def test_a_faulty_file_is_not_formatted(quiz):
    write(quiz, FAULTY)

    result = run("format", quiz)

    assert result.exit_code == 1
    assert "bad-marker" in result.stderr
    assert quiz.read_text(encoding="utf-8") == FAULTY


def test_the_hash_is_printed(quiz):
    result = run("hash", quiz)

    assert result.stdout == content_hash(read(QUIZ, Kind.QUIZ)) + "\n"


def test_a_file_of_unknown_kind_is_refused(tmp_path):
    path = write(tmp_path / "a.md", QUIZ)

    result = run("hash", path)

    assert result.exit_code == 1
    assert "unknown-kind" in result.stderr


def test_a_quiz_is_shown_with_computed_points(quiz):
    shown = json.loads(run("show", quiz, "--json").stdout)

    assert (shown["kind"], shown["title"]) == ("quiz", "女士优先")
    items = {item["id"]: item for item in shown["items"]}
    assert [(item["type"], item["points"]) for item in shown["items"]] == [
        ("single", 2),
        ("multiple", 2),
        ("true-false", 2),
        ("blanks", 1),
        ("numeric", 1),
        ("numeric", 1),
        ("constructed", 8),
        ("info", 0),
    ]
    assert (items["which-door"]["key"], items["guard"]["key"], items["smile"]["key"]) == (
        "2",
        ["1", "2"],
        True,
    )
    assert items["guarding"]["key"] == [["护顶", "护顶服务"], ["宾客"]]
    assert items["which-door"]["options"][0] == {"text": "后排车门", "feedback": "这是常规。"}
    assert items["which-door"]["hints"] == ["看座位。"]


def test_cases_and_syllabuses_are_shown(tmp_path):
    case = write(tmp_path / "cases" / "a" / "door.md", CASE)
    syllabus = write(tmp_path / "cases" / "a" / "syllabus.md", SYLLABUS)

    assert [section["kind"] for section in json.loads(run("show", case, "--json").stdout)["sections"]][
        :2
    ] == [
        "scene",
        "decision",
    ]
    assert json.loads(run("show", syllabus, "--json").stdout)["listed_hours"] == 9
    assert "which-door decision" in run("show", case).stdout


def test_a_case_is_walked(tmp_path):
    case = write(tmp_path / "cases" / "a" / "door.md", CASE)

    state = json.loads(run_walk(case, 1, 2, "--json").stdout)

    assert state == {
        "at": "why",
        "ended": True,
        "ending": "saved",
        "score": 3,
        "best": 5,
        "worst": -1,
        "dimensions": {"礼貌": 0, "规范": 0},
        "path": ["arrival", "which-door", "upset", "repair", "saved", "why"],
    }


@pytest.mark.parametrize(("choices", "reason"), [((3,), "no option 3"), ((2, 1), "ended before")])
def test_choices_that_cannot_be_made_are_refused(tmp_path, choices, reason):
    case = write(tmp_path / "cases" / "a" / "door.md", CASE)

    result = run_walk(case, *choices, "--json")

    assert result.exit_code == 1
    assert reason in result.stderr


def test_only_a_case_is_walked(quiz):
    assert run_walk(quiz, 1).exit_code == 1
