"""The audit log: appended to, read by person, action, offering and time."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from app.models import AuditRow
from app.operations import audit
from app.operations.people import load_person
from tests.support.people import make_offering, make_user


def read(session, limit=10, **wanted):
    return [line.action for line in audit.read_log(session, audit.Wanted(**wanted), limit)]


def test_the_newest_line_comes_first(session, now):
    audit.record(session, None, "first", now=now)
    audit.record(session, None, "second", now=now)

    assert read(session) == ["second", "first"]


def test_the_log_is_read_by_the_one_who_acts_and_the_one_concerned(session, now):
    teacher, student = make_user(session, "t07", now=now), make_user(session, now=now)
    audit.record(session, load_person(session, teacher), "password.issue", person_id=student.id, now=now)
    audit.record(session, None, "else", now=now)

    assert read(session, person="t07") == ["password.issue", "user.create"]
    assert read(session, person="2023001") == ["password.issue", "user.create"]
    assert read(session, person="nobody") == []


def test_the_log_is_read_by_time_action_and_offering(session, now):
    offering = make_offering(session, now=now)
    audit.record(session, None, "early", now=now)
    audit.record(session, None, "late", offering_id=offering.id, now=now + timedelta(days=1))

    assert read(session, since=now + timedelta(hours=1)) == ["late"]
    assert read(session, until=now + timedelta(hours=1)) == ["early"]
    assert read(session, action="early") == ["early"]
    assert read(session, offering_id=offering.id) == ["late"]


def test_the_log_is_read_page_by_page(session, now):
    for action in ("a", "b", "c"):
        audit.record(session, None, action, now=now)

    first = audit.read_log(session, audit.Wanted(), 2)
    second = audit.read_log(session, audit.Wanted(), 2, before=first[-1].id)

    assert [line.action for line in first + second] == ["c", "b", "a"]


def test_a_line_names_people_and_offering(session, now):
    offering, user = make_offering(session, now=now), make_user(session, now=now)
    about = audit.About(
        person_id=user.id, offering_id=offering.id, detail={"role": "marker"}, address="10.0.0.1"
    )

    audit.record(session, load_person(session, user), "enrolment.set", now=now, **about)

    line = audit.read_log(session, audit.Wanted(), 1)[0]
    assert (line.actor, line.person, line.course, line.term) == (
        "2023001",
        "2023001",
        "ground-service",
        "2026春",
    )
    assert (line.detail, line.address) == ({"role": "marker"}, "10.0.0.1")


@pytest.mark.parametrize("statement", [update(AuditRow).values(action="x"), delete(AuditRow)])
def test_the_log_cannot_be_changed(session, now, statement):
    audit.record(session, None, "first", now=now)

    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(statement)
    assert read(session) == ["first"]
