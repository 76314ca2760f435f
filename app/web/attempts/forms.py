"""Read answers out of the paper's form, which works without JavaScript.

Each item carries ``event-<key>``, ``base-<key>`` and ``shown-<key>`` (the answer as it was shown, in
JSON); what was not changed becomes no event. Parts of an answer stand behind a dot, which no key has.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.domain.chain import canonical_json
from app.domain.errors import BadAnswer
from app.domain.events import COMMIT, AnswerEvent
from app.domain.items import Item, ItemType
from app.domain.keys import BlanksKey, MatchingKey
from app.web.attempts.sheet import Draft, Nothing
from app.web.errors import refusal_message

Form = MultiDict[str, str]
TOKEN = re.compile(r"[0-9a-z-]{8,64}")
SEQ = re.compile(r"\d{1,9}", re.ASCII)
WHOLE = re.compile(r"\d{1,3}", re.ASCII)
TRUTH = {"": None, "true": True, "false": False}


@dataclass(slots=True)
class Sent:
    """What a form said: an event for each item that was changed, and what cannot be kept, by item."""

    events: list[AnswerEvent] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)


class Unfit(Exception):
    """An answer that a person could give by hand and no item takes; it is shown again with the reason."""

    def __init__(self, answer: Any, problem: str, section: str = "") -> None:
        super().__init__(problem)
        self.draft = Draft(answer, problem, section)


def read_form(form: Form, items: Iterable[Item], files: Mapping[str, list[str]]) -> Sent:
    """Read the form of a paper.

    :param files: the SHA-256 of the files that came with it, by item.
    :raises BadAnswer: the form has no page of ours behind it.
    """
    sent = Sent()
    client = _token(form.get("client", ""))
    for item in items:
        if not item.is_scored or f"event-{item.id}" not in form:
            continue
        try:
            sent.events += _read_item(form, item, client, files.get(item.id, []))
        except Unfit as unfit:
            sent.drafts[item.id] = unfit.draft
        except BadAnswer as refusal:
            sent.drafts[item.id] = Draft(Nothing.SAID, refusal_message(refusal))
    return sent


def _read_item(form: Form, item: Item, client: str, files: list[str]) -> Iterator[AnswerEvent]:
    if item.type is ItemType.WALK:
        decision = _decision(form, item.id)
        if decision is not None:
            yield _event(form, item, client, decision, COMMIT)
        return
    answer = read_answer(form, item)
    if files:
        answer = list(dict.fromkeys([*(answer or []), *files]))
    if answer != shown_answer(form, item.id):
        yield _event(form, item, client, answer)


def _event(form: Form, item: Item, client: str, answer: Any, kind: str = "answer") -> AnswerEvent:
    return AnswerEvent(
        id=event_id(_token(form[f"event-{item.id}"]), answer),
        client=client,
        n=None,
        base=_seq(form.get(f"base-{item.id}", "")),
        item=item.id,
        answer=answer,
        kind=kind,
    )


def read_answer(form: Form, item: Item) -> Any:
    """Return an item's answer as it stands in the form; None if it was left empty.

    :raises BadAnswer: our own form has no such value.
    :raises Unfit: the answer cannot be kept as it is.
    """
    return READERS[item.type](form, f"answer-{item.id}", item)


def event_id(token: str, answer: Any) -> str:
    """Name an event by its form's token and its answer.

    The same form sent twice is the same event; the same form sent again from the browser's history
    with another answer is another one.
    """
    return f"{token}-{sha256(canonical_json(answer).encode()).hexdigest()[:16]}"


def _text(form: Form, name: str, _item: Item) -> str | None:
    return _lines(form, name) or None


def _one(form: Form, name: str, item: Item) -> str | None:
    if len(form.getlist(name)) > 1:
        raise BadAnswer("two answers to a single choice")
    return _text(form, name, item)


def _several(form: Form, name: str, _item: Item) -> list[str] | None:
    return form.getlist(name) or None


def _truth(form: Form, name: str, _item: Item) -> bool | None:
    value = form.get(name, "")
    if value not in TRUTH:
        raise BadAnswer("truth")
    return TRUTH[value]


def _blanks(form: Form, name: str, item: Item) -> list[str] | None:
    count = len(item.key.blanks) if isinstance(item.key, BlanksKey) else 0
    values = [form.get(f"{name}.{n}", "") for n in range(1, count + 1)]
    return values if any(value.strip() for value in values) else None


def _ordering(form: Form, name: str, item: Item) -> list[str] | None:
    """Read the rank of each step shown; only a full order is an answer."""
    positions = [str(n) for n in range(1, len(item.options) + 1)]
    ranks = {position: form.get(f"{name}.{position}", "") for position in positions}
    if not any(ranks.values()):
        return None
    if sorted(ranks.values()) != sorted(positions):
        raise Unfit(ranks, gettext("Give every step a number of its own. This order is not saved yet."))
    return sorted(positions, key=lambda position: int(ranks[position]))


def _matching(form: Form, name: str, item: Item) -> dict[str, str] | None:
    lefts = len(item.key.lefts) if isinstance(item.key, MatchingKey) else 0
    chosen = {str(n): form.get(f"{name}.{n}", "") for n in range(1, lefts + 1)}
    return {left: right for left, right in chosen.items() if right} or None


def _best_worst(form: Form, name: str, _item: Item) -> dict[str, str] | None:
    chosen = {part: form.get(f"{name}.{part}", "") for part in ("best", "worst")}
    answer = {part: position for part, position in chosen.items() if position}
    if len(answer) == 2 and answer["best"] == answer["worst"]:
        problem = gettext("One option cannot be best and worst. This answer is not saved yet.")
        raise Unfit(answer, problem)
    return answer or None


def _rating(form: Form, name: str, item: Item) -> dict[str, int] | None:
    ratings = {str(n): form.get(f"{name}.{n}", "") for n in range(1, len(item.options) + 1)}
    given = {position: rating for position, rating in ratings.items() if rating}
    if not all(WHOLE.fullmatch(rating) for rating in given.values()):
        raise BadAnswer("rating")
    return {position: int(rating) for position, rating in given.items()} or None


def _decision(form: Form, key: str) -> dict[str, str] | None:
    """Read the decision of a walk that is to be committed; None if none is.

    What was chosen or written and is not decided is told once, and stays on the page.

    :raises Unfit: it cannot be committed as it is.
    """
    decision = {name: _lines(form, f"{name}-{key}").strip() for name in ("section", "choice", "reason")}
    if form.get("commit") == key:
        if not decision["choice"]:
            problem = gettext("Choose an option before you decide.")
            raise Unfit(decision, problem, decision["section"])
        return decision
    typed = decision["choice"] + decision["reason"]
    if typed and _lines(form, f"undecided-{key}") != typed:
        problem = gettext("You have not decided yet. Press “Decide” if that is what you want.")
        raise Unfit(decision, problem, decision["section"])
    return None


def _lines(form: Form, name: str) -> str:
    """Return a field with line ends as they are written everywhere but in forms."""
    return form.get(name, "").replace("\r\n", "\n")


def _none(_form: Form, _name: str, _item: Item) -> None:
    return None


#: one line an item type: how its answer stands in the form
READERS: Mapping[ItemType, Callable[[Form, str, Item], Any]] = {
    ItemType.SINGLE: _one,
    ItemType.WEIGHTED: _one,
    ItemType.MULTIPLE: _several,
    ItemType.TRUE_FALSE: _truth,
    ItemType.BLANKS: _blanks,
    ItemType.NUMERIC: _text,
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: _matching,
    ItemType.BEST_WORST: _best_worst,
    ItemType.RATING: _rating,
    ItemType.CONSTRUCTED: _text,
    ItemType.UPLOAD: _several,
    ItemType.WALK: _none,
    ItemType.INFO: _none,
}


def shown_answer(form: Form, key: str) -> Any:
    """Return an item's answer as the page showed it.

    :raises BadAnswer: our own page has no such value.
    """
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
