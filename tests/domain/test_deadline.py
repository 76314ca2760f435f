"""The deadline of an attempt: derived of the exam and of what somebody is allowed, step by step."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadline import (
    Allowance,
    Allowances,
    StepKind,
    Window,
    effective_deadline,
    minutes_text,
    read_steps,
    steps_json,
    times,
    told_deadline,
)

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(clock):
    """Return an instant of the day, written ``HH:MM`` or ``HH:MM:SS``."""
    hours, minutes, seconds = (int(part) for part in f"{clock}:00".split(":")[:3])
    return NINE.replace(hour=hours, minute=minutes, second=seconds)


def allowed(factor="1", extra=0, opens=None, closes=None):
    return Allowance(extra * MINUTE, Decimal(factor), opens and at(opens), closes and at(closes))


def derive(cohort=None, personal=None, *, window=None, start="09:00"):
    allowances = Allowances(cohort or Allowance(), personal or Allowance())
    return effective_deadline(window or EXAM, allowances, at(start))


def kinds(deadline):
    return " ".join(step.kind.value for step in deadline.steps)


#: fifty minutes, to be begun from nine to ten, over at half past ten
EXAM = Window(at("09:00"), at("10:30"), 50 * MINUTE)
ASSIGNMENT = Window(at("09:00"), at("17:00"))


@pytest.mark.parametrize(
    ("cohort", "personal", "start", "deadline", "steps"),
    [
        (None, None, "09:00", "09:50", "start duration"),
        (None, None, "09:39:59", "10:29:59", "start duration"),
        (None, None, "09:40", "10:30", "start duration"),
        (None, None, "09:40:01", "10:30", "start duration close"),
        (None, None, "10:29:59", "10:30", "start duration close"),
        (allowed("1.5"), None, "09:00", "10:15", "start duration cohort_factor"),
        (allowed(extra=10), None, "09:00", "10:00", "start duration cohort_extra"),
        (allowed("1.5", 10), None, "09:00", "10:25", "start duration cohort_factor cohort_extra"),
        (None, allowed("1.5"), "09:00", "10:15", "start duration personal_factor"),
        (None, allowed(extra=10), "09:00", "10:00", "start duration personal_extra"),
        (None, allowed("1.5", 10), "09:00", "10:25", "start duration personal_factor personal_extra"),
        # what the person is allowed is added to what the cohort is: (50 × 1.2 + 5) × 1.5 + 7 = 104.5
        (
            allowed("1.2", 5),
            allowed("1.5", 7),
            "09:00",
            "10:44:30",
            "start duration cohort_factor cohort_extra personal_factor personal_extra",
        ),
        # who has 25 minutes more may use them after the others' close
        (allowed("1.5"), None, "09:40", "10:55", "start duration cohort_factor"),
        (None, allowed("1.5"), "09:50", "10:55", "start duration personal_factor close"),
        (
            allowed("1.2"),
            allowed(extra=10),
            "10:00",
            "10:50",
            "start duration cohort_factor personal_extra close",
        ),
        # an own window is meant as it stands
        (None, allowed("1.5", closes="10:30"), "09:40", "10:30", "start duration personal_factor close"),
        (None, allowed(closes="09:30"), "09:00", "09:30", "start duration close"),
        (None, allowed(opens="14:00", closes="15:00"), "14:05", "14:55", "start duration"),
        (None, allowed(opens="14:00", closes="15:00"), "14:15", "15:00", "start duration close"),
        # the personal window takes the place of the cohort's
        (allowed(closes="15:00"), allowed(closes="16:00"), "15:10", "16:00", "start duration"),
        (allowed(closes="16:00"), allowed(closes="15:00"), "14:20", "15:00", "start duration close"),
        # more time of one's own may be used after the close of the own cohort too
        (allowed(closes="15:00"), allowed(extra=10), "14:10", "15:10", "start duration personal_extra"),
        (
            allowed("1.2", closes="15:00"),
            allowed("1.5"),
            "14:10",
            "15:30",
            "start duration cohort_factor personal_factor close",
        ),
    ],
)
def test_the_deadline_follows_from_duration_allowances_and_close(cohort, personal, start, deadline, steps):
    found = derive(cohort, personal, start=start)

    assert (found.at, kinds(found)) == (at(deadline), steps)
    assert found.steps[-1].at == found.at
    assert found.steps[0].at == at(start)


@pytest.mark.parametrize(
    ("cohort", "personal", "deadline"),
    [
        (None, None, "17:00"),
        (allowed(extra=30), None, "17:30"),
        (None, allowed(extra=30), "17:30"),
        (allowed(extra=30), allowed(extra=15), "17:45"),
        (None, allowed(closes="20:00"), "20:00"),
        (allowed(closes="20:00"), None, "20:00"),
        (allowed(closes="20:00"), allowed(extra=15), "20:15"),
        (allowed(closes="20:00"), allowed(closes="19:00"), "19:00"),
        # there is no duration that a factor could be on
        (allowed("2"), allowed("1.5"), "17:00"),
    ],
)
def test_an_assignment_is_due_at_its_close(cohort, personal, deadline):
    found = derive(cohort, personal, window=ASSIGNMENT, start="16:59")

    assert (found.at, kinds(found)) == (at(deadline), "start close")


def test_what_has_neither_duration_nor_close_has_no_deadline():
    found = derive(allowed("2", 10), allowed(extra=5), window=Window())

    assert (found.at, kinds(found)) == (None, "start")


def test_a_duration_without_a_close_is_not_cut():
    assert derive(window=Window(None, None, 50 * MINUTE), start="23:30").at == at("23:30") + 50 * MINUTE


@pytest.mark.parametrize(
    ("minutes", "factor", "seconds"),
    [
        (50, "1", 3000),
        (50, "1.25", 3750),
        (1, "1.01", 61),  # 60.6
        (7, "1.33", 559),  # 558.6
        (1440, "5", 432000),
        (3, "1.1", 198),  # not 198.00000000000003
    ],
)
def test_a_factor_is_exact_and_rounds_up_to_whole_seconds(minutes, factor, seconds):
    assert times(minutes * MINUTE, Decimal(factor)) == timedelta(seconds=seconds)


def test_each_step_tells_its_value():
    found = derive(allowed("1.2", 5), allowed("1.5", 7), start="09:30")

    told = [(step.value, step.at) for step in found.steps]
    assert told == [
        ("", at("09:30")),
        ("50", at("10:20")),
        ("1.2", at("10:30")),
        ("5", at("10:35")),
        ("1.5", at("11:07:30")),
        ("7", at("11:14:30")),
    ]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0"), (60, "1"), (6000, "100"), (90, "1.5"), (100, "1.67"), (-720, "-12")]
)
def test_minutes_are_written_to_the_hundredth(seconds, text):
    assert minutes_text(timedelta(seconds=seconds)) == text


# what holds of every exam and every allowance

moments = st.integers(0, 24 * 60).map(lambda minutes: NINE + minutes * MINUTE)
factors = st.integers(100, 500).map(lambda hundredths: Decimal(hundredths) / 100)
extras = st.integers(0, 120).map(lambda minutes: minutes * MINUTE)
allowance = st.builds(
    Allowance, extra=extras, factor=factors, opens=st.none() | moments, closes=st.none() | moments
)
allowances = st.builds(Allowances, cohort=allowance, personal=allowance)
windows = st.builds(
    Window,
    opens=st.none() | moments,
    closes=st.none() | moments,
    duration=st.none() | st.integers(1, 1440).map(lambda minutes: minutes * MINUTE),
)
LATEST = datetime.max.replace(tzinfo=UTC)


@given(windows, allowances, moments, st.data())
def test_more_allowance_never_gives_an_earlier_deadline(window, allowances, started_at, data):
    whose = data.draw(st.sampled_from(["cohort", "personal"]))
    less = getattr(allowances, whose)
    more = replace(
        less,
        extra=less.extra + data.draw(extras),
        factor=less.factor + data.draw(factors) - 1,
        closes=less.closes and less.closes + data.draw(extras),
    )

    before = effective_deadline(window, allowances, started_at)
    after = effective_deadline(window, replace(allowances, **{whose: more}), started_at)

    assert (before.at or LATEST) <= (after.at or LATEST)


@given(windows, allowances, moments)
def test_the_derivation_goes_in_order_and_ends_at_the_deadline(window, allowances, started_at):
    found = effective_deadline(window, allowances, started_at)

    order = [list(StepKind).index(step.kind) for step in found.steps]
    assert order == sorted(set(order))
    assert found.steps[0].at == started_at
    assert found.at == (found.steps[-1].at if len(found.steps) > 1 else None)


@given(windows, allowances, moments)
def test_nobody_has_longer_than_the_own_duration_and_the_own_close_allow(window, allowances, started_at):
    own = allowances.window(window)

    found = effective_deadline(window, allowances, started_at).at

    ends = [own.closes, own.duration and started_at + own.duration]
    assert found == min((end for end in ends if end is not None), default=None)


@given(windows, allowances, moments)
def test_who_is_allowed_nothing_more_has_the_exams_own_window(window, allowances, started_at):
    assert Allowances().window(window) == window
    assert (allowances.window(window).duration or MINUTE) >= (window.duration or MINUTE)


# the deadline that events tell of


@given(windows, allowances, moments)
def test_steps_are_stored_and_read_back_and_tell_the_deadline(window, allowances, started_at):
    found = effective_deadline(window, allowances, started_at)

    stored = json.loads(json.dumps(steps_json(found.steps)))

    assert read_steps(stored) == list(found.steps)
    assert told_deadline([{"kind": "start", "answer": {"steps": stored}}]) == found.at


def moved(kind, moment):
    return {"kind": kind, "answer": {"at": None if moment is None else moment.isoformat()}}


START = {"kind": "start", "answer": {"steps": steps_json(derive().steps)}}


@pytest.mark.parametrize("kind", ["extend", "resume", "reopen", "end"])
def test_the_last_event_that_moved_the_deadline_counts(kind):
    events = [START, moved("extend", at("11:00")), moved(kind, at("09:20")), moved("pause", at("12:00"))]

    assert told_deadline(events) == at("09:20")


def test_other_events_tell_of_no_deadline():
    noise = [
        {"kind": kind, "answer": {"at": "12"}} for kind in ("answer", "flag", "pause", "submit", "device")
    ]

    assert told_deadline([START, *noise]) == at("09:50")
    assert told_deadline(noise) is None
    assert told_deadline([]) is None
