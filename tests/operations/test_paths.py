"""The path report of an offering's students."""

import pytest

from app.content.parse import Kind
from app.domain.walk import Commit
from app.operations.documents import get_text
from app.operations.enrolment import withdraw
from app.operations.paths import report_paths
from app.operations.walks import commit_section
from tests.support.builders import (
    CLASS_1,
    CLASS_2,
    begin_walk,
    cohort_id,
    make_person,
    place_of,
    publish_texts,
)
from tests.support.texts import make_case_text


def walk(session, person, *choices, now):
    """Walk by option numbers; the second decision gets its reason from the person's login."""
    row = begin_walk(session, person, now=now)
    for section, choice in zip(("which", "repair"), choices, strict=False):
        commit_section(session, person, row.public_id, Commit(section, choice, person.login), now)


def report(session, classroom, cohorts=None):
    place = place_of(session, classroom.instructor)
    return report_paths(session, place, get_text(session, place.course.id, Kind.CASE, "door"), cohorts)


@pytest.fixture
def fellows(session, classroom):
    return [
        make_person(session, classroom.offering, login, cohort=cohort)
        for login, cohort in [("a", CLASS_1), ("b", CLASS_2), ("c", CLASS_2)]
    ]


def test_without_walks_there_is_nothing_to_report(session, classroom):
    found = report(session, classroom)

    assert (found.walks, found.elsewhere, found.tree.branches) == (0, {}, [])


def test_the_ways_of_all_students_are_gathered(session, classroom, fellows, now):
    for person, choices in zip(fellows, [(1, 1), (1, 2), (2,)], strict=True):
        walk(session, person, *choices, now=now)

    found = report(session, classroom)

    rear, front = found.tree.branches
    assert (found.walks, rear.n, front.n) == (3, 2, 1)
    assert [(one.choice, one.n, one.reasons) for one in rear.branches] == [(1, 1, ["a"]), (2, 1, ["b"])]
    assert front.endings == {"pleased": 1}


def test_every_walk_of_a_student_counts(session, classroom, now):
    student = classroom.student
    for _ in range(2):
        walk(session, student, 2, now=now)
        row = begin_walk(session, student, now=now)
        commit_section(session, student, row.public_id, Commit("why", text="次序"), now)

    assert report(session, classroom).walks == 2


def test_a9_what_teachers_try_is_not_reported(session, classroom, now):
    walk(session, classroom.instructor, 1, now=now)
    walk(session, classroom.assistant, 2, now=now)

    assert report(session, classroom).walks == 0


def test_who_was_withdrawn_is_not_reported(session, classroom, now):
    walk(session, classroom.student, 1, now=now)
    withdraw(session, classroom.student.id, classroom.offering.id, None, now)

    assert report(session, classroom).walks == 0


def test_a_report_can_be_of_some_cohorts(session, classroom, fellows, now):
    for person in fellows:
        walk(session, person, 1, now=now)

    assert report(session, classroom, {cohort_id(session, CLASS_2)}).walks == 2
    assert report(session, classroom, {cohort_id(session, CLASS_1)}).walks == 1
    assert report(session, classroom, set()).walks == 0


def test_walks_on_another_revision_are_counted_apart(session, classroom, fellows, now):
    walk(session, fellows[0], 1, now=now)
    walk(session, fellows[1], 1, now=now)
    publish_texts(session, classroom.library, {"cases/etiquette/door.md": make_case_text("改了")}, now)
    walk(session, fellows[2], 2, now=now)

    found = report(session, classroom)

    assert (found.walks, found.elsewhere) == (1, {1: 2})
    assert [(one.choice, one.n) for one in found.tree.branches] == [(1, 0), (2, 1)]
