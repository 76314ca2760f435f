"""What ``/readyz`` answers: checked beside the requests, kept for a moment, never waited for long."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask, current_app

from app.models.engine import make_probe
from app.models.turns import Turns
from app.operations.health import Check, Checks, ClockWatch, Ground, check_ground, find_file
from app.settings import Settings
from app.web.clock import clock, machine_clock
from app.web.requests import FORWARDED, FORWARDED_FILE

KEY = "casehall.readiness"
KEPT_SECONDS = 2.0
WAIT_SECONDS = 3.0
STUCK: Checks = {"database": Check(False, f"The checks took more than {WAIT_SECONDS:.0f} s.")}
TOLD = timedelta(hours=1)
FORWARDS = (
    "Requests were forwarded in the last hour, but TRUSTED_PROXIES is not set: every address is the proxy's."
)


class Readiness:
    """The last checks. One thread at a time runs them: a database that never answers holds up no more."""

    def __init__(self, check: Callable[[], Checks]) -> None:
        self._check = check
        self._guard = threading.Lock()
        self._found: Future[Checks] | None = None
        self._asked_at = 0.0
        self._kept_until = 0.0

    def ask(self) -> Checks:
        """Return what was found lately, or is now; or that nothing was found in time."""
        found, patience = self._current()
        try:
            return found.result(patience)
        except TookTooLong:
            return STUCK

    def _current(self) -> tuple[Future[Checks], float]:
        now = time.monotonic()
        with self._guard:
            if self._found is None or (self._found.done() and now >= self._kept_until):
                self._found, self._asked_at = Future(), now
                threading.Thread(target=self._run, args=(self._found,), name="ready", daemon=True).start()
            return self._found, max(0.0, self._asked_at + WAIT_SECONDS - now)

    def _run(self, found: Future[Checks]) -> None:
        try:
            outcome = self._check()
        except Exception as fault:
            found.set_exception(fault)
            return
        self._kept_until = time.monotonic() + KEPT_SECONDS
        found.set_result(outcome)


def register_readiness(app: Flask, settings: Settings, turns: Turns | None) -> None:
    """Let the application tell whether it can work; which file holds the database is noted now."""
    probe = make_probe(settings.database_url)
    ground = Ground(probe, turns, settings.instance, find_file(probe))
    watch = ClockWatch(machine_clock(), time.monotonic())

    def check() -> Checks:
        return check_ground(ground, machine_clock, watch.jump(machine_clock(), time.monotonic()))

    app.extensions[KEY] = Readiness(check)


def find_readiness() -> tuple[bool, Checks]:
    """Return whether this server can work, and what was checked."""
    readiness: Readiness = current_app.extensions[KEY]
    checks = {**readiness.ask(), "forwarding": check_forwarding()}
    return all(check.ok or not check.holds_up for check in checks.values()), checks


def check_forwarding() -> Check:
    """Tell of requests that were lately forwarded to this process or another one of the instance.

    Only this machine's own proxy makes the server unready. Anybody can send such a header: nobody
    elsewhere may shut a server out by one.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if settings.trusted_proxies:
        return Check(True)
    seen: dict[bool, datetime] = current_app.extensions.get(FORWARDED, {})
    lately = {by_this_machine for by_this_machine, at in seen.items() if at + TOLD > clock()}
    if lately or _noted_at(settings.instance / FORWARDED_FILE) + TOLD > machine_clock():
        return Check(False, FORWARDS, holds_up=True in lately)
    return Check(True)


def _noted_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.fromtimestamp(0, UTC)
