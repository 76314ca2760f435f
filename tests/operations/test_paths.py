"""The path report of an offering's students."""

from dataclasses import replace

import pytest

from app.domain.errors import NotFound, NotPublished
from app.domain.walk import Commit
from app.operations.documents import case_of
from app.operations.enrolment import withdraw
from app.operations.paths import report_paths
from app.operations.walked import get_kept_case, list_walked_cases
from app.operations.walks import commit_section
from tests.support.builders import (
    CLASS_1,
    CLASS_2,
    TERM,
    begin_walk,
    cohort_id,
    make_person,
    make_term,
    place_of,
    publish_texts,
)
from tests.support.texts import make_case_text


def walk(session, person, *choices, now):
    """Walk by option numbers; the second decision gets its reason from the person's login."""
    row = begin_walk(session, person, now=now)
    for section, choice in zip(("which", "repair"), choices, strict=False):
        commit_section(session, person, row.public_id, Commit(section, choice, person.login), now)


def report(session, classroom, cohorts=None, number=None):
    place = place_of(session, classroom.instructor)
    text = get_kept_case(session, place.course.id, "door")
    return report_paths(session, place, text, number, cohorts)


def publish(session, classroom, now, **texts):
    files = {f"cases/etiquette/{name.replace('_', '.')}.md": text for name, text in texts.items()}
    publish_texts(session, classroom.library, files, now)


@pytest.fixture
def fellows(session, classroom):
    return [
        make_person(session, classroom.offering, login, cohort=cohort)
        for login, cohort in [("a", CLASS_1), ("b", CLASS_2), ("c", CLASS_2)]
    ]


def test_without_walks_there_is_nothing_to_report(session, classroom):
    found = report(session, classroom)

    assert (found.walks, found.held, found.tree.branches) == (0, {1: 0}, [])


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


def choices(found):
    return [(one.choice, one.n) for one in found.tree.branches]


def test_each_revision_is_reported_by_itself(session, classroom, fellows, now):
    walk(session, fellows[0], 1, now=now)
    walk(session, fellows[1], 1, now=now)
    publish(session, classroom, now, door=make_case_text("改了"))
    walk(session, fellows[2], 2, now=now)

    newest, first = report(session, classroom), report(session, classroom, number=1)

    assert (newest.number, newest.walks, choices(newest)) == (2, 1, [(1, 0), (2, 1)])
    assert (first.number, first.walks, choices(first)) == (1, 2, [(1, 2), (2, 0)])
    assert newest.held == first.held == {2: 1, 1: 2}
    assert list(first.held) == [2, 1]
    assert (newest.case.title, first.case.title) == ("改了", "先开哪一扇门")


def test_what_was_walked_is_reported_while_nobody_walks_the_present_revision(
    session, classroom, fellows, now
):
    walk(session, fellows[0], 1, now=now)
    for title in ("改了", "又改了"):
        publish(session, classroom, now, door=make_case_text(title))

    found, present = report(session, classroom), report(session, classroom, number=3)

    assert (found.number, found.walks, found.held) == (1, 1, {3: 0, 1: 1})
    assert (present.number, present.walks, choices(present)) == (3, 0, [])


@pytest.mark.parametrize("number", [0, 2, 4, -1, 10**9, 10**40])
def test_a_revision_that_nobody_walked_here_is_none(session, classroom, fellows, now, number):
    walk(session, fellows[0], 1, now=now)
    for title in ("改了", "又改了"):
        publish(session, classroom, now, door=make_case_text(title))

    with pytest.raises(NotFound):
        report(session, classroom, number=number)


def test_a_walk_belongs_to_the_revision_of_its_original_in_each_language(session, classroom, fellows, now):
    walk(session, fellows[0], 1, now=now)
    publish(session, classroom, now, door_en=make_case_text("Which door, mended", "A car."))
    walk(session, fellows[1], 2, now=now)

    found = report(session, classroom)

    assert (found.number, found.held, choices(found)) == (1, {1: 2}, [(1, 1), (2, 1)])


def test_an_earlier_revision_is_read_in_the_translation_of_its_time(session, classroom, fellows, now):
    walk(session, fellows[0], 1, now=now)
    publish(session, classroom, now, door_en=make_case_text("Which door, mended", "A car."))
    walk(session, fellows[1], 1, now=now)
    publish(session, classroom, now, door=make_case_text("改了"), door_en=make_case_text("Changed", "A bus."))
    walk(session, fellows[2], 1, now=now)

    first, newest = report(session, classroom, number=1), report(session, classroom)

    assert {one: case_of(each).title for one, each in first.text.revisions.items()} == {
        "zh": "先开哪一扇门",
        "en": "Which door, mended",
    }
    assert case_of(newest.text.revision("en")).title == "Changed"


def test_who_sees_one_class_sees_its_revisions_only(session, classroom, fellows, now):
    walk(session, fellows[1], 1, now=now)
    publish(session, classroom, now, door=make_case_text("改了"))
    walk(session, fellows[0], 2, now=now)
    second = {cohort_id(session, CLASS_2)}

    found = report(session, classroom, second)

    assert (found.number, found.held, choices(found)) == (1, {2: 0, 1: 1}, [(1, 1), (2, 0)])
    assert report(session, classroom, {cohort_id(session, CLASS_1)}).held == {2: 1}
    with pytest.raises(NotFound):
        report(session, classroom, {cohort_id(session, CLASS_1)}, number=1)


def test_who_only_looked_holds_no_revision(session, classroom, fellows, now):
    begin_walk(session, fellows[0], now=now)
    walk(session, classroom.instructor, 1, now=now)
    publish(session, classroom, now, door=make_case_text("改了"))

    assert report(session, classroom).held == {2: 0}


def test_a_walk_in_another_offering_holds_no_revision(session, classroom, now):
    offering = make_term(session, now, term=replace(TERM, name="2025秋"))
    other = make_person(session, offering, "other", cohort="航空2201")
    walk(session, other, 1, now=now)
    publish(session, classroom, now, door=make_case_text("改了"))

    assert report(session, classroom).held == {2: 0}
    with pytest.raises(NotFound):
        report(session, classroom, number=1)


# cases that are retired


def listed(session, classroom, wanted="zh"):
    found = list_walked_cases(session, place_of(session, classroom.instructor), wanted)
    return [(one.slug, one.title, one.is_retired) for one in found]


def test_a_retired_case_keeps_its_report(session, classroom, fellows, now):
    walk(session, fellows[0], 1, now=now)
    before = report(session, classroom)
    publish(session, classroom, now, door=None, door_en=None)

    found = report(session, classroom)

    assert found == before
    assert set(found.text.revisions) == {"zh", "en"}
    assert listed(session, classroom) == [("door", "先开哪一扇门", True)]
    assert listed(session, classroom, "en") == [("door", "Which door first", True)]


def test_a_translation_that_was_taken_away_is_not_shown_of_a_case_in_use(session, classroom, now):
    publish(session, classroom, now, door_en=None)

    found = get_kept_case(session, place_of(session, classroom.instructor).course.id, "door")

    assert set(found.revisions) == {"zh"}


def test_a_case_that_never_was_is_not_kept(session, classroom):
    with pytest.raises(NotPublished):
        get_kept_case(session, place_of(session, classroom.instructor).course.id, "nowhere")


def test_cases_are_listed_once_somebody_of_the_offering_decided(session, classroom, fellows, now):
    begin_walk(session, fellows[0], now=now)
    walk(session, classroom.instructor, 1, now=now)
    assert listed(session, classroom) == []

    for person in fellows:
        walk(session, person, 1, now=now)

    assert listed(session, classroom) == [("door", "先开哪一扇门", False)]
