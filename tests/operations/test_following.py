"""What hangs on a text by name or figure follows its new edition at once."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models import Blob, CourseFile, Exam
from app.operations.hours import Lesson, delivered_by_module, record_hours
from tests.support.builders import begin_attempt, place_of, publish_texts
from tests.support.texts import make_small_quiz_text, make_syllabus_text

HELD = date(2026, 3, 2)


@pytest.fixture
def rename(session, classroom, now):
    """Return a function that publishes the syllabus with another id of its first module, in the original."""

    def publish(new, old):
        text = make_syllabus_text().replace("{#doors", f"{{#{new} was={old}")
        translation = make_syllabus_text("Service etiquette").replace("{#doors", f"{{#{new}")
        files = {"cases/etiquette/syllabus.md": text, "cases/etiquette/syllabus.en.md": translation}
        publish_texts(session, classroom.library, files, now)

    return publish


def test_hours_that_were_held_go_along_with_a_module_however_often_it_is_renamed(
    session, classroom, rename, now
):
    place = place_of(session, classroom.instructor)
    for module in ("doors", "smiles"):
        record_hours(session, place, classroom.instructor, Lesson(module, Decimal(2), HELD), now)

    rename("car-doors", "doors")
    rename("entrances", "car-doors")

    assert delivered_by_module(session, place.offering.id) == {"entrances": 2, "smiles": 2}


def test_files_go_along_with_their_module(session, classroom, rename, now):
    session.add(Blob(sha256="0" * 64, media_type="application/pdf", size=1, created_at=now))
    file = CourseFile(
        course_id=classroom.offering.course_id,
        module="doors",
        title="车门",
        ending="pdf",
        sha256="0" * 64,
        added_by_id=classroom.instructor.id,
        added_at=now,
    )
    session.add(file)

    rename("car-doors", "doors")

    session.refresh(file)
    assert file.module == "car-doors"


def test_practice_asks_for_what_its_quiz_asks_for_now(session, classroom, now):
    begin_attempt(session, classroom.student, "smile", now=now)
    begin_attempt(session, classroom.student, "ladies", now=now)

    text = make_small_quiz_text(front="pass: 72.5%\n")
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)

    assert sorted(session.scalars(select(Exam.pass_mark))) == [60, Decimal("72.5")]
