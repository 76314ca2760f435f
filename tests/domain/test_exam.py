"""The rules of beginning and handing in, to the millisecond; networks; where an exam stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadline import Window
from app.domain.errors import (
    BadNetwork,
    ExamClosed,
    HonourRequired,
    NetworkRefused,
    NoAttemptLeft,
    NotOpenYet,
    Refusal,
    TooEarly,
    TooLateToEnter,
    WrongCode,
)
from app.domain.exam import (
    Entry,
    ExamState,
    Knock,
    check_entry,
    check_hand_in,
    check_moment,
    exam_state,
    is_inside,
    read_networks,
)

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, MINUTE, MS = timedelta(hours=1), timedelta(minutes=1), timedelta(milliseconds=1)
WINDOW = Window(NINE, NINE + 2 * HOUR, HOUR)
ENTRY = Entry(WINDOW, late=15 * MINUTE)


def refusal(check, *arguments):
    """Return the rule that refuses, None if none does."""
    try:
        check(*arguments)
    except Refusal as refused:
        return type(refused)
    return None


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        (NINE - MS, NotOpenYet),
        (NINE, None),
        (NINE + 15 * MINUTE - MS, None),
        (NINE + 15 * MINUTE, TooLateToEnter),
        (NINE + 2 * HOUR - MS, TooLateToEnter),
        (NINE + 2 * HOUR, ExamClosed),
    ],
)
def test_one_may_begin_from_the_opening_until_it_is_too_late(at, rule):
    assert refusal(check_moment, ENTRY, at) == rule


@pytest.mark.parametrize(
    ("at", "rule"), [(NINE - MS, NotOpenYet), (NINE + 2 * HOUR - MS, None), (NINE + 2 * HOUR, ExamClosed)]
)
def test_without_a_limit_for_late_entry_the_close_limits(at, rule):
    assert refusal(check_moment, Entry(WINDOW), at) == rule


def test_late_entry_counts_from_the_opening_and_from_nothing_else():
    never_opens = Entry(replace(WINDOW, opens=None), late=15 * MINUTE)

    assert refusal(check_moment, never_opens, NINE + HOUR) is None


def test_a_late_entry_limit_of_nothing_lets_nobody_in():
    assert refusal(check_moment, Entry(WINDOW, late=timedelta(0)), NINE) is TooLateToEnter


def test_what_has_no_window_can_be_begun_at_any_time():
    assert refusal(check_moment, Entry(Window()), datetime.max.replace(tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("allowed", "begun", "rule"),
    [
        (1, 0, None),
        (1, 1, NoAttemptLeft),
        (3, 2, None),
        (3, 3, NoAttemptLeft),
        (3, 4, NoAttemptLeft),
        (None, 99, None),
    ],
)
def test_as_many_attempts_as_are_allowed(allowed, begun, rule):
    assert refusal(check_moment, Entry(WINDOW, attempts=allowed), NINE, begun) == rule


GUARDED = Entry(WINDOW, code="7391", networks=read_networks("10.1.0.0/16"), needs_honour=True)
RIGHT = Knock(NINE, 0, "10.1.2.3", code_is_right=True, honour=True)


@pytest.mark.parametrize(
    ("knock", "rule"),
    [
        (RIGHT, None),
        (replace(RIGHT, at=NINE - MS), NotOpenYet),
        (replace(RIGHT, begun=1), NoAttemptLeft),
        (replace(RIGHT, address="10.2.2.3"), NetworkRefused),
        (replace(RIGHT, address=""), NetworkRefused),
        (replace(RIGHT, code_is_right=False), WrongCode),
        (replace(RIGHT, honour=False), HonourRequired),
        # what one is told first is what one can do least about
        (Knock(NINE - MS, 1), NotOpenYet),
        (Knock(NINE, 1), NoAttemptLeft),
        (Knock(NINE, 0), NetworkRefused),
        (Knock(NINE, 0, "10.1.2.3"), WrongCode),
        (Knock(NINE, 0, "10.1.2.3", code_is_right=True), HonourRequired),
    ],
)
def test_everything_that_is_asked_at_the_door_is_needed(knock, rule):
    assert refusal(check_entry, GUARDED, knock) == rule


def test_what_is_not_asked_is_not_needed():
    assert refusal(check_entry, Entry(WINDOW), Knock(NINE, 0)) is None


@pytest.mark.parametrize(
    ("minutes", "deadline", "after", "rule"),
    [
        (None, HOUR, timedelta(0), None),
        (30, HOUR, 30 * MINUTE - MS, TooEarly),
        (30, HOUR, 30 * MINUTE, None),
        (0, HOUR, timedelta(0), None),
        # who began near the close has less time than that
        (30, 20 * MINUTE, 20 * MINUTE - MS, TooEarly),
        (30, 20 * MINUTE, 20 * MINUTE, None),
        (30, None, 30 * MINUTE - MS, TooEarly),
        (30, None, 30 * MINUTE, None),
    ],
)
def test_one_may_hand_in_after_the_earliest_moment_or_at_the_deadline(minutes, deadline, after, rule):
    earliest = None if minutes is None else minutes * MINUTE
    ends = None if deadline is None else NINE + deadline

    assert refusal(check_hand_in, NINE, earliest, ends, NINE + after) == rule


# networks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n , ，\r\n", []),
        ("10.1.0.0/16", ["10.1.0.0/16"]),
        ("10.1.7.9/16", ["10.1.0.0/16"]),
        ("192.168.7.9", ["192.168.7.9/32"]),
        ("10.0.0.0/8，192.168.0.0/16\n2001:db8::/32, ::1", None),
        ("10.1.0.0/255.255.0.0", ["10.1.0.0/16"]),
        ("0.0.0.0/0", ["0.0.0.0/0"]),
        ("2001:DB8::7", ["2001:db8::7/128"]),
    ],
)
def test_networks_are_written_one_a_line_or_with_commas(text, found):
    if found is None:
        found = ["10.0.0.0/8", "192.168.0.0/16", "2001:db8::/32", "::1/128"]

    assert [str(one) for one in read_networks(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "10.1.0.0/33",
        "10.1.0/16",
        "10.1.0.256",
        "10.1.0.0/-1",
        "10.1.0.0/16/16",
        "10.1.0.0-10.1.0.9",
        "10.1.*.*",
        "010.1.0.0/16",
        "１０.1.0.0/16",
        "2001:db8::/129",
        ":::",
        "room 204",
        "10.1.0.0/16; 10.2.0.0/16",
        "5",
        "\0",
    ],
)
def test_what_is_no_network_is_named(text):
    with pytest.raises(BadNetwork) as refused:
        read_networks(f"192.168.0.0/16,\n {text} ")

    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("networks", "address", "inside"),
    [
        ("", "203.0.113.9", True),
        ("", "", True),
        ("10.1.0.0/16", "10.1.0.0", True),
        ("10.1.0.0/16", "10.1.255.255", True),
        ("10.1.0.0/16", "10.0.255.255", False),
        ("10.1.0.0/16", "10.2.0.0", False),
        ("10.1.0.0/16,192.168.7.9", "192.168.7.9", True),
        ("10.1.0.0/16,192.168.7.9", "192.168.7.8", False),
        # how a server that listens on IPv6 names those who come by IPv4
        ("10.1.0.0/16", "::ffff:10.1.2.3", True),
        ("10.1.0.0/16", "::ffff:10.2.2.3", False),
        ("10.1.0.0/16", "::ffff:0a01:0203", True),
        ("::ffff:10.1.0.0/112", "::ffff:10.1.2.3", True),
        ("2001:db8::/32", "2001:db8:ffff::1", True),
        ("2001:db8::/32", "2001:db9::1", False),
        ("2001:db8::/32", "10.1.2.3", False),
        ("fe80::/10", "fe80::1%eth0", True),
        ("0.0.0.0/0", "2001:db8::1", False),
        ("10.1.0.0/16", "", False),
        ("10.1.0.0/16", "localhost", False),
        ("10.1.0.0/16", "10.1.2.3:443", False),
        ("10.1.0.0/16", "10.1.2.3, 10.9.9.9", False),
        ("0.0.0.0/0", "167837955", False),
    ],
)
def test_an_address_is_inside_or_not(networks, address, inside):
    assert is_inside(address, read_networks(networks)) is inside


@given(st.ip_addresses(), st.integers(0, 128))
def test_an_address_is_in_every_network_that_is_made_of_it(address, length):
    length = min(length, address.max_prefixlen)

    assert is_inside(str(address), read_networks(f"{address}/{length}"))


@given(st.ip_addresses(v=4), st.ip_addresses(v=4), st.integers(0, 32))
def test_both_ways_to_write_an_address_are_the_same_address(address, other, length):
    networks = read_networks(f"{other}/{length}")

    assert is_inside(f"::ffff:{address}", networks) == is_inside(str(address), networks)
    assert is_inside(str(address), networks) == (int(address) >> (32 - length) == int(other) >> (32 - length))


@given(st.text(max_size=20))
def test_no_text_breaks_the_comparison(text):
    try:
        known = str(ip_address(text))
    except ValueError:
        known = ""

    assert is_inside(text, read_networks("0.0.0.0/0,::/0")) is bool(known)


# where an exam stands


@pytest.mark.parametrize(
    ("scheduled", "released", "at", "state"),
    [
        (None, None, NINE, ExamState.DRAFT),
        (None, None, NINE + 9 * HOUR, ExamState.DRAFT),
        (NINE - HOUR, None, NINE - MS, ExamState.SCHEDULED),
        (NINE - HOUR, None, NINE, ExamState.RUNNING),
        (NINE - HOUR, None, NINE + 2 * HOUR - MS, ExamState.RUNNING),
        (NINE - HOUR, None, NINE + 2 * HOUR, ExamState.CLOSED),
        (NINE - HOUR, NINE + 3 * HOUR, NINE + 3 * HOUR, ExamState.RELEASED),
    ],
)
def test_the_state_of_an_exam_follows_from_its_times(scheduled, released, at, state):
    assert exam_state(WINDOW, scheduled, released, at) is state


def test_an_exam_without_a_close_runs_on():
    assert exam_state(Window(NINE), NINE, None, datetime.max.replace(tzinfo=UTC)) is ExamState.RUNNING
