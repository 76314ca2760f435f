"""Lengths of time as the pages of an exam write them."""

from datetime import date, datetime, timedelta

from flask_babel import gettext, ngettext

from app.web.attempts.blueprint import bp
from app.web.clock import local_zone
from app.web.filters import DASH

MINUTE, HOUR, DAY = 60, 3600, 86400


@bp.app_template_filter()
def ago(moment: datetime | None, now: datetime) -> str:
    """Write how long ago something was: 8 s ago, 3 min ago."""
    if moment is None:
        return DASH
    seconds = max(0, int((now - moment).total_seconds()))
    if seconds < 2 * MINUTE:
        return gettext("%(n)s s ago", n=seconds)
    if seconds < 2 * HOUR:
        return gettext("%(n)s min ago", n=seconds // MINUTE)
    if seconds < 2 * DAY:
        return gettext("%(n)s h ago", n=seconds // HOUR)
    return ngettext("%(num)s day ago", "%(num)s days ago", seconds // DAY)


@bp.app_template_filter()
def countdown(left: timedelta | None) -> str:
    """Write the time that is left: 0:05:09; days for what ends later."""
    if left is None:
        return DASH
    seconds = max(0, int(left.total_seconds()))
    if seconds >= 2 * DAY:
        return ngettext("%(num)s day", "%(num)s days", seconds // DAY)
    return f"{seconds // HOUR}:{seconds // MINUTE % 60:02}:{seconds % MINUTE:02}"


@bp.app_template_filter()
def whole_minutes(length: timedelta) -> int:
    """Return a length in minutes, rounded up: a started minute is one."""
    return -(-int(length.total_seconds()) // MINUTE)


@bp.app_template_filter()
def plus_minutes(moment: datetime, minutes: int) -> datetime:
    """Return a moment so many minutes later."""
    return moment + timedelta(minutes=minutes)


def local_day(moment: datetime) -> date:
    """Return the day of a moment at this place."""
    return moment.astimezone(local_zone()).date()


@bp.app_template_filter()
def full_time(moment: datetime | None) -> str:
    """Write a moment of this place to the second, with its day."""
    return DASH if moment is None else f"{local_day(moment)} {clock_time(moment)}"


@bp.app_template_filter()
def clock_time(moment: datetime | None) -> str:
    """Write what a clock of this place shows at a moment, to the second."""
    if moment is None:
        return DASH
    return f"{moment.astimezone(local_zone()):%H:%M:%S}"
