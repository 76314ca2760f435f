"""Terms (学期) of a Chinese academic year."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

AUGUST = 8
FEBRUARY = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its name and its first and last day."""

    name: str
    starts_on: date
    ends_on: date


def term_of(day: date) -> Term:
    """Return the term that a day lies in: the first from August to January, the second to July.

    >>> term_of(date(2026, 11, 23)).name, term_of(date(2027, 1, 31)).name, term_of(date(2027, 2, 1)).name
    ('2026-2027-1', '2026-2027-1', '2026-2027-2')
    """
    year = day.year if day.month >= AUGUST else day.year - 1
    if FEBRUARY <= day.month < AUGUST:
        return Term(f"{year}-{year + 1}-2", date(year + 1, FEBRUARY, 1), date(year + 1, 7, 31))
    return Term(f"{year}-{year + 1}-1", date(year, AUGUST, 1), date(year + 1, 1, 31))


def moved(moment: datetime | None, days: int, zone: ZoneInfo) -> datetime | None:
    """Move a moment by days; it keeps its time of day where the clocks of a zone change in between.

    >>> moved(datetime(2026, 3, 2, 1, tzinfo=UTC), 7, ZoneInfo("Asia/Shanghai")).isoformat()
    '2026-03-09T01:00:00+00:00'
    """
    if moment is None:
        return None
    local = moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=zone).astimezone(UTC)
