"""One thread that writes for all: what waits together is committed together.

With an fsync of 5 ms a lock that everybody takes in turn ends at some hundred commits a second; here
up to 64 jobs share one. A job's answer is given after the commit, never before.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import PoolProxiedConnection

from app.domain.errors import Refusal
from app.models.turns import PATIENCE, DatabaseBusy, Turns

MOST_JOBS = 64
Result = TypeVar("Result")
#: works on the driver's connection, inside a transaction; what it refuses, it refuses before it writes
Job = Callable[[Any], Any]


class _Waiting:
    """A job, and where its outcome is waited for."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.future: Future[Any] = Future()
        self.outcome: tuple[bool, Any] = (False, None)

    def run(self, driver: DBAPIConnection) -> None:
        """Do the job; a refusal is its outcome, anything else ends the transaction."""
        try:
            self.outcome = True, self.job(driver)
        except Refusal as refusal:
            self.outcome = False, refusal

    def answer(self) -> None:
        """Hand the outcome over: the transaction is committed."""
        is_result, value = self.outcome
        if is_result:
            self.future.set_result(value)
        else:
            self.future.set_exception(value)


class GroupWriter:
    """The writing thread of one SQLite database. It starts with the first job."""

    def __init__(self, engine: Engine, turns: Turns) -> None:
        self._engine = engine
        self._turns = turns
        self._jobs: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, job: Callable[[Any], Result]) -> Result:
        """Do a job in a transaction that others share; return what it gave once that is committed.

        :raises DatabaseBusy: its turn did not come in time. It may still be done later.
        """
        self._start()
        waiting = _Waiting(job)
        self._jobs.put(waiting)
        try:
            result: Result = waiting.future.result(PATIENCE)
        except TookTooLong:
            raise DatabaseBusy from None
        return result

    def close(self) -> None:
        """Finish what waits and end the thread."""
        with self._guard:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            thread.join()

    def _start(self) -> None:
        if self._thread is None:
            with self._guard:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._work, name="group-commit", daemon=True)
                    self._thread.start()

    def _work(self) -> None:
        more = True
        while more:
            batch, more = self._next_batch()
            try:
                self._commit(batch)
            except Exception as fault:
                # whoever waits is told; the thread goes on for the next
                for waiting in batch:
                    if not waiting.future.done():
                        waiting.future.set_exception(fault)

    def _next_batch(self) -> tuple[list[_Waiting], bool]:
        """Wait for a job and take what else waits; the second value is False when the end was asked for."""
        batch: list[_Waiting] = []
        one = self._jobs.get()
        while one is not None:
            batch.append(one)
            if len(batch) == MOST_JOBS or self._jobs.empty():
                return batch, True
            one = self._jobs.get()
        return batch, False

    def _commit(self, batch: list[_Waiting]) -> None:
        """Commit jobs together; if one of them fails, each by itself."""
        if not batch:
            return
        with self._turns.mine():
            connection = self._engine.raw_connection()
            try:
                self._commit_on(connection, batch)
            finally:
                connection.close()

    def _commit_on(self, connection: PoolProxiedConnection, batch: list[_Waiting]) -> None:
        driver: Any = connection.driver_connection
        if connection.info.get("query_only", False) is not False:
            driver.execute("PRAGMA query_only = 0")
            connection.info["query_only"] = False
        try:
            _together(driver, batch)
        except Exception:
            if len(batch) == 1:
                raise
            for waiting in batch:
                _alone(driver, waiting)


def _alone(driver: Any, waiting: _Waiting) -> None:
    try:
        _together(driver, [waiting])
    except Exception as fault:
        waiting.future.set_exception(fault)


def _together(driver: Any, batch: list[_Waiting]) -> None:
    driver.execute("BEGIN IMMEDIATE")
    try:
        for waiting in batch:
            waiting.run(driver)
        driver.execute("COMMIT")
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise
    for waiting in batch:
        waiting.answer()
