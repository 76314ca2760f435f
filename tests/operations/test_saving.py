"""Answers are saved: in order, once, and never for somebody else or after the end."""

import pytest
from sqlalchemy import func, select

from app.domain.errors import (
    AttemptClosed,
    BadAnswer,
    EventMismatch,
    NotFound,
    OfferingArchived,
    UnknownItem,
)
from app.models import Event, Response
from app.operations.closing import submit_attempt
from app.operations.enrolment import withdraw
from app.operations.events import heads_of
from app.operations.offerings import archive_offering
from app.operations.saving import save_answers
from app.operations.sittings import open_sitting
from tests.support.builders import (
    answer,
    begin_attempt,
    hand_in,
    later,
    make_person,
    publish_texts,
    reload,
)
from tests.support.texts import make_quiz_text

QUIZ = "quizzes/etiquette/ladies.md"
QUIZ_EN = "quizzes/etiquette/ladies.en.md"


@pytest.fixture
def student(classroom):
    return classroom.student


@pytest.fixture
def attempt(session, student, now):
    return begin_attempt(session, student, now=now, seed=7)


def save(session, person, attempt, *events, now):
    return save_answers(session, person, attempt.public_id, events, now)


def heads(session, attempt):
    return {item: head.answer for item, head in heads_of(session, attempt.id).items()}


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def statuses(receipts):
    return [receipt.status for receipt in receipts]


def test_an_answer_is_saved_as_shown(session, student, attempt, now):
    (receipt,) = save(session, student, attempt, answer("single", "2"), now=now)

    assert (receipt.status, receipt.seq, receipt.counts) == ("saved", 1, True)
    assert heads(session, attempt) == {"single": "2"}
    assert (attempt.last_seq, attempt.head_hash) == (1, receipt.hash)


@pytest.mark.parametrize(
    "written", ["🚪🙇‍♀️", "\u202eabc", "a\r\nb", "e\u0301 \u00e9", "<script>", "{{ 7*7 }}", '"\\', "　"]
)
def test_s10_what_is_written_comes_back_sign_for_sign(session, student, attempt, now, written):
    save(session, student, attempt, answer("written", written), now=now)

    session.expire_all()
    assert heads(session, attempt) == {"written": written}


@pytest.mark.parametrize(
    ("item", "given", "rule"),
    [
        ("nowhere", "1", UnknownItem),
        ("note", "1", BadAnswer),
        ("single", "5", BadAnswer),
        ("single", "0", BadAnswer),
        ("single", "", BadAnswer),
        ("single", "x", BadAnswer),
        ("single", 1, BadAnswer),
        ("single", True, BadAnswer),
        ("single", ["1"], BadAnswer),
        ("single", ["1", "2"], BadAnswer),
        ("single", {"1": "2"}, BadAnswer),
        ("many", ["1", "1"], BadAnswer),
        ("many", ["1", "4"], BadAnswer),
        ("many", "1", BadAnswer),
        ("many", [["1"]], BadAnswer),
        ("many", [1], BadAnswer),
        ("truth", "true", BadAnswer),
        ("truth", 1, BadAnswer),
        ("blanks", ["a", "b", "c"], BadAnswer),
        ("blanks", "a", BadAnswer),
        ("blanks", [1], BadAnswer),
        ("number", 45, BadAnswer),
        ("written", "a\0b", BadAnswer),
        ("written", "\ud800", BadAnswer),
        ("written", "长" * 90_000, BadAnswer),
    ],
)
def test_s11_what_an_item_cannot_take_is_refused_and_nothing_is_saved(
    session, student, attempt, now, *, item, given, rule
):
    before = attempt.head_hash

    with pytest.raises(rule), session.begin_nested():
        save(session, student, attempt, answer("truth", True), answer(item, given, name="odd"), now=now)

    session.refresh(attempt)
    assert count(session, Event) == 0
    assert (attempt.last_seq, attempt.head_hash) == (0, before)


def test_an_item_that_was_not_drawn_takes_no_answer(session, classroom, student, now):
    publish_texts(session, classroom.library, {QUIZ: make_quiz_text(group="draw=1"), QUIZ_EN: None}, now)
    attempt = begin_attempt(session, student, now=now)
    drawn = {place["key"] for place in attempt.layout["items"]}
    (left_out,) = {"single", "many"} - drawn

    with pytest.raises(UnknownItem):
        save(session, student, attempt, answer(left_out, "1"), now=now)


def test_s2_the_same_event_again_gets_its_stored_outcome(session, student, attempt, now):
    (first,) = save(session, student, attempt, answer("single", "2"), now=now)

    (again,) = save(session, student, attempt, answer("single", "2"), now=later(now))

    assert (again.status, again.was, again.seq, again.hash) == ("replayed", "saved", first.seq, first.hash)
    assert again.counts
    assert count(session, Event) == 1


def test_a_replay_that_was_overtaken_does_not_count(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2"), now=now)
    save(session, student, attempt, answer("single", "3"), now=now)

    (again,) = save(session, student, attempt, answer("single", "2"), now=now)

    assert (again.status, again.was, again.counts) == ("replayed", "saved", False)
    assert heads(session, attempt) == {"single": "3"}


def test_s2_a_replay_gets_its_outcome_after_handing_in_too(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2"), now=now)
    submit_attempt(session, student, attempt.public_id, now)

    (again,) = save(session, student, attempt, answer("single", "2"), now=later(now))

    assert (again.status, again.was) == ("replayed", "saved")


@pytest.mark.parametrize(
    "other",
    [
        answer("single", "3", name="one"),
        answer("many", ["2"], name="one"),
        answer("single", "2", name="one", base=1),
        answer("single", "2", name="one", n=1),
        answer("single", "2", name="one", window="window-2"),
    ],
)
def test_s6_an_id_used_before_with_another_body_is_refused(session, student, attempt, now, other):
    save(session, student, attempt, answer("single", "2", name="one"), now=now)

    with pytest.raises(EventMismatch):
        save(session, student, attempt, other, now=now)
    assert heads(session, attempt) == {"single": "2"}


def test_the_same_id_in_two_attempts_is_no_mismatch(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2", name="one"), now=now)
    hand_in(session, student, attempt, now=now)
    again = begin_attempt(session, student, now=now)

    assert statuses(save(session, student, again, answer("single", "3", name="one"), now=now)) == ["saved"]


def test_s4_two_windows_at_one_item_conflict_and_the_head_stays(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2"), now=now)

    (receipt,) = save(session, student, attempt, answer("single", "3", window="window-2"), now=now)

    assert (receipt.status, receipt.counts, receipt.head.answer) == ("conflict", False, "2")
    assert heads(session, attempt) == {"single": "2"}
    assert count(session, Event) == 2


def test_who_has_seen_the_head_may_replace_it_from_another_window(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2"), now=now)

    (receipt,) = save(session, student, attempt, answer("single", "3", window="window-2", base=1), now=now)

    assert (receipt.status, heads(session, attempt)) == ("saved", {"single": "3"})


def test_s3_two_windows_at_two_items_do_not_meet(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2"), now=now)

    assert statuses(save(session, student, attempt, answer("truth", True, window="window-2"), now=now)) == [
        "saved"
    ]


def test_s7_a_late_lower_number_of_the_same_window_is_superseded(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2", n=5), now=now)

    receipts = save(
        session, student, attempt, answer("single", "3", n=4), answer("single", "4", n=6), now=now
    )

    assert statuses(receipts) == ["superseded", "saved"]
    assert heads(session, attempt) == {"single": "4"}


def test_within_one_call_events_are_judged_in_order(session, student, attempt, now):
    receipts = save(
        session,
        student,
        attempt,
        answer("single", "2"),
        answer("single", "3", window="window-2"),
        answer("single", "4", window="window-2", base=1),
        now=now,
    )

    assert statuses(receipts) == ["saved", "conflict", "saved"]


def test_null_clears_on_purpose(session, student, attempt, now):
    save(session, student, attempt, answer("single", "2"), answer("single", None), now=now)
    submit_attempt(session, student, attempt.public_id, now)

    response = session.get(Response, (attempt.id, "single"))
    assert (response.answer, response.answered, response.event_seq) == (None, False, 2)


def test_a5_nobody_else_saves_sees_or_hands_in(session, classroom, attempt, now):
    fellow = make_person(session, classroom.offering, "fellow")

    for person in (fellow, classroom.instructor, classroom.stranger):
        for act in (
            lambda who: open_sitting(session, who, attempt.public_id),
            lambda who: save(session, who, attempt, answer("single", "2"), now=now),
            lambda who: submit_attempt(session, who, attempt.public_id, now),
        ):
            with pytest.raises(NotFound):
                act(person)
    assert (attempt.state, count(session, Event)) == ("open", 0)


def test_who_was_withdrawn_sees_and_saves_no_more(session, classroom, student, attempt, now):
    withdraw(session, student.id, classroom.offering.id, None, now)
    gone = reload(session, student)

    with pytest.raises(NotFound):
        open_sitting(session, gone, attempt.public_id)
    with pytest.raises(NotFound):
        save(session, gone, attempt, answer("single", "2"), now=now)


def test_a12_a_quiz_that_is_for_exams_now_shuts_the_attempts_begun_before(
    session, classroom, student, attempt, now
):
    texts = {name: make_quiz_text(front="use: exam\n") for name in (QUIZ, QUIZ_EN)}
    publish_texts(session, classroom.library, texts, now)

    with pytest.raises(NotFound):
        open_sitting(session, student, attempt.public_id)
    with pytest.raises(NotFound):
        submit_attempt(session, student, attempt.public_id, now)


def test_s14_after_handing_in_nothing_new_is_saved(session, student, attempt, now):
    submit_attempt(session, student, attempt.public_id, now)

    with pytest.raises(AttemptClosed):
        save(session, student, attempt, answer("single", "2"), now=now)
    assert heads(session, attempt) == {}


def test_in_an_archived_offering_nothing_new_is_saved_or_handed_in(session, classroom, student, attempt, now):
    archive_offering(classroom.offering, now)

    with pytest.raises(OfferingArchived):
        save(session, student, attempt, answer("single", "2"), now=now)
    with pytest.raises(OfferingArchived):
        submit_attempt(session, student, attempt.public_id, now)
    assert (attempt.state, count(session, Event)) == ("open", 0)
    assert open_sitting(session, student, attempt.public_id).is_open(now)
