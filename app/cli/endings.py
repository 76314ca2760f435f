"""The signals that end a server, taken by a thread that does nothing but wait for them.

A handler of Python runs in the first thread of a process, and only when that thread wakes up. The system
may give a signal to any thread; then the first one, which waits for the end, never hears of it, and the
server stands until it is killed. A handler that interrupts whoever waits could also find the lock taken
that it needs. So all threads block these signals, and one waits for them.
"""

import signal
import threading
from collections.abc import Callable

#: a terminal that is closed ends its server too; otherwise it would serve on unseen
ENDINGS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


def block_endings() -> None:
    """Let no signal of the end interrupt this thread, nor those it starts from now on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)


def await_ending(endings: frozenset[signal.Signals], end: Callable[[], None]) -> None:
    """Call ``end`` in a thread of its own when the first of these signals comes; later ones do nothing.

    One that came while it was blocked and not yet awaited counts.
    """
    threading.Thread(target=_await, args=(endings, end), name="endings", daemon=True).start()


def _await(endings: frozenset[signal.Signals], end: Callable[[], None]) -> None:
    signal.sigwait(endings)
    end()
