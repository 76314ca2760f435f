"""How values look on a page: points, shares, class hours, local times, numbers of groups."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from flask import Flask, current_app
from flask_babel import gettext, ngettext

from app.domain.words import Sentence
from app.web.languages import current_language

#: what an undefined figure looks like
DASH = "–"
MINUS = "−"
NUMERALS = "零一二三四五六七八九"
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on a scale, in the units of an SVG of height 1 that begins at ``start``."""

    start: float
    length: float
    x: float
    width: float


def dash(value: Any) -> Any:
    """Show None as a dash.

    >>> dash(None), dash(0)
    ('–', 0)
    """
    return DASH if value is None else value


def points(value: Decimal | int | float | None) -> str:
    """Write points without trailing zeros.

    >>> points(Decimal("2.50")), points(Decimal("10.00")), points(None)
    ('2.5', '10', '–')
    """
    if value is None:
        return DASH
    text = f"{Decimal(str(value)):.2f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def signed(value: Decimal | int | None) -> str:
    """Write a change with its sign.

    >>> signed(2), signed(-1), signed(0)
    ('+2', '−1', '0')
    """
    text = points(value)
    return f"+{text}" if value is not None and value > 0 else text


def percent(share: Decimal | float | None) -> str:
    """Write a share between 0 and 1 as a whole percentage.

    >>> percent(0.825), percent(Decimal("0.005")), percent(None)
    ('83%', '1%', '–')
    """
    if share is None:
        return DASH
    whole = (Decimal(str(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole}%"


def reached(percentage: Decimal | None) -> str:
    """Write a percentage that somebody reached, rounded down: 59.9 is not yet the 60 that is asked for.

    >>> reached(Decimal("59.99")), reached(Decimal(100)), reached(None)
    ('59%', '100%', '–')
    """
    return DASH if percentage is None else f"{percentage.to_integral_value(ROUND_FLOOR)}%"


def hours(value: Decimal | int | None) -> str:
    """Write class hours (学时) with their unit."""
    if value is None:
        return DASH
    return ngettext("%(hours)s class hour", "%(hours)s class hours", _plural(value), hours=points(value))


def worth(value: Decimal | int | None) -> str:
    """Write points with their unit."""
    if value is None:
        return DASH
    return ngettext("%(points)s point", "%(points)s points", _plural(value), points=points(value))


def gain(value: Decimal | int | None) -> str:
    """Write points won or lost with their sign and unit."""
    if value is None:
        return DASH
    return ngettext("%(points)s point", "%(points)s points", _plural(value), points=signed(value))


def minutes(value: int | None) -> str:
    """Write minutes with their unit."""
    if value is None:
        return DASH
    return ngettext("%(num)s minute", "%(num)s minutes", value)


def file_size(size: int) -> str:
    """Write the size of a file.

    >>> file_size(900), file_size(15_360), file_size(5_242_880)
    ('1 KB', '15 KB', '5.0 MB')
    """
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def local_time(moment: datetime | None) -> str:
    """Write a moment in the site's time zone, with the zone: ``2026-09-01 08:30 (UTC+8)``."""
    if moment is None:
        return DASH
    local = moment.astimezone(_zone())
    return f"{local:%Y-%m-%d %H:%M} ({_offset(local)})"


def local_date(day: date | datetime | None) -> str:
    """Write a day, a moment's day being that of the site's time zone."""
    if day is None:
        return DASH
    if isinstance(day, datetime):
        day = day.astimezone(_zone())
    if current_language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%b %Y}"


def chinese_numeral(number: int) -> str:
    """Write a number below 100 in Chinese; a paper has no more groups.

    >>> [chinese_numeral(number) for number in (1, 10, 12, 20, 31)]
    ['一', '十', '十二', '二十', '三十一']
    """
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return lead + NUMERALS[ones] if ones else lead


def group_number(number: int) -> str:
    """Number a group of items as papers do: 一 in Chinese, I in English, where it is small."""
    if current_language() == "zh":
        return chinese_numeral(number)
    return ROMAN[number] if 0 < number < len(ROMAN) else str(number)


def scale(value: int, low: int, high: int) -> Bar:
    """Place a value on a scale that always holds 0.

    >>> scale(2, -3, 5)
    Bar(start=-3, length=8, x=0, width=2)
    >>> scale(-2, -3, 5)
    Bar(start=-3, length=8, x=-2, width=2)
    """
    start, end = min(low, value, 0), max(high, value, 0)
    return Bar(start, max(end - start, 1), min(value, 0), abs(value))


def level_name(level: str) -> str:
    """Name a requirement level (要求层次) of an objective."""
    names = {
        "know": gettext("Know"),
        "understand": gettext("Understand"),
        "familiar": gettext("Be familiar with"),
        "master": gettext("Master"),
        "proficient": gettext("Be proficient in"),
    }
    return names[level]


def instant(text: str) -> datetime:
    """Read an ISO instant, as receipts and events write it."""
    return datetime.fromisoformat(text)


def told(sentence: Sentence) -> str:
    """Say a sentence that was written below the web, in the reader's language."""
    return gettext(sentence.text, **sentence.values)


def weekday(moment: datetime) -> str:
    """Name the day of the week of a moment in the site's time zone, short."""
    names = get_day_names("abbreviated", locale=current_language())
    return names[moment.astimezone(_zone()).weekday()]


def register_filters(app: Flask) -> None:
    """Give the templates these filters, under the functions' own names."""
    filters: tuple[Callable[..., Any], ...] = (
        dash,
        points,
        signed,
        percent,
        reached,
        hours,
        worth,
        gain,
        minutes,
        file_size,
        local_time,
        local_date,
        group_number,
        scale,
        level_name,
        told,
        instant,
        weekday,
    )
    for function in filters:
        app.add_template_filter(function)


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["TIMEZONE"])


def _offset(local: datetime) -> str:
    """Write the zone of a local time: UTC+8, UTC−3:30.

    >>> _offset(datetime.fromisoformat("2026-09-01T08:30+08:00"))
    'UTC+8'
    >>> _offset(datetime.fromisoformat("2026-09-01T08:30-03:30"))
    'UTC−3:30'
    """
    text = f"{local:%z}"
    sign = MINUS if text.startswith("-") else "+"
    whole, rest = int(text[1:3]), text[3:5]
    return f"UTC{sign}{whole}" if rest == "00" else f"UTC{sign}{whole}:{rest}"


def _plural(value: Decimal | int) -> int:
    """Return 1 for exactly one, won or lost, else a number that takes the plural: 1.5 class hours."""
    return 1 if value in (1, -1) else 2
