"""What is typed into the search of the bank, as tokens to look up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.domain.bank_words import Mark, pairs_of, pinyin_pair
from app.domain.pinyin import chinese_runs
from app.domain.scoring.normal import plain_form
from app.domain.syllables import is_unfinished, split_pinyin

#: what is typed beyond these is not looked up
MOST_TYPED, MOST_TERMS = 100, 8
_LATIN = re.compile("[a-z0-9]+")
#: letters with which no syllable begins
_NEVER_FIRST = frozenset("iuv")
MOST_INITIALS = 10
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """A token, or with ``end`` all from ``token`` up to there; ``like`` is a pattern beside."""

    token: str
    end: str = ""
    like: str = ""


#: atoms that all must be there
Way = tuple[Atom, ...]
#: of a term one way is enough
Term = tuple[Way, ...]


def read_terms(typed: str) -> list[Term]:
    """Return what is looked for: every term must be found, each in one of its ways.

    >>> read_terms("哪扇门")
    [((Atom(token='w:哪扇', end='', like=''), Atom(token='w:扇门', end='', like='')),)]
    """
    words = [plain_form(word) for word in typed[:MOST_TYPED].lower().replace("ü", "v").split()]
    runs = [part for word in words for part in (*chinese_runs(word), *_LATIN.findall(word))]
    return [_term(run) for run in runs[:MOST_TERMS]]


def beginning(token: str) -> Atom:
    """Return an atom for all tokens that begin so."""
    return Atom(token, token + _LAST)


def _term(run: str) -> Term:
    if not run.isascii():
        pairs = list(dict.fromkeys(pair for pair in pairs_of(run) if len(pair) == 2))
        return (tuple(Atom(Mark.WORD + pair) for pair in pairs) or (beginning(Mark.WORD + run),),)
    ways: list[Way] = [(beginning(Mark.WORD + run),)]
    if run.isalpha():
        ways += [_pinyin(syllables) for syllables in split_pinyin(run) if _is_worth(syllables)]
        ways += _initials(run)
    return tuple(dict.fromkeys(ways))


def _is_worth(syllables: tuple[str, ...]) -> bool:
    """Whether a reading tells enough: one unfinished syllable alone would find nearly everything."""
    return len(syllables) > 1 or not is_unfinished(syllables[0])


def _pinyin(syllables: tuple[str, ...]) -> Way:
    if len(syllables) == 1:
        (only,) = syllables
        range_ = beginning(Mark.PINYIN + only[0])
        return (Atom(range_.token, range_.end, f"{Mark.PINYIN}{only[0]}_ {only} %"),)
    return tuple(_pairs(syllables))


def _pairs(syllables: tuple[str, ...]) -> Iterator[Atom]:
    """Yield the pairs of syllables; the last one may go on, for it is still being typed."""
    *pairs, last = pairwise(syllables)
    yield from (Atom(pinyin_pair(*pair)) for pair in pairs)
    yield beginning(pinyin_pair(*last))


def _initials(run: str) -> Iterator[Way]:
    """Yield the reading of letters as the initials of syllables.

    Only pairs are looked up, not how often they stand there: zzzz would be any zz, so it is not read so.

    >>> list(_initials("zzzz")), len(list(_initials("xx")))
    ([], 1)
    """
    pairs = list(pairwise(run))
    is_told = len(set(pairs)) == len(pairs)
    if 1 < len(run) <= MOST_INITIALS and is_told and not _NEVER_FIRST & set(run):
        yield tuple(beginning(f"{Mark.PINYIN}{first}{second} ") for first, second in pairs)
