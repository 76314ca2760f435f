"""The clock and chance: the one place that asks them."""

import secrets
from datetime import UTC, date, datetime, timedelta

from flask import Flask, current_app

from app.settings import Settings

AHEAD = "casehall.clock"


def start_clock(app: Flask, now: datetime | None) -> None:
    """Let this process's clock run from ``now`` on; without it, from the real time."""
    app.extensions[AHEAD] = now - datetime.now(UTC) if now else timedelta(0)


def clock() -> datetime:
    """Return the present instant, aware, in UTC."""
    ahead: timedelta = current_app.extensions[AHEAD]
    return datetime.now(UTC) + ahead


def today() -> date:
    """Return the present day in the site's time zone."""
    settings: Settings = current_app.config["SETTINGS"]
    return clock().astimezone(settings.timezone).date()


def chance() -> int:
    """Return 128 random bits that nobody can guess."""
    return secrets.randbits(128)
