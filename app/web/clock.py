"""The clock and chance: the one place that asks them."""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, current_app

from app.settings import Settings

AHEAD = "casehall.clock"
CHANCE = "casehall.chance"
#: gives so many random bits
Draw = Callable[[int], int]


def start_clock(app: Flask, now: datetime | None) -> None:
    """Let this process's clock run from ``now`` on; without it, from the real time."""
    app.extensions[AHEAD] = now - datetime.now(UTC) if now else timedelta(0)


def start_chance(app: Flask, draw: Draw = secrets.randbits) -> None:
    """Let the application draw from there; tests draw the same each time, so that none fails by chance."""
    app.extensions[CHANCE] = draw


def clock() -> datetime:
    """Return the present instant, aware, in UTC."""
    ahead: timedelta = current_app.extensions[AHEAD]
    return datetime.now(UTC) + ahead


def local_zone() -> ZoneInfo:
    """Return the site's time zone, in which forms are filled in and days begin."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.timezone


def machine_clock() -> datetime:
    """Return what the machine's own clock says, whatever ``start_clock`` was told."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day in the site's time zone."""
    return clock().astimezone(local_zone()).date()


def chance() -> int:
    """Return 128 random bits that nobody can guess."""
    draw: Draw = current_app.extensions[CHANCE]
    return draw(128)
