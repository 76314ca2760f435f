"""Let simulated students answer a mock exam, each through the operations that serve everybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import CannotSimulate, LoginTaken
from app.domain.events import ANSWER, COMMIT, AnswerEvent
from app.domain.exam import ExamKind
from app.domain.items import Item, ItemType
from app.domain.keys import WalkKey
from app.domain.roles import Role
from app.domain.shown import to_shown_order
from app.domain.simulation import Step, draw_student, sit
from app.domain.walk import walk_choices
from app.models import Attempt, User
from app.operations import audit
from app.operations.accounts import NewUser, create_user
from app.operations.closing import submit_attempt
from app.operations.enrolment import Seat, enrol
from app.operations.entering import Visit, start_exam
from app.operations.halls import Hall
from app.operations.people import load_person
from app.operations.saving import save_dated
from app.operations.scoring import score_attempt
from app.operations.sittings import Sitting, get_sitting

#: they are told from real people by login, name and class
LOGIN, CLASS = "sim-{:04}", "模拟班"
SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱廖赖周"
GIVEN = "子涵一诺思远雨桐嘉怡浩然欣妍梓萱俊杰佳琪宇航晓彤文博静怡天佑若曦明哲诗雅"
DEVICE = "simulated"
REASON = "先照顾眼前最着急的客人，再补上手续。"
#: between the last answer and the hand-in
LAST_LOOK = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a run of simulated students stands on: the exam, when they may begin, the seed."""

    exam: str
    first: datetime
    last: datetime
    seed: str
    #: of a password that nobody knows
    password_hash: str


def open_simulation(hall: Hall, now: datetime, seed: str, password_hash: str) -> Simulation:
    """Return the simulation of an exam in which nothing happens in the future.

    :raises CannotSimulate: it is no mock exam, or has not been open for as long as an attempt takes.
    """
    exam = hall.exam
    if exam.kind != ExamKind.MOCK or exam.scheduled_at is None or exam.opens_at is None:
        raise CannotSimulate(
            "Only a mock exam that is scheduled takes simulated students: in any other they would stand among"
            " real ones."
        )
    if exam.networks:
        raise CannotSimulate(
            "This exam is sat from certain networks only; simulated students come from none."
        )
    last = min(now, exam.closes_at or now) - timedelta(minutes=exam.minutes or 0)
    if exam.late_minutes is not None:
        last = min(last, exam.opens_at + timedelta(minutes=exam.late_minutes))
    if exam.released_at is not None:
        raise CannotSimulate("The results of this exam are released.")
    if last < exam.opens_at:
        raise CannotSimulate(
            "Simulated students do nothing in the future: the exam must have been open for as long as an"
            f" attempt takes, {exam.minutes or 0} minutes."
        )
    return Simulation(exam.public_id, exam.opens_at, last, seed, password_hash)


def free_logins(session: Session, hall: Hall, count: int) -> list[str]:
    """Return the logins of so many simulated students who have not begun the exam, the first ones first."""
    begun = set(
        session.scalars(
            select(User.login)
            .join(Attempt, Attempt.user_id == User.id)
            .where(Attempt.exam_id == hall.exam.id, User.login.startswith(LOGIN.split("{", maxsplit=1)[0]))
        )
    )
    names = (LOGIN.format(number) for number in range(1, len(begun) + count + 1))
    return [name for name in names if name not in begun][:count]


def sit_one(session: Session, simulation: Simulation, hall: Hall, login: str) -> Attempt:
    """Let one student sit the exam from beginning to end: one transaction.

    :raises LoginTaken: somebody who is no simulated student has this login.
    """
    seed = f"{simulation.seed}/{login}"
    student, draw = draw_student(seed), Random(f"{seed}/{simulation.exam}/moment")
    chance = draw.getrandbits(128)
    begin = simulation.first + draw.random() * (simulation.last - simulation.first)
    user = _student(session, (simulation, hall), login, (begin, chance))
    person = load_person(session, user)
    entered = start_exam(session, person, hall, _visit(hall), (begin, chance))
    assert entered.attempt is not None
    attempt = entered.attempt
    sitting = get_sitting(session, attempt.public_id, user.id)
    items = sitting.items()
    asked = [(place.key, items[place.key]) for place in sitting.layout.places]
    end = begin + timedelta(minutes=hall.exam.minutes or 0)
    steps = list(sit(asked, student, (simulation.seed, seed)))
    at = begin + timedelta(seconds=steps[-1].second if steps else 0)
    dated = list(_dated(sitting, steps, (begin, end), login))
    save_dated(session, person, attempt.public_id, dated, DEVICE)
    ready = max(at + LAST_LOOK, begin + timedelta(minutes=hall.exam.earliest_minutes or 0))
    closed = submit_attempt(session, person, attempt.public_id, min(ready, end))
    score_attempt(session, closed, min(ready, end))
    return closed.attempt


def note_simulation(session: Session, hall: Hall, count: int, now: datetime) -> None:
    """Write down that simulated students sat an exam."""
    audit.record(
        session,
        None,
        "exam.simulate",
        offering_id=hall.offering.id,
        detail={"exam": hall.exam.public_id, "students": count},
        now=now,
    )


def _visit(hall: Hall) -> Visit:
    return Visit(DEVICE, code=hall.exam.code or "", honour=True)


def _student(
    session: Session, where: tuple[Simulation, Hall], login: str, moment: tuple[datetime, int]
) -> User:
    """Return the account of a simulated student, a student of the offering now."""
    simulation, hall = where
    user = session.scalar(select(User).where(User.login == login))
    if user is None:
        draw = Random(f"{login}/name")
        name = draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, 2)) + "（模拟）"
        new = NewUser(login, name, simulation.password_hash, CLASS, None, must_change_password=False)
        user = create_user(session, new, None, *moment)
    elif user.class_name != CLASS:
        raise LoginTaken(f"The login {login} belongs to somebody else.")
    enrol(session, user.id, Seat(hall.offering.id, Role.STUDENT, CLASS), None, moment[0])
    session.flush()
    return user


def _dated(
    sitting: Sitting, steps: Iterable[Step], span: tuple[datetime, datetime], client: str
) -> Iterator[tuple[datetime, AnswerEvent]]:
    """Return what a page sends for the answers that are given within the time, each with its moment."""
    begin, end = span
    for step in steps:
        at = begin + timedelta(seconds=step.second)
        if at < end and step.answer is not None:
            yield from ((at, event) for event in _events(sitting, step, client))


def _events(sitting: Sitting, step: Step, client: str) -> Iterator[AnswerEvent]:
    """Return what a page sends for an answer: the decisions of a walk one by one."""
    item, place = sitting.items()[step.key], sitting.layout.place(step.key)
    number = round(step.second * 1000)
    if item.type is not ItemType.WALK:
        answer = to_shown_order(place, step.answer)
        yield AnswerEvent(f"{client}-{number}", client, number, 0, step.key, answer, ANSWER)
        return
    for offset, decision in enumerate(_decisions(item, step.answer)):
        yield AnswerEvent(
            f"{client}-{number + offset}", client, number + offset, 0, step.key, decision, COMMIT
        )


def _decisions(item: Item, choices: Any) -> Iterator[dict[str, str]]:
    assert isinstance(item.key, WalkKey)
    case = item.key.case
    for count, choice in enumerate(choices):
        at = walk_choices(case, [int(one) for one in choices[:count]]).at
        section = case.section(at or "")
        reason = REASON if section.reason == "required" else ""
        yield {"section": section.id, "choice": choice, "reason": reason}
