"""How each item type looks: from an item, its place and an answer to what its partial shows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from app.domain.file_types import FILE_TYPES
from app.domain.items import Item, ItemType
from app.domain.keys import (
    BestWorstKey,
    Blank,
    BlanksKey,
    ChoiceKey,
    Dropdown,
    NumericKey,
    RatingKey,
    TruthKey,
    WeightedKey,
)
from app.web.attempts.items import BlankView, OptionView
from app.web.attempts.pairs import matching
from app.web.attempts.showing import Showing

Face = dict[str, Any]
#: an option that was taken as best and as worst
BOTH = "both"
WHOLE = re.compile(r"\d{1,3}", re.ASCII)


def is_given(value: Any) -> bool:
    """Whether something was chosen, ranked or rated; a rating may be 0."""
    return value is not None and value is not False and value != ""


def face_of(showing: Showing) -> Face:
    """Return the fields that the item's type fills."""
    return FACES[showing.item.type](showing)


def _options(showing: Showing, fill: Callable[[int, int], Face]) -> list[OptionView]:
    """Present the options in the order shown; ``fill`` gives more by position and place in the file."""
    return [_option(showing, shown, fill) for shown in range(1, len(showing.place.order) + 1)]


def _option(showing: Showing, shown: int, fill: Callable[[int, int], Face]) -> OptionView:
    number = showing.place.order[shown - 1]
    name, face = f"{showing.item.id}.option.{number}", fill(shown, number)
    is_chosen = any(is_given(face.get(way)) for way in ("checked", "rank", "rating", "chosen_as"))
    feedback = showing.feedback(f"{name}.feedback", is_chosen=is_chosen)
    return OptionView(shown, showing.html(name), feedback=feedback, **face)


def _choice(showing: Showing) -> Face:
    answer, item = showing.answer, showing.item

    def fill(shown: int, number: int) -> Face:
        checked = str(shown) in (answer if isinstance(answer, list) else [answer])
        is_key = _is_key(item, number)
        face: Face = {"checked": checked, "right": showing.judged(is_key) if checked else None}
        if showing.shows_key:
            face["is_key"] = is_key
            face["points"] = item.key.weights[number - 1] if isinstance(item.key, WeightedKey) else None
        return face

    return {"options": _options(showing, fill)}


def _is_key(item: Item, number: int) -> bool:
    """Whether an option is right; of weighted ones, whether none earns more."""
    if isinstance(item.key, WeightedKey):
        return item.key.weights[number - 1] == max(item.key.weights)
    return isinstance(item.key, ChoiceKey) and item.key.options[number - 1].is_key


def _truth(showing: Showing) -> Face:
    key = showing.item.key
    face: Face = {"value": showing.answer if isinstance(showing.answer, bool) else None}
    if showing.shows_key and isinstance(key, TruthKey):
        face["key_text"] = gettext("True") if key.value else gettext("False")
    return face


def _numeric(showing: Showing) -> Face:
    key = showing.item.key
    if not isinstance(key, NumericKey):
        return {}
    face: Face = {"value": _text(showing.answer), "unit": key.unit}
    return face | ({"key_text": number_text(key)} if showing.shows_key else {})


def number_text(key: NumericKey) -> str:
    """Write a numeric key for readers."""
    if key.low is not None:
        return f"{key.low}–{key.high} {key.unit}".strip()
    spread = f" ± {key.tolerance}" if key.tolerance else ""
    return f"{key.value}{spread} {key.unit}".strip()


def _text(answer: Any) -> str | None:
    return answer if isinstance(answer, str) else None


def _written(showing: Showing) -> Face:
    return {"value": _text(showing.answer), "words": showing.item.words}


def _blanks(showing: Showing) -> Face:
    key = showing.item.key
    if not isinstance(key, BlanksKey):
        return {}
    given = showing.answer if isinstance(showing.answer, list) else []
    values = [text or "" for text in given] + [""] * (len(key.blanks) - len(given))
    views = [_blank(showing, n, value, key.blanks[n - 1]) for n, value in enumerate(values, 1)]
    return {"blanks": views, "is_cloze": key.is_cloze}


def _blank(showing: Showing, number: int, value: str, blank: Blank) -> BlankView:
    choices: Sequence[str] = ()
    wordings = blank.options[blank.key - 1 : blank.key] if isinstance(blank, Dropdown) else blank
    if isinstance(blank, Dropdown):
        choices = [blank.options[place - 1] for place in showing.place.blanks[number - 1]]
    right = showing.right(str(number))
    if not showing.shows_key:
        return BlankView(number, value, choices, right)
    return BlankView(number, value, choices, right, wordings, [one for one in choices if one not in wordings])


def _ordering(showing: Showing) -> Face:
    ranks = _ranks(showing.answer)

    def fill(shown: int, number: int) -> Face:
        rank = ranks.get(str(shown))
        face: Face = {"rank": rank, "right": None if rank is None else showing.judged(rank == number)}
        return face | ({"place": number} if showing.shows_key else {})

    options = _options(showing, fill)
    if showing.review.seen and not showing.shows_key:
        return {"options": sorted(options, key=lambda one: one.rank or 0)}
    return {"options": sorted(options, key=lambda one: one.place or 0)}


def _ranks(answer: Any) -> dict[str, int]:
    """Return the rank of each position, of an order or of what was typed and is none."""
    if isinstance(answer, dict):
        return {position: int(rank) for position, rank in answer.items() if WHOLE.fullmatch(rank)}
    return {position: rank for rank, position in enumerate(answer or [], 1)}


def _best_worst(showing: Showing) -> Face:
    key = showing.item.key
    named = {showing.given(name): name for name in ("worst", "best")}
    if None not in named and len(named) == 1:
        # typed, and no answer: it is shown as it was typed
        named = dict.fromkeys(named, BOTH)
    marks = {key.best: "best", key.worst: "worst"} if isinstance(key, BestWorstKey) else {}

    def fill(shown: int, number: int) -> Face:
        chosen, mark = named.get(str(shown), ""), marks.get(number, "")
        face: Face = {"chosen_as": chosen, "right": showing.judged(chosen == mark) if chosen else None}
        return face | ({"marked_as": mark} if showing.shows_key else {})

    return {"options": _options(showing, fill)}


def _rating(showing: Showing) -> Face:
    key = showing.item.key
    if not isinstance(key, RatingKey):
        return {}
    means = key.means

    def fill(shown: int, number: int) -> Face:
        rating = showing.given(str(shown))
        return {"rating": rating} | ({"mean": means[number - 1]} if showing.shows_key else {})

    return {"options": _options(showing, fill), "scale": range(key.low, key.high + 1)}


def _upload(showing: Showing) -> Face:
    named = showing.answer if isinstance(showing.answer, list) else []
    by_digest = {file.sha256: file for file in showing.files}
    # as the answer lists them: another order would be another answer
    kept = [by_digest[sha256] for sha256 in named if sha256 in by_digest]
    known = {file.sha256: file.name for file in showing.files}
    return {"files": kept, "known": known, "accept": ", ".join(_accepted(showing.item))}


def _accepted(item: Item) -> Iterator[str]:
    return (f".{name}" for name in item.file if name in FILE_TYPES)


def _nothing(_showing: Showing) -> Face:
    return {}


#: one line an item type; a walk's steps are added by the sheet, which knows its case
FACES: Mapping[ItemType, Callable[[Showing], Face]] = {
    ItemType.SINGLE: _choice,
    ItemType.MULTIPLE: _choice,
    ItemType.WEIGHTED: _choice,
    ItemType.TRUE_FALSE: _truth,
    ItemType.BLANKS: _blanks,
    ItemType.NUMERIC: _numeric,
    ItemType.ORDERING: _ordering,
    ItemType.MATCHING: matching,
    ItemType.BEST_WORST: _best_worst,
    ItemType.RATING: _rating,
    ItemType.CONSTRUCTED: _written,
    ItemType.UPLOAD: _upload,
    ItemType.WALK: _nothing,
    ItemType.INFO: _nothing,
}
