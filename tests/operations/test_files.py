"""Files of attempts: kept, named by answers, given back; to nobody else, and not after handing in."""

import pytest
from sqlalchemy import func, select

from app.domain.errors import (
    AttemptClosed,
    FileRefused,
    NotFound,
    OfferingArchived,
    OtherDevice,
    UnknownFile,
)
from app.domain.events import AnswerEvent
from app.models import AttemptFile, Blob
from app.operations import files
from app.operations.closing import submit_attempt
from app.operations.files import Upload, attach_file, get_file, list_files
from app.operations.offerings import archive_offering
from app.operations.saving import save_answers
from tests.support.builders import begin_attempt, publish_texts
from tests.support.drill import make_drill
from tests.support.exams import DEVICE

PDF = Upload(b"%PDF-1.7 one", "application/pdf", "报告.pdf")
OTHER = Upload(b"%PDF-1.7 two", "application/pdf", "b.pdf")
MUSIC = Upload(b"ID3 sound", "audio/mpeg", "c.mp3")


@pytest.fixture
def attempt(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/etiquette/drill.md": make_drill()}, now)
    return begin_attempt(session, classroom.student, "drill", now=now)


@pytest.fixture
def attach(session, attempt, classroom, settings, now):
    def attached(upload, person=None, device=None):
        where = (settings.instance, now, device)
        return attach_file(session, person or classroom.student, attempt.public_id, upload, where)

    return attached


@pytest.fixture
def name_files(session, attempt, classroom, now):
    def named(*names):
        event = AnswerEvent("event-00000001", "window-00000001", 1, 0, "file", list(names))
        return save_answers(session, classroom.student, attempt.public_id, [event], now)

    return named


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_a_file_is_kept_with_its_attempt(session, attach, attempt, classroom):
    kept = attach(PDF)

    assert (kept.name, kept.media_type, kept.size) == ("报告.pdf", "application/pdf", 12)
    assert list_files(session, attempt) == [kept]
    assert get_file(session, classroom.student, attempt.public_id, kept.sha256) == kept


def test_the_same_file_twice_is_one_and_keeps_its_first_name(session, attach, attempt):
    first, second = attach(PDF), attach(Upload(PDF.data, PDF.media_type, "again.pdf"))

    assert first == second
    assert count(session, AttemptFile) == count(session, Blob) == 1


def test_an_answer_names_files_of_its_attempt(attach, name_files):
    kept = attach(PDF)

    assert [receipt.status for receipt in name_files(kept.sha256)] == ["saved"]


def test_an_answer_cannot_name_a_file_that_was_never_given(name_files):
    with pytest.raises(UnknownFile):
        name_files("0" * 64)


def test_an_answer_cannot_name_a_file_of_a_type_that_its_item_does_not_take(attach, name_files):
    kept = attach(MUSIC)

    with pytest.raises(FileRefused):
        name_files(kept.sha256)


def test_somebody_else_gives_and_gets_nothing(session, attach, attempt, classroom):
    kept = attach(PDF)

    for person in (classroom.stranger, classroom.assistant, classroom.instructor):
        with pytest.raises(NotFound):
            attach(OTHER, person=person)
        with pytest.raises(NotFound):
            get_file(session, person, attempt.public_id, kept.sha256)
    assert count(session, AttemptFile) == 1


def test_after_handing_in_no_file_is_taken(session, attach, attempt, classroom, now):
    submit_attempt(session, classroom.student, attempt.public_id, now)

    with pytest.raises(AttemptClosed):
        attach(PDF)
    assert count(session, AttemptFile) == 0


def test_an_archived_offering_takes_no_file(attach, classroom, now):
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        attach(PDF)


def test_an_attempt_holds_so_many_files_and_no_more(attach, monkeypatch):
    monkeypatch.setattr(files, "FILES_LIMIT", 1)
    attach(PDF)

    with pytest.raises(FileRefused):
        attach(OTHER)
    assert attach(PDF).name == "报告.pdf"


def test_there_is_no_such_file(session, attempt, classroom):
    with pytest.raises(NotFound):
        get_file(session, classroom.student, attempt.public_id, "0" * 64)


def test_where_one_device_has_the_attempt_another_one_gives_no_file(session, attach, attempt):
    attempt.device = DEVICE
    session.flush()

    with pytest.raises(OtherDevice):
        attach(PDF, device="another")
    assert count(session, AttemptFile) == 0
    assert attach(PDF, device=DEVICE).name == PDF.name
