"""A roster is taken in whole or not at all; first passwords are given once."""

from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from app.domain.errors import LoginTaken, OfferingArchived
from app.domain.roles import Role
from app.domain.roster import RosterRow, Verdict
from app.models import Cohort, Enrolment, Offering, User
from app.operations.accounts import disable_user, enable_user
from app.operations.offerings import archive_offering
from app.operations.rosters import Taken, issue_first_password, list_waiting, plan, take_in
from tests.support.builders import make_person
from tests.support.people import make_offering

HE = RosterRow(2, "0042", "贺小贺", "航空2301", "1班")
LIN = RosterRow(3, "0043", "林晓彤", "航空2301", "2班")


@pytest.fixture
def offering(session, classroom):
    return session.get_one(Offering, classroom.offering.id)


@pytest.fixture
def take(session, classroom, offering, now):
    """Return a function that plans rows and takes them in; gives the verdicts."""

    def taken(*rows):
        planned = plan(session, offering, rows)
        new = {one.login: Taken("", number) for number, one in enumerate(planned, 1)}
        take_in(session, classroom.instructor, offering, (planned, new), now)
        return [one.verdict for one in planned]

    return taken


def people(session):
    return set(session.scalars(select(User.login).where(User.login.in_(["0042", "0043"]))))


def test_the_same_again_is_as_it_is_and_another_cohort_moves(session, offering, take):
    assert take(HE, LIN) == [Verdict.NEW, Verdict.NEW]
    assert take(HE, LIN) == [Verdict.SAME, Verdict.SAME]
    assert take(RosterRow(2, "0042", "贺小贺", "", "2班")) == [Verdict.CHANGED]

    seats = select(User.login, Enrolment.cohort_id).join(Enrolment, Enrolment.user_id == User.id)
    cohorts = dict(session.execute(seats.where(User.login.in_(["0042", "0043"]))).all())
    assert cohorts["0042"] == cohorts["0043"]


def test_somebody_who_came_in_between_keeps_everybody_out(session, classroom, offering, now):
    planned = plan(session, offering, [HE, LIN])
    make_person(session, classroom.offering, "0043")
    new = {one.login: Taken("", number) for number, one in enumerate(planned, 1)}

    with pytest.raises(LoginTaken):
        take_in(session, classroom.instructor, offering, (planned, new), now)

    assert people(session) == {"0043"}


def test_an_archived_offering_takes_nobody(session, offering, take, now):
    archive_offering(offering, now)

    with pytest.raises(OfferingArchived):
        take(HE)

    assert people(session) == set()


def test_a_place_in_another_offering_stays_as_it_is(session, classroom, offering, take, now):
    """There they are in a cohort that has the same name as one of the roster."""
    elsewhere = make_offering(session, "front-office", now=now)
    away = make_person(session, elsewhere, "0042", cohort="1班")
    make_person(session, elsewhere, "0043", Role.INSTRUCTOR)
    session.get_one(User, away.id).name = HE.name
    session.flush()

    (planned,) = plan(session, offering, [HE])
    assert planned.changes["place"] == ("", "student")
    assert planned.changes["cohort"] == ("", "1班")
    assert take(HE) == [Verdict.CHANGED]

    places = (
        select(Enrolment.offering_id, Enrolment.role, Cohort.offering_id, Cohort.name)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(User, User.id == Enrolment.user_id)
        .where(User.login.in_(["0042", "0043"]))
        .order_by(Enrolment.offering_id, User.login)
    )
    assert [tuple(row) for row in session.execute(places)] == [
        (offering.id, "student", offering.id, "1班"),
        (elsewhere.id, "student", elsewhere.id, "1班"),
        (elsewhere.id, "instructor", None, None),
    ]
    assert take(HE) == [Verdict.SAME]


def test_what_somebody_is_elsewhere_is_no_fault_here(session, classroom, offering, now):
    """Who teaches here is no student here; who teaches another course may be one."""
    make_person(session, make_offering(session, "front-office", now=now), "0042", Role.INSTRUCTOR)
    make_person(session, offering, "0043", Role.INSTRUCTOR)

    verdicts = [one.verdict for one in plan(session, offering, [HE, LIN])]

    assert verdicts == [Verdict.CHANGED, Verdict.FAULT]


def test_many_ask_no_more_than_a_few(session, take):
    many = [RosterRow(n, f"n{n:03}", f"学生{n}", "航空", "1班") for n in range(200)]
    take(*many)
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2]))

    costs = []
    for cohort, rows in (("2班", many[:2]), ("3班", many)):
        asked.clear()
        take(*[replace(row, cohort=cohort) for row in rows])
        costs.append(sum(one.lstrip().startswith("SELECT") for one in asked))

    assert 0 < costs[1] <= costs[0]


def test_who_is_disabled_waits_for_no_password(session, classroom, take, now):
    take(HE, LIN)
    user = session.scalars(select(User).where(User.login == "0042")).one()

    disable_user(session, user, classroom.instructor, now)
    assert [one.login for one in list_waiting(session)] == ["0043"]

    enable_user(session, user, classroom.instructor, now)
    assert [one.login for one in list_waiting(session)] == ["0042", "0043"]


def test_a_first_password_is_given_once(session, classroom, take, now):
    take(HE)
    (waiting,) = list_waiting(session)

    given = [issue_first_password(session, classroom.instructor, waiting, f"hash {n}", now) for n in (1, 2)]

    assert given == [True, False]
    assert list_waiting(session) == []
    assert session.scalar(select(User.password_hash).where(User.login == "0042")) == "hash 1"
    assert session.scalar(select(func.count()).where(User.login == "0042", User.must_change_password)) == 1
