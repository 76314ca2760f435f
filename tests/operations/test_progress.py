"""What counts of what learners did, and who may look at it."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.content.parse import Kind
from app.domain.errors import NotFound
from app.domain.progress import Evidence
from app.domain.roles import Role
from app.domain.walk import Commit
from app.models import Exam
from app.operations.documents import get_text, syllabus_of
from app.operations.enrolment import Seat, enrol
from app.operations.progress import (
    evidence_by_person,
    get_student,
    list_learners,
    list_student_attempts,
    list_student_walks,
    percentage,
    published_part,
    visible_cohorts,
)
from app.operations.walks import commit_section
from tests.support.builders import (
    CLASS_1,
    CLASS_2,
    begin_attempt,
    begin_walk,
    cohort_id,
    hand_in,
    later,
    make_person,
    make_term,
    place_of,
    publish_texts,
    reload,
    shown_at,
)
from tests.support.texts import make_small_quiz_text


@pytest.fixture
def student(classroom):
    return classroom.student


def evidence(session, classroom, person):
    return evidence_by_person(session, classroom.offering.id, [person.id]).get(person.id, Evidence())


def walk_through(session, person, *, now, slug="door"):
    row = begin_walk(session, person, slug, now=now)
    for commit in (Commit("which", 2), Commit("why", text="次序")):
        commit_section(session, person, row.public_id, commit, now)
    return row


def smile(session, person, place, *, now):
    """Take the small quiz: the option at a place of the file is chosen."""
    attempt = begin_attempt(session, person, "smile", now=now)
    return hand_in(session, person, attempt, now=now, smile=shown_at(attempt, "smile", place))


def test_who_did_nothing_has_no_evidence(session, classroom):
    assert evidence_by_person(session, classroom.offering.id) == {}


def test_a_walk_is_begun_until_it_is_done(session, classroom, student, now):
    begin_walk(session, student, now=now)

    assert evidence(session, classroom, student) == Evidence(begun=frozenset({"door"}))


def test_a_case_is_done_when_an_ending_was_reached_and_its_questions_were_answered(
    session, classroom, student, now
):
    row = begin_walk(session, student, now=now)
    commit_section(session, student, row.public_id, Commit("which", 2), now)
    assert evidence(session, classroom, student).walked == frozenset()

    commit_section(session, student, row.public_id, Commit("why", text="次序"), now)

    assert evidence(session, classroom, student).walked == {"door"}


def test_a_case_once_done_stays_done_while_it_is_walked_again(session, classroom, student, now):
    walk_through(session, student, now=now)
    begin_walk(session, student, now=later(now))

    found = evidence(session, classroom, student)

    assert (found.walked, found.begun) == ({"door"}, {"door"})


def test_a_reading_is_done_when_its_last_section_was_shown(session, classroom, student, now):
    row = begin_walk(session, student, "why-doors", now=now)
    commit_section(session, student, row.public_id, Commit("once"), now)
    assert evidence(session, classroom, student) == Evidence(begun=frozenset({"why-doors"}))

    commit_section(session, student, row.public_id, Commit("then"), now)

    assert evidence(session, classroom, student) == Evidence(walked=frozenset({"why-doors"}))


def test_a_quiz_keeps_the_best_result(session, classroom, student, now):
    for place in (2, 1, 2):
        smile(session, student, place, now=now)

    record = evidence(session, classroom, student).quiz("smile")
    assert (record.best, record.passed) == (Decimal(100), True)


def test_a_quiz_that_no_key_scores_is_done_when_it_is_answered(session, classroom, student, now):
    text = "---\ntitle: 论述\n---\n## 说说为什么。 {#why 2分}\n\n____\n- {2分} 次序\n"
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)
    hand_in(session, student, begin_attempt(session, student, "smile", now=now), now=now)
    assert not evidence(session, classroom, student).quiz("smile").passed

    hand_in(session, student, begin_attempt(session, student, "smile", now=now), now=now, why="次序")

    record = evidence(session, classroom, student).quiz("smile")
    assert (record.passed, record.best) == (True, None)


def test_an_open_or_unscored_attempt_is_no_result(session, classroom, student, now):
    begin_attempt(session, student, "smile", now=now)

    assert evidence(session, classroom, student) == Evidence()


def test_the_pass_mark_is_the_quizs_own(session, classroom, student, now):
    text = make_small_quiz_text(front="pass: 80%\n")
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)

    smile(session, student, 1, now=now)

    assert evidence(session, classroom, student).quiz("smile").pass_mark == 80
    assert session.scalars(select(Exam)).one().pass_mark == 80


def test_a_lower_pass_mark_holds_for_earlier_results_at_once(session, classroom, student, now):
    text = make_small_quiz_text(front="pass: 80%\n")
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)
    smile(session, student, 2, now=now)
    assert not evidence(session, classroom, student).quiz("smile").passed

    text = make_small_quiz_text(front="pass: 0%\n")
    publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)

    record = evidence(session, classroom, student).quiz("smile")
    assert (record.passed, record.pass_mark) == (True, 0)


def test_what_was_passed_stays_passed_when_a_later_edition_asks_for_more(session, classroom, student, now):
    def ask_for(share):
        text = make_small_quiz_text(front=f"pass: {share}%\n")
        publish_texts(session, classroom.library, {"quizzes/etiquette/smile.md": text}, now)

    ask_for(0)
    smile(session, student, 2, now=now)
    ask_for(80)
    newcomer = make_person(session, classroom.offering, "newcomer")
    smile(session, newcomer, 2, now=now)

    records = [evidence(session, classroom, who).quiz("smile") for who in (student, newcomer)]

    assert [(record.best, record.passed) for record in records] == [(0, True), (0, False)]


@pytest.mark.parametrize(
    ("score", "most", "share"),
    [
        ("3", "5", "60"),
        ("59.99", "100", "59.99"),
        ("11.99", "20", "59.95"),
        ("2", "3", "66.66"),
        ("0", "7", "0"),
        ("7", "7", "100"),
        (None, "7", None),
        ("0", "0", None),
        (None, None, None),
    ],
)
def test_a_share_is_never_rounded_up(session, classroom, student, now, *, score, most, share):
    attempt = begin_attempt(session, student, now=now)
    attempt.score = None if score is None else Decimal(score)
    attempt.max = None if most is None else Decimal(most)

    assert percentage(attempt) == (None if share is None else Decimal(share))


@pytest.mark.parametrize("who", ["assistant", "instructor"])
def test_a9_what_teachers_try_never_counts(session, classroom, now, who):
    person = getattr(classroom, who)
    walk_through(session, person, now=now)
    smile(session, person, 1, now=now)

    assert evidence_by_person(session, classroom.offering.id) == {}
    assert list_student_walks(session, classroom.offering.id, person.id) == []
    assert list_student_attempts(session, [classroom.offering.id], person.id) == []


def test_another_offerings_work_does_not_count_here(session, classroom, student, now):
    walk_through(session, student, now=now)
    other = make_term(session, now, "other")

    assert evidence_by_person(session, other.id) == {}


def test_evidence_is_gathered_of_all_or_of_those_asked_for(session, classroom, student, now):
    fellow = make_person(session, classroom.offering, "fellow", cohort=CLASS_2)
    for person in (student, fellow):
        walk_through(session, person, now=now)

    assert set(evidence_by_person(session, classroom.offering.id)) == {student.id, fellow.id}
    assert set(evidence_by_person(session, classroom.offering.id, [fellow.id])) == {fellow.id}
    assert evidence_by_person(session, classroom.offering.id, []) == {}


def learners(session, classroom, cohorts):
    place = place_of(session, classroom.instructor)
    text = get_text(session, place.course.id, Kind.SYLLABUS, "syllabus")
    return list_learners(session, place, syllabus_of(text.revisions["zh"]), cohorts)


def test_the_students_stand_by_cohort_and_login_and_nobody_else(session, classroom, now):
    for login, cohort in [("b", CLASS_2), ("a", CLASS_2), ("z", CLASS_1)]:
        make_person(session, classroom.offering, login, cohort=cohort)

    found = [(one.cohort.name, one.user.login) for one in learners(session, classroom, None)]

    assert found == [(CLASS_1, "xiaohe"), (CLASS_1, "z"), (CLASS_2, "a"), (CLASS_2, "b")]


def test_students_without_a_cohort_are_seen_by_who_sees_all(session, classroom):
    make_person(session, classroom.offering, "alone")

    assert {one.user.login for one in learners(session, classroom, None)} == {"xiaohe", "alone"}
    assert learners(session, classroom, frozenset()) == []


def test_learners_come_with_their_progress(session, classroom, student, now):
    smile(session, student, 1, now=now)

    (learner,) = learners(session, classroom, None)

    assert [one.is_done for one in learner.progress.modules] == [False, True, False]
    assert learner.progress.earned == 2
    (same,) = learners(session, classroom, frozenset({cohort_id(session, CLASS_1)}))
    assert same.progress == learner.progress


def test_an_assistant_looks_at_the_own_cohorts_only(session, classroom, student):
    assistant, instructor = (
        place_of(session, person) for person in (classroom.assistant, classroom.instructor)
    )
    fellow = make_person(session, classroom.offering, "fellow", cohort=CLASS_2)

    assert visible_cohorts(assistant) == frozenset({cohort_id(session, CLASS_2)})
    assert visible_cohorts(instructor) is None
    assert get_student(session, assistant, fellow.public_id)[0].id == fellow.id
    _, cohort = get_student(session, instructor, student.public_id)
    assert cohort
    assert cohort.name == CLASS_1
    with pytest.raises(NotFound):
        get_student(session, assistant, student.public_id)


def test_an_assistant_who_moves_to_another_cohort_sees_that_one_too(session, classroom, student, now):
    enrol(session, classroom.assistant.id, Seat(classroom.offering.id, Role.ASSISTANT, CLASS_1), None, now)
    place = place_of(session, reload(session, classroom.assistant))

    assert get_student(session, place, student.public_id)[0].id == student.id


@pytest.mark.parametrize("who", ["instructor", "assistant", "stranger"])
def test_only_students_have_a_record(session, classroom, who):
    place = place_of(session, classroom.instructor)

    with pytest.raises(NotFound):
        get_student(session, place, getattr(classroom, who).public_id)


def test_walks_and_attempts_are_listed_newest_first(session, classroom, student, now):
    walks = [walk_through(session, student, now=now) for _ in range(2)]
    attempts = [smile(session, student, 1, now=now) for _ in range(2)]

    offering = classroom.offering.id
    assert [row for row, _ in list_student_walks(session, offering, student.id)] == walks[::-1]
    found = list_student_attempts(session, [offering], student.id)
    assert [(row, document.slug) for row, document in found] == [(one, "smile") for one in attempts[::-1]]


def test_what_is_not_published_leaves_the_tracker(session, classroom):
    place = place_of(session, classroom.student)
    syllabus = syllabus_of(get_text(session, place.course.id, Kind.SYLLABUS, "syllabus").revisions["zh"])

    part = published_part(syllabus, {("case", "door"), ("quiz", "smile")})

    assert [(m.cases, m.readings, m.quizzes) for m in part.modules] == [
        (("door",), (), ()),
        ((), (), ("smile",)),
        ((), (), ()),
    ]
    assert [m.hours for m in part.modules] == [m.hours for m in syllabus.modules]
