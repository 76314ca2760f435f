"""What students see of exams: on the notice, on the course page and on the front page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from app.domain.paper import Paper
from app.domain.review import tells_marks
from app.models import Attempt
from app.operations.own_exams import OwnExam, OwnState

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """An exam as its student reads it before the start. Lengths are whole minutes, begun ones count.

    ``refused`` is the code of the rule that forbids to begin now, empty if nothing does.
    """

    title: str
    public_id: str
    kind: str
    state: str
    opens: datetime | None
    closes: datetime | None
    enter_until: datetime | None
    minutes: int | None
    earliest: int | None
    has_more_time: bool
    attempts: int | None
    begun: int
    questions: int | None
    worth: Decimal | None
    sitting: str | None
    past: list[Attempt]
    refused: str
    now: datetime


@dataclass(frozen=True, slots=True)
class ExamLine:
    """An exam in a list: when it is, how it stands, where it leads."""

    title: str
    public_id: str
    kind: str
    state: str
    opens: datetime | None
    closes: datetime | None
    minutes: int | None
    attempt: str | None
    course: str = ""
    #: of the attempt with the most points, once that is told
    score: Decimal | None = None
    max: Decimal | None = None


def show_notice(own: OwnExam, title: str, paper: Paper | None, now: datetime) -> Notice:
    """Present an exam to its student."""
    exam, window, refusal = own.hall.exam, own.window, own.refusal(now)
    late = None if exam.late_minutes is None else timedelta(minutes=exam.late_minutes)
    sitting = own.sitting(now)
    return Notice(
        title=title,
        public_id=exam.public_id,
        kind=exam.kind,
        state=own.state(now).value,
        opens=window.opens,
        closes=window.closes,
        enter_until=window.opens + late if window.opens and late is not None else None,
        minutes=whole_minutes(window.duration),
        earliest=exam.earliest_minutes,
        has_more_time=window.duration != exam.window.duration,
        attempts=exam.attempts_allowed,
        begun=own.begun,
        questions=paper.count if paper else None,
        worth=paper.worth if paper else None,
        sitting=sitting.public_id if sitting else None,
        past=[one for one in own.attempts if one is not sitting],
        refused=refusal.code if refusal else "",
        now=now,
    )


def exam_lines(own: Iterable[OwnExam], titles: Mapping[int, str], now: datetime) -> list[ExamLine]:
    """List exams for their student: what can be done now first, then what is coming, then what was."""
    order = list(OwnState)
    ranked = sorted(own, key=lambda one: order.index(one.state(now)))
    return [_line(one, titles[one.hall.exam.id], now) for one in ranked]


def _line(own: OwnExam, title: str, now: datetime) -> ExamLine:
    attempt = own.sitting(now) or own.last
    score, most = told_points(own)
    return ExamLine(
        title=title,
        public_id=own.hall.exam.public_id,
        kind=own.hall.exam.kind,
        state=own.state(now).value,
        opens=own.window.opens,
        closes=own.window.closes,
        minutes=whole_minutes(own.window.duration),
        attempt=attempt.public_id if attempt else None,
        score=score,
        max=most,
    )


def told_points(own: OwnExam) -> tuple[Decimal | None, Decimal | None]:
    """Return points and full marks of the best attempt, where the results are released and show them."""
    exam = own.hall.exam
    if exam.released_at is None or not tells_marks(exam.review):
        return None, None
    scored = [one for one in own.attempts if one.state == "scored" and one.score is not None]
    best = max(scored, key=lambda one: one.score or 0, default=None)
    return (best.score, best.max) if best else (None, None)


def whole_minutes(length: timedelta | None) -> int | None:
    """Return a length in minutes, rounded up; None stays None."""
    return None if length is None else -(-length // MINUTE)
