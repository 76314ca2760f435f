"""``casehall users import``: everybody of a roster, or nobody."""

import json

import pytest
from sqlalchemy import func, select

from app.domain.roles import SiteRole
from app.models import AuditRow, Cohort, Enrolment, User
from app.operations.passwords import verify_password
from tests.conftest import START
from tests.support.command import call_casehall
from tests.support.people import make_offering, make_user

ROSTER = "学号,姓名,班级,教学班\n0042,贺小贺,航空2301,1班\n0043,林晓彤,航空2301,2班\n"
NOW = "2026-03-02T08:00:00+08:00"


@pytest.fixture
def offering(store):
    with store() as session:
        return make_offering(session, now=START)


@pytest.fixture
def take(settings, tmp_path):
    """Return a function that takes a roster in, and gives what was said."""

    def taken(text, *options, code=0):
        file = tmp_path / "名单.csv"
        file.write_bytes(text.encode("gb18030"))
        done = call_casehall(settings.instance, "users", "import", str(file), *options, CASEHALL_NOW=NOW)
        assert done.returncode == code, done.stderr
        return done

    return taken


@pytest.fixture
def people(store):
    """Return a function that tells who there is: name, class, role, cohort by login."""

    def told():
        with store() as session:
            statement = (
                select(User.login, User.name, User.class_name, Enrolment.role, Cohort.name)
                .outerjoin(Enrolment, Enrolment.user_id == User.id)
                .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
            )
            return {login: tuple(rest) for login, *rest in session.execute(statement)}

    return told


def logged(store):
    with store() as session:
        rows = session.execute(select(AuditRow.action, func.count()).group_by(AuditRow.action))
        return {action: count for action, count in rows}


def test_a_class_gets_accounts_and_places_and_passwords_that_must_be_changed(store, offering, take, people):
    told = json.loads(take(ROSTER, "--course", "ground-service", "--json").stdout)

    assert people() == {
        "0042": ("贺小贺", "航空2301", "student", "1班"),
        "0043": ("林晓彤", "航空2301", "student", "2班"),
    }
    assert told["done"]
    assert [row["verdict"] for row in told["rows"]] == ["new", "new"]
    with store() as session:
        for row in told["rows"]:
            user = session.scalars(select(User).where(User.login == row["login"])).one()
            assert verify_password(user.password_hash, row["password"]).is_right
            assert user.must_change_password
    assert logged(store) == {"user.create": 2, "enrolment.set": 2}


def test_a_try_does_nothing(store, offering, take, people):
    said = take(ROSTER, "--course", "ground-service", "--dry-run").stdout

    assert "2\t0042\t贺小贺\tnew" in said
    assert "2 new. Nothing was done: this was a try." in said
    assert people() == {}
    assert logged(store) == {}


def test_the_same_roster_again_changes_nothing_and_a_newer_one_what_differs(store, offering, take, people):
    take(ROSTER, "--course", "ground-service")
    before = logged(store)

    again = take(ROSTER, "--course", "ground-service")
    newer = take(ROSTER.replace("林晓彤", "林小彤").replace("1班", "2班"), "--course", "ground-service")

    assert "2 as it is. Done." in again.stdout
    assert "one-time" not in again.stdout.lower()
    assert "changed (name: 林晓彤 → 林小彤)" in newer.stdout
    assert "changed (cohort: 1班 → 2班)" in newer.stdout
    assert people()["0042"] == ("贺小贺", "航空2301", "student", "2班")
    assert people()["0043"] == ("林小彤", "航空2301", "student", "2班")
    after = logged(store)
    assert (after["user.create"], after["user.change"]) == (before["user.create"], 1)


def test_a_row_with_a_fault_keeps_everybody_out_and_is_named(store, offering, take, people):
    with store() as session:
        make_user(session, "0044", now=START, site_role=SiteRole.OFFICER)
    before = people()

    done = take(ROSTER + "0042,又一个,,\n00 5,路过,,\n0044,李,,\n", "--course", "ground-service", code=1)

    assert "名单.csv:4: The student number 0042 stands in line 2 already." in done.stderr
    assert '名单.csv:5: "00 5" cannot be a student number' in done.stderr
    assert "名单.csv:6: 0044 is 小0044 of the staff" in done.stderr
    assert "3 cannot be taken. Nothing was done" in done.stdout
    assert people() == before


def test_without_a_course_there_are_accounts_and_no_places(take, people):
    take(ROSTER)

    assert people() == {
        "0042": ("贺小贺", "航空2301", None, None),
        "0043": ("林晓彤", "航空2301", None, None),
    }


def test_rows_without_a_cohort_get_the_one_that_is_named(offering, take, people):
    take("学号,姓名,手机\n0042,贺,138\n", "--course", "ground-service", "--cohort", "3班")

    assert people()["0042"][3] == "3班"


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        ("", [], 1, "名单.csv: This file is empty."),
        (ROSTER, ["--course", "nothing"], 1, "The course nothing has no running offering."),
        (ROSTER, ["--cohort", "1班"], 2, "--cohort needs --course."),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(take, people, text, options, *, code, said):
    assert said in take(text, *options, code=code).stderr
    assert people() == {}


def test_columns_without_a_use_are_named(take):
    assert "Columns without a use here: 手机" in take("学号,姓名,手机\n0042,贺,138\n").stdout
