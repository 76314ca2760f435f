"""Read answers out of the paper's form, which works without JavaScript.

Each item carries ``event-<key>``, ``base-<key>`` and ``shown-<key>`` (the answer as it was shown, in
JSON); what was not changed becomes no event.
"""

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from werkzeug.datastructures import MultiDict

from app.domain.chain import canonical_json
from app.domain.errors import BadAnswer
from app.domain.events import AnswerEvent
from app.domain.items import BlanksKey, Item, ItemType

Form = MultiDict[str, str]
TOKEN = re.compile(r"[0-9a-z-]{8,64}")
SEQ = re.compile(r"\d{1,9}", re.ASCII)
TRUTH = {"": None, "true": True, "false": False}


def read_events(form: Form, items: Iterable[Item]) -> Iterator[AnswerEvent]:
    """Give an event for each item whose answer differs from the one that the form showed.

    :raises BadAnswer: the form's own fields were tampered with.
    """
    client = _token(form.get("client", ""))
    for item in items:
        if not item.is_scored or f"event-{item.id}" not in form:
            continue
        answer, shown = read_answer(form, item), _shown(form, item.id)
        if answer != shown:
            yield AnswerEvent(
                id=event_id(_token(form[f"event-{item.id}"]), answer),
                client=client,
                n=None,
                base=_seq(form.get(f"base-{item.id}", "")),
                item=item.id,
                answer=answer,
            )


def read_answer(form: Form, item: Item) -> Any:
    """Return an item's answer as it stands in the form; None if it was left empty.

    :raises BadAnswer: our own form has no such value.
    """
    name = f"answer-{item.id}"
    match item.type:
        case ItemType.MULTIPLE:
            return form.getlist(name) or None
        case ItemType.TRUE_FALSE:
            return _truth(form.get(name, ""))
        case ItemType.BLANKS:
            return _blanks(form, name, item)
        case _:
            return form.get(name, "").replace("\r\n", "\n") or None


def event_id(token: str, answer: Any) -> str:
    """Name an event by its form's token and its answer.

    The same form sent twice is the same event; the same form sent again from the browser's history
    with another answer is another one.
    """
    return f"{token}-{sha256(canonical_json(answer).encode()).hexdigest()[:16]}"


def _truth(value: str) -> bool | None:
    if value not in TRUTH:
        raise BadAnswer("truth")
    return TRUTH[value]


def _blanks(form: Form, name: str, item: Item) -> list[str] | None:
    count = len(item.key.blanks) if isinstance(item.key, BlanksKey) else 0
    values = [form.get(f"{name}-{n}", "") for n in range(1, count + 1)]
    return values if any(value.strip() for value in values) else None


def _shown(form: Form, key: str) -> Any:
    try:
        return json.loads(form.get(f"shown-{key}", "null"))
    except (ValueError, RecursionError) as error:
        raise BadAnswer(key) from error


def _token(text: str) -> str:
    if not TOKEN.fullmatch(text):
        raise BadAnswer("token")
    return text


def _seq(text: str) -> int:
    if not SEQ.fullmatch(text):
        raise BadAnswer("base")
    return int(text)
