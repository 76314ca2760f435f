"""Walking a case: each step works, not for others, not at the wrong moment, not twice."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.domain.errors import (
    AlreadyCommitted,
    AnswerRequired,
    BadAnswer,
    NotFound,
    NotNext,
    NotPublished,
    OfferingArchived,
    ReasonRequired,
    UnknownChoice,
    WalkEnded,
)
from app.domain.roles import Role
from app.domain.walk import Commit
from app.models import CaseWalk, WalkCommit
from app.operations.documents import case_of
from app.operations.enrolment import Seat, enrol, withdraw
from app.operations.offerings import archive_offering
from app.operations.self_marks import assess_own_answer, list_self_marks, self_assessment
from app.operations.walks import (
    commit_section,
    get_journey,
    list_walks,
    open_case,
)
from tests.support.builders import begin_walk, later, make_person, place_of, publish_texts, reload
from tests.support.texts import make_case_text, make_exam_texts

REAR, FRONT = Commit("which", 1), Commit("which", 2)
SORRY = Commit("repair", 2, "先让她感到被看见")
WHY = Commit("why", text="她等了一会儿")


@pytest.fixture
def student(classroom):
    return classroom.student


@pytest.fixture
def walk(session, student, now):
    return begin_walk(session, student, now=now)


def go(session, person, row, *commits, now):
    for commit in commits:
        commit_section(session, person, row.public_id, commit, now)
    return get_journey(session, person, row.public_id)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


# start


def test_a_walk_begins_at_the_first_decision(session, student, walk):
    journey = get_journey(session, student, walk.public_id)

    assert journey.state.at == "which"
    assert list(journey.revealed) == ["arrival", "card", "which"]
    assert (walk.ended_at, walk.done_at, walk.is_preview) == (None, None, False)


def test_a_walk_is_pinned_to_both_languages(session, student, walk):
    journey = get_journey(session, student, walk.public_id)

    assert set(journey.revisions) == {"zh", "en"}
    assert case_of(journey.revisions["en"]).title == "Which door first"


def test_starting_twice_goes_on_with_the_walk_that_is_not_done(session, student, walk, now):
    assert begin_walk(session, student, now=later(now)) is walk
    assert count(session, CaseWalk) == 1


def test_a_walk_that_ended_is_gone_on_with_until_its_questions_are_answered(session, student, walk, now):
    go(session, student, walk, FRONT, now=now)

    assert walk.ended_at == now
    assert begin_walk(session, student, now=now) is walk


def test_after_a_walk_is_done_starting_makes_another_and_keeps_the_first(session, student, walk, now):
    go(session, student, walk, FRONT, WHY, now=now)

    again = begin_walk(session, student, now=later(now))

    assert again is not walk
    assert list_walks(session, student, place_of(session, student), walk.document_id) == [again, walk]


def test_a_stranger_starts_no_walk(session, classroom, now):
    with pytest.raises(NotFound):
        begin_walk(session, classroom.stranger, now=now)


def test_an_unknown_case_is_not_started(session, student, now):
    with pytest.raises(NotPublished):
        begin_walk(session, student, "nowhere", now=now)


def test_in_an_archived_offering_no_walk_starts(session, classroom, student, now):
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        begin_walk(session, student, now=now)
    assert count(session, CaseWalk) == 0


@pytest.mark.parametrize("who", ["assistant", "instructor"])
def test_a9_who_does_not_study_only_previews(session, classroom, now, who):
    assert begin_walk(session, getattr(classroom, who), now=now).is_preview


def test_a12_an_exam_case_is_walked_by_its_authors_only(session, classroom, student, now):
    publish_texts(session, classroom.library, make_exam_texts(), now)

    for person in (student, classroom.assistant):
        with pytest.raises(NotFound):
            open_case(session, person, place_of(session, person), "vault")
    assert begin_walk(session, classroom.instructor, "vault", now=now).is_preview


# commit


def test_a_commit_moves_the_walk_on(session, student, walk, now):
    journey = go(session, student, walk, REAR, now=now)

    assert journey.state.at == "repair"
    assert list(journey.revealed) == ["arrival", "card", "which", "hint", "upset", "repair"]
    assert (walk.score, walk.ending, walk.ended_at) == (Decimal(0), None, None)


def test_an_ending_is_written_down_with_score_and_moment(session, student, walk, now):
    go(session, student, walk, REAR, now=now)
    go(session, student, walk, SORRY, now=later(now))

    assert (walk.ending, walk.score, walk.best) == ("saved", Decimal("3918.27"), Decimal("5183.47"))
    assert (walk.ended_at, walk.done_at) == (later(now), None)


def test_the_moments_of_ending_and_being_done_stay(session, student, walk, now):
    go(session, student, walk, FRONT, now=now)
    go(session, student, walk, WHY, now=later(now))

    assert (walk.ended_at, walk.done_at) == (now, later(now))


def test_reason_and_text_are_kept_without_the_space_around_them(session, student, walk, now):
    go(
        session,
        student,
        walk,
        REAR,
        Commit("repair", 2, "  道歉 \n"),
        Commit("why", text="\n她等了 "),
        now=now,
    )

    rows = {row.section: row for row in get_journey(session, student, walk.public_id).commits}
    assert rows["repair"].reason == "道歉"
    assert rows["why"].text == "她等了"


@pytest.mark.parametrize(
    ("made", "commit", "rule"),
    [
        ([], SORRY, NotNext),
        ([], WHY, NotNext),
        ([], Commit("nowhere", 1), NotNext),
        ([], Commit("arrival"), NotNext),
        ([], Commit("which"), UnknownChoice),
        ([], Commit("which", 0), UnknownChoice),
        ([], Commit("which", 3), UnknownChoice),
        ([REAR], REAR, AlreadyCommitted),
        ([REAR], FRONT, AlreadyCommitted),
        ([REAR], Commit("repair", 2), ReasonRequired),
        ([REAR], Commit("repair", 2, " \n　"), ReasonRequired),
        ([FRONT], Commit("why"), AnswerRequired),
        ([FRONT], Commit("why", text="　\n"), AnswerRequired),
        ([FRONT, WHY], WHY, AlreadyCommitted),
        ([FRONT, WHY], SORRY, WalkEnded),
    ],
)
def test_a_commit_at_the_wrong_moment_is_refused_and_changes_nothing(
    session, student, walk, now, *, made, commit, rule
):
    before = go(session, student, walk, *made, now=now)

    with pytest.raises(rule):
        commit_section(session, student, walk.public_id, commit, later(now))

    after = get_journey(session, student, walk.public_id)
    assert after.state == before.state
    assert [row.section for row in after.commits] == [one.section for one in made]
    assert later(now) not in (walk.ended_at, walk.done_at)


def test_a5_nobody_else_sees_or_moves_a_walk(session, classroom, walk, now):
    fellow = make_person(session, classroom.offering, "fellow")

    for person in (fellow, classroom.instructor, classroom.stranger):
        with pytest.raises(NotFound):
            get_journey(session, person, walk.public_id)
        with pytest.raises(NotFound):
            commit_section(session, person, walk.public_id, REAR, now)
    assert count(session, WalkCommit) == 0


def test_in_an_archived_offering_a_walk_stands_still_and_can_be_read(session, classroom, student, walk, now):
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        commit_section(session, student, walk.public_id, REAR, now)
    assert get_journey(session, student, walk.public_id).state.at == "which"


def test_who_was_withdrawn_sees_the_walk_no_more(session, classroom, student, walk, now):
    withdraw(session, student.id, classroom.offering.id, None, now)
    gone = reload(session, student)

    with pytest.raises(NotFound):
        get_journey(session, gone, walk.public_id)
    with pytest.raises(NotFound):
        commit_section(session, gone, walk.public_id, REAR, now)


def test_a12_a_case_that_is_for_exams_now_shuts_the_walks_begun_before(
    session, classroom, student, walk, now
):
    texts = {
        name: text.replace("module: doors", "use: exam\nmodule: doors")
        for name, text in {
            "cases/etiquette/door.md": make_case_text(),
            "cases/etiquette/door.en.md": make_case_text("Which door first"),
        }.items()
    }
    publish_texts(session, classroom.library, texts, now)

    with pytest.raises(NotFound):
        get_journey(session, student, walk.public_id)


# pinned


def test_a_walk_stays_on_the_revision_it_began_with(session, classroom, student, walk, now):
    publish_texts(session, classroom.library, {"cases/etiquette/door.md": make_case_text("改过的题目")}, now)

    assert get_journey(session, student, walk.public_id).case.title == "先开哪一扇门"
    go(session, student, walk, FRONT, WHY, now=now)
    again = begin_walk(session, student, now=now)
    assert get_journey(session, student, again.public_id).case.title == "改过的题目"


def test_a_retired_case_can_be_walked_to_its_end_and_not_begun(session, classroom, student, walk, now):
    publish_texts(session, classroom.library, {"cases/etiquette/door.en.md": None}, now)
    publish_texts(session, classroom.library, {"cases/etiquette/door.md": None}, now)

    assert go(session, student, walk, FRONT, WHY, now=now).state.done
    with pytest.raises(NotPublished):
        begin_walk(session, student, now=now)


# self-assessment


def test_who_answered_judges_the_answer_apart_from_the_score(session, student, walk, now):
    journey = go(session, student, walk, FRONT, WHY, now=now)

    assess_own_answer(session, student, walk.public_id, ("why", [1]), now)

    marks = list_self_marks(session, walk.id)
    assert self_assessment(journey, marks) == (Decimal(5), Decimal(8))
    assert walk.score == Decimal("5183.47")


def test_judging_again_replaces_the_judgement(session, student, walk, now):
    go(session, student, walk, FRONT, WHY, now=now)
    assess_own_answer(session, student, walk.public_id, ("why", [1]), now)

    assess_own_answer(session, student, walk.public_id, ("why", [0, 0, 1]), later(now))

    mark = list_self_marks(session, walk.id)["why"]
    assert (mark.claimed, mark.points, mark.marked_at) == ([0, 1], Decimal(8), later(now))


def test_before_anything_is_answered_nothing_can_be_reached(session, student, walk):
    assert self_assessment(get_journey(session, student, walk.public_id), {}) == (Decimal(0), Decimal(0))


@pytest.mark.parametrize("section", ["why", "which", "nowhere", "repair"])
def test_what_was_not_answered_is_not_judged(session, student, walk, now, section):
    go(session, student, walk, FRONT, now=now)

    with pytest.raises(NotNext):
        assess_own_answer(session, student, walk.public_id, (section, [0]), now)
    assert list_self_marks(session, walk.id) == {}


@pytest.mark.parametrize("claimed", [[2], [-1], [0, 99]])
def test_a_marking_point_that_is_not_there_is_refused(session, student, walk, now, claimed):
    go(session, student, walk, FRONT, WHY, now=now)

    with pytest.raises(BadAnswer):
        assess_own_answer(session, student, walk.public_id, ("why", claimed), now)
    assert list_self_marks(session, walk.id) == {}


def test_nobody_judges_the_answer_of_another(session, classroom, student, walk, now):
    go(session, student, walk, FRONT, WHY, now=now)

    with pytest.raises(NotFound):
        assess_own_answer(session, classroom.instructor, walk.public_id, ("why", [0]), now)


def test_in_an_archived_offering_nothing_is_judged(session, classroom, student, walk, now):
    go(session, student, walk, FRONT, WHY, now=now)
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        assess_own_answer(session, student, walk.public_id, ("why", [0]), now)


# readings


@pytest.fixture
def reading(session, student, now):
    return begin_walk(session, student, "why-doors", now=now)


def test_a_reading_shows_its_parts_one_by_one_and_is_done_at_the_last(session, student, reading, now):
    seen = [list(get_journey(session, student, reading.public_id).revealed)]
    done = [reading.done_at]
    for section in ("once", "then"):
        commit_section(session, student, reading.public_id, Commit(section), now)
        seen.append(list(get_journey(session, student, reading.public_id).revealed))
        done.append(reading.done_at)

    assert seen == [["once", "plan"], ["once", "plan", "then"], ["once", "plan", "then", "now"]]
    assert done == [None, None, now]
    assert reading.ending is None


@pytest.mark.parametrize(
    ("read", "section", "rule"),
    [
        (["once"], "once", AlreadyCommitted),
        ([], "then", NotNext),
        ([], "now", NotNext),
        ([], "nowhere", NotNext),
        ([], "", NotNext),
    ],
)
def test_a_reading_is_read_in_order(session, student, reading, now, *, read, section, rule):
    for one in read:
        commit_section(session, student, reading.public_id, Commit(one), now)
    before = reading.shown

    with pytest.raises(rule):
        commit_section(session, student, reading.public_id, Commit(section), now)
    assert reading.shown == before


def test_nothing_comes_after_the_last_part_of_a_reading(session, student, reading, now):
    for section in ("once", "then", "now"):
        commit_section(session, student, reading.public_id, Commit(section), now)

    assert (reading.shown, reading.done_at) == (3, now)


def test_an_instructor_reads_a_case_as_a_preview(session, classroom, now):
    reader = make_person(session, classroom.offering, "marker", Role.MARKER)

    assert begin_walk(session, reader, "why-doors", now=now).is_preview


def test_who_taught_and_learns_now_begins_a_walk_that_counts(session, classroom, now):
    tried = begin_walk(session, classroom.assistant, now=now)
    enrol(session, classroom.assistant.id, Seat(classroom.offering.id, Role.STUDENT, None), None, now)
    learner = reload(session, classroom.assistant)

    begun = begin_walk(session, learner, now=later(now))

    assert (tried.is_preview, begun.is_preview) == (True, False)
    assert begin_walk(session, learner, now=later(now)).id == begun.id != tried.id


@pytest.mark.parametrize("nothing", [" ", "\u200b", "\u2060\u00a0\n"])
def test_a_reason_that_nobody_would_see_is_none(session, student, walk, now, nothing):
    go(session, student, walk, REAR, now=now)

    with pytest.raises(ReasonRequired):
        commit_section(session, student, walk.public_id, Commit("repair", 2, nothing), now)


def test_a_line_break_of_a_form_counts_as_one_character(session, student, walk, now):
    go(session, student, walk, REAR, now=now)

    commit_section(session, student, walk.public_id, Commit("repair", 2, "一行\r\n" * 5000), now)

    kept = session.scalar(select(WalkCommit.reason).where(WalkCommit.section == "repair"))
    assert kept == "\n".join(["一行"] * 5000)
