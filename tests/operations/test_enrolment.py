"""Enrolment: places in offerings, cohorts, assistants of cohorts."""

import pytest
from sqlalchemy import select

from app.domain.errors import NotFound, OfferingArchived
from app.domain.roles import Membership, Role
from app.models import AuditRow, Cohort
from app.operations import enrolment
from app.operations.enrolment import Seat
from app.operations.people import load_person
from tests.support.people import give_place, make_offering, make_user


def test_a_student_stands_in_a_cohort_made_by_its_name(session, now):
    offering, student = make_offering(session, now=now), make_user(session, now=now)

    enrolment.enrol(session, student.id, Seat(offering.id, Role.STUDENT, " 航空2301 "), None, now)

    (place,) = enrolment.list_seats(session, student.id)
    assert (place.role, place.cohorts) == (Role.STUDENT, ("航空2301",))


def test_a_cohort_is_made_once(session, now):
    offering = make_offering(session, now=now)
    for login in ("2023001", "2023002"):
        give_place(session, make_user(session, login, now=now), offering, Role.STUDENT, "航空2301")

    assert len(session.scalars(select(Cohort)).all()) == 1


def test_enrolling_again_moves_the_person(session, now):
    offering, student = make_offering(session, now=now), make_user(session, now=now)
    give_place(session, student, offering, Role.STUDENT, "航空2301")

    give_place(session, student, offering, Role.STUDENT, "航空2302")

    (place,) = enrolment.list_seats(session, student.id)
    assert place.cohorts == ("航空2302",)


def test_an_assistant_looks_after_the_cohorts_they_were_given(session, now):
    offering, assistant = make_offering(session, now=now), make_user(session, now=now)
    give_place(session, assistant, offering, Role.ASSISTANT, "航空2301")
    give_place(session, assistant, offering, Role.ASSISTANT, "航空2302")
    cohorts = frozenset(session.scalars(select(Cohort.id)))

    person = load_person(session, assistant)

    assert person.memberships == (Membership(offering.id, Role.ASSISTANT, cohorts),)


def test_cohorts_of_another_offering_do_not_leak_into_a_membership(session, now):
    first, second = make_offering(session, now=now), make_offering(session, "front-office", now=now)
    assistant = make_user(session, now=now)
    give_place(session, assistant, first, Role.ASSISTANT, "航空2301")
    give_place(session, assistant, second, Role.ASSISTANT)

    person = load_person(session, assistant)

    assert [(one.offering_id, len(one.cohorts)) for one in person.memberships] == [
        (first.id, 1),
        (second.id, 0),
    ]


def test_who_is_no_assistant_any_more_looks_after_no_cohort(session, now):
    offering, assistant = make_offering(session, now=now), make_user(session, now=now)
    give_place(session, assistant, offering, Role.ASSISTANT, "航空2301")

    give_place(session, assistant, offering, Role.STUDENT)
    give_place(session, assistant, offering, Role.ASSISTANT)

    (membership,) = load_person(session, assistant).memberships
    assert membership.cohorts == frozenset()


def test_an_archived_offering_takes_nobody(session, now):
    offering, student = make_offering(session, now=now), make_user(session, now=now)
    offering.archived_at = now

    with pytest.raises(OfferingArchived):
        enrolment.enrol(session, student.id, Seat(offering.id, Role.STUDENT), None, now)
    assert enrolment.list_seats(session, student.id) == []


def test_an_offering_that_does_not_exist_takes_nobody(session, now):
    student = make_user(session, now=now)

    with pytest.raises(NotFound):
        enrolment.enrol(session, student.id, Seat(404, Role.STUDENT), None, now)


def test_a_place_can_be_taken_away_once(session, now):
    offering, student = make_offering(session, now=now), make_user(session, now=now)
    give_place(session, student, offering, Role.STUDENT, "航空2301")

    enrolment.withdraw(session, student.id, offering.id, None, now)

    assert load_person(session, student).memberships == ()
    with pytest.raises(NotFound):
        enrolment.withdraw(session, student.id, offering.id, None, now)


def test_places_are_told_to_the_log(session, now):
    offering, student = make_offering(session, now=now), make_user(session, now=now)

    give_place(session, student, offering, Role.STUDENT, "航空2301")
    enrolment.withdraw(session, student.id, offering.id, None, now)

    rows = session.scalars(select(AuditRow).where(AuditRow.offering_id == offering.id)).all()
    assert [(row.action, row.person_id) for row in rows] == [
        ("enrolment.set", student.id),
        ("enrolment.withdraw", student.id),
    ]
    assert rows[0].detail == {"role": "student", "cohort": "航空2301"}


def test_the_current_offering_is_the_newest_that_runs(session, now):
    offering = make_offering(session, now=now)

    assert enrolment.get_current_offering(session, "ground-service") is offering
    offering.archived_at = now
    with pytest.raises(NotFound):
        enrolment.get_current_offering(session, "ground-service")
