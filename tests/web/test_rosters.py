"""Taking a roster in: a look first, then everybody or nobody, then passwords that are shown once."""

import json
import re
from io import BytesIO
from urllib.parse import quote

import pytest
from sqlalchemy import select

from app.domain.roles import SiteRole
from app.models import AuditRow, Cohort, Course, Enrolment, User
from app.operations.passwords import verify_password
from app.web.application import BODY_BYTES
from tests.support.pages import Page, open_page, send_form
from tests.support.people import browser_of, make_user

ROSTER = "学号,姓名,班级\n0042,贺小贺,航空2301\n0043,林晓彤,航空2302\n"
ADDRESS = "/admin/people/roster"
EXPLOSIVE = "<script>alert(1)</script>"


@pytest.fixture
def admin(app, store, classroom, now, time):
    with store() as session:
        user = make_user(session, "boss", now=now, site_role=SiteRole.ADMIN)
    return browser_of(app, user.id)


@pytest.fixture
def look(admin, classroom):
    """Return a function that shows what a roster would do; gives the answer."""

    def looked(text, name="名单.csv", **values):
        form = open_page(admin, ADDRESS).form("/roster")
        fields = dict(form.fields) | {"offering": classroom.offering.public_id} | values
        data = text if isinstance(text, bytes) else text.encode()
        sent = {**fields, "file": (BytesIO(data), name)}
        return admin.post(ADDRESS, data=sent, headers={"Accept-Language": "en"})

    return looked


@pytest.fixture
def take(admin, look):
    """Return a function that takes a roster in; gives the answer."""
    return lambda text, **values: send_form(admin, Page(look(text, **values).text).form("/take"))


@pytest.fixture
def people(store):
    """Return a function that tells name, class and cohort of some people, by login."""

    def told(*logins):
        statement = (
            select(User.login, User.name, User.class_name, Cohort.name)
            .outerjoin(Enrolment, Enrolment.user_id == User.id)
            .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
            .where(User.login.in_(logins))
        )
        with store() as session:
            return {login: tuple(rest) for login, *rest in session.execute(statement)}

    return told


def test_the_list_of_people_leads_there(admin):
    assert open_page(admin, "/admin/people", language="en").links["Take a roster in"] == ADDRESS


def test_a_look_says_into_which_course_people_go_by_its_title(look, classroom, store):
    with store() as session:
        session.get_one(Course, classroom.offering.course_id).titles = {"zh": "礼仪", "en": "Etiquette"}
    term = classroom.offering.term

    assert f"What would be done As students into: Etiquette · {term}" in Page(look(ROSTER).text).text
    assert "Into no course offering: accounts only." in Page(look(ROSTER, offering="").text).text


def test_a_look_tells_what_would_be_done_and_does_nothing(look, people):
    text = Page(look(ROSTER, cohort="1班").text).text

    assert "New: 2" in text
    assert "2 0042 贺小贺 New 航空2301 1班" in text
    assert people("0042", "0043") == {}


def test_everybody_is_taken_in_and_has_no_password_yet(admin, take, people, store):
    answer = take(ROSTER, cohort="1班")

    assert answer.headers["Location"] == "/admin/people/passwords"
    assert people("0042", "0043") == {
        "0042": ("贺小贺", "航空2301", "1班"),
        "0043": ("林晓彤", "航空2302", "1班"),
    }
    page = open_page(admin, "/admin/people/passwords", language="en")
    assert "2 accounts were made." in page.text
    assert "航空2301 1" in page.text
    with store() as session:
        user = session.scalars(select(User).where(User.login == "0042")).one()
        assert not verify_password(user.password_hash, "").is_right


def passwords_of(admin, **values):
    """Hand the passwords of a class out; return them by login."""
    form = open_page(admin, "/admin/people/passwords").form("/passwords")
    html = send_form(admin, form, **values).get_data(as_text=True)
    return dict(re.findall(r'<td class="num">(\w+)</td>.*?<code>([\w-]+)</code>', html, re.DOTALL))


def test_first_passwords_are_shown_once_class_by_class(admin, take, store):
    take(ROSTER)

    first = passwords_of(admin)
    page = open_page(admin, "/admin/people/passwords", language="en")
    second = passwords_of(admin)

    assert (list(first), list(second)) == (["0042"], ["0043"])
    assert first["0042"] not in page.text
    with store() as session:
        for login, password in (first | second).items():
            user = session.scalars(select(User).where(User.login == login)).one()
            assert verify_password(user.password_hash, password).is_right
            assert user.must_change_password
        issued = session.scalars(select(AuditRow).where(AuditRow.action == "password.issue")).all()
        assert len(issued) == 2
    assert "Everybody has a password" in open_page(admin, "/admin/people/passwords", language="en").text


def test_who_has_a_password_keeps_it(admin, take):
    take(ROSTER)
    form = open_page(admin, "/admin/people/passwords").form("/passwords")
    first = send_form(admin, form).get_data(as_text=True)

    again = send_form(admin, form).get_data(as_text=True)

    assert "<code>" in first
    assert "<code>" not in again


def test_a_row_with_a_fault_keeps_everybody_out(look, people):
    page = Page(look(f"{ROSTER}0042,又一个,\n").text)

    assert "Cannot be taken: 1" in page.text
    assert "The student number 0042 stands in line 2 already." in page.text
    assert not [form for form in page.forms if form.action.endswith("/take")]
    assert people("0042") == {}


def test_what_has_changed_since_the_look_is_told_and_nothing_is_done(admin, look, store, now, people):
    form = Page(look(ROSTER).text).form("/take")
    with store() as session:
        make_user(session, "0043", now=now, site_role=SiteRole.OFFICER)

    answer = send_form(admin, form)

    assert answer.status_code == 422
    assert "0043 is 小0043 of the staff" in Page(answer.text).text
    assert people("0042") == {}


def test_taking_the_same_roster_in_again_says_that_all_is_as_it_is(take, look):
    take(ROSTER)

    assert "Everything is already as this roster says." in Page(look(ROSTER).text).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04nonsense", "This file is broken, or no workbook."),
        ("姓名\n贺\n".encode(), "names the columns"),
    ],
)
def test_a_file_that_is_no_roster_gets_a_sentence(look, data, said):
    answer = look(data)

    assert answer.status_code == 422
    assert said in Page(answer.text).text


def test_without_a_file_one_is_asked_for(look):
    answer = look("", name="")

    assert "Choose a file first." in Page(answer.text).text


@pytest.mark.parametrize(
    "rows",
    [
        *("", "no json", "[[1]]", "{}", "[[1,2,3,4,5,6]]", '[["x","","","",""]]', "[" * 9_999, "null", "[3]"),
        *('[[1e999,"a","","",""]]', '[[NaN,"a","","",""]]', '[[true,"a","","",""]]', '[[-1,"a","","",""]]'),
        *(f'[[1{"0" * 400},"a","","",""]]', '[[1,"\\ud800","贺","",""]]', '[[1,"0042","\\udfff","",""]]'),
    ],
)
def test_rows_that_the_page_did_not_hold_do_nothing(admin, look, people, rows):
    form = Page(look(ROSTER).text).form("/take")

    answer = send_form(admin, form, rows=rows)

    assert answer.status_code == 422
    assert "The rows did not arrive whole. Choose the file again." in Page(answer.text).text
    assert people("0042") == {}


def test_c1_what_stands_in_a_file_is_shown_as_text(look):
    html = look(f"学号,姓名,{EXPLOSIVE}\n0042,{EXPLOSIVE},x\n").text

    assert EXPLOSIVE not in html
    assert "&lt;script&gt;" in html


def test_a_large_roster_is_taken_in(take, store):
    # with names as long as they may be the rows come back in more than a form usually holds
    rows = "".join(f"2027{number:04},{'学' * 95}{number:04},航空\n" for number in range(1_300))
    assert len(quote(rows)) > BODY_BYTES

    assert take(f"学号,姓名,班级\n{rows}").status_code == 303

    with store() as session:
        assert len(session.scalars(select(User.id).where(User.class_name == "航空")).all()) == 1_300


def test_the_page_holds_the_rows_as_they_were_read(look):
    rows = json.loads(Page(look(ROSTER, cohort="1班").text).form("/take").value("rows") or "")

    assert rows == [[2, "0042", "贺小贺", "航空2301", "1班"], [3, "0043", "林晓彤", "航空2302", "1班"]]
