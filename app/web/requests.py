"""Each request gets an id and one line in the log; the line holds no answer and no query."""

import json
import logging
import secrets
import sys
import time
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache

from flask import Flask, Response, current_app, g, request

from app.settings import LOOPBACK, Settings
from app.web.clock import clock

ACCESS = logging.getLogger("casehall.request")
OURS = logging.getLogger("casehall")
HEADER = "X-Request-ID"
#: when requests last came forwarded by this machine (True) and by others: kept by the application
FORWARDED = "casehall.forwarded"
#: a file of the instance that tells other processes
FORWARDED_FILE = "forwarded"
NOTED_EVERY = timedelta(minutes=1)
FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP")


class JsonLines(logging.Formatter):
    """Write each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time, level, message and what else the record carries."""
        line = {"at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname.lower()}
        line |= getattr(record, "fields", None) or {"message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure_log() -> None:
    """Write the log to standard error, one JSON object a line."""
    channel = logging.StreamHandler(sys.stderr)
    channel.setFormatter(JsonLines())
    logging.getLogger().handlers = [channel]
    OURS.setLevel(logging.INFO)


def register_request_log(app: Flask) -> None:
    """Give every request its id and its line."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """Return the id of this request: 16 hexadecimal digits, never taken from outside."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    found: str = g.request_id
    return found


def _begin() -> None:
    g.began = time.perf_counter()
    g.received_at = clock()
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.trusted_proxies and any(name in request.headers for name in FORWARDING):
        note_forwarding(request.remote_addr in LOOPBACK, settings)


def note_forwarding(by_this_machine: bool, settings: Settings) -> None:
    """Remember for ``/readyz`` and preflight that a request was forwarded by somebody who is not trusted."""
    seen: dict[bool, datetime] = current_app.extensions.setdefault(FORWARDED, {})
    if by_this_machine in seen and seen[by_this_machine] + NOTED_EVERY > g.received_at:
        return
    seen[by_this_machine] = g.received_at
    warn_of_forwarding()
    with suppress(OSError):
        (settings.instance / FORWARDED_FILE).touch(0o600)


@cache
def warn_of_forwarding() -> None:
    """Say once a process that somebody forwards requests without being trusted."""
    OURS.warning("requests are forwarded, but TRUSTED_PROXIES is not set: every address is the proxy's")


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    took = time.perf_counter() - g.get("began", time.perf_counter())
    fields = {
        "id": request_id(),
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round(took * 1000, 1),
        "person": getattr(g.get("person"), "public_id", None),
    }
    ACCESS.info("request", extra={"fields": fields})
    return response
