"""Answers in words: positions become the texts of options, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from app.content.gaps import split_gaps
from app.domain.answers import is_blank
from app.domain.item_walk import stand_of
from app.domain.items import Item, ItemType
from app.domain.keys import WalkKey
from app.domain.layout import Place
from app.domain.review import Review
from app.web.attempts.faces import Face, face_of
from app.web.attempts.pairs import LETTERS
from app.web.attempts.sheet import Sheet
from app.web.attempts.showing import Showing
from app.web.text import plain

STEM_LENGTH = 48
SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Label:
    """What an item is called in a record; ``number`` is None for one that is not counted."""

    key: str
    number: int | None
    stem: str

    @property
    def short(self) -> str:
        """Return the beginning of the stem."""
        return self.stem if len(self.stem) <= STEM_LENGTH else f"{self.stem[:STEM_LENGTH].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts the answers of one attempt into words."""

    sheet: Sheet

    def label(self, place: Place) -> Label:
        """Return what an item is called."""
        parts = split_gaps(self.sheet.html(f"{place.key}.stem"), place.values)
        html = "".join("____" if isinstance(part, int) else part for part in parts)
        return Label(place.key, place.number, plain(html))

    def answer(self, place: Place, answer: Any) -> str:
        """Return an answer in words, "" for a blank one. Positions count in the order shown."""
        if is_blank(answer):
            return ""
        item = self.sheet.items[place.key]
        if item.type is ItemType.WALK:
            return self._walked(item, answer)
        showing = Showing(item, place, answer, self.sheet.html, Review(), {}, self.sheet.files)
        return WORDS[item.type](face_of(showing))

    def _walked(self, item: Item, answer: Any) -> str:
        """Return one decision, or all of them in order."""
        if isinstance(answer, dict):
            words = self.decision(item, answer["section"], answer["choice"])
            return f"{words} ({answer['reason']})" if answer.get("reason") else words
        if not isinstance(item.key, WalkKey):
            return SEPARATOR.join(answer)
        stands = [stand_of(item.key.case, answer[:n]).at for n in range(len(answer))]
        pairs = zip(stands, answer, strict=True)
        return " → ".join(self.decision(item, at or "", choice) for at, choice in pairs)

    def decision(self, item: Item, section: str, choice: str) -> str:
        """Return a decision of a case: its title, and the option chosen."""
        _, fragments = self.sheet.cases.get(item.walk or "", (None, {}))
        title = plain(str(fragments.get(f"{section}.title", section)))
        option = plain(str(fragments.get(f"{section}.choice.{choice}", choice)))
        return gettext("%(what)s: %(text)s", what=title, text=option)


def _lettered(position: int, html: Any) -> str:
    """Write an option with the letter that it was shown under."""
    letter = LETTERS[position - 1] if position <= len(LETTERS) else str(position)
    return f"{letter}. {plain(str(html))}".rstrip()


def _chosen(face: Face) -> str:
    return SEPARATOR.join(_lettered(one.position, one.html) for one in face["options"] if one.checked)


def _truth(face: Face) -> str:
    return gettext("True") if face["value"] else gettext("False")


def _blanks(face: Face) -> str:
    blanks = face["blanks"]
    values = [plain(_choice(blank)) if blank.choices else blank.value for blank in blanks]
    if len(values) == 1:
        return str(values[0])
    return SEPARATOR.join(f"({n}) {value or '–'}" for n, value in enumerate(values, 1))


def _choice(blank: Any) -> str:
    """Return the text of the option that a blank holds the position of."""
    place = int(blank.value) if blank.value.isdecimal() else 0
    return str(blank.choices[place - 1]) if 1 <= place <= len(blank.choices) else ""


def _numeric(face: Face) -> str:
    value, unit = str(face["value"] or ""), str(face["unit"])
    # some write the unit into the field
    return value if unit and value.endswith(unit) else f"{value} {unit}".strip()


def _ordering(face: Face) -> str:
    ranked = sorted((one for one in face["options"] if one.rank), key=lambda one: one.rank)
    return " → ".join(plain(str(one.html)) for one in ranked)


def _matching(face: Face) -> str:
    rights = {str(right.position): right.text for right in face["rights"]}
    pairs = [(plain(str(left.html)), rights.get(left.chosen, "–")) for left in face["lefts"]]
    return SEPARATOR.join(f"{left} – {right}" for left, right in pairs)


def _best_worst(face: Face) -> str:
    names = {"best": gettext("Best"), "worst": gettext("Worst")}
    named = {one.chosen_as: plain(str(one.html)) for one in face["options"] if one.chosen_as}
    parts = [
        gettext("%(what)s: %(text)s", what=names[name], text=named[name]) for name in names if name in named
    ]
    return SEPARATOR.join(parts)


def _rating(face: Face) -> str:
    rated = [one for one in face["options"] if one.rating is not None]
    return SEPARATOR.join(
        gettext("%(what)s: %(text)s", what=plain(str(one.html)), text=one.rating) for one in rated
    )


def _written(face: Face) -> str:
    return str(face["value"] or "")


def _upload(face: Face) -> str:
    return SEPARATOR.join(file.name for file in face["files"])


#: one line an item type that is answered by its fields
WORDS: Mapping[ItemType, Callable[[Face], str]] = {
    ItemType.SINGLE: _chosen,
    ItemType.MULTIPLE: _chosen,
    ItemType.WEIGHTED: _chosen,
    ItemType.TRUE_FALSE: _truth,
    ItemType.BLANKS: _blanks,
    ItemType.NUMERIC: _numeric,
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: _matching,
    ItemType.BEST_WORST: _best_worst,
    ItemType.RATING: _rating,
    ItemType.CONSTRUCTED: _written,
    ItemType.UPLOAD: _upload,
    ItemType.INFO: lambda _face: "",
}


def labels(wording: Wording, places: Sequence[Place]) -> Mapping[str, Label]:
    """Return what the items of an attempt are called, by key."""
    return {place.key: wording.label(place) for place in places}
