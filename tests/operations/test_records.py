"""The record of an attempt holds everything; reading it is noted; a learner's own comes after the release."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app.domain.errors import NotFound
from app.domain.review import Aspect, Phase
from app.models import AuditRow
from app.operations.closing import submit_attempt
from app.operations.records import note_view, read_own_record, read_record
from app.operations.reopening import reopen_attempt
from app.operations.signing import load_key, signing_key
from app.operations.timekeeping import extend_attempts
from tests.support.builders import answer, later
from tests.support.exams import hall_of, set_exam
from tests.support.scene import make_scene

CHANGE = "UPDATE event SET body = replace(body, :old, :new) WHERE attempt_id = :id"
SHOWN = {Aspect.ANSWERS.value: [Phase.RELEASED.value]}


@pytest.fixture
def scene(session, classroom, now):
    return make_scene(session, classroom, now)


@pytest.fixture
def key(session):
    return signing_key(session).public_key()


def record_of(scene, key):
    return read_record(scene.session, scene.attempt.public_id, scene.classroom.student.id, key)


def own_record(scene, key, person=None, at=None):
    person = person or scene.classroom.student
    at = at or later(scene.now, 200)
    return read_own_record(scene.session, person, scene.attempt.public_id, key, at)


def release(scene, review=None):
    """Hand in and let the results be released."""
    submit_attempt(scene.session, scene.classroom.student, scene.attempt.public_id, later(scene.now, 5))
    scene.exam.review = SHOWN if review is None else review
    scene.exam.released_at = later(scene.now, 150)
    scene.session.flush()


def test_a_record_holds_who_what_and_every_event(scene, key):
    scene.save(answer("single", "2"))

    record = record_of(scene, key)

    assert (record.user.login, record.cohort) == ("xiaohe", "航空2301")
    assert [(one.seq, one.kind) for one in record.events] == [(1, "start"), (2, "answer")]
    assert [(one.slug, one.language, one.number) for one in record.texts] == [
        ("ladies", "zh", 1),
        ("ladies", "en", 1),
    ]
    assert (len(record.paper), record.fault, record.receipts) == (64, None, [])


def test_a_record_names_the_staff_that_gave_orders(scene, key):
    extend_attempts(scene.session, scene.hall, scene.order, 12, [scene.attempt.public_id])

    assert record_of(scene, key).names == {scene.classroom.instructor.public_id: "小chen"}


def test_a_record_holds_every_receipt_and_says_that_it_verifies(scene, key, session, now):
    student, public = scene.classroom.student, scene.attempt.public_id
    submit_attempt(session, student, public, later(now, 5))
    reopen_attempt(session, scene.hall, scene.order, public, 10)
    submit_attempt(session, student, public, later(now, 6))

    receipts = record_of(scene, key).receipts

    assert [one.verifies for one in receipts] == [True, True]
    assert [json.loads(one.text)["seq"] for one in receipts] == [2, 4]


def test_a_receipt_of_another_key_does_not_verify(scene, session, tmp_path, now):
    submit_attempt(session, scene.classroom.student, scene.attempt.public_id, now)
    (tmp_path / "elsewhere").mkdir()

    record = record_of(scene, load_key(tmp_path / "elsewhere").public_key())

    assert [one.verifies for one in record.receipts] == [False]


def test_what_was_changed_behind_the_triggers_is_named(scene, key, session):
    scene.save(answer("single", "2"))
    attempt = scene.attempt.id
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER event_no_update"))
    else:
        session.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
    session.execute(text(CHANGE), {"id": attempt, "old": '"answer":"2"', "new": '"answer":"3"'})

    fault = record_of(scene, key).fault

    assert (fault.seq, fault.what) == (2, "the chain is broken")


def test_nobody_elses_attempt_is_read_by_its_id(scene, key):
    with pytest.raises(NotFound):
        read_record(scene.session, scene.attempt.public_id, scene.classroom.stranger.id, key)


# reading is noted


def test_reading_answers_is_noted_each_time(scene, session, now):
    teacher, public = scene.classroom.instructor, scene.attempt.public_id

    for minutes in (1, 2):
        note_view(session, teacher, scene.hall, public, (later(now, minutes), "10.0.0.7"))

    rows = session.scalars(select(AuditRow).where(AuditRow.action == "answers.view")).all()
    told = [(row.actor_id, row.person_id, row.detail["attempt"], row.address) for row in rows]
    assert told == [(teacher.id, scene.classroom.student.id, public, "10.0.0.7")] * 2


def test_an_attempt_at_another_exam_is_not_found(scene, session, classroom, now):
    exam = set_exam(session, classroom, now)
    elsewhere = hall_of(session, classroom, exam)

    with pytest.raises(NotFound):
        note_view(session, classroom.instructor, elsewhere, scene.attempt.public_id, (now, ""))


# the learner's own


def test_after_the_release_learners_read_their_own(scene, key):
    release(scene)

    record, _ = own_record(scene, key)

    assert [one.kind for one in record.events] == ["start", "submit"]


@pytest.mark.parametrize("review", [{}, {Aspect.MARKS.value: [Phase.RELEASED.value]}])
def test_where_answers_are_not_shown_there_is_no_record(scene, key, review):
    release(scene, review)

    with pytest.raises(NotFound):
        own_record(scene, key)


@pytest.mark.parametrize("phase", ["during", "handed in", "closed"])
def test_before_the_release_there_is_no_record(scene, key, phase):
    scene.exam.review = {Aspect.ANSWERS.value: [one.value for one in Phase]}
    if phase != "during":
        submit_attempt(scene.session, scene.classroom.student, scene.attempt.public_id, later(scene.now, 5))
    minutes = {"during": 5, "handed in": 6, "closed": 130}[phase]

    with pytest.raises(NotFound):
        own_record(scene, key, at=scene.now + timedelta(minutes=minutes))


def test_another_students_record_is_not_found(scene, key):
    release(scene)

    with pytest.raises(NotFound):
        own_record(scene, key, scene.classroom.assistant)
