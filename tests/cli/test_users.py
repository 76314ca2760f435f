"""``casehall users`` and ``casehall courses``, run as commands on an instance."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import casehall
from app.domain.roles import Role
from app.models import AuditRow, Enrolment, User
from app.operations import passwords
from app.operations.people import load_person
from tests.support.people import make_offering, shown_password

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PASSWORD = "corridor-in-march"


@pytest.fixture
def run(settings, monkeypatch):
    """Run a command on this test's instance."""
    monkeypatch.setenv("INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("CASEHALL_ENV", "test")

    def called(*arguments: str, typed: str | None = None):
        return CliRunner().invoke(casehall, arguments, input=typed)

    return called


@pytest.fixture
def offering(store):
    """Return a running offering of ground-service."""
    with store() as session:
        return make_offering(session, now=NOW)


def find(store, login):
    with store() as session:
        return session.scalar(select(User).where(User.login == login))


def test_an_instance_without_an_administrator_says_how_to_make_one(run):
    before = run("users", "list")
    run("users", "add", "admin", "--name", "管理员", "--site-admin")
    after = run("users", "list")

    assert "casehall users add LOGIN --name NAME --site-admin" in before.stderr
    assert (after.stdout, after.stderr) == ("admin\t管理员\tadmin\topen\n", "")


def test_a_drawn_password_is_printed_and_must_be_changed(run, store):
    end = run("users", "add", "0023001", "--name", "贺小贺")

    password = shown_password(end.output)
    user = find(store, "0023001")
    assert end.exit_code == 0
    assert passwords.verify_password(user.password_hash, password).is_right
    assert user.must_change_password


def test_a_given_password_is_not_printed_and_needs_no_change(run, store):
    end = run("users", "add", "t07", "--name", "王老师", "--password-stdin", typed=f"{PASSWORD}\n")

    user = find(store, "t07")
    assert passwords.verify_password(user.password_hash, PASSWORD).is_right
    assert not user.must_change_password
    assert PASSWORD not in end.output


def test_a_person_is_added_with_a_place(run, store, offering):
    end = run(
        *("users", "add", "2023001", "--name", "贺", "--course", "ground-service"),
        *("--role", "assistant", "--cohort", "航空2301", "--json"),
    )

    assert json.loads(end.stdout)["login"] == "2023001"
    with store() as session:
        person = load_person(session, session.scalars(select(User)).one())
    (membership,) = person.memberships
    assert (membership.offering_id, membership.role) == (offering.id, Role.ASSISTANT)
    assert len(membership.cohorts) == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["a b", "--name", "x"], "characters"),
        (["x1", "--name", " "], "characters"),
        (["x1", "--name", "x", "--course", "nowhere"], "nowhere has no running offering"),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_in_one_line(run, store, arguments, reason):
    end = run("users", "add", *arguments)

    assert end.exit_code == 1
    assert reason in end.stderr
    assert end.stderr.count("\n") == 1
    assert find(store, "x1") is None


def test_a_login_is_given_once(run):
    run("users", "add", "2023001", "--name", "x")

    assert run("users", "add", "2023001", "--name", "y").exit_code == 1


def test_a_weak_password_is_refused(run, store):
    assert run("users", "add", "t07", "--name", "x", "--password-stdin", typed="12345678\n").exit_code == 1
    assert find(store, "t07") is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "x1"],
        ["add", "x1", "--name", "x", "--role", "student"],
        ["add", "x1", "--name", "x", "--course", "ground-service", "--role", "emperor"],
        ["unheard-of"],
    ],
)
def test_a_slip_is_a_matter_of_usage(run, arguments):
    assert run("users", *arguments).exit_code == 2


def test_a_password_is_reset(run, store):
    run("users", "add", "t07", "--name", "x", "--password-stdin", typed=f"{PASSWORD}\n")

    end = run("users", "reset-password", "T07", "--json")

    user = find(store, "t07")
    assert passwords.verify_password(user.password_hash, json.loads(end.stdout)["password"]).is_right
    assert user.must_change_password
    with store() as session:
        assert "password.issue" in session.scalars(select(AuditRow.action)).all()


def test_nobody_s_password_is_not_reset(run):
    end = run("users", "reset-password", "nobody")

    assert (end.exit_code, end.stderr) == (1, "Error: There is no person with the login nobody.\n")


def test_somebody_is_enrolled_in_the_current_offering(run, store, offering):
    run("users", "add", "2023001", "--name", "贺")

    end = run("courses", "enrol", "2023001", "ground-service", "student", "--cohort", "航空2301")

    assert end.exit_code == 0
    with store() as session:
        assert session.scalars(select(Enrolment.role)).all() == ["student"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nobody", "ground-service", "student"), 1),
        (("2023001", "nowhere", "student"), 1),
        (("2023001", "ground-service", "emperor"), 2),
    ],
)
def test_an_enrolment_that_cannot_be_is_refused(run, offering, arguments, code):
    run("users", "add", "2023001", "--name", "贺")

    assert run("courses", "enrol", *arguments).exit_code == code


def test_courses_are_listed_with_their_people(run, offering):
    run("users", "add", "2023001", "--name", "贺", "--course", "ground-service")

    assert run("courses", "list").stdout == "ground-service\t2026春\t1 student\n"
    (course,) = json.loads(run("courses", "list", "--json").stdout)
    assert (course["course"], course["people"]) == ("ground-service", {"student": 1})
