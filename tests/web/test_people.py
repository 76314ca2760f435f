"""The people of an offering: an instructor finds, enrols, moves and withdraws students, and no more."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from app.domain.roles import Role, SiteRole
from app.models import AuditRow, Enrolment, User
from app.operations.offerings import archive_offering
from app.web.database import reading
from tests.support.pages import Page, open_page, send_form
from tests.support.people import give_place, make_user

CLASS = "学号,姓名,班级,教学班\n2026001,王小明,航空2601,甲班\n2026002,欧阳娜娜,航空2601,甲班\n"
CLASSES = CLASS.replace(",甲班", "")


@pytest.fixture
def people(classroom):
    return f"/teach/offerings/{classroom.offering.public_id}/people"


@pytest.fixture
def teacher(browse):
    return browse("instructor")


def look(client, people, text=CLASS, **fields):
    form = open_page(client, f"{people}/roster", language="en").form("/roster")
    data = dict(form.filled(**fields)) | {"file": (BytesIO(text.encode()), "class.csv")}
    return client.post(form.action, data=data, headers={"Accept-Language": "en"})


def take(client, people, text=CLASS, **fields):
    shown = look(client, people, text, **fields)
    return send_form(client, Page(shown.text).form("/take"))


def members(app, classroom):
    with app.app_context():
        statement = select(User, Enrolment).join(Enrolment, Enrolment.user_id == User.id)
        rows = reading().execute(statement.where(Enrolment.offering_id == classroom.offering.id))
        return {user.login: (user.name, enrolment.role, enrolment.cohort_id) for user, enrolment in rows}


def acts_of(app, action):
    with app.app_context():
        rows = reading().scalars(select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.id))
        return [(row.actor_id, row.detail) for row in rows]


def test_the_class_becomes_the_teaching_class_where_the_roster_names_none(teacher, people, app, classroom):
    shown = Page(look(teacher, people, CLASSES).text)
    again = Page(send_form(teacher, shown.form("/take"), classes="1").text)
    assert "2 rows name a class" in shown.text
    assert "2026001" not in members(app, classroom)

    send_form(teacher, again.form("/take"))

    listed = open_page(teacher, f"{people}?q=王小明")
    assert "航空2601 Student 航空2601" in listed.text


def test_who_stands_in_no_teaching_class_is_listed_under_the_class(teacher, people, classroom):
    shown = Page(look(teacher, people, CLASSES).text)

    send_form(teacher, shown.form("/take"), classes=None)

    home = f"/teach/offerings/{classroom.offering.public_id}"
    assert "2026001 · 航空2601" in open_page(teacher, home).text
    assert "航空2601" in open_page(teacher, f"{home}/plan").text


def test_a_roster_that_changes_nothing_still_offers_the_class(teacher, people, app, classroom):
    send_form(teacher, Page(look(teacher, people, CLASSES).text).form("/take"), classes=None)

    shown = Page(look(teacher, people, CLASSES).text)
    again = Page(send_form(teacher, shown.form("/take"), classes="1").text)

    assert "Everything is already as this roster says." in shown.text
    assert "Changed: 2" in again.text


def existing(store, now, login="2026001", name="王小明", **fields):
    """Make an account that somebody else looks after."""
    with store() as session:
        user = make_user(session, login, now=now, **fields)
        user.name, user.class_name = name, "旅游2502"
        return user.id, user.public_id


def test_a_class_is_enrolled_after_a_look_and_its_new_people_get_accounts(teacher, people, app, classroom):
    before = members(app, classroom)
    shown = look(teacher, people)
    assert members(app, classroom) == before
    assert "New: 2" in Page(shown.text).text

    send_form(teacher, Page(shown.text).form("/take"))

    after = members(app, classroom)
    assert {login: after[login][:2] for login in set(after) - set(before)} == {
        "2026001": ("王小明", "student"),
        "2026002": ("欧阳娜娜", "student"),
    }
    assert {actor for actor, _ in acts_of(app, "user.create")[-2:]} == {classroom.instructor.id}


@pytest.mark.parametrize("text", ["王小", "wangxiaoming", "WXM", "2026001", "航空2601"])
def test_people_are_found_by_number_name_pinyin_and_class(teacher, people, text):
    take(teacher, people)

    page = open_page(teacher, f"{people}?q={text}", language="en")

    assert "王小明" in page.text
    assert "xiaohe" not in page.text


def test_first_passwords_are_shown_once_and_only_those_of_the_own_class(teacher, people, app, store, now):
    take(teacher, people)
    with store() as session:
        make_user(session, "elsewhere", now=now).password_hash = ""

    form = open_page(teacher, people, language="en").form("/passwords")
    first = send_form(teacher, form).text
    second = teacher.post(form.action, data=dict(form.filled())).text

    assert "2026001" in Page(first).text
    assert "elsewhere" not in first
    assert "2026001" not in Page(second).text
    with app.app_context():
        made = reading().scalars(select(User).where(User.login == "2026001")).one()
    assert made.password_hash
    assert made.must_change_password


def test_who_has_an_account_is_enrolled_under_the_name_and_class_on_record(
    teacher, people, app, *, store, classroom, now
):
    existing(store, now)

    take(teacher, people)

    with app.app_context():
        user = reading().scalars(select(User).where(User.login == "2026001")).one()
    assert (user.name, user.class_name) == ("王小明", "旅游2502")
    assert members(app, classroom)["2026001"][1] == "student"


def test_another_name_on_record_is_a_fault_and_is_not_told(teacher, people, app, *, store, classroom, now):
    existing(store, now, name="李四维")

    shown = look(teacher, people)

    assert "2026001 has another name on record." in Page(shown.text).text
    assert "李四维" not in shown.text
    assert not Page(shown.text).has_form("/take")
    assert "2026002" not in members(app, classroom)


def test_a1_an_instructor_enrols_somebody_elses_student_and_cannot_open_the_account(
    teacher, people, app, store, now
):
    _, public = existing(store, now)
    take(teacher, people)
    page = f"{people.rpartition('/')[0]}/students/{public}"
    form = open_page(teacher, page, language="en").form("/password")

    refused = teacher.post(form.action, data=dict(form.filled()), headers={"Accept-Language": "en"})

    assert refused.status_code == 403
    assert "This account was there before you enrolled it." in Page(refused.text).text
    assert acts_of(app, "password.issue") == []


def test_a1_an_account_without_a_password_that_others_made_is_not_handed_out(
    teacher, people, app, store, now
):
    number, _ = existing(store, now)
    with store() as session:
        session.get_one(User, number).password_hash = ""
    take(teacher, people)

    shown = send_form(teacher, open_page(teacher, people).form("/passwords")).text

    assert "2026002" in shown
    assert "2026001" not in shown


def test_a_student_is_moved_and_withdrawn_and_the_log_says_so(teacher, people, app, classroom):
    take(teacher, people)
    page = open_page(teacher, people)
    moves, withdrawals = ([f for f in page.forms if f.action.endswith(end)] for end in ("/move", "/withdraw"))

    send_form(teacher, moves[0], cohort="乙班")
    send_form(teacher, withdrawals[1])

    left = members(app, classroom)
    assert "2026002" not in left or "2026001" not in left
    assert acts_of(app, "enrolment.set")[-1][1]["cohort"] == "乙班"
    assert acts_of(app, "enrolment.withdraw")[-1][0] == classroom.instructor.id


def test_staff_are_listed_and_not_moved(teacher, people, classroom):
    page = open_page(teacher, people, language="en")

    assert "Instructor" in page.text
    students = {form.action.split("/")[-2] for form in page.forms if form.action.endswith("/move")}
    assert classroom.assistant.public_id not in students
    refused = [
        teacher.post(f"{people}/{who.public_id}/{act}", data=dict(page.form("/move").filled()))
        for who in (classroom.assistant, classroom.stranger)
        for act in ("move", "withdraw")
    ]
    assert [answer.status_code for answer in refused] == [404] * 4


def test_a_cohort_that_cannot_be_called_so_changes_nothing(teacher, people, app):
    take(teacher, people)
    before = acts_of(app, "enrolment.set")
    form = next(f for f in open_page(teacher, people).forms if f.action.endswith("/move"))

    for name in ("长" * 300, "甲\x07班"):
        send_form(teacher, form, cohort=name)

    assert acts_of(app, "enrolment.set") == before
    assert "Nothing was changed." in open_page(teacher, people).text


def test_an_archived_offering_changes_nobody(teacher, people, app, *, store, classroom, now):
    forms = open_page(teacher, people).forms
    shown = look(teacher, people)
    with store() as session:
        archive_offering(session.merge(classroom.offering), now)
    before = members(app, classroom)

    acts = [form for form in forms if form.action.endswith(("/move", "/withdraw"))]
    taking = Page(shown.text).form("/take")
    answers = [teacher.post(form.action, data=dict(form.filled())) for form in [*acts[:2], taking]]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert members(app, classroom) == before
    assert not open_page(teacher, people).has_form("/move")


def test_the_same_class_again_changes_nothing_and_says_so(teacher, people):
    take(teacher, people)

    assert "Everything is already as this roster says." in Page(look(teacher, people).text).text


def test_an_instructor_in_the_list_stays_one(teacher, people, app, *, store, classroom, now):
    with store() as session:
        user = make_user(session, "2026003", now=now)
        user.name = "陈老师"
        give_place(session, user, classroom.offering, Role.INSTRUCTOR)

    shown = look(teacher, people, CLASS + "2026003,陈老师,,\n")

    assert "of the staff" in Page(shown.text).text
    assert members(app, classroom)["2026003"][1] == "instructor"


def test_a1_who_got_other_roles_meanwhile_gets_no_first_password_from_a_teacher(teacher, people, app, store):
    take(teacher, people)
    with store() as session:
        officer = session.scalars(select(User).where(User.login == "2026001")).one()
        officer.site_role = SiteRole.OFFICER

    shown = send_form(teacher, open_page(teacher, people).form("/passwords")).text

    assert "2026002" in shown
    assert "2026001" not in shown
    with store() as session:
        assert session.scalars(select(User.password_hash).where(User.login == "2026001")).one() == ""


def test_a10_a_cohort_of_no_number_that_a_table_holds_has_nobody(teacher, people):
    assert teacher.get(f"{people}?cohort={10**40}").status_code == 200


def test_what_waits_for_a_password_stands_apart_from_the_table_below(teacher, people):
    take(teacher, people)

    page = teacher.get(people).text

    assert re.search(r'id="waiting".*?</section>\s*<div class="table-scroll"', page, re.DOTALL)
