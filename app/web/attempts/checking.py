"""What a learner is told before handing in, beside what is not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.keys import NumericKey
from app.domain.scoring.number import read_quantity
from app.web.attempts.sheet import Sheet
from app.web.attempts.wording import Label, Wording


@dataclass(frozen=True, slots=True)
class Disputed:
    """An item for which two windows have answered: what counts, and the other answers, in words."""

    label: Label
    counts: str
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that asks for a number, and what was written instead."""

    label: Label
    written: str


def disputed_items(sheet: Sheet) -> list[Disputed]:
    """Return the items of which another window's answer waits for the learner to choose."""
    wording = Wording(sheet)
    found = []
    for place in sheet.places:
        rivals, head = sheet.rivals.get(place.key, ()), sheet.heads.get(place.key)
        if rivals and place.number is not None:
            counts = wording.answer(place, head.answer if head else None)
            others = [wording.answer(place, rival.answer) for rival in rivals]
            found.append(Disputed(wording.label(place), counts, others))
    return found


def unreadable_items(sheet: Sheet) -> list[Unreadable]:
    """Return the items whose answer should be a number and cannot be read as one, whatever the key."""
    wording = Wording(sheet)
    found = []
    for place in sheet.places:
        key, head = sheet.items[place.key].key, sheet.heads.get(place.key)
        written = head.answer if head else None
        if isinstance(key, NumericKey) and _is_no_number(written, key.unit):
            found.append(Unreadable(wording.label(place), str(written)))
    return found


def _is_no_number(written: Any, unit: str) -> bool:
    return isinstance(written, str) and bool(written.strip()) and read_quantity(written, unit) is None
