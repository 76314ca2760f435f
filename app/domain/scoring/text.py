"""Blanks: each is compared with its accepted wordings."""

from collections.abc import Sequence
from decimal import Decimal

from app.domain.answers import is_blank
from app.domain.items import Item
from app.domain.keys import Blank, BlanksKey, Dropdown
from app.domain.scoring.matching import Reading, match_wording, pair_most, read_text
from app.domain.scoring.result import NOTHING, Earned, Part, rounded

Blanks = Sequence[Blank]


def score_blanks(item: Item, answer: object, points: Decimal) -> Earned:
    """Score blank by blank, each an equal share, or with ``all`` only if all are right.

    A part that was left blank is neither right nor wrong.
    """
    texts = texts_of(item, answer)
    right = [wording is not None for wording in matched_wordings(item, texts)]
    hits = 0 if item.scoring == "all" and not all(right) else sum(right)
    share = rounded(points / len(right)) if hits else NOTHING
    parts = tuple(
        Part(str(place), text, None if is_blank(text) else hit, share if hit else NOTHING)
        for place, (text, hit) in enumerate(zip(texts, right, strict=True), start=1)
    )
    return Earned(points * hits / len(right), parts)


def texts_of(item: Item, answer: object) -> list[str]:
    """Return one text a blank; what was not written is empty."""
    written = [text or "" for text in answer] if isinstance(answer, list) else []
    return written + [""] * (len(_blanks(item)) - len(written))


def matched_wordings(item: Item, texts: Sequence[str]) -> list[str | None]:
    """Return for each text the wording it matches, or None.

    With ``any-order`` as many texts as possible are matched, each to another blank.
    """
    blanks = _blanks(item)
    readings = [None if is_blank(text) else read_text(text) for text in texts]
    if item.any_order:
        return _match_in_any_order(blanks, readings)
    return [_match(wordings, reading) for wordings, reading in zip(blanks, readings, strict=True)]


def _match_in_any_order(blanks: Blanks, readings: Sequence[Reading | None]) -> list[str | None]:
    edges = [
        [place for place, wordings in enumerate(blanks) if _match(wordings, reading) is not None]
        for reading in readings
    ]
    matched: list[str | None] = [None] * len(readings)
    for place, text in pair_most(edges).items():
        matched[text] = _match(blanks[place], readings[text])
    return matched


def _match(blank: Blank, reading: Reading | None) -> str | None:
    if reading is None:
        return None
    if isinstance(blank, Dropdown):
        return blank.options[blank.key - 1] if reading.plain == str(blank.key) else None
    return match_wording(blank, reading)


def _blanks(item: Item) -> Blanks:
    return item.key.blanks if isinstance(item.key, BlanksKey) else ()
