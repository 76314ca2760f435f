"""Where the points come from, in the record of an attempt: for who answers an appeal, and for the learner."""

import re

import pytest
from sqlalchemy import select

from app.domain.review import Aspect
from app.models import AuditRow
from app.operations.files import Upload, attach_file
from app.operations.saving import save_answers
from app.web.database import reading
from tests.support.builders import answer, publish_texts
from tests.support.drill import make_drill
from tests.support.exams import DEVICE, set_exam, sit_exam
from tests.support.pages import open_page
from tests.web.aftermath import ANSWERS, aftermath

__all__ = ["aftermath"]


@pytest.fixture
def attempt(aftermath):
    return aftermath.hand_in(**ANSWERS)


@pytest.fixture
def record(browse, aftermath, attempt):
    """Return what the instructor reads of the attempt."""
    client = browse("instructor")

    def read(query="", language="en"):
        return open_page(
            client, f"{aftermath.teach}/attempts/{attempt.rpartition('/')[2]}{query}", language=language
        )

    return read


@pytest.fixture
def own_record(browse, attempt):
    """Return what the student reads of it."""
    return lambda query="": open_page(browse("student"), f"{attempt}/record{query}", language="en")


def points(page):
    """Return what the record says of the points."""
    found = re.search(r"Where the points come from (.*?) Everything that happened", page.text)
    assert found is not None
    return found[1]


def test_an_attempt_that_is_not_handed_in_has_no_points_yet(browse, store, aftermath, now):
    with store() as session:
        sat = sit_exam(session, aftermath.room.student, aftermath.row(session), now).public_id

    page = open_page(browse("instructor"), f"{aftermath.teach}/attempts/{sat}", language="en")

    assert "Where the points come from" not in page.text


def test_a_response_that_waits_is_told_and_leads_to_the_marking(record, aftermath):
    page = record()

    assert re.search(
        r"说说理由。 To be marked .*Total 4 / 14 1 response has still to be marked", points(page)
    )
    assert page.links["To the marking of this exam"] == f"{aftermath.teach}/marking"


def test_the_key_with_its_revision_and_the_marker_with_grounds_are_named(record, aftermath, attempt):
    aftermath.mark(attempt, "1")
    aftermath.mark(attempt, "2.5", reason="第二点也写到了")

    told = points(record())

    assert re.search(r"后排总是上座。 2 / 2 2 By the key of revision 1 2026-03-02", told)
    assert re.search(r"\b1 By 小\S+ 2026-03-02 08:00 \(UTC\+8\) Does not count", told)
    assert re.search(r"2\.5 / 4 .*2\.5 By 小\S+ 2026-03-02 08:00 \(UTC\+8\) Reason: 第二点也写到了", told)
    assert "Total 6.5 / 14" in told


def test_question_by_question_the_points_stand_beside_the_key(record, aftermath, attempt):
    aftermath.mark(attempt, "2.5")

    page = record("?by=item")

    assert re.search(r"说说理由。 Counts: 先为女宾开门 Points: 2\.5 / 4 2\.5 By 小", page.text)
    assert "The question with its key, as it was taken" in page.text
    assert "zqpoint-written" in page.text


def test_in_chinese_too(record, aftermath, attempt):
    aftermath.mark(attempt, "2.5")

    text = record(language="zh").text

    assert "分数从何而来" in text
    assert "依据版本1的答案" in text


def test_learners_see_points_and_no_name_where_the_exam_shows_points(own_record, aftermath, attempt):
    aftermath.mark(attempt, "2.5")
    aftermath.release(Aspect.ANSWERS, Aspect.MARKS)

    by_time, by_item = own_record(), own_record("?by=item")

    assert "2.5 By a marker" in points(by_time)
    assert "Points: 2.5 / 4" in by_item.text
    for page in (by_time, by_item):
        assert aftermath.marker.name not in page.text
        assert "zqpoint-written" not in page.text
        assert "with its key" not in page.text


def test_learners_see_no_points_where_the_exam_shows_none(own_record, aftermath, attempt):
    aftermath.mark(attempt, "2.5")
    aftermath.release(Aspect.ANSWERS)

    for page in (own_record(), own_record("?by=item")):
        assert "points" not in page.text.lower()
        assert "2.5" not in page.text


@pytest.fixture
def with_file(settings, store, classroom, now, time):
    """Return the addresses of an exam, of an attempt at it, and of the file that was given to it."""
    with store() as session:
        files = {"quizzes/etiquette/drill.md": make_drill()}
        publish_texts(session, classroom.library, files, now)
        exam = set_exam(session, classroom, now, quiz="drill")
        sat = sit_exam(session, classroom.student, exam, now)
        upload = Upload(b"%PDF-1.7 report", "application/pdf", "报告.pdf")
        kept = attach_file(
            session, classroom.student, sat.public_id, upload, (settings.instance, now, DEVICE)
        )
        save_answers(
            session, classroom.student, sat.public_id, [answer("file", [kept.sha256])], (now, DEVICE)
        )
        return f"/teach/exams/{exam.public_id}", sat.public_id, kept.sha256


def test_the_files_of_an_attempt_can_be_opened_and_that_is_noted(app, browse, with_file):
    desk, attempt, sha256 = with_file
    client = browse("instructor")
    page = open_page(client, f"{desk}/attempts/{attempt}", language="en")

    with client.get(page.links["报告.pdf"]) as file:
        data = file.data

    assert (file.status_code, data, file.mimetype) == (200, b"%PDF-1.7 report", "application/pdf")
    assert sha256 in page.text
    with app.app_context():
        seen = reading().scalars(select(AuditRow).where(AuditRow.action == "answers.view")).all()
        assert [row.detail["attempt"] for row in seen] == [attempt] * 2


def test_what_is_no_file_of_the_attempt_is_not_found(browse, aftermath, attempt, with_file):
    desk, sat, sha256 = with_file
    other = attempt.rpartition("/")[2]

    for address in (
        f"{desk}/attempts/{sat}/files/{'0' * 64}",
        f"{aftermath.teach}/attempts/{other}/files/{sha256}",
        f"{aftermath.teach}/attempts/{sat}/files/{sha256}",
    ):
        assert browse("instructor").get(address).status_code == 404
