"""Matching answers to wordings, and answers to blanks in any order."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.domain.scoring.normal import normal_form, normal_of_plain, plain_form

#: stands for a star that is meant as one (written with a backslash), from the private use area
_STAR = "\ue000"
#: characters of a text whose forms are kept
SHORT = 100


class Reading(NamedTuple):
    """A short text in the two forms that wordings are compared with."""

    normal: str
    plain: str


def read_text(text: str) -> Reading:
    """Return the forms of a text. Short ones, which many write alike, are kept for the next reader."""
    return _read_short(text) if len(text) <= SHORT else _read(text)


def _read(text: str) -> Reading:
    plain = plain_form(text)
    return Reading(normal_of_plain(plain), plain)


_read_short = lru_cache(maxsize=16_384)(_read)


def match_wording(wordings: tuple[str, ...], reading: Reading) -> str | None:
    """Return the first wording that a text matches, as written, or None."""
    known = _known(wordings)
    found = [place for place in known.starred if matches(wordings[place], reading)]
    if reading.normal in known.places:
        found.append(known.places[reading.normal])
    return wordings[min(found)] if found else None


@dataclass(frozen=True, slots=True)
class _Known:
    """Where the normal form of a wording without stars stands first, and where those with stars stand."""

    places: dict[str, int]
    starred: list[int]


@lru_cache(maxsize=4096)
def _known(wordings: tuple[str, ...]) -> _Known:
    known = _Known({}, [])
    for place, wording in enumerate(wordings):
        normal, _ = _pieces(wording)
        if len(normal) > 1:
            known.starred.append(place)
        else:
            known.places.setdefault(normal[0], place)
    return known


def matches(wording: str, reading: Reading) -> bool:
    r"""Whether a text has this wording; ``*`` stands for any characters, ``\*`` for a star.

    >>> [matches("请*稍等", read_text(text)) for text in ("请稍等", "请您稍等。", "稍等")]
    [True, True, False]
    """
    normal, plain = _pieces(wording)
    return _fits(normal, reading.normal) or _fits(plain, reading.plain)


@lru_cache(maxsize=4096)
def _pieces(wording: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _split(wording, normal_form), _split(wording, plain_form)


def _split(wording: str, form: Callable[[str], str]) -> tuple[str, ...]:
    written = form(wording.replace("\\*", _STAR))
    return tuple(piece.replace(_STAR, "*") for piece in written.split("*"))


def _fits(pieces: tuple[str, ...], text: str) -> bool:
    """Find the pieces one after the other: the earliest place is always right, so nothing is retried."""
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    place = len(first)
    for piece in middle:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return text.startswith(first) and text.endswith(last) and len(text) - len(last) >= place


def pair_most(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """Pair as many lefts as possible, each with one of its rights; return right → left.

    Augmenting paths: C. Berge (1957), Two theorems in graph theory, PNAS 43.

    >>> pair_most([[0, 1], [0]])
    {0: 1, 1: 0}
    """
    owner: dict[int, int] = {}
    for left in range(len(edges)):
        _augment(edges, owner, left)
    return owner


def _augment(edges: Sequence[Sequence[int]], owner: dict[int, int], start: int) -> None:
    came: dict[int, int] = {}
    queue = deque([start])
    while queue:
        left = queue.popleft()
        for right in edges[left]:
            if right in came:
                continue
            came[right] = left
            if right not in owner:
                _reassign(owner, came, right)
                return
            queue.append(owner[right])


def _reassign(owner: dict[int, int], came: dict[int, int], free: int) -> None:
    paired = {left: right for right, left in owner.items()}
    right: int | None = free
    while right is not None:
        left = came[right]
        owner[right] = left
        right = paired.get(left)
