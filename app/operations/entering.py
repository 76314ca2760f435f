"""Begin an exam: the rules of entry, the layout, the deadline with its derivation as the first event."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from unicodedata import normalize

from sqlalchemy.orm import Session

from app.domain.deadline import Allowances, effective_deadline, steps_json
from app.domain.errors import ExamClosed, NotOpenYet, OtherDevice, WrongCode
from app.domain.exam import Devices, Entry, Knock, check_entry, read_networks
from app.domain.roles import Person, Role
from app.domain.timing import ClosedBy
from app.models import Attempt, Exam, Paper
from app.models.exam import as_minutes
from app.operations.accommodations import allowances_of
from app.operations.attempts import lay_out
from app.operations.closing import close_attempt
from app.operations.devices import FREED
from app.operations.events import append_note
from app.operations.halls import Hall
from app.operations.offerings import check_running
from app.operations.orders import hold_attempt
from app.operations.sign_in import Candidate, count_failure, find_block, forget_failures
from app.operations.sittings import get_sitting, hold_person, list_attempts

START = "start"
DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who stands at the door: the device (hash of its sign-in), its address, what was filled in."""

    device: str
    address: str = ""
    code: str = ""
    honour: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """The attempt that the person sits now, or the last one; None: the code was wrong, which counts.

    ``shut_until`` is set where the code was not even compared, after too many wrong ones.
    """

    attempt: Attempt | None
    is_new: bool = False
    shut_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a person who is about to begin: the moment with its 128 bits of chance, the cohort,
    how many attempts count by now, and how many were ever made."""

    moment: tuple[datetime, int]
    cohort_id: int | None
    begun: int
    made: int


def entry_of(exam: Exam, allowances: Allowances) -> Entry:
    """Return the rules of beginning an exam that hold for somebody."""
    return Entry(
        window=allowances.window(exam.window),
        late=as_minutes(exam.late_minutes),
        attempts=exam.attempts_allowed,
        code=exam.code,
        networks=read_networks(exam.networks),
        needs_honour=exam.needs_honour,
    )


def start_exam(
    session: Session, person: Person, hall: Hall, visit: Visit, moment: tuple[datetime, int]
) -> Entered:
    """Begin an exam, or go on with the open attempt; with none left it leads to the last one.

    An attempt whose time is over is closed first. A wrong code is an outcome, to be committed: it counts.

    :raises NotOpenYet, ExamClosed, TooLateToEnter, NoAttemptLeft: the moment is wrong.
    :raises NetworkRefused, HonourRequired: where and how one may begin.
    :raises OtherDevice: the attempt is open on another device, which has it for good.
    :raises OfferingArchived: the offering is read-only.
    """
    check_running(hall.offering)
    # who changes the exam waits for those who begin it, and they for who changes it
    session.refresh(hall.exam, with_for_update={"read": True})
    cohort_id = hold_person(session, hall.offering.id, person.id)
    attempts = list_attempts(session, person, hall.exam.id)
    sat = _go_on(session, person, hall, visit, (attempts, moment[0]))
    if sat is not None:
        return Entered(sat)
    begun = [one for one in attempts if one.state != "voided" and not one.is_preview]
    allowed = hall.exam.attempts_allowed
    if begun and allowed is not None and len(begun) >= allowed:
        return Entered(begun[0])
    turn = Turn(moment, cohort_id, begun=len(begun), made=len(attempts))
    try:
        attempt = _begin(session, person, hall, visit, turn)
    except WrongCode:
        return Entered(None, shut_until=_count_wrong(session, _door(person, hall.exam, visit), moment[0]))
    return Entered(attempt, is_new=True)


def _go_on(
    session: Session, person: Person, hall: Hall, visit: Visit, found: tuple[Sequence[Attempt], datetime]
) -> Attempt | None:
    """Return the attempt that is open, for this device; one whose time is over is closed here.

    A preview of somebody who has become a student is closed as well: it would count for nothing.
    """
    attempts, now = found
    sat = next((one for one in attempts if one.state == "open"), None)
    if sat is None:
        return None
    hold_attempt(session, sat)
    is_open = sat.timing.is_open(now)
    if is_open and (not sat.is_preview or _is_preview(person, hall)):
        _take_device(session, hall.exam, sat, visit, now)
        return sat
    if sat.state == "open":
        cause = ClosedBy.PERSON if is_open else ClosedBy.DEADLINE
        close_attempt(session, get_sitting(session, sat.public_id, person.id), cause, now)
    return None


def _begin(session: Session, person: Person, hall: Hall, visit: Visit, turn: Turn) -> Attempt:
    exam, now = hall.exam, turn.moment[0]
    _check_stage(exam)
    allowances = allowances_of(session, exam.id, person.id, turn.cohort_id)
    code_is_right = _code_is_right(session, person, exam, visit, now)
    knock = Knock(now, turn.begun, visit.address, code_is_right, visit.honour)
    check_entry(entry_of(exam, allowances), knock)
    paper = session.get_one(Paper, exam.paper_id)
    attempt = lay_out(exam, paper, person, turn.made + 1, turn.moment)
    deadline = effective_deadline(exam.window, allowances, now)
    attempt.deadline_at = deadline.at
    attempt.device = None if exam.devices == Devices.ANY else visit.device
    attempt.is_preview = _is_preview(person, hall)
    session.add(attempt)
    session.flush()
    said = {"steps": steps_json(deadline.steps), "address": visit.address}
    append_note(session, attempt, START, now, said)
    return attempt


def _check_stage(exam: Exam) -> None:
    """Refuse to begin a draft, or what was released: its keys may be known by now."""
    if exam.scheduled_at is None:
        raise NotOpenYet(exam.public_id)
    if exam.released_at is not None:
        raise ExamClosed(exam.public_id)


def _is_preview(person: Person, hall: Hall) -> bool:
    membership = person.membership(hall.offering.id)
    return membership is None or membership.role is not Role.STUDENT


def _take_device(session: Session, exam: Exam, attempt: Attempt, visit: Visit, now: datetime) -> None:
    """Let the newest device have the attempt, or refuse it, as the exam says.

    Begun while any device might have it, it is held by none: the next one that goes on has it.
    """
    if exam.devices == Devices.ANY or attempt.device == visit.device:
        return
    if exam.devices == Devices.FIRST and attempt.device not in {None, FREED}:
        raise OtherDevice(attempt.public_id)
    append_note(session, attempt, DEVICE, now, {"address": visit.address})
    attempt.device = visit.device
    session.flush()


def _code_is_right(session: Session, person: Person, exam: Exam, visit: Visit, now: datetime) -> bool:
    """Compare the code; after wrong ones this door stays shut for a while, as for passwords."""
    if not exam.code:
        return True
    door = _door(person, exam, visit)
    if find_block(session, door.account, door.address, now) is not None:
        return False
    is_right = hmac.compare_digest(_as_typed(exam.code), _as_typed(visit.code))
    if is_right:
        forget_failures(session, door)
    return is_right


def _as_typed(code: str) -> bytes:
    """Return a code without what keyboards change in it: full-width digits, capitals, spaces around."""
    return normalize("NFKC", code).strip().casefold().encode()


def _count_wrong(session: Session, door: Candidate, now: datetime) -> datetime | None:
    """Count a wrong code, unless the door is shut: what was not compared does not count."""
    until = find_block(session, door.account, door.address, now)
    if until is None:
        count_failure(session, door, now)
    return until


def _door(person: Person, exam: Exam, visit: Visit) -> Candidate:
    account = sha256(f"exam:{exam.public_id}:{person.public_id}".encode()).hexdigest()
    return Candidate(account, visit.address)
