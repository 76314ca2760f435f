"""The key of a printed paper in a line an item, and the answer sheet (答题卡) that goes with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.web.attempts.items import ItemView, OptionView
from app.web.attempts.pairs import LETTERS
from app.web.attempts.presenting import GroupView
from app.web.filters import points

#: how high the space for a written answer is, by the words that are asked for; the last for any more
SPACES = ((50, "short"), (200, "medium"))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an item is answered on the sheet: circles to fill in, places to write, or a space.

    ``rows`` has the circles of each line, with its name where there are several lines; ``places`` are
    the names of what is written, ``space`` how high a written answer is; ``note`` says where else it is
    answered.
    """

    number: int
    rows: Sequence[tuple[str, Sequence[str]]] = ()
    places: Sequence[str] = ()
    space: str = ""
    is_truth: bool = False
    note: str = ""


def letter(position: int) -> str:
    """Return the letter that stands before an option on paper."""
    return LETTERS[position - 1] if position <= len(LETTERS) else str(position)


def short_key(item: ItemView) -> str:
    """Return the right answer in a line, as a marker at a desk reads it; "" for what is written freely."""
    return KEYS[item.type](item) if item.type in KEYS else ""


def _letters(item: ItemView) -> str:
    return "".join(letter(one.position) for one in item.options if one.is_key)


def _weighted(item: ItemView) -> str:
    return "　".join(f"{letter(one.position)} {points(one.points)}" for one in item.options)


def _said(item: ItemView) -> str:
    return item.key_text


def _blanks(item: ItemView) -> str:
    texts = [" / ".join(blank.wordings) for blank in item.blanks]
    return texts[0] if len(texts) == 1 else "　".join(f"({n}) {text}" for n, text in enumerate(texts, 1))


def _ordering(item: ItemView) -> str:
    return " → ".join(letter(one.position) for one in sorted(item.options, key=_place))


def _place(option: OptionView) -> int:
    return option.place or 0


def _matching(item: ItemView) -> str:
    letters = {str(right.html): right.letter for right in item.rights}
    return "　".join(f"{left.number}–{letters.get(str(left.key_html), '')}" for left in item.lefts)


def _best_worst(item: ItemView) -> str:
    signs = {"best": "+", "worst": "−"}
    return "　".join(f"{signs[one.marked_as]}{letter(one.position)}" for one in item.options if one.marked_as)


def _rating(item: ItemView) -> str:
    return "　".join(f"{letter(one.position)} {points(one.mean)}" for one in item.options)


def _walk(item: ItemView) -> str:
    """Nobody marks a walk: its way, which no paper can show, gives its points."""
    return gettext("Answered on the screen")


#: one line an item type that has a key
KEYS: Mapping[str, Callable[[ItemView], str]] = {
    "single": _letters,
    "multiple": _letters,
    "weighted": _weighted,
    "true-false": _said,
    "numeric": _said,
    "blanks": _blanks,
    "ordering": _ordering,
    "matching": _matching,
    "best-worst": _best_worst,
    "rating": _rating,
    "walk": _walk,
}


def slot_of(item: ItemView) -> Slot:
    """Return where an item is answered on the answer sheet."""
    number = item.number or 0
    letters = [letter(one.position) for one in item.options]
    if item.type in {"single", "multiple", "weighted"}:
        return Slot(number, [("", letters)])
    if item.type == "best-worst":
        return Slot(number, [("+", letters), ("−", letters)])
    if item.type == "rating":
        return Slot(number, [(name, [str(step) for step in item.scale]) for name in letters])
    if item.type == "true-false":
        return Slot(number, is_truth=True)
    return _written(item, number, letters)


def _written(item: ItemView, number: int, letters: Sequence[str]) -> Slot:
    if item.type == "blanks":
        return Slot(number, places=[f"({blank.index})" for blank in item.blanks] if item.blanks[1:] else [""])
    if item.type == "matching":
        return Slot(number, places=[str(left.number) for left in item.lefts])
    if item.type in {"ordering", "numeric"}:
        return Slot(number, places=[str(n) for n in range(1, len(letters) + 1)] or [""])
    if item.type in {"walk", "upload"}:
        return Slot(number, note=gettext("Answered on the screen"))
    words = item.words or SPACES[-1][0]
    return Slot(number, space=next((name for limit, name in SPACES if words <= limit), "long"))


def each_of(group: GroupView) -> str:
    """Return what each item of a group is worth where all are worth the same, else ""."""
    worth = {item.points for item in group.items if item.number is not None and isinstance(item, ItemView)}
    return points(worth.pop()) if len(worth) == 1 and group.count > 1 else ""
