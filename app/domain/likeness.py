"""How alike two questions are: the words they share, and bands by which candidates are found.

Likeness is the share of words and of pairs of Chinese characters that two questions have in common
(Jaccard). Bands are those of MinHash with one permutation (A. Broder 1997; A. Shrivastava, P. Li 2014):
questions of likeness s share one with probability 1 - (1 - s^4)^10, which is 0.93 at 0.7, 0.995 at 0.8.
"""

import re
from collections.abc import Set
from hashlib import blake2b

from app.domain.scoring.normal import plain_form

#: from here on two questions are shown as much alike
ALIKE = 0.7
BANDS, ROWS = 10, 4
BINS = BANDS * ROWS
#: what tells a borrowed number from one that fell into the bin
BORROWED = 1 << 60
_IDLE = re.compile(r"[\W_]+")


def bare_form(text: str) -> str:
    """Return the letters and characters of a text in one form, without anything between them.

    >>> bare_form("先开 哪扇門？") == bare_form("先开哪扇门。")
    True
    """
    return _IDLE.sub("", plain_form(text))


def likeness(one: Set[str], other: Set[str]) -> float:
    """Return the share of words in common, 0..1.

    >>> likeness({"a", "b", "c"}, {"b", "c", "d"})
    0.5
    """
    return len(one & other) / len(one | other) if one | other else 0.0


def bands(words: Set[str]) -> list[str]:
    """Return the names of a text's bands: texts that are much alike very likely share one."""
    if not words:
        return []
    lowest = _lowest(words)
    return [f"{band:x}{_name(lowest[band * ROWS : (band + 1) * ROWS])}" for band in range(BANDS)]


def stem_name(stem: str) -> str:
    """Return the name of a stem's bare form: stems with the same one say the same."""
    return blake2b(bare_form(stem).encode(), digest_size=10).hexdigest()


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest())


def _name(numbers: list[int]) -> str:
    return blake2b(repr(numbers).encode(), digest_size=7).hexdigest()


def _lowest(found: Set[str]) -> list[int]:
    """Return the lowest number of each bin; an empty one borrows from the next (Shrivastava, Li 2014)."""
    bins: dict[int, int] = {}
    for one in found:
        number, place = divmod(_number(one), BINS)
        bins[place] = min(number, bins.get(place, number))
    return [bins[_filled(place, bins)] + (place not in bins) * BORROWED for place in range(BINS)]


def _filled(place: int, bins: dict[int, int]) -> int:
    while place not in bins:
        place = (place + 1) % BINS
    return place
