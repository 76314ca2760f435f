"""One trial: learners write, the server is killed; what is left is compared with what was acknowledged."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from random import Random
from secrets import randbits

from sqlalchemy.orm import Session

from app.factory import create_app
from app.operations.closing import close_expired
from app.web.clock import clock
from app.web.database import database, writing
from tests.crash.comparing import Outcome, compare
from tests.crash.service import Service, ways
from tests.crash.writers import Learner
from tests.support.builders import Classroom, make_classroom, make_person
from tests.support.exams import set_exam
from tests.support.instance import make_settings, make_template
from tests.support.postgres import free_port

#: answers that are acknowledged between two kills, while other learners are in the midst of theirs
MOST_ANSWERS = 25
SECONDS = 60
#: an exam closes every so many seconds
EVERY = timedelta(seconds=4)
#: seconds that a trial may take without a kill, and with each
AT_LEAST, A_KILL = 60, 4


@dataclass(frozen=True, slots=True)
class School:
    """Who can sign in, and the exams that close one after the other, see ``Learner.exams``."""

    logins: list[str]
    exams: list[tuple[float, str]]


def run_trial(folder: Path, kills: int, learners: int, seed: int, database_url: str = "") -> Outcome:
    """Write under kills, then look at what is left."""
    more = {"DATABASE_URL": database_url} if database_url else {}
    instance, chance = folder / "instance", Random(seed)
    lasts = timedelta(seconds=AT_LEAST + A_KILL * kills)
    school = make_instance(instance, learners, more, exams=lasts // EVERY)
    service = Service(instance, free_port(), more)
    traffic: SimpleQueue[str] = SimpleQueue()
    people = [
        Learner(login, service.port, Random(chance.random()), traffic, exams=school.exams)
        for login in school.logins
    ]
    outcome = Outcome()
    service.start()
    threads = [threading.Thread(target=one.run, name=one.login, daemon=True) for one in people]
    for thread in threads:
        thread.start()
    for kind in ways(chance, kills):
        wait_for_answers(traffic, chance.randint(1, MOST_ANSWERS))
        service.kill(kind)
        outcome.kills[kind] += 1
    for one in people:
        one.stop.set()
    for thread in threads:
        thread.join()
    service.stop()
    close_what_is_over(instance, more)
    compare(instance, more, people, outcome)
    return outcome


def wait_for_answers(traffic: SimpleQueue[str], number: int) -> None:
    """Wait until so many answers were acknowledged from now on."""
    while not traffic.empty():
        traffic.get()
    for _ in range(number):
        traffic.get(timeout=SECONDS)


def make_instance(instance: Path, learners: int, more: Mapping[str, str], *, exams: int = 0) -> School:
    """Make a course with so many learners and exams."""
    make_template(instance, **more)
    app = create_app(make_settings(instance, **more))
    with app.app_context(), writing() as session:
        classroom = make_classroom(session, instance, clock())
        logins = [f"learner-{n}" for n in range(learners)]
        for login in logins:
            make_person(session, classroom.offering, login)
        made = make_exams(session, classroom, exams)
    with app.app_context():
        database().close()
    return School(logins, made)


def make_exams(session: Session, classroom: Classroom, number: int) -> list[tuple[float, str]]:
    """Set exams that are open now and close one after the other, after a second of grace."""
    made, now = [], clock()
    for place in range(1, number + 1):
        closes = now + place * EVERY
        exam = set_exam(session, classroom, now, attempts_allowed=None, closes_at=closes)
        exam.grace_seconds = 1
        made.append((closes.timestamp(), f"/exams/{exam.public_id}/start"))
    session.flush()
    return made


def close_what_is_over(instance: Path, more: Mapping[str, str]) -> None:
    """Close what the last server did not come to."""
    app = create_app(make_settings(instance, **more))
    with app.app_context():
        more_is_over = True
        while more_is_over:
            with writing() as session:
                more_is_over = close_expired(session, {}, clock()) > 0
        database().close()


def new_seed() -> int:
    """Return a seed that differs from run to run; a trial prints it, so that it can be had again."""
    return randbits(32)
