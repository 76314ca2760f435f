"""What waits together is committed together; nobody is answered before the commit, nobody for another."""

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import event

from app.domain.errors import NotFound
from app.models.engine import make_engine
from app.models.group_commit import GroupWriter
from app.models.turns import Turns


@pytest.fixture
def engine(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'group.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE saved (n INTEGER UNIQUE NOT NULL)")
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine, tmp_path):
    turns = Turns(tmp_path)
    writer = GroupWriter(engine, turns)
    yield writer
    writer.close()
    turns.close()


@pytest.fixture
def log(engine):
    """Note what the writing connection is told."""
    told: list[str] = []
    event.listen(engine, "checkout", lambda driver, *rest: driver.set_trace_callback(told.append))
    return told


def insert(n):
    def job(driver):
        driver.execute("INSERT INTO saved VALUES (?)", (n,))
        return n

    return job


def saved(engine):
    with closing(sqlite3.connect(engine.url.database)) as connection:
        return [n for (n,) in connection.execute("SELECT n FROM saved ORDER BY n")]


class Crowd:
    """Jobs that are asked for while the first one is still at work, so that they wait together."""

    def __init__(self, writer, jobs):
        self.outcomes = {}
        self.may_go_on = threading.Event()
        self.has_begun = threading.Event()
        first = threading.Thread(target=self.ask, args=(writer, "first", self.first))
        first.start()
        assert self.has_begun.wait(60)
        self.threads = [
            threading.Thread(target=self.ask, args=(writer, name, job)) for name, job in enumerate(jobs)
        ]
        for thread in self.threads:
            thread.start()
        while writer._jobs.qsize() < len(jobs):
            pass
        self.may_go_on.set()
        for thread in [first, *self.threads]:
            thread.join()

    def first(self, driver):
        self.has_begun.set()
        assert self.may_go_on.wait(60)

    def ask(self, writer, name, job):
        try:
            self.outcomes[name] = writer.run(job)
        except Exception as fault:
            self.outcomes[name] = fault


def test_a_job_is_answered_with_what_it_gave(writer, engine):
    assert writer.run(insert(1)) == 1
    assert saved(engine) == [1]


def test_what_waits_together_is_committed_together(writer, engine, log):
    crowd = Crowd(writer, [insert(n) for n in range(40)])

    assert [crowd.outcomes[n] for n in range(40)] == list(range(40))
    assert saved(engine) == list(range(40))
    assert [line for line in log if line.startswith(("BEGIN", "COMMIT"))] == ["BEGIN IMMEDIATE", "COMMIT"] * 2


def test_at_most_64_share_a_commit(writer, engine, log):
    Crowd(writer, [insert(n) for n in range(65)])

    assert saved(engine) == list(range(65))
    assert log.count("COMMIT") == 3


def test_nobody_is_answered_before_the_commit(writer, engine):
    committed = threading.Event()
    seen = []

    def job(driver):
        driver.execute("INSERT INTO saved VALUES (1)")
        seen.append(("inside", saved(engine)))
        return committed.is_set()

    writer.run(job)
    seen.append(("after", saved(engine)))

    assert seen == [("inside", []), ("after", [1])]


def test_a_refusal_is_its_own_and_the_others_are_committed(writer, engine, log):
    def refuse(driver):
        raise NotFound("nobody's")

    crowd = Crowd(writer, [insert(1), refuse, insert(2)])

    assert isinstance(crowd.outcomes[1], NotFound)
    assert (crowd.outcomes[0], crowd.outcomes[2]) == (1, 2)
    assert saved(engine) == [1, 2]
    assert log.count("COMMIT") == 2


def test_a_job_that_fails_takes_nobody_with_it(writer, engine):
    crowd = Crowd(writer, [insert(1), insert(1), insert(2)])

    outcomes = [crowd.outcomes[n] for n in range(3)]
    assert sorted(map(str, outcomes)) == ["1", "2", "UNIQUE constraint failed: saved.n"]
    assert saved(engine) == [1, 2]


def test_after_a_failure_the_next_is_served(writer, engine):
    with pytest.raises(sqlite3.OperationalError):
        writer.run(lambda driver: driver.execute("INSERT INTO nowhere VALUES (1)"))

    assert writer.run(insert(3)) == 3
    assert saved(engine) == [3]


def test_a_connection_that_was_read_with_takes_writes(writer, engine):
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA query_only = 1")
        connection.info["query_only"] = True

    assert writer.run(insert(4)) == 4


def test_what_waits_is_finished_before_the_end(engine, tmp_path):
    turns = Turns(tmp_path)
    writer = GroupWriter(engine, turns)
    crowd = Crowd(writer, [insert(n) for n in range(5)])

    writer.close()

    assert [crowd.outcomes[n] for n in range(5)] == list(range(5))
    turns.close()


def test_the_turn_of_others_is_waited_for(writer, engine, tmp_path):
    other = Turns(tmp_path)
    done = threading.Event()

    def ask():
        writer.run(insert(5))
        done.set()

    with other.mine():
        thread = threading.Thread(target=ask)
        thread.start()
        while writer._jobs.qsize():
            pass
        assert not done.is_set()
        assert saved(engine) == []
    thread.join()

    assert saved(engine) == [5]
    other.close()
