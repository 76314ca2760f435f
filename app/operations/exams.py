"""Set exams: write their rules down, freeze their paper, schedule them, take them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.parse import Kind
from app.domain.errors import BadExam, ExamBegun
from app.domain.exam import Devices, ExamKind, ExamState, Sort, read_networks
from app.domain.ids import public_id
from app.domain.layout import draw_once
from app.domain.review import default_matrix
from app.domain.roles import Person
from app.domain.words import marked
from app.models import Exam, Offering
from app.operations import audit
from app.operations.bank_use import note_questions, refresh_asked
from app.operations.devices import forget_devices
from app.operations.documents import Text, get_text, quiz_of
from app.operations.halls import Hall, count_begun
from app.operations.offerings import check_running
from app.operations.papers import freeze_text, pin_revisions, store_paper

LONGEST_MINUTES = 1440
#: what stands once somebody has begun: attempts were derived from it
FROZEN = ("kind", "minutes", "attempts_allowed", "draws_once", "one_at_a_time")


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that is set of an exam; the names are those of the table's columns."""

    kind: ExamKind = ExamKind.EXAM
    title: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    minutes: int | None = None
    late_minutes: int | None = None
    earliest_minutes: int | None = None
    attempts_allowed: int | None = 1
    code: str = ""
    networks: str = ""
    notice: str = ""
    needs_honour: bool = False
    devices: Devices = Devices.ANY
    draws_once: bool = False
    one_at_a_time: bool = False
    sort: Sort = Sort.REGULAR
    #: None: what was chosen before, else what its kind shows
    review: Mapping[str, list[str]] | None = field(default=None)


NAMES = tuple(one.name for one in fields(Rules))


def create_exam(
    session: Session,
    person: Person | None,
    where: tuple[Offering, Text],
    rules: Rules,
    moment: tuple[datetime, int],
) -> Exam:
    """Set a new exam from a quiz, as a draft.

    :param where: the offering, and the quiz.
    :raises OfferingArchived: the offering is read-only.
    :raises BadExam, BadNetwork: the rules do not fit together.
    """
    offering, text = where
    check_running(offering)
    check_rules(rules)
    now = moment[0]
    exam = Exam(
        public_id=public_id(*moment),
        offering_id=offering.id,
        document_id=text.document.id,
        pass_mark=quiz_of(text.revisions[text.original]).needed,
        created_at=now,
        created_by_id=person and person.id,
    )
    _write(exam, rules)
    session.add(exam)
    session.flush()
    _tell(session, person, exam, ("exam.create", now))
    return exam


def change_exam(session: Session, person: Person, hall: Hall, rules: Rules, now: datetime) -> None:
    """Change the rules of an exam. Its paper stands, unless another way to draw it is set.

    :raises OfferingArchived, BadExam, BadNetwork: see ``create_exam``; released exams stand as well.
    :raises ExamBegun: somebody has begun, and what attempts were derived from would change.
    """
    check_running(hall.offering)
    check_rules(rules)
    exam = hall.exam
    if exam.released_at is not None:
        raise BadExam(marked("The results are released; the exam can no longer be changed."))
    moved = [name for name in FROZEN if getattr(exam, name) != getattr(rules, name)]
    if moved and count_begun(session, [exam.id]):
        raise ExamBegun(", ".join(moved))
    if exam.scheduled_at is not None:
        _check_schedule(rules)
    before, paper_id = {name: str(getattr(exam, name)) for name in NAMES}, exam.paper_id
    _write(exam, rules)
    forget_devices(session, exam)
    if exam.scheduled_at is not None and "draws_once" in moved:
        freeze_paper(session, hall, now)
    session.flush()
    refresh_asked(session, hall, paper_id, exam.paper_id)
    changed = {name: str(getattr(exam, name)) for name in NAMES if str(getattr(exam, name)) != before[name]}
    _tell(session, person, exam, ("exam.change", now), changed)


def schedule_exam(session: Session, person: Person | None, hall: Hall, now: datetime) -> None:
    """Freeze the paper and let students see that the exam is coming.

    :raises OfferingArchived: the offering is read-only.
    :raises BadExam: it has no window, or its quiz has no question.
    :raises NotPublished: its quiz is gone, or walks a case that is not there.
    """
    check_running(hall.offering)
    if hall.exam.scheduled_at is not None:
        return
    _check_schedule(hall.exam)
    freeze_paper(session, hall, now)
    hall.exam.scheduled_at = now
    session.flush()
    refresh_asked(session, hall, hall.exam.paper_id)
    _tell(session, person, hall.exam, ("exam.schedule", now))


def close_exam(session: Session, person: Person, hall: Hall, now: datetime) -> None:
    """Close a running exam now. Those who are sitting it keep their time.

    Nobody can begin any more, but those with a window of their own, or with more time, until theirs closes.

    :raises OfferingArchived: the offering is read-only.
    :raises BadExam: it is not running.
    """
    check_running(hall.offering)
    if hall.exam.state(now) is not ExamState.RUNNING:
        raise BadExam(marked("The exam is not running."))
    before, hall.exam.closes_at = hall.exam.closes_at, now
    session.flush()
    _tell(session, person, hall.exam, ("exam.close", now), {"before": before.isoformat() if before else ""})


def withdraw_exam(session: Session, person: Person, hall: Hall, now: datetime) -> None:
    """Make an exam a draft again, which no student sees.

    :raises OfferingArchived: the offering is read-only.
    :raises ExamBegun: somebody has begun.
    """
    check_running(hall.offering)
    if count_begun(session, [hall.exam.id]):
        raise ExamBegun(hall.exam.public_id)
    if hall.exam.scheduled_at is None:
        return
    hall.exam.scheduled_at = None
    session.flush()
    refresh_asked(session, hall, hall.exam.paper_id)
    _tell(session, person, hall.exam, ("exam.withdraw", now))


def check_rules(rules: Rules) -> None:
    """Refuse rules that do not fit together.

    :raises BadExam: with the sentence that says what is wrong.
    :raises BadNetwork: with the text that is no network.
    """
    for wrong, sentence in _faults(rules):
        if wrong:
            raise BadExam(sentence)
    read_networks(rules.networks)


def _faults(rules: Rules) -> list[tuple[bool, str]]:
    opens, closes, minutes = rules.opens_at, rules.closes_at, rules.minutes
    is_timed = rules.kind is not ExamKind.ASSIGNMENT
    earliest, late = rules.earliest_minutes or 0, rules.late_minutes or 0
    too_long = minutes is not None and not 1 <= minutes <= LONGEST_MINUTES
    never = minutes is not None and earliest > minutes
    no_attempt = rules.attempts_allowed is not None and rules.attempts_allowed < 1
    return [
        (rules.kind is ExamKind.PRACTICE, marked("Practice is begun by learners; nobody sets it.")),
        (bool(opens and closes and closes <= opens), marked("It closes before it opens.")),
        (is_timed and minutes is None, marked("A mock or exam needs its duration in minutes.")),
        (
            not is_timed and minutes is not None,
            marked("An assignment has no duration: it is due when it closes."),
        ),
        (too_long, marked("The duration is 1 to 1440 minutes.")),
        (earliest < 0 or late < 0, marked("Minutes are not negative.")),
        (never, marked("One could not hand in before the time is over.")),
        (no_attempt, marked("At least one attempt is needed.")),
    ]


def _check_schedule(rules: Exam | Rules) -> None:
    if rules.opens_at is None or rules.closes_at is None:
        raise BadExam(marked("Say when it opens and when it closes."))


def freeze_paper(session: Session, hall: Hall, now: datetime) -> None:
    """Freeze the paper from the quiz's present revisions, with the draw made if it is made once."""
    text = get_text(session, hall.course.id, Kind.QUIZ, hall.document.slug)
    frozen = freeze_text(session, text)
    if not any(item.points for group in frozen.groups for item in group.items):
        raise BadExam(marked("The quiz has no question."))
    if hall.exam.draws_once:
        frozen = draw_once(frozen, hall.exam.public_id)
    paper = store_paper(session, frozen, now)
    pin_revisions(session, paper, frozen)
    note_questions(session, paper, frozen, text)
    hall.exam.paper_id = paper.id
    hall.exam.pass_mark = frozen.pass_mark


def _write(exam: Exam, rules: Rules) -> None:
    review = _review(exam, rules)
    for name in NAMES:
        value = getattr(rules, name)
        setattr(exam, name, value.value if isinstance(value, (ExamKind, Devices, Sort)) else value)
    exam.review = review


def _review(exam: Exam, rules: Rules) -> dict[str, list[str]]:
    """Return the matrix to store: the given one, one that was chosen before, or what the kind shows."""
    if rules.review is not None:
        return dict(rules.review)
    if not exam.review or exam.review == default_matrix(ExamKind(exam.kind)):
        return default_matrix(rules.kind)
    return dict(exam.review)


def _tell(
    session: Session,
    person: Person | None,
    exam: Exam,
    done: tuple[str, datetime],
    detail: Mapping[str, str] | None = None,
) -> None:
    action, now = done
    told = {"exam": exam.public_id} | dict(detail or {})
    audit.record(session, person, action, offering_id=exam.offering_id, detail=told, now=now)
