"""Read what a page sends of an attempt: a batch of events, each of which stands or falls by itself."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadBatch, BadEvent, Refusal, UnknownKind
from app.domain.events import ANSWER, BLUR, COMMIT, FLAG, FOCUS, AnswerEvent

MOST_EVENTS = 50
DEEPEST = 20
#: seqs, and the numbers that a window gives its events
NUMBERS = range(2**31)
#: milliseconds of a clock that is never trusted
INSTANTS = range(2**53)
ITEM_KINDS = frozenset({ANSWER, COMMIT, FLAG})
KINDS = ITEM_KINDS | {FOCUS, BLUR}

#: what is said again to whoever named an event so
_NAMES = re.compile(r"[ -~]{1,64}", re.ASCII)
_NAME = re.compile(r"[0-9A-Za-z_-]{8,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unfit:
    """An event that is refused before anything is looked up; ``id`` is None if it has no readable one."""

    id: str | None
    refusal: Refusal


Sent = AnswerEvent | Unfit


def read_batch(body: bytes) -> list[Sent]:
    """Read the body of a request: ``{"events": [{"id", "client", "n", "base", "kind", "item", …}]}``.

    Fields that the protocol does not know are ignored.

    :raises BadBatch: it is not JSON, or holds no list of 1 to 50 events.
    """
    try:
        batch = json.loads(body)
    except (ValueError, RecursionError):
        raise BadBatch("not JSON") from None
    events = batch.get("events") if isinstance(batch, dict) else None
    if not isinstance(events, list) or not 1 <= len(events) <= MOST_EVENTS:
        raise BadBatch("events")
    return [read_event(event) for event in events]


def read_event(event: Any) -> Sent:
    """Read one event; one that is not put together as the protocol says is unfit."""
    name = event.get("id") if isinstance(event, dict) else None
    known = name if isinstance(name, str) and _NAMES.fullmatch(name) else None
    try:
        if known is None or not _NAME.fullmatch(known):
            raise BadEvent("id")
        return _event(event)
    except Refusal as refusal:
        return Unfit(known, refusal)


def _event(event: Mapping[str, Any]) -> AnswerEvent:
    kind, item, answer = event.get("kind"), event.get("item"), event.get("answer")
    if not isinstance(kind, str) or kind not in KINDS:
        raise UnknownKind(str(kind)[:20])
    client = event.get("client")
    if not isinstance(client, str) or not _NAME.fullmatch(client):
        raise BadEvent("client")
    # focus and blur concern the page, and say nothing else
    if (kind in ITEM_KINDS) is not isinstance(item, str) or (kind not in ITEM_KINDS and answer is not None):
        raise BadEvent("item")
    if kind == FLAG and not isinstance(answer, bool):
        raise BadEvent("answer")
    check_value([item, answer])
    at = event.get("at")
    return AnswerEvent(
        id=event["id"],
        client=client,
        n=_whole(event, "n", NUMBERS),
        base=_whole(event, "base", NUMBERS),
        item=item or "",
        answer=answer,
        kind=kind,
        at=None if at is None else _whole(event, "at", INSTANTS),
    )


def _whole(event: Mapping[str, Any], name: str, allowed: range) -> int:
    """Return a whole number; true and 1.0 are none."""
    value = event.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value not in allowed:
        raise BadEvent(name)
    return value


def check_value(value: Any) -> None:
    """Refuse what a chain cannot hold: floats, NUL, half a character, more than 20 levels.

    :raises BadEvent: there is any of these in the value.
    """
    pending: list[tuple[Any, int]] = [(value, 0)]
    while pending:
        part, depth = pending.pop()
        if isinstance(part, str):
            _check_text(part)
        elif isinstance(part, float):
            raise BadEvent("a number with decimals")
        elif isinstance(part, dict | list):
            if depth > DEEPEST:
                raise BadEvent("nested too deeply")
            pending += [(inner, depth + 1) for inner in _inside(part)]


def _inside(part: dict[str, Any] | list[Any]) -> Sequence[Any]:
    return [*part.keys(), *part.values()] if isinstance(part, dict) else part


def _check_text(text: str) -> None:
    if "\0" in text:
        raise BadEvent("NUL")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadEvent("half a character") from None
