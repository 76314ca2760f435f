"""What people and cohorts are allowed beyond an exam's rules, and what their attempts get of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.domain.deadline import Allowance, Allowances
from app.domain.errors import BadExam, ExamClosed, NotFound, NotOpenYet, OfferingArchived
from app.models import Accommodation, AuditRow, Cohort, User
from app.operations.accommodations import Terms, allowances_of, grant, list_granted, revoke
from app.operations.offerings import archive_offering
from app.operations.verifying import verify_attempt
from tests.support.builders import CLASS_1, CLASS_2, cohort_id, later, make_person, make_term, publish_texts
from tests.support.exams import HOUR, hall_of, set_exam, sit_exam
from tests.support.texts import make_quiz_text

MINUTE, MS = timedelta(minutes=1), timedelta(milliseconds=1)
MORE = Terms("手腕受伤", extra_minutes=15)


@pytest.fixture
def exam(session, classroom, now):
    return set_exam(session, classroom, now)


@pytest.fixture
def allow(session, classroom, exam, now):
    """Return a function that allows a person, or a class by its name, something."""

    def allowed(whom, terms):
        row = (
            session.get_one(Cohort, cohort_id(session, whom))
            if isinstance(whom, str)
            else session.get_one(User, whom.id)
        )
        return grant(session, classroom.instructor, hall_of(session, classroom, exam), row, (terms, now))

    return allowed


def deadline(session, person, exam, at):
    attempt = sit_exam(session, person, exam, at)
    assert verify_attempt(session, attempt.public_id) is None
    return attempt.deadline_at


def count(session):
    return session.scalar(select(func.count()).select_from(Accommodation))


def test_a_person_gets_more_minutes(session, classroom, exam, allow, now):
    allow(classroom.student, MORE)

    assert deadline(session, classroom.student, exam, now) == now + HOUR + 15 * MINUTE


def test_a_class_gets_more_time_and_a_person_in_it_more_than_that(session, classroom, exam, allow, now):
    allow(CLASS_1, Terms("投影坏了", extra_minutes=10))
    allow(classroom.student, Terms("读写困难", factor=Decimal("1.25")))
    neighbour = make_person(session, classroom.offering, "neighbour", cohort=CLASS_1)
    elsewhere = make_person(session, classroom.offering, "elsewhere", cohort="航空2303")

    # (60 + 10) × 1.25 = 87.5
    assert deadline(session, classroom.student, exam, now) == now + timedelta(minutes=87, seconds=30)
    assert deadline(session, neighbour, exam, now) == now + HOUR + 10 * MINUTE
    assert deadline(session, elsewhere, exam, now) == now + HOUR


def test_nobody_gets_what_somebody_else_is_allowed(session, classroom, exam, allow, now):
    """Who stands in no class has no class's terms, and least of all another person's."""
    alone = make_person(session, classroom.offering, "alone")
    allow(classroom.student, MORE)
    allow(CLASS_1, Terms("投影坏了", extra_minutes=10))

    assert allowances_of(session, exam.id, alone.id, None) == Allowances()
    assert deadline(session, alone, exam, now) == now + HOUR


def test_what_is_allowed_at_one_exam_is_not_at_another(session, classroom, exam, allow, now):
    allow(classroom.student, MORE)
    other = set_exam(session, classroom, now)

    assert deadline(session, classroom.student, other, now) == now + HOUR


def test_an_own_window_opens_and_closes_for_one_alone(session, classroom, exam, allow, now):
    tomorrow = now + 24 * HOUR
    allow(classroom.student, Terms("缓考", opens_at=tomorrow, closes_at=tomorrow + HOUR))
    neighbour = make_person(session, classroom.offering, "neighbour", cohort=CLASS_1)

    with pytest.raises(NotOpenYet):
        sit_exam(session, classroom.student, exam, tomorrow - MS)
    with pytest.raises(ExamClosed):
        sit_exam(session, neighbour, exam, tomorrow)
    # ten minutes after the own opening: the own close cuts the hour
    assert deadline(session, classroom.student, exam, tomorrow + 10 * MINUTE) == tomorrow + HOUR


def test_late_entry_counts_from_the_own_opening(session, classroom, now):
    exam = set_exam(session, classroom, now, late_minutes=15)
    hall = hall_of(session, classroom, exam)
    terms = Terms("校车晚点", opens_at=now + HOUR)
    grant(session, classroom.instructor, hall, session.get_one(User, classroom.student.id), (terms, now))

    assert sit_exam(session, classroom.student, exam, now + HOUR + 15 * MINUTE - MS).number == 1


def test_more_time_may_be_used_after_the_common_close(session, classroom, exam, allow, now):
    allow(classroom.student, MORE)
    closes = now + 2 * HOUR

    assert deadline(session, classroom.student, exam, closes + 14 * MINUTE) == closes + 15 * MINUTE


def test_terms_concern_attempts_that_begin_afterwards(session, classroom, exam, allow, now):
    attempt = sit_exam(session, classroom.student, exam, now)

    allow(classroom.student, MORE)

    assert attempt.deadline_at == now + HOUR
    assert verify_attempt(session, attempt.public_id) is None


def test_an_attempt_keeps_its_deadline_when_its_terms_are_taken_back(session, classroom, exam, allow, now):
    row = allow(classroom.student, MORE)
    attempt = sit_exam(session, classroom.student, exam, now)

    revoke(session, classroom.instructor, hall_of(session, classroom, exam), row.id, later(now))

    assert count(session) == 0
    assert attempt.deadline_at == now + HOUR + 15 * MINUTE
    assert verify_attempt(session, attempt.public_id) is None


def test_new_terms_replace_the_old_ones(session, classroom, exam, allow, now):
    first = allow(classroom.student, MORE)
    allow(CLASS_1, MORE)

    second = allow(classroom.student, Terms("改判", factor=Decimal("1.5")))

    assert (first.id, count(session)) == (second.id, 2)
    found = allowances_of(session, exam.id, classroom.student.id, cohort_id(session, CLASS_1))
    assert found == Allowances(Allowance(15 * MINUTE), Allowance(factor=Decimal("1.5")))


def test_those_of_classes_are_listed_first(session, classroom, exam, allow):
    allow(classroom.student, MORE)
    allow(CLASS_1, MORE)

    found = list_granted(session, exam.id)

    names = [(one.cohort and one.cohort.name, one.person and one.person.login) for one in found]
    assert names == [(CLASS_1, None), (None, "xiaohe")]


def test_terms_and_their_end_are_logged_with_the_reason(session, classroom, exam, allow, now):
    row = allow(classroom.student, MORE)
    revoke(session, classroom.instructor, hall_of(session, classroom, exam), row.id, now)

    rows = session.scalars(select(AuditRow).where(AuditRow.action.like("exam.accom%"))).all()

    assert [one.action for one in rows] == ["exam.accommodate", "exam.accommodation_end"]
    assert {one.detail["reason"] for one in rows} == {"手腕受伤"}
    assert {one.person_id for one in rows} == {classroom.student.id}


# refused


@pytest.mark.parametrize(
    "terms",
    [
        Terms("", extra_minutes=15),
        Terms("  \n", extra_minutes=15),
        Terms("为什么"),
        Terms("为什么", extra_minutes=-1),
        Terms("为什么", extra_minutes=1441),
        Terms("为什么", factor=Decimal("0.99")),
        Terms("为什么", factor=Decimal("-1.5")),
        Terms("为什么", factor=Decimal("5.01")),
        Terms("为什么", factor=Decimal("1.255")),
        Terms("为什么", factor=Decimal("NaN")),
        Terms("为什么", factor=Decimal("sNaN")),
        Terms("为什么", factor=Decimal("Infinity")),
    ],
)
def test_terms_that_allow_nothing_or_too_much_are_refused(session, classroom, allow, terms):
    with pytest.raises(BadExam):
        allow(classroom.student, terms)

    assert count(session) == 0


@pytest.mark.parametrize(("opens", "closes"), [(1, 1), (1, 0.5), (2, None), (3, None), (None, 0), (None, -1)])
def test_an_own_window_fits_to_itself_and_to_the_exam(session, classroom, allow, now, *, opens, closes):
    """Who may begin after the common close only, or is closed before the opening, could never sit it."""
    own = [None if hours is None else now + hours * HOUR for hours in (opens, closes)]

    with pytest.raises(BadExam):
        allow(classroom.student, Terms("缓考", opens_at=own[0], closes_at=own[1]))

    assert count(session) == 0


@pytest.mark.parametrize("factor", ["1.01", "1.5", "5", "5.00"])
def test_factors_at_their_limits_are_taken(session, classroom, exam, allow, now, *, factor):
    allow(classroom.student, Terms("为什么", factor=Decimal(factor)))

    assert deadline(session, classroom.student, exam, now) == now + HOUR * float(Decimal(factor))


def test_only_students_and_classes_of_the_offering_are_allowed_something(
    session, classroom, exam, allow, now
):
    publish_texts(session, classroom.library, {"quizzes/other/ladies.md": make_quiz_text()}, now)
    other = make_term(session, now, "other")
    foreigner = make_person(session, other, "foreigner", cohort="别的班")

    for whom in (foreigner, "别的班", classroom.stranger, classroom.assistant, classroom.instructor):
        with pytest.raises(NotFound):
            allow(whom, MORE)
    assert count(session) == 0


def test_terms_of_another_exam_are_not_taken_back_here(session, classroom, exam, allow, now):
    row = allow(classroom.student, MORE)
    other = hall_of(session, classroom, set_exam(session, classroom, now))

    for number in (row.id, row.id + 1):
        with pytest.raises(NotFound):
            revoke(session, classroom.instructor, other, number, now)
    assert count(session) == 1


def test_in_an_archived_offering_nothing_is_allowed_or_taken_back(session, classroom, exam, allow, now):
    row = allow(CLASS_2, MORE)
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        allow(classroom.student, MORE)
    with pytest.raises(OfferingArchived):
        revoke(session, classroom.instructor, hall_of(session, classroom, exam), row.id, now)
    assert count(session) == 1
