"""The writer's turn on SQLite: one writer at a time, in the order of asking, across processes.

SQLite's own busy handler is not fair: of eight writers one made one commit in four seconds.
"""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 10.0
PAUSE = 0.002


class DatabaseBusy(Exception):
    """The database took too long to give this request its turn."""


class Queue:
    """A lock within this process that is given in the order of asking."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self, seconds: float) -> None:
        """Wait for the turn.

        :raises DatabaseBusy: it did not come within so many seconds.
        """
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            called = threading.Event()
            self._waiting.append(called)
        if not called.wait(seconds):
            self._leave(called)

    def give(self) -> None:
        """Hand the turn to the one who waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    def _leave(self, called: threading.Event) -> None:
        """Stop waiting, unless the turn came in this very moment."""
        with self._guard:
            if not called.is_set():
                self._waiting.remove(called)
                raise DatabaseBusy


class Turns:
    """The turns to write in one instance: a queue in the process, two locked files between processes.

    Whoever waits for ``writer.lock`` holds ``turn.lock`` meanwhile: a process that has just written
    cannot overtake another that waits.
    """

    def __init__(self, instance: Path) -> None:
        self._queue = Queue()
        self._turn = _open(instance / "turn.lock")
        self._writer = _open(instance / "writer.lock")

    @contextmanager
    def mine(self, seconds: float = PATIENCE) -> Iterator[None]:
        """Hold the turn.

        :raises DatabaseBusy: it did not come in time.
        """
        self._queue.take(seconds)
        try:
            self._lock_files(seconds)
            try:
                yield
            finally:
                fcntl.flock(self._writer, fcntl.LOCK_UN)
        finally:
            self._queue.give()

    def close(self) -> None:
        """Close the files."""
        os.close(self._turn)
        os.close(self._writer)

    def _lock_files(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        _lock(self._turn, until)
        try:
            _lock(self._writer, until)
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _lock(descriptor: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise DatabaseBusy from None
            time.sleep(PAUSE)
