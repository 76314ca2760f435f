"""What a learner's page hands out when nothing reaches the server: its events, to be brought in by staff."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadExport
from app.domain.protocol import Sent, read_event

VERSION = 1
#: more than anybody writes in an exam
MOST_EXPORTED = 5000


@dataclass(frozen=True, slots=True)
class Export:
    """A page's unsent events, with the public ids of the attempt and of the person who wrote them."""

    attempt: str
    person: str
    exported_at: str
    events: Sequence[Sent]


def read_export(text: str) -> Export:
    """Read ``{"v": 1, "attempt", "person", "exported_at", "events": [...]}``.

    :raises BadExport: it is not JSON (``json``), no export of a page (``form``), of a later version
        (``version``), or holds no events or too many (``events``).
    """
    try:
        said = json.loads(text.strip().removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except (ValueError, RecursionError):
        raise BadExport("json") from None
    if not isinstance(said, dict) or not isinstance(said.get("v"), int) or isinstance(said["v"], bool):
        raise BadExport("form")
    if said["v"] != VERSION:
        raise BadExport("version")
    return Export(
        attempt=_name(said, "attempt"),
        person=_name(said, "person"),
        exported_at=_name(said, "exported_at"),
        events=_events(said),
    )


def _name(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or len(value) > 64:
        raise BadExport("form")
    return value


def _events(said: dict[str, Any]) -> Sequence[Sent]:
    events = said.get("events")
    if not isinstance(events, list):
        raise BadExport("form")
    if not 1 <= len(events) <= MOST_EXPORTED:
        raise BadExport("events")
    return [read_event(event) for event in events]
