"""Exams are set, scheduled, changed and taken back; what somebody has begun stands."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.content.parse import Kind
from app.domain.errors import (
    BadExam,
    BadNetwork,
    ExamBegun,
    NotFound,
    NotOpenYet,
    OfferingArchived,
)
from app.domain.exam import Devices, ExamKind, ExamState
from app.domain.paper import read_manifest
from app.domain.review import default_matrix
from app.domain.roles import Permission, Role
from app.models import AuditRow, Exam, Paper, PaperRevision
from app.operations.documents import get_text
from app.operations.exams import Rules, change_exam, create_exam, schedule_exam, withdraw_exam
from app.operations.halls import get_hall, list_halls, open_hall
from app.operations.offerings import archive_offering
from app.operations.papers import open_quiz
from app.operations.sittings import get_sitting
from tests.support.builders import begin_attempt, later, make_person, make_term, place_of, publish_texts
from tests.support.exams import HOUR, hall_of, hour_long, set_exam, sit_exam
from tests.support.texts import make_exam_texts, make_quiz_text

QUIZ, QUIZ_EN = "quizzes/etiquette/ladies.md", "quizzes/etiquette/ladies.en.md"


def draft(session, room, now, quiz="ladies", **changes):
    """Let the instructor write down an exam."""
    text = get_text(session, room.offering.course_id, Kind.QUIZ, quiz)
    where = (room.offering, text)
    return create_exam(session, room.instructor, where, hour_long(now, **changes), (now, 7))


def change(session, room, exam, now, **changes):
    rules = replace(rules_of(exam), **changes)
    change_exam(session, room.instructor, hall_of(session, room, exam), rules, now)


def rules_of(exam):
    """Return the rules of an exam as its page shows them."""
    kept = ("title", "opens_at", "closes_at", "minutes", "late_minutes", "attempts_allowed", "draws_once")
    return Rules(kind=ExamKind(exam.kind), **{name: getattr(exam, name) for name in kept})


def told(session, action):
    """Return what the log says of an action."""
    return session.scalars(select(AuditRow.detail).where(AuditRow.action == action)).all()


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


# set


def test_an_exam_is_a_draft_with_everything_that_was_set(session, classroom, now):
    rules = hour_long(
        now,
        title="期中",
        late_minutes=15,
        earliest_minutes=30,
        attempts_allowed=None,
        code="7391",
        networks="10.1.0.0/16",
        notice="带证件",
        needs_honour=True,
        devices=Devices.NEWEST,
        draws_once=True,
        one_at_a_time=True,
    )

    exam = draft(session, classroom, now, **vars_of(rules))

    assert vars_of(rules) | {"review": default_matrix(ExamKind.EXAM)} == {
        name: getattr(exam, name) for name in vars_of(rules)
    }
    assert (exam.state(now), exam.paper_id, exam.scheduled_at) == (ExamState.DRAFT, None, None)
    assert (exam.pass_mark, exam.created_by_id) == (60, classroom.instructor.id)
    assert told(session, "exam.create") == [{"exam": exam.public_id}]


def test_a_draft_takes_the_pass_mark_of_its_quiz_also_where_everybody_passes(session, classroom, now):
    text = make_quiz_text().replace("pass: 60%\n", "pass: 0%\n")
    publish_texts(session, classroom.library, {QUIZ: text, QUIZ_EN: None}, now)

    assert draft(session, classroom, now).pass_mark == 0


def vars_of(rules):
    return {name: getattr(rules, name) for name in Rules.__dataclass_fields__}


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": ExamKind.PRACTICE},
        {"minutes": None},
        {"minutes": 0},
        {"minutes": -60},
        {"minutes": 1441},
        {"kind": ExamKind.MOCK, "minutes": None},
        {"kind": ExamKind.ASSIGNMENT},
        {"late_minutes": -1},
        {"earliest_minutes": -1},
        {"earliest_minutes": 61},
        {"attempts_allowed": 0},
        {"attempts_allowed": -1},
    ],
)
def test_rules_that_do_not_fit_together_are_refused_and_nothing_is_set(session, classroom, now, changes):
    with pytest.raises(BadExam):
        draft(session, classroom, now, **changes)

    assert count(session, Exam) == 0


@pytest.mark.parametrize("hours", [0, -1])
def test_an_exam_closes_after_it_opens(session, classroom, now, hours):
    with pytest.raises(BadExam):
        draft(session, classroom, now, closes_at=now + hours * HOUR)


def test_a_network_that_is_none_is_named(session, classroom, now):
    with pytest.raises(BadNetwork, match="room 204"):
        draft(session, classroom, now, networks="10.1.0.0/16\nroom 204")


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": 1},
        {"minutes": 1440},
        {"earliest_minutes": 60},
        {"late_minutes": 0},
        {"attempts_allowed": None},
        {"kind": ExamKind.ASSIGNMENT, "minutes": None},
        {"opens_at": None, "closes_at": None},
    ],
)
def test_rules_at_their_limits_are_taken(session, classroom, now, changes):
    assert draft(session, classroom, now, **changes).id


def test_in_an_archived_offering_nothing_is_set_changed_scheduled_or_taken_back(session, classroom, now):
    drafted, exam = draft(session, classroom, now), set_exam(session, classroom, now)
    archive_offering(classroom.offering, now)

    for act in (
        lambda: draft(session, classroom, now),
        lambda: change(session, classroom, exam, now, title="新"),
        lambda: schedule_exam(session, classroom.instructor, hall_of(session, classroom, drafted), now),
        lambda: withdraw_exam(session, classroom.instructor, hall_of(session, classroom, exam), now),
    ):
        with pytest.raises(OfferingArchived):
            act()
    assert (exam.title, exam.scheduled_at, drafted.scheduled_at) == ("", now, None)


# who sees it


def test_a_draft_is_not_there_for_students(session, classroom, now):
    exam = draft(session, classroom, now)

    for person in (classroom.student, classroom.assistant, classroom.stranger):
        with pytest.raises(NotFound):
            open_hall(session, person, exam.public_id)
    assert hall_of(session, classroom, exam).exam is exam


def test_a_draft_cannot_be_begun_by_its_setter_either(session, classroom, now):
    exam = draft(session, classroom, now)

    with pytest.raises((NotFound, NotOpenYet)):
        sit_exam(session, classroom.instructor, exam, now)


def test_who_may_not_set_exams_gets_none_to_set(session, classroom, now):
    exam = set_exam(session, classroom, now)

    for person in (classroom.student, classroom.assistant, classroom.stranger):
        with pytest.raises(NotFound):
            get_hall(session, person, exam.public_id, Permission.SET_EXAM)


def test_a6_an_instructor_of_another_course_does_not_find_it(session, classroom, now):
    exam = set_exam(session, classroom, now)
    publish_texts(session, classroom.library, {"quizzes/other/ladies.md": make_quiz_text()}, now)
    elsewhere = make_person(session, make_term(session, now, "other"), "elsewhere", Role.INSTRUCTOR)

    for permission in (Permission.SET_EXAM, Permission.INVIGILATE, Permission.STUDY):
        with pytest.raises(NotFound):
            get_hall(session, elsewhere, exam.public_id, permission)


def test_a_practice_is_no_exam_that_somebody_set(session, classroom, now):
    attempt = begin_attempt(session, classroom.student, now=now)
    practice = session.get_one(Exam, attempt.exam_id)

    with pytest.raises(NotFound):
        get_hall(session, classroom.instructor, practice.public_id, Permission.SET_EXAM)
    assert list_halls(session, classroom.offering.id) == []


# scheduled


def test_scheduling_freezes_the_paper_and_pins_what_it_shows(session, classroom, now):
    exam = set_exam(session, classroom, now)

    paper = session.get_one(Paper, exam.paper_id)
    shown = session.scalars(select(PaperRevision.revision_id).where(PaperRevision.paper_id == paper.id))
    assert set(shown) == set(read_manifest(json.loads(paper.manifest)).revisions.values())
    assert (exam.state(now), exam.scheduled_at) == (ExamState.RUNNING, now)
    assert told(session, "exam.schedule") == [{"exam": exam.public_id}]


def test_scheduling_twice_changes_nothing(session, classroom, now):
    exam = set_exam(session, classroom, now)
    paper_id = exam.paper_id
    publish_texts(session, classroom.library, {QUIZ: make_quiz_text(stem="改过的题目？"), QUIZ_EN: None}, now)

    schedule_exam(session, classroom.instructor, hall_of(session, classroom, exam), later(now))

    assert (exam.paper_id, exam.scheduled_at) == (paper_id, now)
    assert len(told(session, "exam.schedule")) == 1


@pytest.mark.parametrize("missing", ["opens_at", "closes_at"])
def test_what_has_no_window_is_not_scheduled(session, classroom, now, missing):
    exam = draft(session, classroom, now, **{missing: None})

    with pytest.raises(BadExam):
        schedule_exam(session, classroom.instructor, hall_of(session, classroom, exam), now)
    assert (exam.scheduled_at, exam.paper_id) == (None, None)


def test_a_quiz_without_a_question_is_not_scheduled(session, classroom, now):
    empty = make_quiz_text().split("# 一、")[0] + "## 只是一段话。 {#note info}\n"
    publish_texts(session, classroom.library, {"quizzes/etiquette/empty.md": empty}, now)
    exam = draft(session, classroom, now, "empty")

    with pytest.raises(BadExam):
        schedule_exam(session, classroom.instructor, hall_of(session, classroom, exam), now)


def test_the_paper_stands_although_the_quiz_changes(session, classroom, now):
    exam = set_exam(session, classroom, now)
    publish_texts(session, classroom.library, {QUIZ: make_quiz_text(stem="改过的题目？"), QUIZ_EN: None}, now)

    attempt = sit_exam(session, classroom.student, exam, now)

    sitting = get_sitting(session, attempt.public_id, classroom.student.id)
    assert sitting.items()["single"].heading == "先开哪扇门？"
    assert sitting.items("en")["single"].heading == "Which door do you open?"
    practised = begin_attempt(session, classroom.student, now=now)
    assert practised.paper_id != attempt.paper_id


def test_the_paper_stands_although_the_quiz_is_gone(session, classroom, now):
    exam = set_exam(session, classroom, now)
    publish_texts(session, classroom.library, {QUIZ: None, QUIZ_EN: None}, now)

    attempt = sit_exam(session, classroom.student, exam, now)

    assert attempt.paper_id == exam.paper_id


@pytest.mark.parametrize("changes", [{"title": "期中"}, {"minutes": 90}, {"attempts_allowed": 2}])
def test_other_rules_leave_the_paper_as_it_was_frozen(session, classroom, now, changes):
    exam = set_exam(session, classroom, now)
    paper_id = exam.paper_id
    publish_texts(session, classroom.library, {QUIZ: make_quiz_text(stem="改过的题目？"), QUIZ_EN: None}, now)

    change(session, classroom, exam, now, **changes)

    assert exam.paper_id == paper_id


def test_taking_back_and_scheduling_again_takes_the_quiz_as_it_is_now(session, classroom, now):
    exam = set_exam(session, classroom, now)
    paper_id = exam.paper_id
    publish_texts(session, classroom.library, {QUIZ: make_quiz_text(stem="改过的题目？"), QUIZ_EN: None}, now)

    withdraw_exam(session, classroom.instructor, hall_of(session, classroom, exam), now)
    with pytest.raises(NotFound):
        open_hall(session, classroom.student, exam.public_id)
    schedule_exam(session, classroom.instructor, hall_of(session, classroom, exam), later(now))

    assert exam.paper_id != paper_id
    assert open_hall(session, classroom.student, exam.public_id).exam is exam
    assert told(session, "exam.withdraw") == [{"exam": exam.public_id}]


# drawn


@pytest.fixture
def drawing(session, classroom, now):
    """Let the quiz draw one of the two items of its first group."""
    publish_texts(session, classroom.library, {QUIZ: make_quiz_text(group="draw=1"), QUIZ_EN: None}, now)


@pytest.fixture
def people(session, classroom):
    return [make_person(session, classroom.offering, f"p{number}") for number in range(24)]


def drawn(session, exam, people, now):
    """Return which items of the first group each person has got."""
    attempts = [sit_exam(session, person, exam, now) for person in people]
    return [{place["key"] for place in attempt.layout["items"]} & {"single", "many"} for attempt in attempts]


@pytest.mark.usefixtures("drawing")
def test_a_draw_is_made_for_each_person(session, classroom, people, now):
    exam = set_exam(session, classroom, now)

    found = drawn(session, exam, people, now)

    assert {len(one) for one in found} == {1}
    assert set.union(*found) == {"single", "many"}


@pytest.mark.usefixtures("drawing")
def test_a_draw_is_made_once_for_all(session, classroom, people, now):
    exam = set_exam(session, classroom, now, draws_once=True)

    found = drawn(session, exam, people, now)

    assert [len(one) for one in found] == [1] * len(people)
    assert found == found[:1] * len(people)


@pytest.mark.usefixtures("drawing")
def test_two_exams_of_one_quiz_draw_each_for_itself(session, classroom, now):
    exams = [set_exam(session, classroom, now, draws_once=True) for _ in range(24)]

    assert len({exam.paper_id for exam in exams}) == 2


@pytest.mark.usefixtures("drawing")
def test_another_way_to_draw_freezes_anew(session, classroom, now):
    exam = set_exam(session, classroom, now)
    paper_id = exam.paper_id

    change(session, classroom, exam, now, draws_once=True)

    assert exam.paper_id != paper_id


# changed


def test_a_change_is_logged_with_what_was_changed(session, classroom, now):
    exam = set_exam(session, classroom, now)

    change(session, classroom, exam, now, title="期中", minutes=90)

    assert (exam.title, exam.minutes) == ("期中", 90)
    assert told(session, "exam.change") == [{"exam": exam.public_id, "title": "期中", "minutes": "90"}]


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": 61},
        {"attempts_allowed": 2},
        {"attempts_allowed": None},
        {"draws_once": True},
        {"one_at_a_time": True},
        {"kind": ExamKind.MOCK},
    ],
)
def test_what_attempts_were_derived_from_stands_once_somebody_has_begun(session, classroom, now, changes):
    exam = set_exam(session, classroom, now)
    sit_exam(session, classroom.student, exam, now)
    before = {name: getattr(exam, name) for name in changes}

    with pytest.raises(ExamBegun, match=next(iter(changes))):
        change(session, classroom, exam, now, **changes)

    assert {name: getattr(exam, name) for name in changes} == before


def test_the_rest_can_be_changed_while_people_sit(session, classroom, now):
    exam = set_exam(session, classroom, now)
    attempt = sit_exam(session, classroom.student, exam, now)

    change(session, classroom, exam, now, title="期中", closes_at=now + 3 * HOUR)

    assert exam.closes_at == now + 3 * HOUR
    assert attempt.deadline_at == now + HOUR


def test_an_exam_that_somebody_has_begun_is_not_taken_back(session, classroom, now):
    exam = set_exam(session, classroom, now)
    sit_exam(session, classroom.student, exam, now)

    with pytest.raises(ExamBegun):
        withdraw_exam(session, classroom.instructor, hall_of(session, classroom, exam), now)
    assert exam.scheduled_at == now


def test_a9_previews_hold_nothing_up(session, classroom, now):
    exam = set_exam(session, classroom, now)
    assert sit_exam(session, classroom.instructor, exam, now).is_preview

    change(session, classroom, exam, now, minutes=90)
    withdraw_exam(session, classroom.instructor, hall_of(session, classroom, exam), now)

    assert (exam.minutes, exam.scheduled_at) == (90, None)


@pytest.mark.parametrize("missing", ["opens_at", "closes_at"])
def test_a_scheduled_exam_keeps_a_window(session, classroom, now, missing):
    exam = set_exam(session, classroom, now)

    with pytest.raises(BadExam):
        change(session, classroom, exam, now, **{missing: None})

    assert None not in (exam.opens_at, exam.closes_at)
    assert told(session, "exam.change") == []


def test_a_released_exam_stands(session, classroom, now):
    exam = set_exam(session, classroom, now)
    exam.released_at = now

    with pytest.raises(BadExam):
        change(session, classroom, exam, now, title="期中")
    assert exam.title == ""


# the exam wall


@pytest.fixture
def guarded(session, classroom, now):
    """Return an exam of a quiz that is for exams only."""
    publish_texts(session, classroom.library, make_exam_texts(), now)
    return set_exam(session, classroom, now, "guard")


def test_a12_an_exam_quiz_reaches_students_inside_the_attempt_only(session, classroom, guarded, now):
    place = place_of(session, classroom.student)
    with pytest.raises(NotFound):
        open_quiz(session, classroom.student, place, "guard")

    attempt = sit_exam(session, classroom.student, guarded, now)

    sitting = get_sitting(session, attempt.public_id, classroom.student.id)
    assert list(sitting.items()) == ["only"]
    assert not sitting.is_walled
    with pytest.raises(NotFound):
        open_quiz(session, classroom.student, place, "guard")


def test_a12_a_quiz_that_is_for_exams_now_leaves_the_exam_open(session, classroom, now):
    exam = set_exam(session, classroom, now)
    walled = make_quiz_text(front="use: exam\n")
    publish_texts(session, classroom.library, {QUIZ: walled, QUIZ_EN: None}, now)

    attempt = sit_exam(session, classroom.student, exam, now)

    assert not get_sitting(session, attempt.public_id, classroom.student.id).is_walled
