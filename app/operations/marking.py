"""Mark what no key can judge. Every mark is a row; what a response and its attempt have follows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.errors import BadMark, DecidedAlready, NotFound, ResultsReleased
from app.domain.marking import MarkFault
from app.domain.roles import Person
from app.models import Attempt, Mark
from app.models import Response as ResponseRow
from app.operations import audit
from app.operations.halls import Hall
from app.operations.offerings import check_running
from app.operations.scoring import count_up, list_responses
from app.operations.scripts import HUMAN, get_script, list_marks
from app.operations.sittings import Sitting, get_sitting

LONGEST_COMMENT = 2000
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """What a marker had before the eyes: how many marks of the response, and which event had set it."""

    marks: int
    event_seq: int


@dataclass(frozen=True, slots=True)
class Given:
    """A mark as it is given. ``awarded`` are numbers of marking points, from 1."""

    points: Decimal
    awarded: tuple[int, ...] = ()
    comment: str = ""
    #: why, where it replaces another one
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a mark: it counts, or it met another one, and somebody must choose."""

    in_conflict: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """A response that this transaction holds with its attempt, and the marks that people gave it."""

    hall: Hall
    sitting: Sitting
    response: ResponseRow
    marks: Sequence[Mark]

    @property
    def is_marked(self) -> bool:
        """Whether a mark counts; after the answer has changed none does."""
        return self.response.score is not None


def mark_script(
    session: Session,
    person: Person,
    where: tuple[Hall, str, str],
    mark: tuple[Given, Seen],
    now: datetime,
) -> Marked:
    """Mark a response. A marker who has not seen the mark that somebody gave meanwhile is told of it.

    That mark stays what counts, and the new one is kept beside it until somebody chooses.

    :param where: the exam, the item, the token of the response.
    :raises NotFound: there is no such response.
    :raises OfferingArchived, ResultsReleased: nothing can be marked any more.
    :raises DecidedAlready: the answer has changed in the meantime.
    :raises BadMark: points out of range, or no reason where another mark is replaced.
    """
    given, seen = mark
    held = _hold(session, where, seen.event_seq)
    _check(held, given)
    last = held.marks[-1] if held.marks else None
    is_same = held.is_marked and last is not None and _says(last, given)
    if is_same and last is not None and last.marker_id == person.id:
        return Marked(last.in_conflict)
    has_met = held.is_marked and seen.marks != len(held.marks) and not is_same
    if held.is_marked and not has_met and not is_same and not given.reason.strip():
        raise BadMark(MarkFault.NO_REASON)
    _give(session, person, held, (given, has_met), now)
    return Marked(has_met)


def choose_mark(
    session: Session,
    person: Person,
    where: tuple[Hall, str, str],
    choice: tuple[int, str, Seen],
    now: datetime,
) -> None:
    """Let one of the marks that met count: it is given once more, by whoever chooses, with the reason.

    :param choice: the number of the mark among those of the response, from 1; why; what was seen.
    :raises NotFound: there is no such response, or no such mark.
    :raises DecidedAlready: nothing is to be chosen here any more.
    :raises BadMark: the reason is missing.
    """
    number, reason, seen = choice
    held = _hold(session, where, seen.event_seq)
    if len(held.marks) != seen.marks or not held.is_marked or not held.marks[-1].in_conflict:
        raise DecidedAlready
    chosen = dict(enumerate(held.marks, 1)).get(number)
    if chosen is None:
        raise NotFound(str(number))
    if not reason.strip():
        raise BadMark(MarkFault.NO_REASON)
    given = Given(chosen.points, tuple(chosen.awarded), chosen.comment, reason)
    _check(held, given)
    _give(session, person, held, (given, False), now)


def _hold(session: Session, where: tuple[Hall, str, str], event_seq: int) -> _Held:
    hall, item, token = where
    check_running(hall.offering)
    if hall.exam.released_at is not None:
        raise ResultsReleased(hall.exam.public_id)
    script = get_script(session, hall.exam, item, token)
    attempt = session.get_one(Attempt, script.attempt_id, with_for_update=True, populate_existing=True)
    response = session.get_one(ResponseRow, (attempt.id, item), populate_existing=True)
    if attempt.state != "scored" or response.event_seq != event_seq:
        raise DecidedAlready(token)
    sitting = get_sitting(session, script.attempt, script.user_id)
    return _Held(hall, sitting, response, [mark for mark, _ in list_marks(session, attempt.id, item)])


def _check(held: _Held, given: Given) -> None:
    if not 0 <= given.points <= held.response.max:
        raise BadMark(MarkFault.TOO_MANY if given.points > 0 else MarkFault.NEGATIVE)
    if len(given.comment) > LONGEST_COMMENT or len(given.reason) > LONGEST_REASON:
        raise BadMark(MarkFault.TOO_LONG)


def _says(mark: Mark, given: Given) -> bool:
    """Whether a mark says the same as one that is given."""
    said = (mark.points, tuple(mark.awarded), mark.comment)
    return said == (given.points, given.awarded, given.comment)


def _give(session: Session, person: Person, held: _Held, mark: tuple[Given, bool], now: datetime) -> None:
    """Append a mark; unless it met another one, the response and its attempt follow."""
    given, has_met = mark
    response = held.response
    session.add(
        Mark(
            attempt_id=response.attempt_id,
            item=response.item,
            points=given.points,
            source=HUMAN,
            marker_id=person.id,
            comment=given.comment,
            marked_at=now,
            reason=given.reason,
            awarded=list(given.awarded),
            in_conflict=has_met,
        )
    )
    before = response.score
    if not has_met:
        response.score = given.points
        response.detail = dict(response.detail) | {"full": given.points == response.max}
        session.flush()
        count_up(held.sitting, list_responses(session, response.attempt_id))
    session.flush()
    told = {
        "item": response.item,
        "points": str(given.points),
        "before": None if before is None else str(before),
    }
    _tell(session, person, held, told | {"reason": given.reason, "in_conflict": has_met}, now)


def _tell(session: Session, person: Person, held: _Held, told: dict[str, object], now: datetime) -> None:
    attempt = held.sitting.attempt
    detail = {"exam": held.hall.exam.public_id, "attempt": attempt.public_id} | told
    about = audit.About(person_id=attempt.user_id, offering_id=held.hall.offering.id, detail=detail)
    audit.record(session, person, "exam.mark", now=now, **about)
