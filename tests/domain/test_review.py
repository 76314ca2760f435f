"""What learners may see of an exam, and when."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.exam import SET_KINDS, ExamKind, ExamState
from app.domain.review import (
    JUST_AFTER,
    Aspect,
    Phase,
    Review,
    default_matrix,
    phase_of,
    read_matrix,
    review_of,
)
from app.domain.timing import Timing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MS, GRACE = timedelta(milliseconds=1), timedelta(seconds=30)
EVERYTHING = {aspect.value: [phase.value for phase in Phase] for aspect in Aspect}
BEFORE_RELEASE = [phase for phase in Phase if phase is not Phase.RELEASED]

matrices = st.dictionaries(
    st.sampled_from([aspect.value for aspect in Aspect]),
    st.lists(st.sampled_from([phase.value for phase in Phase])),
)


@pytest.mark.parametrize("phase", BEFORE_RELEASE)
@given(stored=matrices)
def test_before_the_release_only_own_answers_can_ever_be_seen(phase, stored):
    assert review_of(read_matrix(stored), phase).seen <= {Aspect.ANSWERS}


@given(matrices)
def test_during_the_attempt_nothing_is_seen(stored):
    assert review_of(read_matrix(stored), Phase.DURING) == Review()


@given(matrices, st.sampled_from(Phase))
def test_what_the_matrix_does_not_name_is_never_seen(stored, phase):
    seen = review_of(read_matrix(stored), phase).seen

    assert all(phase.value in stored.get(aspect.value, []) for aspect in seen)


@given(matrices)
def test_after_the_release_everything_is_seen_that_the_matrix_names(stored):
    named = {Aspect(name) for name, phases in stored.items() if "released" in phases}

    assert review_of(read_matrix(stored), Phase.RELEASED).seen == named


@pytest.mark.parametrize(
    ("phase", "seen"),
    [
        (Phase.DURING, set()),
        (Phase.JUST_AFTER, {Aspect.ANSWERS}),
        (Phase.WHILE_OPEN, {Aspect.ANSWERS}),
        (Phase.CLOSED, {Aspect.ANSWERS}),
        (Phase.RELEASED, set(Aspect)),
    ],
)
def test_who_sets_everything_still_gives_nothing_away(phase, seen):
    assert review_of(read_matrix(EVERYTHING), phase).seen == seen


@pytest.mark.parametrize("kind", SET_KINDS)
@pytest.mark.parametrize("phase", BEFORE_RELEASE)
def test_by_default_nothing_is_seen_before_the_release(kind, phase):
    assert review_of(read_matrix(default_matrix(kind)), phase) == Review()


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        (ExamKind.EXAM, {Aspect.KEY, Aspect.FEEDBACK, Aspect.EXPLANATION, Aspect.STATISTICS}),
        (ExamKind.MOCK, {Aspect.STATISTICS}),
        (ExamKind.ASSIGNMENT, {Aspect.STATISTICS}),
    ],
)
def test_by_default_an_exam_keeps_its_keys(kind, kept):
    seen = review_of(read_matrix(default_matrix(kind)), Phase.RELEASED).seen

    assert set(Aspect) - seen == kept


@pytest.mark.parametrize(
    ("seen", "shows_items"),
    [
        ([], False),
        ([Aspect.MARKS], False),
        ([Aspect.MARKS, Aspect.STATISTICS], False),
        ([Aspect.ANSWERS], True),
        ([Aspect.MARKS, Aspect.KEY], True),
    ],
)
def test_marks_alone_show_no_items(seen, shows_items):
    review = Review(frozenset(seen))

    assert review.shows_items is shows_items
    assert {aspect for aspect in Aspect if review.shows(aspect)} == set(seen)


# phases

OPEN = Timing("open", None, NOON)
BY_PERSON = Timing("submitted", "person", NOON)
BY_TIME = Timing("submitted", "deadline", NOON)
VOIDED = Timing("voided", None, NOON)
HALF_PAST_ELEVEN = NOON - timedelta(minutes=30)


@pytest.mark.parametrize(
    ("timing", "submitted_at", "now", "phase"),
    [
        (OPEN, None, NOON, Phase.DURING),
        (OPEN, None, NOON + GRACE - MS, Phase.DURING),
        # closed by definition, whatever the row says
        (OPEN, None, NOON + GRACE, Phase.JUST_AFTER),
        (OPEN, None, NOON + GRACE + JUST_AFTER - MS, Phase.JUST_AFTER),
        (OPEN, None, NOON + GRACE + JUST_AFTER, Phase.WHILE_OPEN),
        (BY_PERSON, HALF_PAST_ELEVEN, HALF_PAST_ELEVEN, Phase.JUST_AFTER),
        (BY_PERSON, HALF_PAST_ELEVEN, HALF_PAST_ELEVEN + JUST_AFTER - MS, Phase.JUST_AFTER),
        (BY_PERSON, HALF_PAST_ELEVEN, HALF_PAST_ELEVEN + JUST_AFTER, Phase.WHILE_OPEN),
        (BY_TIME, NOON, NOON + JUST_AFTER, Phase.WHILE_OPEN),
        (VOIDED, HALF_PAST_ELEVEN, NOON, Phase.WHILE_OPEN),
        (Timing("open", None, None), None, NOON, Phase.DURING),
        (Timing("open", None, HALF_PAST_ELEVEN, paused_at=HALF_PAST_ELEVEN), None, NOON, Phase.DURING),
    ],
)
def test_the_phase_follows_from_the_attempt(timing, submitted_at, now, phase):
    assert phase_of(timing, submitted_at, ExamState.RUNNING, now) is phase


@pytest.mark.parametrize("timing", [BY_PERSON, BY_TIME, VOIDED])
def test_long_after_the_attempt_the_exam_decides(timing):
    much_later = NOON + timedelta(days=1)

    phases = {state: phase_of(timing, NOON, state, much_later) for state in ExamState}
    assert phases == {
        ExamState.DRAFT: Phase.WHILE_OPEN,
        ExamState.SCHEDULED: Phase.WHILE_OPEN,
        ExamState.RUNNING: Phase.WHILE_OPEN,
        ExamState.CLOSED: Phase.CLOSED,
        ExamState.RELEASED: Phase.RELEASED,
    }


@pytest.mark.parametrize(("state", "exam"), [*product(["submitted", "scored", "voided"], ExamState)])
def test_nobody_is_in_the_released_phase_before_the_release(state, exam):
    phase = phase_of(Timing(state, "person", NOON), NOON, exam, NOON + timedelta(days=1))

    assert (phase is Phase.RELEASED) is (exam is ExamState.RELEASED)


@pytest.mark.parametrize("exam", ExamState)
def test_who_still_sits_sees_nothing_even_after_the_release(exam):
    assert phase_of(OPEN, None, exam, NOON) is Phase.DURING
