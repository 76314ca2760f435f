"""Pictures: for the people of the course, and behind the exam wall for its authors."""

import pytest
from sqlalchemy import select

from app.domain.errors import NotFound
from app.domain.roles import Role
from app.models import Blob, User
from app.operations.enrolment import withdraw
from app.operations.media import get_media
from app.operations.sittings import open_sitting
from tests.support.builders import COURSE, begin_attempt, make_person, make_term, publish_texts, reload
from tests.support.exams import set_exam, sit_exam
from tests.support.people import give_place
from tests.support.texts import EXAM_QUIZ, make_case_text, make_png, make_small_quiz_text

DOOR = "cases/etiquette/door.md"
PICTURE = "cases/etiquette/media/door.png"
A = make_small_quiz_text()
GUARD: dict[str, str | bytes | None] = {
    "quizzes/etiquette/guard.md": EXAM_QUIZ.replace("{#only}\n", "{#only}\n\n![](media/plan.png)\n"),
    "cases/etiquette/media/plan.png": make_png(),
}


def store(session, classroom, now, texts):
    publish_texts(session, classroom.library, texts, now)
    return session.scalars(select(Blob)).one().sha256


def test_the_people_of_a_course_see_its_pictures_and_nobody_else(session, classroom, now):
    picture = store(
        session, classroom, now, {DOOR: make_case_text(opening="![](media/door.png)"), PICTURE: make_png()}
    )
    publish_texts(session, classroom.library, {"quizzes/other/smile.md": A}, now)
    elsewhere = make_person(session, make_term(session, now, "other"), "elsewhere")

    for person in (classroom.student, classroom.assistant, classroom.instructor):
        assert get_media(session, person, picture).sha256 == picture
    for person in (elsewhere, classroom.stranger):
        with pytest.raises(NotFound):
            get_media(session, person, picture)
    with pytest.raises(NotFound):
        get_media(session, classroom.student, "0" * 64)


@pytest.mark.parametrize("use", ["use: exam\n", ""])
def test_a12_pictures_of_exam_texts_are_for_their_authors(session, classroom, now, use):
    """Also where only the original says that it is for exams."""
    exam = make_case_text(opening="![](media/door.png)").replace("module:", "use: exam\nmodule:")
    english = make_case_text("Door", opening="![](media/door.png)").replace("module:", f"{use}module:")
    texts = {DOOR: exam, "cases/etiquette/door.en.md": english, PICTURE: make_png()}
    picture = store(session, classroom, now, texts)

    assert get_media(session, classroom.instructor, picture).sha256 == picture
    for person in (classroom.student, classroom.assistant, reload(session, classroom.stranger)):
        with pytest.raises(NotFound):
            get_media(session, person, picture)


def test_a12_who_sits_the_exam_sees_its_picture_and_the_neighbour_does_not(session, classroom, now):
    """The neighbour sits another exam at the same time."""
    picture = store(session, classroom, now, GUARD)
    neighbour = make_person(session, classroom.offering, "neighbour")
    exam, other = set_exam(session, classroom, now, "guard"), set_exam(session, classroom, now)
    sit_exam(session, neighbour, other, now)
    with pytest.raises(NotFound):
        get_media(session, classroom.student, picture)

    sit_exam(session, classroom.student, exam, now)

    assert get_media(session, classroom.student, picture).sha256 == picture
    for person in (neighbour, classroom.assistant, classroom.stranger):
        with pytest.raises(NotFound):
            get_media(session, person, picture)


def test_a12_who_sits_an_exam_sees_no_picture_of_another_one(session, classroom, now):
    picture = store(session, classroom, now, GUARD)
    plain = {"quizzes/etiquette/plain.md": EXAM_QUIZ.replace("zqexam-quiz", "zqexam-plain")}
    publish_texts(session, classroom.library, plain, now)

    sit_exam(session, classroom.student, set_exam(session, classroom, now, "plain"), now)

    with pytest.raises(NotFound):
        get_media(session, classroom.student, picture)


def test_a12_who_left_the_offering_sees_the_pictures_of_its_exam_no_more(session, classroom, now):
    """As little as the paper itself."""
    picture = store(session, classroom, now, GUARD)
    sit_exam(session, classroom.student, set_exam(session, classroom, now, "guard"), now)
    elsewhere, user = make_term(session, now, "other"), session.get_one(User, classroom.student.id)
    give_place(session, user, elsewhere, Role.STUDENT)
    assert get_media(session, reload(session, classroom.student), picture).sha256 == picture

    withdraw(session, classroom.student.id, classroom.offering.id, None, now)

    with pytest.raises(NotFound):
        get_media(session, reload(session, classroom.student), picture)


def test_a_picture_of_both_worlds_is_shown(session, classroom, now):
    exam = make_case_text(opening="![](media/door.png)").replace("module:", "use: exam\nmodule:")
    texts = {
        "cases/etiquette/vault.md": exam,
        DOOR: make_case_text(opening="![](media/door.png)"),
        PICTURE: make_png(),
    }
    picture = store(session, classroom, now, texts)

    assert get_media(session, classroom.student, picture).sha256 == picture


def test_a_retired_texts_picture_is_still_there_for_the_walks_on_it(session, classroom, now):
    picture = store(
        session, classroom, now, {DOOR: make_case_text(opening="![](media/door.png)"), PICTURE: make_png()}
    )
    publish_texts(
        session, classroom.library, {DOOR: None, PICTURE: None, f"cases/{COURSE}/door.en.md": None}, now
    )

    assert get_media(session, classroom.student, picture).sha256 == picture


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.MARKER])
def test_a12_who_tried_an_exam_out_and_is_no_author_any_more_sees_nothing_of_it(
    session, classroom, now, *, role
):
    picture = store(session, classroom, now, GUARD)
    exam = set_exam(session, classroom, now, "guard")
    preview = sit_exam(session, classroom.instructor, exam, now).public_id
    assert open_sitting(session, classroom.instructor, preview).attempt.is_preview

    give_place(session, session.get_one(User, classroom.instructor.id), classroom.offering, role)
    former = reload(session, classroom.instructor)

    with pytest.raises(NotFound):
        open_sitting(session, former, preview)
    with pytest.raises(NotFound):
        get_media(session, former, picture)


def test_a12_what_was_practised_and_is_for_exams_now_shows_no_pictures(session, classroom, now):
    path = "quizzes/etiquette/guard.md"
    open_one = {
        **GUARD,
        path: str(GUARD[path]).replace("use: exam\n", "use: practice\n"),
    }
    picture = store(session, classroom, now, open_one)
    begin_attempt(session, classroom.student, "guard", now=now)
    assert get_media(session, classroom.student, picture).sha256 == picture

    publish_texts(session, classroom.library, GUARD, now)

    with pytest.raises(NotFound):
        get_media(session, classroom.student, picture)
