"""The library: files are found, and what they name must exist."""

from pathlib import Path

import pytest

from app.content.library import Source, check_library, find_media, find_sources
from app.content.parse import Kind
from tests.content.samples import CASE, QUIZ, SYLLABUS

COURSE = "ground-service"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Make a course of a syllabus, a case, a quiz and a picture."""
    syllabus = SYLLABUS.replace("{#2.1}", "{#4.1}")
    write(tmp_path, f"cases/{COURSE}/syllabus.md", syllabus)
    write(tmp_path, f"cases/{COURSE}/first-car-door.md", CASE)
    write(tmp_path, f"quizzes/{COURSE}/ladies-first.md", QUIZ)
    write(tmp_path, f"cases/{COURSE}/media/car.png", "not a text")
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def errors_of(*paths: Path) -> list[tuple[str, str, int]]:
    report = check_library(paths)
    return [(Path(error.path).name, error.code, error.line) for error in report.errors]


def test_sources_are_found_with_what_they_are(library):
    write(library, f"cases/{COURSE}/first-car-door.en.md", CASE)
    write(library, f"cases/{COURSE}/README.md", "Not a case.")
    write(library, f"cases/{COURSE}/media/note.md", "Not a case.")
    write(library, f"cases/{COURSE}/.draft.md", "Not a case.")

    sources = find_sources([library])

    assert [(s.kind, s.course, s.slug, s.language, s.is_translation) for s in sources] == [
        (Kind.CASE, COURSE, "first-car-door", "en", True),
        (Kind.CASE, COURSE, "first-car-door", "zh", False),
        (Kind.SYLLABUS, COURSE, "syllabus", "zh", False),
        (Kind.QUIZ, COURSE, "ladies-first", "zh", False),
    ]
    assert [path.name for path in find_media(sources[0])] == ["car.png", "note.md"]


def test_a_path_given_twice_is_one_source(library):
    folder = library / "quizzes"

    assert len(find_sources([folder, folder, folder / COURSE / "ladies-first.md"])) == 1


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        find_sources([tmp_path / "nothing"])


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("syllabus.md", SYLLABUS, Kind.SYLLABUS),
        ("syllabus.en.md", SYLLABUS, Kind.SYLLABUS),
        ("quizzes/a.md", QUIZ, Kind.QUIZ),
        ("cases/quizzes/a.md", QUIZ, Kind.QUIZ),
        ("quizzes/cases/x/a.md", CASE, Kind.CASE),
        ("a.md", "---\ntitle: a\nformat: case\n---\n", Kind.CASE),
    ],
)
def test_the_kind_comes_from_name_folder_or_front_matter(tmp_path, name, text, kind):
    path = write(tmp_path, name, text)

    assert [source.kind for source in find_sources([path])] == [kind]


def test_a_file_of_unknown_kind_is_refused(tmp_path):
    path = write(tmp_path, "a.md", "---\ntitle: a\n---\n")

    assert find_sources([path]) == []
    assert errors_of(path) == [("a.md", "unknown-kind", 1)]


def test_a_sound_library_has_no_errors(library):
    assert errors_of(library) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("cases/{}/syllabus.md", "案例: first-car-door", "案例: second-car-door", "unknown-slug"),
        ("cases/{}/syllabus.md", "测验: ladies-first", "测验: ladies-last", "unknown-slug"),
        ("cases/{}/syllabus.md", "案例: first-car-door", "阅读: first-car-door", "unknown-slug"),
        ("cases/{}/syllabus.md", "案例: first-car-door", "文件: plan.pdf", "missing-file"),
        ("cases/{}/first-car-door.md", "quiz: ladies-first", "quiz: ladies-last", "unknown-slug"),
        ("cases/{}/first-car-door.md", "quiz:", "module: nowhere\nquiz:", "unknown-module"),
        ("cases/{}/first-car-door.md", "quiz:", "objectives: 9.9\nquiz:", "unknown-objective"),
        ("cases/{}/first-car-door.md", "一辆白色轿车", "![车](media/bus.png)", "missing-picture"),
        ("quizzes/{}/ladies-first.md", "level=掌握 objectives=4.1", "objectives=9.9", "unknown-objective"),
        ("quizzes/{}/ladies-first.md", "each=2分", "each=2分 case=nothing", "unknown-slug"),
        ("quizzes/{}/ladies-first.md", "each=2分", "each=2分 objectives=9.9", "unknown-objective"),
    ],
)
def test_what_a_text_names_must_exist(library, name, old, new, code):
    path = library / name.format(COURSE)
    text = path.read_text(encoding="utf-8")
    assert old in text
    line = text.count("\n", 0, text.index(old)) + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert errors_of(library) == [(path.name, code, line)]
    assert errors_of(path) == [(path.name, code, line)]


@pytest.mark.parametrize("address", ["media/car.png", "../../cases/ground-service/media/car.png"])
def test_pictures_of_the_course_are_found_from_its_quizzes(library, address):
    text = QUIZ.replace("车停在雨棚下。", f"![车]({address})")
    path = write(library, f"quizzes/{COURSE}/ladies-first.md", text)

    assert errors_of(path) == []


def test_a_file_outside_any_course_is_checked_by_itself(tmp_path):
    path = write(tmp_path, "first.md", CASE.replace("title:", "format: case\ntitle:"))

    assert errors_of(path) == []


def test_slugs_are_of_the_alphabet(library):
    path = write(library, f"quizzes/{COURSE}/Ladies_First.md", QUIZ)

    assert errors_of(path) == [("Ladies_First.md", "bad-name", 1)]


def test_a_translation_is_compared_with_its_original(library):
    path = write(library, f"quizzes/{COURSE}/ladies-first.en.md", QUIZ.replace("= 对", "= 错"))

    assert [code for _, code, _ in errors_of(path)] == ["translation-differs"]


def test_the_name_of_a_file_gives_its_language(library):
    path = write(library, f"quizzes/{COURSE}/ladies-first.en.md", QUIZ)

    report = check_library([path])

    assert [parsed.document.language for parsed in report.parsed.values() if parsed.document] == ["en"]


def test_a_language_against_the_name_is_an_error(library):
    text = QUIZ.replace("minutes: 45", "language: fr")
    path = write(library, f"quizzes/{COURSE}/ladies-first.en.md", text)

    assert errors_of(path) == [("ladies-first.en.md", "bad-value", 3)]


def test_missing_translations_are_warnings(library):
    write(library, f"quizzes/{COURSE}/ladies-first.en.md", QUIZ)

    codes = [(Path(one.path).name, one.code) for one in check_library([library]).diagnostics]

    assert [name for name, code in codes if code == "no-translation"] == ["first-car-door.md", "syllabus.md"]


def missed(*paths: Path) -> list[tuple[str, int, str]]:
    found = check_library(paths).diagnostics
    return [(Path(one.path).name, one.line, one.fix) for one in found if one.code == "missing-syllabus"]


def test_a_course_without_syllabus_is_one_warning_that_says_where_to_write_it(library):
    write(library, "cases/new/first-car-door.md", CASE)
    write(library, "quizzes/new/ladies-first.md", QUIZ)
    fix = "write cases/new/syllabus.md with title, hours and a module that names them"

    assert missed(library) == [("first-car-door.md", 1, fix)]
    assert missed(library / "quizzes/new/ladies-first.md") == [("ladies-first.md", 1, fix)]
    assert missed(library / "quizzes" / COURSE) == []


def test_a_broken_syllabus_is_a_syllabus_and_a_text_outside_courses_needs_none(library):
    write(library, f"cases/{COURSE}/syllabus.md", "---\ntitle: 甲\n")
    alone = write(library, "elsewhere/ladies-first.md", QUIZ.replace("minutes: 45", "format: quiz"))

    assert missed(library, alone) == []


def test_a_translation_without_original_is_a_warning(library):
    path = write(library, f"quizzes/{COURSE}/lonely.en.md", QUIZ)

    assert "no-original" in [one.code for one in check_library([path]).diagnostics]


def test_gaps_between_objectives_and_items_are_warnings(library):
    codes = [one.code for one in check_library([library]).diagnostics]

    assert codes.count("objective-without-item") == 2
    assert codes.count("item-without-objective") == 6


def test_a_source_knows_its_course_and_kind_as_its_name():
    source = Source(Path("x.en.md"), Kind.QUIZ, COURSE, "x", "en", True)

    assert source.name == (COURSE, Kind.QUIZ, "x")


def test_what_a_text_names_is_judged_beside_other_faults(library):
    case = CASE.replace("quiz: ladies-first", "quiz: lady\nmodule: nowhere").replace("{5分", "{5 分")
    path = write(library, f"cases/{COURSE}/first-car-door.md", case)

    assert [code for _, code, _ in errors_of(path)] == ["unknown-slug", "unknown-module", "bad-attribute"]
