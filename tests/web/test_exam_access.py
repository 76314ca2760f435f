"""Attempts at exams are their person's alone, for as long as the person may sit them."""

import pytest
from sqlalchemy import select

from app.models import Attempt, Event, User
from app.operations.accounts import disable_user, enable_user
from app.operations.enrolment import withdraw
from app.operations.verifying import verify_attempt
from tests.support.builders import later, make_person
from tests.support.exams import set_exam, sit_exam
from tests.support.people import browser_of, sign_in
from tests.support.wire import event, post, send_events, statuses

pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def attempt(store, classroom, now):
    """Return the student's open attempt at an exam."""
    with store() as session:
        return sit_exam(session, classroom.student, set_exam(session, classroom, now), now)


@pytest.fixture
def paper(attempt):
    return f"/attempts/{attempt.public_id}"


@pytest.fixture
def client(browse):
    return browse("student")


def stored(store):
    with store() as session:
        attempt = session.scalars(select(Attempt)).one()
        assert verify_attempt(session, attempt.public_id) is None
        items = session.scalars(select(Event.item).where(Event.kind == "answer").order_by(Event.seq)).all()
        return attempt.state, list(items)


def test_a8_who_is_disabled_in_mid_exam_is_out_and_nothing_is_lost(
    store, client, paper, attempt, now, *, classroom
):
    send_events(client, paper, event("truth", True))
    with store() as session:
        disable_user(session, session.get_one(User, classroom.student.id), None, later(now))

    refused = post(client, paper, {"events": [event("single", "2")]})

    assert (refused.status_code, refused.get_json()["error"]) == (401, "sign_in")
    assert client.get(paper).location.startswith("/login")
    assert sign_in(client, classroom.student.login).status_code == 401
    assert stored(store) == ("open", ["truth"])


def test_a8_who_is_let_in_again_goes_on_where_they_stopped(store, app, client, paper, now, *, classroom):
    send_events(client, paper, event("truth", True))
    with store() as session:
        user = session.get_one(User, classroom.student.id)
        disable_user(session, user, None, now)
        enable_user(session, user, None, now)

    again = browser_of(app, classroom.student.id)

    assert statuses(send_events(again, paper, event("single", "2"))) == ["saved"]
    assert stored(store) == ("open", ["truth", "single"])


def test_a8_who_is_taken_out_of_the_offering_in_mid_exam_finds_nothing_there(
    store, client, paper, now, *, classroom
):
    send_events(client, paper, event("truth", True))
    with store() as session:
        withdraw(session, classroom.student.id, classroom.offering.id, None, now)

    refused = post(client, paper, {"events": [event("single", "2")]})

    # who has no place anywhere gets this at every door, whatever is behind it
    assert refused.status_code == 403
    assert {client.get(f"{paper}{page}").status_code for page in ("", "/state", "/result")} == {403}
    assert stored(store) == ("open", ["truth"])


def test_a5_nobody_else_reads_saves_or_hands_in(store, app, browse, paper, *, classroom):
    with store() as session:
        neighbour = make_person(session, classroom.offering, "neighbour").id

    people = {browser_of(app, neighbour): 404, browse("instructor"): 404, browse("assistant"): 404}
    # a stranger has no place anywhere, and gets this at every door
    for client, status in (people | {browse("stranger"): 403}).items():
        token = client.get("/csrf").get_json()["csrf"]
        for page in ("", "/state", "/review", "/result"):
            assert client.get(f"{paper}{page}").status_code == status
        for act in ("/answers", "/submit", "/files"):
            assert client.post(f"{paper}{act}", data={"csrf_token": token}).status_code == status
        assert post(client, paper, {"events": [event("truth", True)]}).status_code == status
    assert stored(store) == ("open", [])


def test_s14_after_the_hand_in_a_second_window_is_refused(store, client, paper):
    token = client.get("/csrf").get_json()["csrf"]
    client.post(f"{paper}/submit", data={"csrf_token": token})

    refused = post(client, paper, {"events": [event("truth", True)]})

    assert (refused.status_code, refused.get_json()["error"]) == (409, "attempt_closed")
    assert stored(store) == ("submitted", [])


@pytest.mark.parametrize("paused", [False, True])
def test_the_deadline_that_is_told_moves_along_with_a_pause(time, store, client, paper, *, attempt, paused):
    """The page counts down to it: during a pause it stays as far away as it was."""
    if paused:
        with store() as session:
            session.get_one(Attempt, attempt.id).paused_at = attempt.started_at
    time.shift(600)

    told = [
        client.get(f"{paper}/state").get_json(),
        post(client, paper, {"events": [event("truth")]}).get_json(),
    ]

    clock = "2026-03-02T01:10:00.000+00:00" if paused else "2026-03-02T01:00:00.000+00:00"
    assert [one["deadline"] for one in told] == [clock] * 2
