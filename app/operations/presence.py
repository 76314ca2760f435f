"""Presence: when the page of an attempt was last heard of. Kept in memory, written about once a minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.board import SILENT
from app.models import Presence

#: how often a process writes down what it remembers
EVERY = timedelta(minutes=1)
#: after so long nobody is there any more
FORGET = timedelta(hours=1)
UPSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Sighting:
    """When and where from a page was last heard of, how often it came back after a silence (gaps), and
    how many of its answers were not sent then, as far as it told."""

    seen_at: datetime
    address: str = ""
    gaps: int = 0
    unsaved: int | None = None


@dataclass(slots=True)
class _Seen:
    """What a process remembers of one page. ``first_at`` is when it first heard of it, None once that
    was compared with what is written; ``gaps`` are those not written yet."""

    seen_at: datetime
    first_at: datetime | None
    address: str = ""
    gaps: int = 0
    unsaved: int | None = None
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line that waits to be written."""

    attempt_id: int
    seen_at: datetime
    first_at: datetime | None
    address: str
    gaps: int


@dataclass(slots=True)
class Presences:
    """What one process remembers of the pages of attempts, by attempt; shared by its threads."""

    _seen: dict[int, _Seen] = field(default_factory=dict)
    _written_at: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def note(self, attempt_id: int, now: datetime, address: str, unsaved: int | None = None) -> None:
        """Note that a page was heard of. ``unsaved`` is None where it told nothing."""
        with self._lock:
            seen = self._seen.get(attempt_id)
            if seen is None:
                seen = self._seen[attempt_id] = _Seen(now, now)
            elif now - seen.seen_at > SILENT:
                seen.gaps += 1
            seen.seen_at, seen.address, seen.is_written = max(now, seen.seen_at), address, False
            if unsaved is not None:
                seen.unsaved = unsaved

    def find(self, attempt_id: int) -> Sighting | None:
        """Return what is remembered of a page; its gaps are those that are not written yet."""
        seen = self._seen.get(attempt_id)
        return None if seen is None else Sighting(seen.seen_at, seen.address, seen.gaps, seen.unsaved)

    def due(self, now: datetime) -> Sequence[Line]:
        """Return what is to be written now: nothing before a minute has passed since the last time."""
        with self._lock:
            if self._written_at is not None and now - self._written_at < EVERY:
                return []
            return [
                Line(number, seen.seen_at, seen.first_at, seen.address, seen.gaps)
                for number, seen in self._seen.items()
                if not seen.is_written
            ]

    def settle(self, lines: Sequence[Line], now: datetime) -> None:
        """Note that lines were written, and forget who was not heard of for long."""
        with self._lock:
            self._written_at = now
            for line in lines:
                seen = self._seen[line.attempt_id]
                seen.gaps -= line.gaps
                seen.first_at = None
                seen.is_written = seen.seen_at == line.seen_at
            gone = [number for number, one in self._seen.items() if _is_gone(one, now)]
            for number in gone:
                del self._seen[number]


def _is_gone(seen: _Seen, now: datetime) -> bool:
    return seen.is_written and now - seen.seen_at > FORGET


def write_presence(session: Session, lines: Sequence[Line]) -> None:
    """Write down who was heard of, in two statements however many those are.

    A page that a process hears of for the first time may have been away before: the time since it was
    last written down tells.
    """
    if not lines:
        return
    fresh = [line.attempt_id for line in lines if line.first_at is not None]
    known = select(Presence.attempt_id, Presence.seen_at).where(Presence.attempt_id.in_(fresh))
    before: dict[int, datetime] = {row.attempt_id: row.seen_at for row in session.execute(known)}
    rows = [
        {
            "attempt_id": line.attempt_id,
            "seen_at": line.seen_at,
            "address": line.address,
            "gaps": line.gaps + _was_away(line, before.get(line.attempt_id)),
        }
        for line in lines
    ]
    insert = UPSERTS[session.get_bind().dialect.name](Presence)
    new = insert.excluded
    is_newer = new.seen_at > Presence.seen_at
    change = {
        "seen_at": case((is_newer, new.seen_at), else_=Presence.seen_at),
        "address": case((is_newer, new.address), else_=Presence.address),
        "gaps": Presence.gaps + new.gaps,
    }
    session.execute(insert.on_conflict_do_update(index_elements=[Presence.attempt_id], set_=change), rows)


def _was_away(line: Line, written_at: datetime | None) -> bool:
    """Whether a page was silent before this process heard of it. What is written may be a minute old."""
    return (
        line.first_at is not None and written_at is not None and line.first_at - written_at > SILENT + EVERY
    )


def together(written: Sighting | None, remembered: Sighting | None) -> Sighting | None:
    """Put together what is written of a page and what this process remembers."""
    if written is None or remembered is None:
        return remembered or written
    newer = max(written, remembered, key=lambda one: one.seen_at)
    return Sighting(newer.seen_at, newer.address, written.gaps + remembered.gaps, remembered.unsaved)
