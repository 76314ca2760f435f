"""Who left the offering: nothing of it opens any more, nothing is lost, and the staff still have it all."""

import pytest
from sqlalchemy import select

from app.domain.review import Aspect
from app.domain.roles import Role
from app.models import Offering, User
from app.operations.enrolment import withdraw
from tests.support.builders import CLASS_1
from tests.support.pages import open_page
from tests.support.people import give_place, make_offering
from tests.web.aftermath import ANSWERS, aftermath

__all__ = ["aftermath"]

PAGES = ("", "/state", "/review", "/result", "/receipt", "/record")


@pytest.fixture
def attempt(aftermath, time):
    """Return an attempt whose results are released, and shown with the answers."""
    address = aftermath.hand_in(**ANSWERS)
    aftermath.release(Aspect.ANSWERS, Aspect.MARKS)
    time.move_to(aftermath.over)
    return address


@pytest.fixture
def leave(store, classroom, now):
    """Let the student leave the offering."""
    with store() as session:
        withdraw(session, classroom.student.id, classroom.offering.id, None, now)


@pytest.fixture
def go_elsewhere(store, classroom, now):
    """Give the student a place in another course."""
    with store() as session:
        user = session.get_one(User, classroom.student.id)
        give_place(session, user, make_offering(session, "front-office", now=now), Role.STUDENT)


def statuses(client, attempt):
    return {page: client.get(f"{attempt}{page}").status_code for page in PAGES}


def test_while_there_the_record_and_the_receipt_are_ones_own(browse, attempt):
    client = browse("student")

    assert {
        page: client.get(f"{attempt}{page}").status_code for page in ("/result", "/receipt", "/record")
    } == {
        "/result": 200,
        "/receipt": 200,
        "/record": 200,
    }


def test_a5_who_left_and_studies_elsewhere_finds_no_attempt_record_or_receipt(
    browse, attempt, go_elsewhere, leave
):
    assert statuses(browse("student"), attempt) == dict.fromkeys(PAGES, 404)


def test_who_left_and_has_no_place_anywhere_is_shut_out_at_every_door(browse, attempt, leave):
    assert statuses(browse("student"), attempt) == dict.fromkeys(PAGES, 403)


def test_who_comes_back_finds_the_same_receipt(browse, store, classroom, attempt):
    receipt = browse("student").get(f"{attempt}/receipt").data
    with store() as session:
        withdraw(session, classroom.student.id, classroom.offering.id, None, classroom.offering.created_at)
    assert browse("student").get(f"{attempt}/receipt").status_code == 403

    with store() as session:
        user, offering = session.get_one(User, classroom.student.id), session.scalars(select(Offering)).one()
        give_place(session, user, offering, Role.STUDENT, CLASS_1)

    assert browse("student").get(f"{attempt}/receipt").data == receipt
    assert browse("student").get(f"{attempt}/record").status_code == 200


def test_the_staff_still_have_the_record_of_who_left(browse, aftermath, attempt, leave):
    page = open_page(browse("instructor"), f"{aftermath.teach}/attempts/{attempt.rpartition('/')[2]}")

    assert "小xiaohe" in page.text
    assert "Verifies" in page.text
