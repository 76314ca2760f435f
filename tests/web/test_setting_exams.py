"""An instructor sets an exam in a form; bad values get a sentence each and keep what was typed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models import Attempt, AuditRow, Exam
from app.web.database import reading
from tests.support.builders import publish_texts
from tests.support.exams import set_exam, sit_exam
from tests.support.pages import open_page, send_form
from tests.support.texts import EXAM_QUIZ

GOOD = {
    "quiz": "ladies",
    "kind": "exam",
    "title": "期末考试",
    "opens_at": "2026-03-02T09:00",
    "closes_at": "2026-03-02T11:00",
    "minutes": "60",
    "networks": "10.1.0.0/16",
}


@pytest.fixture
def teacher(time, browse):
    return browse("instructor")


@pytest.fixture
def address(classroom):
    return f"/teach/offerings/{classroom.offering.public_id}/exams/new"


def fill(client, address, **values):
    return send_form(client, open_page(client, address).form(address.rpartition("/")[2]), **values)


def exams_of(app):
    with app.app_context():
        return reading().scalars(select(Exam).where(Exam.kind != "practice")).all()


def test_an_exam_is_set_and_scheduled_in_one_go(app, teacher, address):
    answer = fill(teacher, address, **GOOD, schedule="yes")

    (exam,) = exams_of(app)
    assert answer.headers["Location"].endswith(f"/teach/exams/{exam.public_id}")
    assert (exam.title, exam.minutes, exam.attempts_allowed) == ("期末考试", 60, 1)
    assert exam.opens_at.isoformat() == "2026-03-02T01:00:00+00:00"
    assert (exam.scheduled_at is None, exam.paper_id is None) == (False, False)
    with app.app_context():
        actions = reading().scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert actions[-2:] == ["exam.create", "exam.schedule"]


def test_quizzes_for_exams_come_first_and_the_others_say_that_students_know_them(
    teacher, address, store, classroom, now
):
    with store() as session:
        publish_texts(session, classroom.library, {"quizzes/etiquette/walled.md": EXAM_QUIZ}, now)

    page = open_page(teacher, address, language="en").text

    assert page.count("Set an exam") == 2
    assert page.index("zqexam-title") < page.index("Ladies first (students can practise it)")
    assert "zqexam-title (students" not in page


@pytest.mark.parametrize(("hours", "end"), [(30, " – 2026-03-03 14:00 (UTC+8)"), (3, "")])
def test_a_list_says_when_an_exam_closes_where_that_is_another_day(
    teacher, address, store, classroom, now, *, hours, end
):
    with store() as session:
        set_exam(session, classroom, now, closes_at=now + timedelta(hours=hours))

    page = open_page(teacher, address.removesuffix("/new"), language="en").text

    assert f"2026-03-02 08:00 (UTC+8){end} 0 attempts" in page


def test_a_draft_can_be_changed_scheduled_and_taken_back(app, teacher, address):
    overview = fill(teacher, address, **GOOD).headers["Location"]
    fill(teacher, f"{overview}/edit", minutes="90")
    send_form(teacher, open_page(teacher, overview).form("/schedule"))
    assert exams_of(app)[0].scheduled_at is not None

    send_form(teacher, open_page(teacher, overview).form("/schedule"), withdraw="yes")

    (exam,) = exams_of(app)
    assert (exam.minutes, exam.scheduled_at) == (90, None)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"closes_at": "2026-03-02T09:00"}, "It closes before it opens."),
        ({"minutes": ""}, "Say how many minutes one has."),
        ({"kind": "assignment"}, "An assignment has no duration: it is due when it closes."),
        ({"minutes": "50", "earliest_minutes": "60"}, "This is longer than the exam."),
        ({"networks": "10.1.0.0/16, 宿舍"}, "宿舍 is no network address."),
        ({"opens_at": "", "schedule": "yes"}, "Say when it opens and when it closes."),
        ({"minutes": "soon"}, "Not a valid integer"),
        ({"minutes": "9" * 400}, "A number from 1 to 1440."),
        ({"attempts_allowed": "0"}, "A number from 1 to 100."),
    ],
)
def test_what_does_not_fit_together_is_said_and_what_was_typed_stays(app, teacher, address, values, sentence):
    answer = fill(teacher, address, **(GOOD | values))

    html = answer.get_data(as_text=True)
    assert (answer.status_code, exams_of(app)) == (422, [])
    assert sentence in html
    assert "期末考试" in html


def test_what_attempts_stand_on_cannot_be_changed_once_somebody_has_begun(
    app, store, classroom, teacher, now
):
    with store() as session:
        exam = set_exam(session, classroom, now)
        sit_exam(session, classroom.student, exam, now)
    edit = f"/teach/exams/{exam.public_id}/edit"

    answer = fill(teacher, edit, minutes="90")
    later = fill(teacher, edit, code="A7", closes_at="2026-03-03T11:00")

    assert (answer.status_code, later.status_code) == (422, 303)
    assert "Somebody has begun this exam" in answer.get_data(as_text=True)
    assert (exams_of(app)[0].minutes, exams_of(app)[0].code) == (60, "A7")


@pytest.mark.parametrize("who", ["student", "stranger", "assistant"])
def test_nobody_else_sets_exams(browse, address, who):
    assert browse(who).get(address).status_code == 403


def test_a_class_or_a_student_is_allowed_more_and_it_can_be_taken_back(app, store, classroom, teacher, now):
    with store() as session:
        exam = set_exam(session, classroom, now)
    address = f"/teach/exams/{exam.public_id}/allowances"
    whom = f"person-{classroom.student.id}"

    bad = fill(teacher, address, whom=whom, reason="手伤")
    wrong = fill(teacher, address, whom=whom, factor="0.5", reason="手伤")
    good = fill(teacher, address, whom=whom, extra_minutes="15", factor="1.25", reason="手伤")

    assert "Give more minutes, a factor or another window." in bad.get_data(as_text=True)
    assert "The factor is 1 to 5" in wrong.get_data(as_text=True)
    assert (bad.status_code, wrong.status_code, good.status_code) == (422, 422, 303)
    page = open_page(teacher, address)
    assert "× 1.25" in page.text
    send_form(teacher, page.form("/revoke"))
    assert "× 1.25" not in open_page(teacher, address).text


def test_a_running_exam_is_closed_in_one_act_and_sitters_keep_their_time(app, store, classroom, teacher, now):
    with store() as session:
        exam = set_exam(session, classroom, now, opens_at=now - timedelta(hours=1))
        deadline = sit_exam(session, classroom.student, exam, now).deadline_at
    overview = f"/teach/exams/{exam.public_id}"

    send_form(teacher, open_page(teacher, overview).form("/schedule"), close="yes")
    again = send_form(teacher, open_page(teacher, f"{overview}/edit").form("/edit"))

    assert again.status_code == 303
    assert exams_of(app)[0].state(now + timedelta(minutes=1)).value == "closed"
    with app.app_context():
        assert reading().scalars(select(Attempt.deadline_at)).one() == deadline
        actions = reading().scalars(select(AuditRow.action)).all()
    assert "exam.close" in actions


def test_an_exam_that_is_not_running_is_not_closed(app, teacher, address):
    overview = fill(teacher, address, **GOOD, schedule="yes").headers["Location"]
    form = open_page(teacher, overview).form("/schedule")

    send_form(teacher, form, close="yes")

    assert "The exam is not running." in open_page(teacher, overview).text
    assert exams_of(app)[0].closes_at.isoformat() == "2026-03-02T03:00:00+00:00"


@pytest.mark.parametrize(("language", "called"), [("zh", "女士优先"), ("en", "Ladies first")])
def test_the_quiz_is_called_as_in_the_readers_language(teacher, address, language, called):
    overview = fill(teacher, address, **GOOD).headers["Location"]

    for page in (overview, f"{overview}/edit"):
        assert called in open_page(teacher, page, language=language).text


def test_an_exam_like_another_one_has_its_rules_and_no_times(app, teacher, address):
    overview = fill(teacher, address, **GOOD, late_minutes="15", devices="first", schedule="yes").location
    page = open_page(teacher, overview, language="en")

    form = open_page(teacher, page.links["Set another one like it"]).form("/new")

    kept = {
        name: (form.value(name) or "").strip()
        for name in ("quiz", "title", "minutes", "late_minutes", "devices", "networks")
    }
    assert kept == {name: GOOD.get(name) for name in kept} | {"late_minutes": "15", "devices": "first"}
    assert not form.value("opens_at")
    assert not form.value("closes_at")
    answer = send_form(
        teacher, form, sort="resit", opens_at="2026-03-09T09:00", closes_at="2026-03-09T11:00", schedule="yes"
    )
    assert answer.status_code == 303
    assert [(exam.sort, exam.minutes) for exam in exams_of(app)] == [("regular", 60), ("resit", 60)]


def test_an_exam_that_one_may_not_set_is_no_model(browse, address, store, classroom, now):
    with store() as session:
        public = set_exam(session, classroom, now).public_id

    assert browse("assistant").get(f"{address}?like={public}").status_code == 403
    assert browse("instructor").get(f"{address}?like={'0' * 26}").status_code == 404
