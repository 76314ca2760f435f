"""Offerings: where people stand, class hours, the next term, the archive."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.domain.errors import BadName, NotFound, OfferingArchived
from app.domain.roles import Permission, Role
from app.domain.terms import Term
from app.models import AuditRow, Cohort, DeliveredHours, Enrolment, Offering
from app.operations.enrolment import Seat, enrol
from app.operations.hours import Lesson, delivered_by_module, list_lessons, record_hours, remove_hours
from app.operations.offerings import (
    archive_offering,
    copy_offering,
    count_people,
    ensure_offerings,
    find_place,
    get_offering,
    get_place,
    list_cohorts,
    list_places,
    reopen_offering,
)
from tests.support.builders import (
    CLASS_1,
    CLASS_2,
    COURSE,
    make_person,
    make_term,
    place_of,
    publish_texts,
    reload,
)
from tests.support.moments import TODAY
from tests.support.texts import make_small_quiz_text

NEXT = Term("2026秋", date(2026, 9, 1), date(2027, 1, 20))


@pytest.fixture
def place(session, classroom):
    return place_of(session, classroom.instructor)


def join(session, person, offering, role, now):
    enrol(session, person.id, Seat(offering.id, role), None, now)
    return reload(session, person)


# where people stand


@pytest.mark.parametrize(
    ("who", "role", "counts"),
    [
        ("student", Role.STUDENT, True),
        ("assistant", Role.ASSISTANT, False),
        ("instructor", Role.INSTRUCTOR, False),
    ],
)
def test_people_find_their_place_in_a_course(session, classroom, *, who, role, counts):
    found = get_place(session, getattr(classroom, who), COURSE, TODAY)

    assert (found.offering.id, found.membership.role, found.counts) == (classroom.offering.id, role, counts)


def test_a_stranger_has_no_place_and_nobody_has_one_elsewhere(session, classroom):
    assert find_place(session, classroom.stranger, COURSE, TODAY) is None
    assert find_place(session, classroom.student, "elsewhere", TODAY) is None
    with pytest.raises(NotFound):
        get_place(session, classroom.stranger, COURSE, TODAY)


def test_the_newest_offering_comes_first_and_an_archived_one_last(session, classroom, now):
    newer, later = make_term(session, now, COURSE, NEXT), NEXT.starts_on
    student = join(session, classroom.student, newer, Role.STUDENT, now)
    assert get_place(session, student, COURSE, later).offering is newer

    archive_offering(newer, now)

    assert get_place(session, student, COURSE, later).offering.id == classroom.offering.id
    archive_offering(session.get(Offering, classroom.offering.id), now)
    assert get_place(session, student, COURSE, later).offering is newer


def test_where_somebody_learns_comes_before_where_they_teach(session, classroom, now):
    newer = make_term(session, now, COURSE, NEXT)
    person = join(session, classroom.student, newer, Role.ASSISTANT, now)

    assert get_place(session, person, COURSE, NEXT.starts_on).offering.id == classroom.offering.id

    archive_offering(session.get(Offering, classroom.offering.id), now)

    assert get_place(session, person, COURSE, NEXT.starts_on).offering is newer


def test_a_term_to_come_does_not_push_the_present_one_aside(session, classroom, now):
    coming = make_term(session, now, COURSE, NEXT)
    student = join(session, classroom.student, coming, Role.STUDENT, now)
    eve = NEXT.starts_on - timedelta(days=1)

    assert get_place(session, student, COURSE, eve).offering.id == classroom.offering.id
    assert get_place(session, student, COURSE, NEXT.starts_on).offering is coming


def test_who_is_only_in_a_term_to_come_finds_it(session, classroom, now):
    coming = make_term(session, now, COURSE, NEXT)
    newcomer = join(session, classroom.stranger, coming, Role.STUDENT, now)

    assert get_place(session, newcomer, COURSE, TODAY).offering is coming


def test_an_offering_is_opened_by_who_has_the_right_there(session, classroom):
    public = classroom.offering.public_id

    assert (
        get_offering(session, classroom.instructor, public, Permission.RUN_OFFERING).offering.term == "2026春"
    )
    assert get_offering(session, classroom.assistant, public, Permission.SEE_COHORT).counts is False
    for person, permission in [
        (classroom.assistant, Permission.RUN_OFFERING),
        (classroom.student, Permission.SEE_COHORT),
        (classroom.stranger, Permission.SEE_COHORT),
    ]:
        with pytest.raises(NotFound):
            get_offering(session, person, public, permission)


def test_a6_the_instructor_of_another_course_has_no_right_here(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/other/smile.md": make_small_quiz_text()}, now)
    other = make_person(session, make_term(session, now, "other"), "other", Role.INSTRUCTOR)

    with pytest.raises(NotFound):
        get_offering(session, other, classroom.offering.public_id, Permission.SEE_COHORT)
    assert [one.course.slug for one in list_places(session, other, Permission.SEE_COHORT)] == ["other"]


def test_places_are_listed_by_what_one_may_do_there(session, classroom):
    assert [one.offering.id for one in list_places(session, classroom.student, Permission.STUDY)] == [
        classroom.offering.id
    ]
    assert list_places(session, classroom.student, Permission.SEE_COHORT) == []
    assert list_places(session, classroom.stranger, Permission.STUDY) == []


def test_cohorts_are_all_or_the_assistants_own(session, classroom, place):
    names = [cohort.name for cohort in list_cohorts(session, place)]
    own = [cohort.name for cohort in list_cohorts(session, place_of(session, classroom.assistant))]

    assert (names, own) == ([CLASS_1, CLASS_2], [CLASS_2])


def test_students_and_cohorts_are_counted(session, classroom, now):
    empty = make_term(session, now, COURSE, NEXT)

    found = count_people(session, [classroom.offering.id, empty.id])

    assert [(found[one].students, found[one].cohorts) for one in (classroom.offering.id, empty.id)] == [
        (1, 2),
        (0, 0),
    ]


# class hours


def lesson(module="doors", hours="2", day=date(2026, 3, 2), note=" 第一次课 "):
    return Lesson(module, Decimal(hours), day, note)


def test_class_hours_add_up_by_module(session, classroom, place, now):
    for one in (lesson(), lesson(hours="0.5"), lesson("smiles", "1")):
        record_hours(session, place, classroom.instructor, one, now)

    assert delivered_by_module(session, place.offering.id) == {"doors": Decimal("2.5"), "smiles": Decimal(1)}
    assert {row.note for row in list_lessons(session, place.offering.id)} == {"第一次课"}


def test_lessons_are_listed_newest_day_first(session, classroom, place, now):
    for day in (3, 9, 5):
        record_hours(session, place, classroom.instructor, lesson(day=date(2026, 3, day)), now)

    assert [row.held_on.day for row in list_lessons(session, place.offering.id)] == [9, 5, 3]


def test_class_hours_belong_to_their_offering(session, classroom, place, now):
    record_hours(session, place, classroom.instructor, lesson(), now)

    assert delivered_by_module(session, make_term(session, now, COURSE, NEXT).id) == {}


def test_a_record_of_class_hours_is_taken_back_and_the_log_keeps_both(session, classroom, place, now):
    record_hours(session, place, classroom.instructor, lesson(), now)
    (entry,) = list_lessons(session, place.offering.id)

    remove_hours(session, place, classroom.instructor, entry.id, now)

    assert list_lessons(session, place.offering.id) == []
    rows = session.scalars(
        select(AuditRow).where(AuditRow.action.startswith("hours.")).order_by(AuditRow.id)
    ).all()
    assert [(row.action, row.detail) for row in rows] == [
        (action, {"module": "doors", "hours": "2", "on": "2026-03-02"})
        for action in ("hours.record", "hours.remove")
    ]


def test_a_record_is_taken_back_once(session, classroom, place, now):
    record_hours(session, place, classroom.instructor, lesson(), now)
    (entry,) = list_lessons(session, place.offering.id)
    number = entry.id
    remove_hours(session, place, classroom.instructor, number, now)
    session.flush()

    with pytest.raises(NotFound):
        remove_hours(session, place, classroom.instructor, number, now)


@pytest.mark.parametrize("entry", [0, 999, 2**31, 2**63, 10**30])
def test_a_record_that_is_not_there_is_not_found(session, classroom, place, now, entry):
    with pytest.raises(NotFound):
        remove_hours(session, place, classroom.instructor, entry, now)


def test_another_offerings_record_is_not_found(session, classroom, place, now):
    record_hours(session, place, classroom.instructor, lesson(), now)
    (entry,) = list_lessons(session, place.offering.id)
    other = make_term(session, now, COURSE, NEXT)
    instructor = join(session, classroom.instructor, other, Role.INSTRUCTOR, now)

    with pytest.raises(NotFound):
        remove_hours(
            session, get_place(session, instructor, COURSE, NEXT.starts_on), instructor, entry.id, now
        )


# the next term and the archive


def test_a_copy_takes_the_instructors_along_and_nobody_else(session, classroom, place, now):
    copy = copy_offering(session, place, NEXT, now, 5)

    rows = session.scalars(select(Enrolment).where(Enrolment.offering_id == copy.id)).all()
    assert [(row.user_id, row.role) for row in rows] == [(classroom.instructor.id, "instructor")]
    assert session.scalar(select(func.count()).select_from(Cohort).where(Cohort.offering_id == copy.id)) == 0
    assert (copy.term, copy.starts_on, copy.copied_from_id) == ("2026秋", NEXT.starts_on, place.offering.id)
    assert delivered_by_module(session, copy.id) == {}


def test_copying_twice_into_one_term_is_refused(session, place, now):
    copy_offering(session, place, NEXT, now, 5)

    with pytest.raises(BadName):
        copy_offering(session, place, Term(" 2026秋 ", NEXT.starts_on, NEXT.ends_on), now, 6)
    assert session.scalar(select(func.count()).select_from(Offering)) == 2


@pytest.mark.parametrize(
    "term",
    [
        Term(" ", NEXT.starts_on, NEXT.ends_on),
        Term("2026秋", NEXT.ends_on, NEXT.starts_on),
        Term("2026春", NEXT.starts_on, NEXT.ends_on),
    ],
)
def test_a_term_that_cannot_be_is_refused(session, place, now, term):
    with pytest.raises(BadName):
        copy_offering(session, place, term, now, 5)


def test_an_archived_offering_can_be_copied(session, classroom, place, now):
    archive_offering(place.offering, now)

    assert not copy_offering(session, place, NEXT, now, 5).is_archived


def test_an_archived_offering_takes_no_changes_until_it_is_reopened(session, classroom, place, now):
    record_hours(session, place, classroom.instructor, lesson(), now)
    (entry,) = list_lessons(session, place.offering.id)
    archive_offering(place.offering, now)

    with pytest.raises(OfferingArchived):
        record_hours(session, place, classroom.instructor, lesson(), now)
    with pytest.raises(OfferingArchived):
        remove_hours(session, place, classroom.instructor, entry.id, now)
    with pytest.raises(OfferingArchived):
        enrol(session, classroom.stranger.id, Seat(place.offering.id, Role.STUDENT), None, now)
    reopen_offering(place.offering)
    record_hours(session, place, classroom.instructor, lesson(), now)
    assert session.scalar(select(func.count()).select_from(DeliveredHours)) == 2


def test_archiving_twice_keeps_the_first_moment(place, now):
    archive_offering(place.offering, now)
    archive_offering(place.offering, now + timedelta(days=1))

    assert place.offering.archived_at == now


# the present term


def test_a_course_without_any_offering_gets_one_in_the_present_term(session, classroom, now):
    publish_texts(session, classroom.library, {"quizzes/other/smile.md": make_small_quiz_text()}, now)
    late = datetime(2026, 7, 31, 23, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

    for _ in range(2):
        ensure_offerings(session, late, 3)

    terms = session.scalars(select(Offering.term).order_by(Offering.id)).all()
    assert terms == ["2026春", "2025-2026-2"]
