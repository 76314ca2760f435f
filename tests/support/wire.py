"""Events as a page with JavaScript sends them, and what comes back."""

import json
from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

WINDOW, OTHER_WINDOW = str(UUID(int=1)), str(UUID(int=2))
NUMBERS = count(1)


def event(item: str | None, answer: Any = None, **fields: Any) -> dict[str, Any]:
    """Return an answer of the first window, named and numbered by itself; ``fields`` replace what it says."""
    number = next(NUMBERS)
    made = {
        "id": str(UUID(int=number << 64)),
        "client": WINDOW,
        "n": number,
        "base": 0,
        "kind": "answer",
        "item": item,
        "answer": answer,
        "at": 1_772_409_600_000,
    }
    return made | fields


def post(client: FlaskClient, paper: str, body: Any, **headers: str) -> TestResponse:
    """Send a body to the events of an attempt, with the token of the session."""
    token = client.get("/csrf").get_json()["csrf"]
    data = body if isinstance(body, bytes) else written(body)
    sent = {"X-CSRF-Token": token, "Content-Type": "application/json", "Accept-Language": "en"}
    return client.post(f"{paper}/events", data=data, headers=sent | headers)


def written(body: Any) -> bytes:
    """Write a body as browsers do: in UTF-8, half a character as an escape."""
    try:
        return json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(body).encode()


def send_events(client: FlaskClient, paper: str, *events: dict[str, Any], status: int = 200) -> list[Any]:
    """Send events in one batch, and return their acks."""
    response = post(client, paper, {"events": list(events)})
    assert response.status_code == status, response.text
    acks: list[Any] = response.get_json()["acks"]
    assert [one["id"] for one in acks] == [name_of(one) for one in events]
    return acks


def name_of(event: dict[str, Any]) -> str | None:
    """Return the name under which an event is acknowledged."""
    name = event.get("id")
    return name if isinstance(name, str) else None


def statuses(acks: Sequence[dict[str, Any]]) -> list[str]:
    """Return what became of each event; of a refused one, the rule."""
    return [one.get("code", one["status"]) for one in acks]
