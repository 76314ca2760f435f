"""Answers from a learner's device are judged as if its page sent them; staff are told each outcome."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import BadExport, NotFound, OfferingArchived
from app.domain.exported import Export
from app.domain.protocol import read_event
from app.domain.roles import Permission
from app.models import AuditRow
from app.operations.closing import close_expired
from app.operations.enrolment import withdraw
from app.operations.events import heads_of
from app.operations.halls import get_hall
from app.operations.imports import import_answers, outcome_of
from app.operations.offerings import archive_offering
from app.operations.reopening import reopen_attempt
from app.operations.verifying import verify_attempt
from tests.support.builders import answer
from tests.support.exams import HOUR, hall_of, set_exam
from tests.support.scene import make_scene
from tests.support.wire import event

MINUTE = timedelta(minutes=1)


@pytest.fixture
def scene(session, classroom, now):
    return make_scene(session, classroom, now)


def export_of(scene, *events, **changes):
    """Return what the student's page hands out."""
    export = Export(
        attempt=scene.attempt.public_id,
        person=scene.classroom.student.public_id,
        exported_at="2026-03-02T00:10:00Z",
        events=[read_event(one) for one in events],
    )
    return replace(export, **changes)


def bring_in(scene, export, at=None):
    """Let the instructor bring it in; return what became of each event."""
    moment = (at or scene.now + MINUTE, "10.0.0.7")
    imported = import_answers(scene.session, scene.classroom.instructor, scene.hall, export, moment)
    return [outcome_of(one) for one in imported.acks]


def heads(scene):
    return {key: head.answer for key, head in heads_of(scene.session, scene.attempt.id).items()}


def test_answers_are_credited_to_the_learner(scene, session):
    outcomes = bring_in(scene, export_of(scene, event("single", "2"), event("truth", True)))

    assert outcomes == ["saved", "saved"]
    assert heads(scene) == {"single": "2", "truth": True}
    assert scene.attempt.answered == 2
    assert verify_attempt(session, scene.attempt.public_id) is None


def test_more_than_a_page_sends_at_once_is_taken(scene):
    events = [event("written", f"第{n}稿") for n in range(120)]

    assert bring_in(scene, export_of(scene, *events)) == ["saved"] * 120
    assert heads(scene) == {"written": "第119稿"}


def test_what_had_arrived_keeps_its_outcome_and_twice_does_no_harm(scene):
    sent = event("single", "2")
    export = export_of(scene, sent, event("single", "3", n=sent["n"] + 1))

    first, again = bring_in(scene, export), bring_in(scene, export)

    assert (first, again) == (["saved", "saved"], ["replayed", "replayed"])
    assert heads(scene) == {"single": "3"}


def test_each_event_stands_or_falls_by_itself(scene):
    events = (event("nowhere", "1"), event("single", "9"), event("single", 1.5), event("single", "2"))

    assert bring_in(scene, export_of(scene, *events)) == ["unknown_item", "bad_answer", "bad_event", "saved"]


def test_an_answer_that_did_not_know_a_newer_one_is_in_conflict(scene):
    scene.save(answer("single", "1", n=1))

    assert bring_in(scene, export_of(scene, event("single", "2"))) == ["conflict"]
    assert heads(scene) == {"single": "1"}


def test_after_the_end_answers_are_late_and_later_they_are_refused(scene, session, now):
    over = now + HOUR + MINUTE
    close_expired(session, {}, over)

    late = bring_in(scene, export_of(scene, event("single", "2")), over)
    refused = bring_in(scene, export_of(scene, event("truth", True)), over + 10 * MINUTE)

    assert (late, refused) == (["late"], ["attempt_closed"])


def test_opened_again_the_same_file_is_taken(scene, session, now):
    over = now + 2 * HOUR
    close_expired(session, {}, over)
    export = export_of(scene, event("single", "2"))
    assert bring_in(scene, export, over) == ["attempt_closed"]

    reopen_attempt(session, scene.hall, replace(scene.order, now=over), scene.attempt.public_id, 5)

    assert bring_in(scene, export, over + MINUTE) == ["saved"]


def test_an_attempt_that_one_device_has_takes_the_file_of_another(scene):
    scene.attempt.device = "another-device"
    scene.session.flush()

    assert bring_in(scene, export_of(scene, event("single", "2"))) == ["saved"]


def test_what_was_done_stands_in_the_audit_log(scene, session):
    bring_in(scene, export_of(scene, event("single", "2"), event("nowhere", "1")))

    row = session.scalars(select(AuditRow).where(AuditRow.action == "exam.import")).one()

    assert (row.actor_id, row.person_id) == (scene.classroom.instructor.id, scene.classroom.student.id)
    assert row.detail == {
        "exam": scene.exam.public_id,
        "attempt": scene.attempt.public_id,
        "exported_at": "2026-03-02T00:10:00Z",
        "saved": 1,
        "unknown_item": 1,
    }


# what is not brought in at all


@pytest.mark.parametrize(
    ("change", "reason"), [({"attempt": "x" * 26}, "attempt"), ({"person": "x"}, "person")]
)
def test_a_file_of_another_attempt_or_person_is_refused(scene, change, reason):
    with pytest.raises(BadExport) as refused:
        bring_in(scene, export_of(scene, event("single", "2"), **change))

    assert (str(refused.value), heads(scene)) == (reason, {})


def test_a_file_of_another_exam_is_refused(scene, session, classroom, now):
    elsewhere = hall_of(session, classroom, set_exam(session, classroom, now))
    export = export_of(scene, event("single", "2"))

    with pytest.raises(BadExport, match="attempt"):
        import_answers(session, classroom.instructor, elsewhere, export, (now, ""))


def test_a_learner_who_left_is_told_of(scene, session, now):
    withdraw(session, scene.classroom.student.id, scene.classroom.offering.id, None, now)

    with pytest.raises(BadExport, match="left"):
        bring_in(scene, export_of(scene, event("single", "2")))


def test_an_archived_offering_takes_nothing(scene, now):
    archive_offering(scene.classroom.offering, now)

    with pytest.raises(OfferingArchived):
        bring_in(scene, export_of(scene, event("single", "2")))


def test_a_stranger_finds_no_exam_to_bring_anything_into(scene):
    for person in (scene.classroom.stranger, scene.classroom.student, scene.classroom.assistant):
        with pytest.raises(NotFound):
            get_hall(scene.session, person, scene.exam.public_id, Permission.INVIGILATE)
