"""Files at the modules of a course: for its people alone, kept when they are removed."""

import pytest
from sqlalchemy import select

from app.domain.course_files import COURSE_BYTES
from app.domain.errors import FileRefused, NotFound, OfferingArchived
from app.domain.roles import Role
from app.models import AuditRow, Blob, CourseFile
from app.operations.blobs import blob_path
from app.operations.course_files import (
    Label,
    NewFile,
    add_file,
    change_file,
    get_course_file,
    list_files,
    remove_file,
)
from app.operations.enrolment import withdraw
from app.operations.media import get_media
from app.operations.offerings import archive_offering
from tests.support.builders import COURSE, make_person, make_term, place_of, publish_texts, reload
from tests.support.moments import TODAY
from tests.support.texts import make_small_quiz_text

PDF = b"%PDF-1.7 slides"


@pytest.fixture
def place(session, classroom):
    return place_of(session, classroom.instructor)


@pytest.fixture
def add(session, classroom, place, tmp_path, now):
    """Return a function that adds a file to a module."""

    def added(data=PDF, module="doors", title="课件"):
        new = NewFile(data, "pdf", Label(module, title))
        return add_file(session, place, classroom.instructor, new, (tmp_path / "instance", now))

    return added


def shown(session, place):
    return [(row.module, row.title, size) for row, size in list_files(session, place.course.id)]


def actions(session):
    statement = select(AuditRow.action).where(AuditRow.action.startswith("file."))
    return session.scalars(statement.order_by(AuditRow.id)).all()


def test_a_file_that_is_sent_again_is_the_same_file(session, place, add):
    first = add()

    assert add(title="另一个名字").id == first.id
    assert add(module="smiles").id != first.id
    assert shown(session, place) == [("doors", "课件", len(PDF)), ("smiles", "课件", len(PDF))]
    assert actions(session) == ["file.add", "file.add"]


def test_the_people_of_the_course_get_it_and_nobody_else(session, classroom, add, now):
    number = add().id
    publish_texts(session, classroom.library, {"quizzes/other/smile.md": make_small_quiz_text()}, now)
    elsewhere = make_person(session, make_term(session, now, "other"), "elsewhere", Role.INSTRUCTOR)

    for person in (classroom.student, classroom.assistant, classroom.instructor):
        assert get_course_file(session, person, COURSE, number, TODAY).name == "课件.pdf"
    for person, course in ((classroom.stranger, COURSE), (elsewhere, COURSE), (elsewhere, "other")):
        with pytest.raises(NotFound):
            get_course_file(session, person, course, number, TODAY)


def test_who_left_the_course_gets_it_no_more(session, classroom, add, now):
    number = add().id

    withdraw(session, classroom.student.id, classroom.offering.id, None, now)

    with pytest.raises(NotFound):
        get_course_file(session, reload(session, classroom.student), COURSE, number, TODAY)


def test_its_address_by_content_leads_nowhere(session, classroom, add):
    with pytest.raises(NotFound):
        get_media(session, classroom.student, add().sha256)


def test_a_file_is_renamed_and_moved_and_the_same_again_is_no_change(session, classroom, place, add, now):
    number = add().id

    for _ in range(2):
        change_file(session, place, classroom.instructor, (number, Label("smiles", "新名")), now)

    assert shown(session, place) == [("smiles", "新名", len(PDF))]
    assert actions(session) == ["file.add", "file.change"]


def test_a_removed_file_is_shown_to_nobody_and_kept(session, classroom, add, tmp_path, now):
    place, row = place_of(session, classroom.instructor), add()

    remove_file(session, place, classroom.instructor, row.id, now)

    assert shown(session, place) == []
    for person in (classroom.student, classroom.instructor):
        with pytest.raises(NotFound):
            get_course_file(session, person, COURSE, row.id, TODAY)
    with pytest.raises(NotFound):
        remove_file(session, place, classroom.instructor, row.id, now)
    assert session.get_one(CourseFile, row.id).removed_by_id == classroom.instructor.id
    assert blob_path(tmp_path / "instance", row.sha256).read_bytes() == PDF
    assert add().id != row.id


def test_an_archived_offering_takes_no_files(session, classroom, place, add, now):
    number = add().id
    archive_offering(place.offering, now)

    with pytest.raises(OfferingArchived):
        add(b"%PDF-other")
    with pytest.raises(OfferingArchived):
        change_file(session, place, classroom.instructor, (number, Label("smiles", "新名")), now)
    with pytest.raises(OfferingArchived):
        remove_file(session, place, classroom.instructor, number, now)


def test_a_course_shows_so_much_and_no_more(session, place, add):
    session.get_one(Blob, add().sha256).size = COURSE_BYTES - len(PDF)

    add(PDF[::-1])

    with pytest.raises(FileRefused, match="quota"):
        add(b"%")
    assert len(shown(session, place)) == 2


@pytest.mark.parametrize("number", [0, 2**31, 2**70])
def test_a_number_that_no_file_has_is_no_file(session, classroom, number):
    with pytest.raises(NotFound):
        get_course_file(session, classroom.student, COURSE, number, TODAY)
