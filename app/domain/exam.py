"""Exams: what kinds there are, who may begin now, when one may hand in, where an exam stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from app.domain.deadline import Window
from app.domain.errors import (
    BadNetwork,
    ExamClosed,
    HonourRequired,
    NetworkRefused,
    NoAttemptLeft,
    NotOpenYet,
    TooEarly,
    TooLateToEnter,
    WrongCode,
)

Network = IPv4Network | IPv6Network


class ExamKind(StrEnum):
    """Kinds of sittings. Practice is begun by the learner at any time and judged at once."""

    PRACTICE = "practice"
    ASSIGNMENT = "assignment"
    MOCK = "mock"
    EXAM = "exam"


#: kinds that somebody sets
SET_KINDS = (ExamKind.ASSIGNMENT, ExamKind.MOCK, ExamKind.EXAM)
#: kinds whose pages tell when they lose the focus (切屏)
WATCHED_KINDS = frozenset({ExamKind.MOCK, ExamKind.EXAM})


class ExamState(StrEnum):
    """Where an exam stands; it follows from its times."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    CLOSED = "closed"
    RELEASED = "released"


class Sort(StrEnum):
    """The sort of an exam (考试性质)."""

    REGULAR = "regular"
    DEFERRED = "deferred"
    RESIT = "resit"


class Devices(StrEnum):
    """On how many devices an attempt may be open, and which one wins."""

    ANY = "any"
    NEWEST = "newest"
    FIRST = "first"


def exam_state(
    window: Window, scheduled_at: datetime | None, released_at: datetime | None, now: datetime
) -> ExamState:
    """Tell where an exam stands at this instant."""
    if released_at is not None:
        return ExamState.RELEASED
    if scheduled_at is None:
        return ExamState.DRAFT
    if window.opens is not None and now < window.opens:
        return ExamState.SCHEDULED
    return ExamState.CLOSED if window.closes is not None and now >= window.closes else ExamState.RUNNING


@dataclass(frozen=True, slots=True)
class Entry:
    """The rules of beginning. ``late`` is how long after the opening one may still come in (迟到)."""

    window: Window
    late: timedelta | None = None
    attempts: int | None = 1
    code: str = ""
    networks: Sequence[Network] = ()
    needs_honour: bool = False


@dataclass(frozen=True, slots=True)
class Knock:
    """What somebody brings who wants to begin. ``is_right`` tells whether the code was compared equal."""

    at: datetime
    begun: int
    address: str = ""
    code_is_right: bool = False
    honour: bool = False


def check_moment(entry: Entry, at: datetime, begun: int = 0) -> None:
    """Refuse to begin at a wrong moment, or once more than is allowed.

    :raises NotOpenYet, ExamClosed, TooLateToEnter, NoAttemptLeft: the rule that refuses.
    """
    window = entry.window
    if window.opens is not None and at < window.opens:
        raise NotOpenYet
    if window.closes is not None and at >= window.closes:
        raise ExamClosed
    last = None if window.opens is None or entry.late is None else window.opens + entry.late
    if last is not None and at >= last:
        raise TooLateToEnter
    if entry.attempts is not None and begun >= entry.attempts:
        raise NoAttemptLeft


def check_entry(entry: Entry, knock: Knock) -> None:
    """Let somebody begin.

    :raises NotOpenYet, ExamClosed, TooLateToEnter, NoAttemptLeft: see ``check_moment``.
    :raises NetworkRefused, WrongCode, HonourRequired: where and how one may begin.
    """
    check_moment(entry, knock.at, knock.begun)
    if not is_inside(knock.address, entry.networks):
        raise NetworkRefused
    if entry.code and not knock.code_is_right:
        raise WrongCode
    if entry.needs_honour and not knock.honour:
        raise HonourRequired


def check_hand_in(
    started_at: datetime, earliest: timedelta | None, deadline: datetime | None, at: datetime
) -> None:
    """Refuse to hand in too early (最早交卷); the deadline itself is never too early.

    :raises TooEarly: so much time has not passed since the start.
    """
    if earliest is None or at >= started_at + earliest:
        return
    if deadline is None or at < deadline:
        raise TooEarly


def read_networks(text: str) -> list[Network]:
    """Read networks, one a line or separated by commas: ``10.1.0.0/16``, or one address.

    :raises BadNetwork: with the text that is none.

    >>> [str(one) for one in read_networks("10.1.0.0/16, 192.168.7.9")]
    ['10.1.0.0/16', '192.168.7.9/32']
    """
    found = []
    for word in text.replace("，", ",").replace("\n", ",").split(","):
        if not word.strip():
            continue
        try:
            found.append(ip_network(word.strip(), strict=False))
        except ValueError:
            raise BadNetwork(word.strip()) from None
    return found


def is_inside(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address is in one of the networks; without any, every address is.

    An IPv4 address may come written as IPv6 does it (``::ffff:10.1.2.3``).
    """
    if not networks:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any(one in network for one in (found, mapped) if one is not None for network in networks)
