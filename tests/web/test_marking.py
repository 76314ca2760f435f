"""The marking pages: one response at a time, without names; bad points get a sentence; two markers meet."""

import re

import pytest
from sqlalchemy import select

from app.models import Attempt, Mark
from app.operations.closing import submit_attempt
from app.operations.files import Upload, attach_file
from app.operations.saving import save_answers
from app.operations.scoring import score_attempt
from app.web.database import reading
from tests.support.builders import answer, publish_texts
from tests.support.drill import make_drill
from tests.support.exams import DEVICE, set_exam, sit_exam
from tests.support.pages import follow, open_page, send_form
from tests.support.people import browser_of
from tests.support.sitting import make_marker, make_student, script_of
from tests.web.aftermath import ANSWERS, aftermath

__all__ = ["aftermath"]


@pytest.fixture
def attempt(aftermath):
    return aftermath.hand_in(**ANSWERS)


@pytest.fixture
def marker(app, aftermath):
    return browser_of(app, aftermath.marker.id)


@pytest.fixture
def script(aftermath, attempt):
    return aftermath.script(attempt)


def form_of(client, script):
    return open_page(client, script).form(script.rpartition("/")[2])


def mark(client, script, **values):
    return send_form(client, form_of(client, script), **values)


def marks(app):
    with app.app_context():
        rows = reading().scalars(select(Mark).where(Mark.source == "human").order_by(Mark.id))
        return [(f"{row.points:f}", row.awarded, row.comment, row.reason) for row in rows]


def score(app, attempt):
    with app.app_context():
        found = select(Attempt.score).where(Attempt.public_id == attempt.rpartition("/")[2])
        return reading().scalars(found).one()


# what waits


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_front_page_leads_markers_and_instructors_to_what_waits(
    marker, browse, aftermath, script, language
):
    words = {"zh": "待评阅：期末考试", "en": "To mark: 期末考试"}[language]

    for client in (marker, browse("instructor")):
        page = open_page(client, "/", language=language)
        assert page.links[words] == f"{aftermath.teach}/marking"
    assert words not in open_page(browse("assistant"), "/", language=language).links


def test_the_list_of_items_tells_how_far_each_is(marker, aftermath, script):
    page = open_page(marker, f"{aftermath.teach}/marking")

    assert page.links["说说理由。"] == f"{aftermath.teach}/marking/written"
    assert "To mark: 1" in page.text
    mark(marker, script, points="2")
    assert "All marked" in open_page(marker, f"{aftermath.teach}/marking").text


def test_an_exam_without_written_items_has_nothing_to_mark(marker, store, classroom, now, time):
    with store() as session:
        address = set_exam(session, classroom, now, "smile").public_id

    assert "Nothing to mark" in open_page(marker, f"/teach/exams/{address}/marking").text


def test_the_item_leads_to_the_next_response_that_waits(marker, aftermath, script):
    assert marker.get(f"{aftermath.teach}/marking/written").location == script
    mark(marker, script, points="2")

    page = open_page(marker, f"{aftermath.teach}/marking/written")

    assert "All marked" in page.text
    assert script in page.links.values()


# one response


def test_a_response_is_shown_with_its_item_and_marking_points_and_no_name(marker, aftermath, attempt, script):
    html = marker.get(script, headers={"Accept-Language": "en"}).text

    for told in ("说说理由。", "先为女宾开门", "zqpoint-written", "zqguidance-written", "4 points"):
        assert told in html
    student = aftermath.room.student
    for name in (student.name, student.login, student.public_id, attempt.rpartition("/")[2]):
        assert name not in html


def test_every_address_on_the_marking_pages_hides_who_it_is(marker, aftermath, attempt, script):
    student, hidden = aftermath.room.student, attempt.rpartition("/")[2]

    for page in (f"{aftermath.teach}/marking", script, "/"):
        html = marker.get(page).text
        assert not any(name in html for name in (student.public_id, student.login, hidden))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the points, or tick marking points."),
        ("1,5", "Write decimals with a point: 1.5, not 1,5."),
        ("1，5", "Write decimals with a point: 1.5, not 1,5."),
        ("NaN", "This is no number of points."),
        ("Infinity", "This is no number of points."),
        ("1e1", "This is no number of points."),
        ("two", "This is no number of points."),
        ("-1", "Points are never negative; the least is 0."),
        ("−0.5", "Points are never negative; the least is 0."),
        ("4.5", "This question is worth 4 points at most."),
        ("9" * 19, "This is no number of points."),
        ("1.255", "Points have two decimals at most"),
    ],
)
def test_points_that_are_none_get_a_sentence_and_nothing_is_done(
    app, marker, attempt, *, script, typed, sentence
):
    answer = mark(marker, script, points=typed, comment="写得不错")

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "写得不错" in answer.text
    assert marks(app) == []
    assert score(app, attempt) == 4


@pytest.mark.parametrize(
    ("typed", "kept"), [("0", "0"), (" 2.5 ", "2.5"), ("2.25", "2.25"), ("４", "4"), (".5", "0.5")]
)
def test_points_in_halves_and_hundredths_are_kept(app, marker, script, typed, kept):
    assert mark(marker, script, points=typed).status_code == 303

    assert [one[0] for one in marks(app)] == [kept]


def test_what_is_ticked_adds_up_where_no_points_are_typed(app, marker, script):
    mark(marker, script, awarded=["1"], comment="理由充分")

    assert marks(app) == [("4", [1], "理由充分", "")]


def test_a_marking_point_that_is_not_there_is_refused(app, marker, script):
    assert "no such marking point" in mark(marker, script, awarded=["7"]).text
    assert marks(app) == []


def test_save_and_next_leads_on_and_skip_too(marker, aftermath, attempt, store):
    with store() as session:
        others = [make_student(session, aftermath.room, f"s{n}") for n in range(2)]
    scripts = {
        aftermath.script(attempt),
        *(aftermath.script(aftermath.hand_in(one, written="答")) for one in others),
    }
    first = marker.get(f"{aftermath.teach}/marking/written").location

    skipped = open_page(marker, first).links["Skip"]
    saved = mark(marker, first, points="1").location

    assert len(scripts) == 3
    assert {first, skipped} < scripts
    assert saved == skipped
    assert saved != first
    assert "Saved: 1 point" in open_page(marker, saved).text


def test_a_marker_sees_the_own_earlier_mark_and_says_why_it_changes(app, marker, attempt, script):
    mark(marker, script, points="2.5", comment="缺一点", awarded=["1"])

    form = form_of(marker, script)
    assert (form.value("points"), form.value("comment")) == ("2.5", "缺一点")
    assert form.value("awarded") == "1"
    assert "2.5 / 4 You" in open_page(marker, script).text

    refused = send_form(marker, form, points="3")
    assert (refused.status_code, "Say why the earlier mark is replaced." in refused.text) == (422, True)
    send_form(marker, form, points="3", reason="再读了一遍")

    assert [one[0] for one in marks(app)] == ["2.5", "3"]
    assert marks(app)[1][3] == "再读了一遍"
    assert score(app, attempt) == 7


# two markers


@pytest.fixture
def other(app, store, aftermath):
    with store() as session:
        second = make_marker(session, aftermath.room, "qian").id
    return browser_of(app, second)


def test_the_second_marker_sees_both_marks_and_decides(app, marker, other, attempt, script):
    late = form_of(other, script)
    mark(marker, script, points="3", comment="次序对")

    page = follow(other, send_form(other, late, points="1", comment="理由错"))

    assert "Both marks are kept" in page.text
    for told in ("3 / 4", "次序对", "1 / 4", "理由错", "小lin"):
        assert told in page.text
    assert score(app, attempt) == 7
    assert "Two marks: 1" in open_page(marker, "/".join(script.split("/")[:-2])).text

    form = page.form("/choose")
    refused = send_form(other, form, mark="2", reason="")
    assert (refused.status_code, "Give the reason." in refused.text) == (422, True)
    assert "Choose one of the marks." in send_form(other, form, reason="x").text
    follow(other, send_form(other, form, mark="2", reason="商量过了"))

    assert [one[0] for one in marks(app)] == ["3", "1", "1"]
    assert score(app, attempt) == 5


def test_a_choice_made_meanwhile_is_told(marker, other, script):
    late = form_of(other, script)
    mark(marker, script, points="3")
    page = follow(other, send_form(other, late, points="1"))
    form = page.form("/choose")
    send_form(marker, form_of_choice(marker, script), mark="1", reason="已商量")

    refused = send_form(other, form, mark="2", reason="商量过了")

    assert refused.status_code == 409
    assert "Somebody has decided this in the meantime" in refused.text


def form_of_choice(client, script):
    return open_page(client, script).form("/choose")


def test_a_comment_on_an_answer_that_has_changed_is_handed_back(marker, script):
    comment = "理由充分，但没有说明后排的主宾怎么办。"

    refused = mark(marker, script, points="3", comment=comment, seen="0.1")

    assert refused.status_code == 409
    assert comment in refused.text


# files


def test_files_of_a_response_are_opened_without_the_learners_name(
    app, marker, store, *, aftermath, now, settings
):
    with store() as session:
        room = aftermath.room
        publish_texts(session, room.library, {"quizzes/etiquette/drill.md": make_drill()}, now)
        exam = set_exam(session, room, now, "drill")
        sat = sit_exam(session, room.student, exam, now)
        upload = Upload(b"%PDF-1.7 report", "application/pdf", "贺晓的报告.pdf")
        kept = attach_file(session, room.student, sat.public_id, upload, (settings.instance, now, DEVICE))
        save_answers(session, room.student, sat.public_id, [answer("file", [kept.sha256])], (now, DEVICE))
        score_attempt(session, submit_attempt(session, room.student, sat.public_id, now), now)
        script = f"/teach/exams/{exam.public_id}/marking/file/{script_of(session, exam, sat, 'file').token}"

    page = open_page(marker, script)
    assert "贺晓" not in marker.get(script).text
    assert "PDF · 1 KB" in page.text
    with marker.get(page.links["File 1"]) as file:
        data = file.data

    assert (file.status_code, data, file.mimetype) == (200, b"%PDF-1.7 report", "application/pdf")
    assert "%E8%B4%BA" not in file.headers["Content-Disposition"]
    assert re.search(r"file-[0-9a-f]{6}-1\.pdf", file.headers["Content-Disposition"])
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert marker.get(f"{script}/files/2").status_code == 404


# who, when


@pytest.mark.parametrize("who", ["student", "assistant", "stranger"])
def test_who_does_not_mark_sees_nothing(browse, aftermath, script, who):
    client = browse(who)

    for page in (f"{aftermath.teach}/marking", f"{aftermath.teach}/marking/written", script):
        assert client.get(page).status_code == 403


def test_a_marker_sees_nothing_else_of_the_exam(marker, aftermath):
    for page in ("", "/results", "/release", "/late"):
        assert marker.get(aftermath.teach + page).status_code == 403


def test_after_the_release_marks_are_read_only(marker, aftermath, script):
    form = form_of(marker, script)
    mark(marker, script, points="2")
    aftermath.release()

    page = open_page(marker, script)

    assert not page.has_form(script.rpartition("/")[2])
    assert "2 / 4" in page.text
    refused = send_form(marker, form, points="3")
    assert (refused.status_code, "The results are released" in refused.text) == (409, True)
