"""``casehall content diff`` and ``dump``: what was published in the browser comes back into the folders."""

import pytest
from sqlalchemy import select

from app.content.parse import Kind
from app.models import Document
from app.operations.authoring import prepare_text, publish_text
from app.operations.shelves import TextName, check_in_course
from app.operations.writings import Target, open_writing
from tests.support.builders import Texts, make_classroom, place_of, publish_texts, renderer
from tests.support.command import call_casehall
from tests.support.texts import make_case_text, make_png

CASE = "cases/etiquette/door.md"


@pytest.fixture
def classroom(store, tmp_path, now):
    with store() as session:
        return make_classroom(session, tmp_path, now)


@pytest.fixture
def do(settings, classroom):
    """Return a function that runs a command on the course's folders, and gives the lines that it says."""

    def done(command, code=0, library=classroom.library):
        found = call_casehall(settings.instance, "content", command, str(library))
        assert found.returncode == code, found.stdout + found.stderr
        return found.stdout.splitlines()

    return done


@pytest.fixture
def case(classroom):
    return classroom.library / CASE


@pytest.fixture
def publish(store, classroom, now):
    """Return a function that publishes a case as an author does in the browser."""

    def published(text):
        with store() as session:
            place = place_of(session, classroom.instructor)
            target = Target(place, TextName(Kind.CASE, "door", "zh"))
            checked = check_in_course(session, place.course, target.name, text)
            prepared = prepare_text(checked, renderer())
            given = (open_writing(session, target).seen, "", now)
            publish_text(session, classroom.instructor, target, prepared, given)

    return published


@pytest.fixture
def changed(case, publish):
    """Publish another text of the case; return it."""
    text = case.read_text().replace("一辆白色轿车停下", "一辆黑色轿车停下")
    publish(text)
    return text


def test_folders_that_were_just_loaded_are_the_same(do):
    (line,) = do("diff")

    assert line.split() == ["the", "same", "8"]


def test_what_was_published_since_is_told_and_written(do, changed, case):
    assert do("diff", code=1)[0].split() == ["published", "since", CASE]
    assert case.read_text() != changed

    assert do("dump")[-1] == "1 file written"

    assert case.read_text() == changed
    assert len(do("diff")) == 1


def test_what_was_dumped_is_loaded_without_a_conflict(do, settings, classroom, changed):
    do("dump")

    folders = [str(classroom.library / name) for name in ("cases", "quizzes")]
    loaded = call_casehall(settings.instance, "content", "load", *folders)

    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.splitlines() == ["unchanged 8"]


def test_a_file_with_words_of_its_own_is_left_alone(do, changed, case):
    own = case.read_text() + "\n自己的一句。\n"
    case.write_text(own)

    assert do("diff", code=1)[0].split() == ["conflict", CASE]
    assert "0 files written" in do("dump", code=1)

    assert case.read_text() == own


def test_a_conflict_ends_where_the_file_wins(do, settings, classroom, changed, case):
    case.write_text(case.read_text().replace("一辆白色轿车", "一辆红色轿车"))
    folders = [str(classroom.library / name) for name in ("cases", "quizzes")]

    refused = call_casehall(settings.instance, "content", "load", *folders)
    assert "content load --over" in refused.stderr
    assert "content dump" in refused.stderr
    loaded = call_casehall(settings.instance, "content", "load", "--over", *folders)

    assert (refused.returncode, loaded.returncode) == (1, 0)
    assert loaded.stdout.splitlines() == ["over      etiquette/case/door.zh", "unchanged 7"]
    assert len(do("diff")) == 1


def test_a_file_with_another_ending_of_lines_says_the_same(do, case):
    case.write_bytes(b"\xef\xbb\xbf" + case.read_bytes().replace(b"\n", b"\r\n"))

    assert len(do("diff")) == 1


def test_a_file_that_is_written_otherwise_and_means_the_same_is_the_same(do, case):
    case.write_text(case.read_text() + "\n\n")

    assert len(do("diff")) == 1


@pytest.mark.parametrize("link", [CASE, "cases/etiquette"])
def test_a_link_is_not_written_through(do, changed, classroom, tmp_path, link):
    path, outside = classroom.library / link, tmp_path / "outside"
    path.rename(outside)
    path.symlink_to(outside)
    before = (outside if link == CASE else outside / "door.md").read_text()

    lines = do("dump", code=1)

    assert f"link              {CASE}" in lines
    assert lines[-1] == "0 files written"
    assert (outside if link == CASE else outside / "door.md").read_text() == before


def test_a_file_keeps_its_mode_and_nothing_half_is_left(do, changed, case):
    case.chmod(0o664)

    do("dump")

    assert case.stat().st_mode & 0o777 == 0o664
    assert [path.name for path in case.parent.iterdir() if path.name.startswith(".")] == []


PICTURE = "cases/etiquette/media/door.png"


@pytest.fixture
def pictured(classroom, settings, store, now):
    texts: Texts = {CASE: make_case_text(opening="![门](media/door.png)"), PICTURE: make_png()}
    with store() as session:
        publish_texts(session, classroom.library, texts, now)
        publish_texts(session, classroom.library, {PICTURE: make_png(200)}, now)
    return classroom.library / PICTURE


def test_pictures_are_compared_too(do, pictured):
    assert do("diff")[0].split() == ["the", "same", "9"]

    pictured.write_bytes(make_png())
    assert do("diff", code=1)[0].split() == ["published", "since", PICTURE]
    pictured.write_bytes(make_png(77))
    assert do("diff", code=1)[0].split() == ["conflict", PICTURE]
    do("dump", code=1)

    assert pictured.read_bytes() == make_png(77)


@pytest.mark.parametrize(("kind", "name"), [("case", "syllabus"), ("case", "readme"), ("quiz", "syllabus")])
def test_a_text_whose_file_is_that_of_another_is_in_conflict(do, store, kind, name):
    with store() as session:
        slug = "door" if kind == "case" else "smile"
        row = session.scalars(select(Document).filter_by(slug=slug, language="zh")).one()
        row.slug, row.loaded_hash = name, None

    folder = "quizzes" if kind == "quiz" else "cases"
    assert f"conflict          {folder}/etiquette/{name}.md" in do("dump", code=1)


def test_an_empty_folder_gets_every_text_and_every_picture(do, tmp_path, classroom):
    empty = tmp_path / "empty"

    do("dump", library=empty)

    files = {path.relative_to(empty) for path in empty.rglob("*") if path.is_file()}
    there = {path.relative_to(classroom.library) for path in classroom.library.rglob("*") if path.is_file()}
    assert files == there
    assert all((empty / path).read_bytes() == (classroom.library / path).read_bytes() for path in files)
