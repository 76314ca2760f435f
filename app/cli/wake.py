"""What the server's master waits for, in a form that a signal can set at any moment."""

import threading
from queue import Empty, SimpleQueue


class Wake(threading.Event):
    """An event that a signal handler may set while the same thread is setting or awaiting it.

    ``threading.Event`` then waits for its own lock: a master that got SIGTERM in the moment in which
    its worker ended stood still for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_set = False
        self._calls: SimpleQueue[None] = SimpleQueue()

    def is_set(self) -> bool:
        """Whether the event happened since it was last cleared."""
        return self._is_set

    def set(self) -> None:
        """Let the event happen; safe inside a signal handler."""
        self._is_set = True
        self._calls.put(None)

    def clear(self) -> None:
        """Wait for the next one."""
        self._is_set = False

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it happened, or until none did for so many seconds; return whether it did."""
        while not self._is_set:
            try:
                self._calls.get(timeout=timeout)
            except Empty:
                break
        return self._is_set
