"""Learners who write on a real server while something happens to it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from random import Random

from tests.crash.comparing import Outcome, compare
from tests.crash.service import Service
from tests.crash.trial import make_instance, wait_for_answers
from tests.crash.writers import Learner
from tests.support.postgres import free_port


@dataclass(frozen=True, slots=True)
class Drill:
    """A service and its learners; ``more`` is the environment beside the instance."""

    service: Service
    people: list[Learner]
    traffic: SimpleQueue[str]
    more: dict[str, str]

    def wait_for_answers(self, number: int = 20) -> None:
        """Wait until so many answers were acknowledged from now on."""
        wait_for_answers(self.traffic, number)

    def forget_answers(self) -> None:
        """Let ``traffic`` hold only what is acknowledged from now on."""
        while not self.traffic.empty():
            self.traffic.get()

    def acknowledged(self) -> list[Learner]:
        """Return what each learner heard of until now, for a later comparison."""
        return [
            replace(one, sent=[sent for sent in list(one.sent) if sent.ack], receipts=dict(one.receipts))
            for one in self.people
        ]

    def found(self) -> Outcome:
        """Compare what is stored with what was acknowledged."""
        outcome = Outcome()
        compare(self.service.instance, self.more, self.people, outcome)
        return outcome


@contextmanager
def drill(folder: Path, learners: int, seed: int, database_url: str = "") -> Iterator[Drill]:
    """Let learners write; in the end they stop, then the service does."""
    more = {"DATABASE_URL": database_url} if database_url else {}
    school = make_instance(folder / "instance", learners, more)
    service, chance = Service(folder / "instance", free_port(), more), Random(seed)
    traffic: SimpleQueue[str] = SimpleQueue()
    people = [Learner(login, service.port, Random(chance.random()), traffic) for login in school.logins]
    threads = [threading.Thread(target=one.run, name=one.login, daemon=True) for one in people]
    service.start()
    try:
        for thread in threads:
            thread.start()
        yield Drill(service, people, traffic, more)
    except BaseException:
        # learners insist on an answer, which may never come
        service.abandon()
        raise
    for one in people:
        one.stop.set()
    for thread in threads:
        thread.join()
    service.stop()
