"""The signals that end a server, taken by a thread that does nothing but wait for them.

A handler of Python runs in the first thread of a process, and only when that thread wakes up. The system
may give a signal to any thread that does not block it; then the first one, which waits for the end, never
hears of it, and the server stands until it is killed. A handler that interrupts whoever waits could also
find the lock taken that it needs. So all threads block these signals, and one waits for them.
"""

import os
import signal
import threading
from collections.abc import Callable
from typing import NoReturn

#: a terminal that is closed ends its server too; otherwise it would serve on unseen
ENDINGS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
#: what a shell adds to the number of a signal that ended a command
_BY_SIGNAL = 128


def leave(sign: int) -> NoReturn:
    """End this process at once, as a signal does that nobody handles."""
    os._exit(_BY_SIGNAL + sign)


class Endings:
    """Waits for the first of these signals and calls ``end`` with it, in a thread of its own.

    Made before any other thread: only those that are started later block the signals too. ``end`` may be
    changed meanwhile. A signal that came while it was blocked and not yet awaited counts; later ones do
    nothing.
    """

    def __init__(self, awaited: frozenset[signal.Signals], end: Callable[[int], object] = leave) -> None:
        self.end = end
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        threading.Thread(target=self._await, args=(awaited,), name="endings", daemon=True).start()

    def _await(self, awaited: frozenset[signal.Signals]) -> None:
        sign = signal.sigwait(awaited)
        # only now: it may have been changed meanwhile
        self.end(sign)
