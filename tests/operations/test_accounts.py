"""Accounts: making, shutting, site roles, one-time passwords."""

import pytest
from sqlalchemy import select

from app.domain.errors import BadName, LoginTaken, NotAllowed, NotFound
from app.domain.roles import Role, SiteRole
from app.models import AuditRow, User, UserSession
from app.operations import accounts
from app.operations.people import load_person
from app.operations.sessions import Browser, start_session
from tests.support.people import give_place, hash_of, make_offering, make_user


def actions(session):
    return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def live_sessions(session, user):
    return session.scalars(
        select(UserSession).where(UserSession.user_id == user.id, UserSession.revoked_at.is_(None))
    ).all()


def test_a_student_number_keeps_its_leading_zeros(session, now):
    user = make_user(session, "0023001", now=now)

    assert user.login == "0023001"
    assert accounts.find_user(session, " ００２３００１ ") is user


def test_a_login_is_given_once(session, now):
    make_user(session, "t07", now=now)

    with pytest.raises(LoginTaken):
        make_user(session, "T07", now=now)
    assert len(session.scalars(select(User)).all()) == 1


def test_a_bad_login_makes_no_account(session, now):
    with pytest.raises(BadName):
        make_user(session, "a b", now=now)


def test_an_account_is_told_to_the_log(session, now):
    user = make_user(session, now=now)

    row = session.scalars(select(AuditRow)).one()
    assert (row.action, row.person_id, row.detail["login"]) == ("user.create", user.id, "2023001")


def test_disabling_ends_every_session(session, now):
    user = make_user(session, now=now)
    admin = load_person(session, make_user(session, "admin", now=now, site_role=SiteRole.ADMIN))
    start_session(session, user.id, Browser("a"), now)
    start_session(session, user.id, Browser("b"), now)

    accounts.disable_user(session, user, admin, now)

    assert user.is_disabled
    assert live_sessions(session, user) == []


def test_disabling_twice_is_told_once(session, now):
    user = make_user(session, now=now)

    accounts.disable_user(session, user, None, now)
    accounts.disable_user(session, user, None, now)

    assert actions(session).count("user.disable") == 1


def test_nobody_shuts_themselves_out_or_changes_their_own_site_role(session, now):
    admin = make_user(session, "admin", now=now, site_role=SiteRole.ADMIN)
    oneself = load_person(session, admin)

    with pytest.raises(NotAllowed):
        accounts.disable_user(session, admin, oneself, now)
    with pytest.raises(NotAllowed):
        accounts.set_site_role(session, admin, None, oneself, now)
    assert accounts.has_admin(session)


def test_a_disabled_administrator_does_not_count(session, now):
    admin = make_user(session, "admin", now=now, site_role=SiteRole.ADMIN)

    accounts.disable_user(session, admin, None, now)

    assert not accounts.has_admin(session)


def test_a_site_role_is_told_with_what_it_was_before(session, now):
    user = make_user(session, now=now)

    accounts.set_site_role(session, user, SiteRole.AUDITOR, None, now)

    row = session.scalars(select(AuditRow).where(AuditRow.action == "user.site_role")).one()
    assert row.detail == {"before": None, "after": "auditor"}


def test_a_one_time_password_must_be_changed_and_ends_every_session(session, now):
    user = make_user(session, now=now)
    start_session(session, user.id, Browser("a"), now)

    accounts.issue_password(session, user, hash_of("another-password"), None, now)

    assert user.must_change_password
    assert live_sessions(session, user) == []
    assert actions(session)[-1] == "password.issue"


def test_an_instructor_finds_their_own_student(session, now):
    offering = make_offering(session, now=now)
    student, teacher = make_user(session, now=now), make_user(session, "t07", now=now)
    give_place(session, student, offering, Role.STUDENT, "航空2301")
    give_place(session, teacher, offering, Role.INSTRUCTOR)

    found = accounts.get_own_student(session, load_person(session, teacher), student.public_id)

    assert found is student


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.MARKER, Role.STUDENT])
def test_no_other_role_finds_a_student_to_issue_a_password_for(session, now, role):
    offering = make_offering(session, now=now)
    student, other = make_user(session, now=now), make_user(session, "t07", now=now)
    give_place(session, student, offering, Role.STUDENT)
    give_place(session, other, offering, role, "航空2301")

    with pytest.raises(NotFound):
        accounts.get_own_student(session, load_person(session, other), student.public_id)


def test_a_student_of_another_course_is_not_found(session, now):
    own, other = make_offering(session, now=now), make_offering(session, "front-office", now=now)
    student, teacher = make_user(session, now=now), make_user(session, "t07", now=now)
    give_place(session, student, own, Role.STUDENT)
    give_place(session, teacher, other, Role.INSTRUCTOR)

    with pytest.raises(NotFound):
        accounts.get_own_student(session, load_person(session, teacher), student.public_id)


def test_a_student_of_an_archived_offering_is_not_found(session, now):
    offering = make_offering(session, now=now)
    student, teacher = make_user(session, now=now), make_user(session, "t07", now=now)
    give_place(session, student, offering, Role.STUDENT)
    give_place(session, teacher, offering, Role.INSTRUCTOR)
    offering.archived_at = now
    session.flush()

    with pytest.raises(NotFound):
        accounts.get_own_student(session, load_person(session, teacher), student.public_id)


def test_a_colleague_in_the_same_offering_is_no_student(session, now):
    offering = make_offering(session, now=now)
    colleague, teacher = make_user(session, "t08", now=now), make_user(session, "t07", now=now)
    give_place(session, colleague, offering, Role.INSTRUCTOR)
    give_place(session, teacher, offering, Role.INSTRUCTOR)

    with pytest.raises(NotFound):
        accounts.get_own_student(session, load_person(session, teacher), colleague.public_id)


def test_a_student_with_power_elsewhere_is_beyond_an_instructor(session, now):
    own, other = make_offering(session, now=now), make_offering(session, "front-office", now=now)
    student, teacher = make_user(session, now=now), make_user(session, "t07", now=now)
    give_place(session, student, own, Role.STUDENT)
    give_place(session, student, other, Role.ASSISTANT, "酒店2301")
    give_place(session, teacher, own, Role.INSTRUCTOR)

    with pytest.raises(NotAllowed):
        accounts.get_own_student(session, load_person(session, teacher), student.public_id)


def test_an_administrator_who_studies_is_beyond_an_instructor(session, now):
    offering = make_offering(session, now=now)
    student = make_user(session, now=now, site_role=SiteRole.ADMIN)
    teacher = make_user(session, "t07", now=now)
    give_place(session, student, offering, Role.STUDENT)
    give_place(session, teacher, offering, Role.INSTRUCTOR)

    with pytest.raises(NotAllowed):
        accounts.get_own_student(session, load_person(session, teacher), student.public_id)


@pytest.mark.parametrize("text", ["0023", "小0023", "航空"])
def test_people_are_found_by_number_name_and_class(session, now, text):
    user = make_user(session, "0023001", now=now)
    user.class_name = "航空2301"
    make_user(session, "t07", now=now)

    assert accounts.search_users(session, text, 10) == [user]


@pytest.mark.parametrize("text", ["%", "_", "\\"])
def test_a_sign_of_the_database_finds_nobody(session, now, text):
    make_user(session, now=now)

    assert accounts.search_users(session, text, 10) == []
