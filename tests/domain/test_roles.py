"""The permission table."""

import pytest

from app.domain.roles import Membership, Permission, Person, Role, SiteRole

HERE, ELSEWHERE = 1, 2


def person(role: Role | None = None, site_role: SiteRole | None = None) -> Person:
    memberships = (Membership(HERE, role),) if role else ()
    return Person(7, "p", "2023001", "小贺", site_role, memberships=memberships)


# who | public signed_in | study author see_cohort see_answers run_offering issue_password |
#     administer read_audit oversee_exams | set_exam invigilate mark | open_course
TABLE = """
nobody      xx ...... ... ... .
student     xx x..... ... ... .
assistant   xx x.x... ... ... .
marker      xx x..... ... ..x .
instructor  xx xxxxxx ... xxx x
admin       xx .....x xx. ... x
officer     xx ...... ..x xx. .
auditor     xx ...... .x. ... .
"""
COLUMNS = [
    *(Permission.PUBLIC, Permission.SIGNED_IN),
    *(Permission.STUDY, Permission.AUTHOR, Permission.SEE_COHORT),
    *(Permission.SEE_ANSWERS, Permission.RUN_OFFERING, Permission.ISSUE_PASSWORD),
    *(Permission.ADMINISTER, Permission.READ_AUDIT, Permission.OVERSEE_EXAMS),
    *(Permission.SET_EXAM, Permission.INVIGILATE, Permission.MARK),
    Permission.OPEN_COURSE,
]
ROWS = [line.split(maxsplit=1) for line in TABLE.strip().splitlines()]


def someone(who: str) -> Person:
    if who in set(Role):
        return person(role=Role(who))
    return person(site_role=SiteRole(who) if who in set(SiteRole) else None)


@pytest.mark.parametrize(("who", "marks"), ROWS)
def test_everyone_may_do_just_what_the_table_says(who, marks):
    allowed = "".join("x" if someone(who).may(permission, HERE) else "." for permission in COLUMNS)

    assert allowed == marks.replace(" ", "")


def test_the_table_has_every_role_and_every_permission():
    assert {who for who, _ in ROWS} == {"nobody", *Role, *SiteRole}
    assert set(COLUMNS) == set(Permission)


@pytest.mark.parametrize("site_role", list(SiteRole))
def test_a_site_role_counts_in_every_offering(site_role):
    one = person(site_role=site_role)

    assert [p for p in Permission if one.may(p, HERE)] == [p for p in Permission if one.may(p, ELSEWHERE)]


def test_offerings_are_those_where_a_role_grants_it():
    memberships = (Membership(HERE, Role.INSTRUCTOR), Membership(ELSEWHERE, Role.STUDENT))
    teacher = Person(7, "p", "t1", "贺老师", memberships=memberships)

    assert teacher.offerings_where(Permission.AUTHOR) == {HERE}
    assert teacher.offerings_where(Permission.STUDY) == {HERE, ELSEWHERE}
    assert person(site_role=SiteRole.ADMIN).offerings_where(Permission.STUDY) == frozenset()


def test_a_membership_is_found_by_its_offering():
    assistant = Person(7, "p", "a1", "小贺", memberships=(Membership(HERE, Role.ASSISTANT, frozenset({3})),))

    assert assistant.membership(HERE) == Membership(HERE, Role.ASSISTANT, frozenset({3}))
    assert assistant.membership(ELSEWHERE) is None


@pytest.mark.parametrize("role", list(Role))
def test_a_role_counts_only_in_its_offering(role):
    assert person(role).may(Permission.STUDY, HERE)
    assert not person(role).may(Permission.STUDY, ELSEWHERE)


@pytest.mark.parametrize("role", [Role.STUDENT, Role.ASSISTANT, Role.MARKER])
def test_only_instructors_author_and_issue_passwords(role):
    for permission in (Permission.AUTHOR, Permission.ISSUE_PASSWORD, Permission.RUN_OFFERING):
        assert person(Role.INSTRUCTOR).may(permission, HERE)
        assert not person(role).may(permission)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_in_an_offering_administers_or_reads_the_audit_log(role):
    assert not person(role).may(Permission.ADMINISTER)
    assert not person(role).may(Permission.READ_AUDIT)


@pytest.mark.parametrize("site_role", list(SiteRole))
def test_no_site_role_authors_or_reads_answers(site_role):
    assert not person(site_role=site_role).may(Permission.AUTHOR)
    assert not person(site_role=site_role).may(Permission.SEE_ANSWERS)


def test_somebody_without_any_role_may_only_be_signed_in():
    allowed = {permission for permission in Permission if person().may(permission)}

    assert allowed == {Permission.PUBLIC, Permission.SIGNED_IN}
