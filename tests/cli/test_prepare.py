"""What was loaded as it is, is not loaded again; whatever changes brings it back."""

import os
from pathlib import Path

import pytest
from sqlalchemy import update

from app.cli.library_mark import files_mark, is_marked, leave_mark, mark_of
from app.models import Document
from tests.support.builders import make_classroom


@pytest.fixture
def room(session, tmp_path, now):
    return make_classroom(session, tmp_path, now)


@pytest.fixture
def marked(session, settings, room):
    """Return what tells whether everything is as it was when the mark was left."""
    leave_mark(settings.instance, mark_of(session, files_mark([room.library])))
    return lambda: is_marked(settings.instance, mark_of(session, files_mark([room.library])))


def test_what_stays_as_it_is_stays_marked(marked, settings):
    assert marked()
    (settings.instance / "loaded.mark").unlink()
    assert not marked()


def test_a_file_that_is_changed_added_or_gone_is_seen(marked, room):
    path = next(Path(room.library).rglob("*.md"))
    text, state = path.read_bytes(), path.stat()
    path.write_bytes(text[:-1] + b" ")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert not marked()
    path.write_bytes(text)
    assert marked()
    other = path.with_name("another.md")
    other.write_text("x")
    assert not marked()
    other.unlink()
    assert marked()


def test_a_change_in_a_course_behind_a_link_is_seen_and_one_of_its_pictures(tmp_path):
    library, elsewhere = tmp_path / "library", tmp_path / "elsewhere"
    text = elsewhere / "quizzes" / "links" / "doors.md"
    picture = elsewhere / "cases" / "links" / "media" / "door.png"
    for path, written in ((text, "first"), (picture, "a door")):
        path.parent.mkdir(parents=True)
        path.write_text(written)
    (library / "quizzes").mkdir(parents=True)
    (library / "quizzes" / "links").symlink_to(text.parent, target_is_directory=True)
    marks = [files_mark([library])]

    for path in (text, picture):
        path.write_text("another")
        marks.append(files_mark([library]))

    assert len(set(marks)) == 3


def test_what_is_published_or_retired_elsewhere_is_seen(marked, session, now):
    session.execute(update(Document).values(retired_at=now))
    assert not marked()


def test_what_another_database_has_is_seen(marked, session):
    session.execute(update(Document).values(loaded_hash="another"))
    assert not marked()
