"""Whether two questions that share words ask the same: it counts which words they do not share."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from app.domain.bank_words import word_tokens
from app.domain.likeness import ALIKE, bare_form, likeness

#: what questions with the same stem must share with their options: many stems only say "which is right"
SAME_STEM = 0.4
#: what stems must share by themselves where the same options stand below them
STEMS = 0.6
#: from so many signs on, what two stems begin with is a text that stands above both questions
LEAD = 60
#: a word that stands in the place of such a one asks for something else
TURNING = frozenset("上下左右前后先男女主客内外高低多少大小进出迎送正对错误早晚始终长短快慢")
DENYING = frozenset("不非无未没勿莫除否")
_ENDS = "。！？!?. "
_SENTENCE_END = re.compile(r"[。！？!?|]|\.(?=\s)")
_DIGITS = str.maketrans("零一二三四五六七八九两", "01234567892")
_NUMBER = re.compile(r"[0-9十百千万半]+")
_NOT = re.compile(r"\b(?:not|no|never|except|incorrect|false|wrong|least|without|unsuitable)\b|n't\b")
_TURNED = re.compile(
    r"\b(?:before|after|first|last|left|right|front|back|true|most|more|less|arriv\w*|depart\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is compared: its stem, and the words of stem and options."""

    stem: str
    words: Set[str]


def are_doubles(one: Wording, other: Wording, *, has_same_stem: bool) -> bool:
    """Whether one of two questions can go: they ask the same with the same or nearly the same words.

    A shared text that both begin with does not count.
    """
    one, other = _without_lead(one, other)
    share = likeness(one.words, other.words)
    if has_same_stem:
        return share >= SAME_STEM
    stems = likeness(word_tokens(one.stem), word_tokens(other.stem))
    return share >= ALIKE and stems >= STEMS and not is_turned(one.stem, other.stem)


def _without_lead(one: Wording, other: Wording) -> tuple[Wording, Wording]:
    if one.stem[:LEAD] != other.stem[:LEAD]:
        return one, other
    pairs = zip(one.stem.rstrip(_ENDS), other.stem.rstrip(_ENDS), strict=False)
    shared = "".join(sign for sign, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    lead = max((found.end() for found in _SENTENCE_END.finditer(shared)), default=0)
    if lead < LEAD:
        return one, other
    words = word_tokens(shared[:lead])
    first, second = (Wording(each.stem[lead:], each.words - words) for each in (one, other))
    return first, second


def is_turned(one: str, other: str) -> bool:
    """Whether a stem says another number than the other one, denies what it says, or turns it round.

    >>> (
    ...     is_turned("女宾上车时先开哪扇门？", "女宾下车时先开哪扇门？"),
    ...     is_turned("先开哪扇门", "请问先开哪扇门？"),
    ... )
    (True, False)
    """
    return (
        _words(_NOT, one) != _words(_NOT, other)
        or _words(_TURNED, one) != _words(_TURNED, other)
        or any(_turns(*pair) for pair in _differences(_plain(one), _plain(other)))
    )


def _words(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(found.lower() for found in pattern.findall(text.lower()))


def _plain(text: str) -> str:
    return bare_form(text).translate(_DIGITS)


def _differences(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in one text, and what in its place in the other one."""
    found = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return ((one[a:b], other[c:d]) for sort, a, b, c, d in found if sort != "equal")


def _turns(one: str, other: str) -> bool:
    if DENYING & set(one) != DENYING & set(other) or _numbers(one) != _numbers(other):
        return True
    return bool(one and other) and TURNING & set(one) != TURNING & set(other)


def _numbers(text: str) -> list[str]:
    """Return the numbers of a text; which one (哪一项) is none."""
    return [found for found in _NUMBER.findall(text) if found != "1"]
