"""The permission table."""

import pytest

from app.domain.roles import Membership, Permission, Person, Role, SiteRole

HERE, ELSEWHERE = 1, 2


def person(role: Role | None = None, site_role: SiteRole | None = None) -> Person:
    memberships = (Membership(HERE, role),) if role else ()
    return Person(7, "p", "2023001", "小贺", site_role, memberships=memberships)


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
