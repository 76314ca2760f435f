"""A server that is killed again and again, in whole or in part, between requests and inside them."""

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.support.server import CASEHALL, environment, wait_for_end, wait_until_ready, worker_of

SITE = Path(__file__).parent / "site"
POINTS = ("before-insert", "before-update", "before-commit", "after-commit")
KINDS = ("worker", "master", "group", *POINTS)


@dataclass(slots=True)
class Service:
    """The server on an instance; ``more`` is added to its environment."""

    instance: Path
    port: int
    more: dict[str, str]
    server: "subprocess.Popen[str] | None" = None

    @property
    def orders(self) -> Path:
        """The file that orders a worker to end itself."""
        return self.instance / "crash"

    def start(self) -> None:
        """Start and wait until it answers."""
        added = {"PYTHONPATH": str(SITE), "CRASH_FILE": str(self.orders)} | self.more
        with (self.instance / "server.log").open("a", encoding="utf-8") as log:
            self.server = subprocess.Popen(
                [CASEHALL, "serve", "--port", str(self.port)],
                env=environment(self.instance, **added),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        wait_until_ready(self.server)

    def kill(self, kind: str) -> None:
        """Kill in one way, and go on when the service answers again."""
        server = self.server
        assert server is not None
        worker = worker_of(server)
        if kind in {"master", "group"}:
            (os.killpg if kind == "group" else os.kill)(server.pid, signal.SIGKILL)
            server.wait()
            self._close()
            self.start()
            return
        if kind in POINTS:
            self.order(kind)
        else:
            os.kill(worker, signal.SIGKILL)
        assert wait_for_end(worker), f"the worker did not end: {kind}"
        try:
            wait_until_ready(server)
        except AssertionError:
            # a worker that dies soon after another did ends its server, as in a loop of crashes;
            # whoever looks after the service starts it again
            self._close()
            self.start()

    def order(self, kind: str) -> None:
        """Order the worker to end itself at a point; the order appears whole."""
        written = self.orders.with_suffix(".written")
        written.write_text(kind)
        written.rename(self.orders)

    def stop(self, seconds: float | None = None) -> int | None:
        """Stop as one should, so that everything begun is answered; return how the server ended."""
        if self.server is None:
            return None
        self.server.terminate()
        ended = self.server.wait(seconds)
        self._close()
        return ended

    def abandon(self) -> None:
        """Kill whatever is left of it."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self._close()

    def worker(self) -> int:
        """Return the process that answers."""
        assert self.server is not None
        return worker_of(self.server)

    def _close(self) -> None:
        if self.server is not None and self.server.stdout is not None:
            self.server.stdout.close()


def ways(chance: Random, kills: int) -> list[str]:
    """Return ways to be killed: each about as often, in any order."""
    drawn = [KINDS[number % len(KINDS)] for number in range(kills)]
    chance.shuffle(drawn)
    return drawn
