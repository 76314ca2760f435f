"""The tokens by which questions are found: every word, topic and fact of one is a short text.

A token begins with a letter that says what it is (see ``Mark``). Chinese is cut into pairs of
neighbouring characters, the last of a run stands alone; so one character is found as a beginning.
Pinyin stands beside them as pairs of syllables behind their initials: ``p:ns nv shi``.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from app.domain.pinyin import chinese_runs, syllables_of
from app.domain.scoring.normal import plain_form

_LATIN = re.compile("[a-z0-9]+")
#: of so many characters of a stem the pinyin is kept
MOST_PINYIN = 60


class Mark(StrEnum):
    """What a token tells; stands before it."""

    AUTHOR = "a:"
    BAND = "b:"
    DIFFICULTY = "d:"
    TAG = "g:"
    STEM = "h:"
    LANGUAGE = "l:"
    #: the day on which the last exam with it opened, NEVER where there is none
    USED_ON = "m:"
    OBJECTIVE = "o:"
    PINYIN = "p:"
    QUIZ = "q:"
    STATE = "s:"
    TOPIC = "t:"
    USE = "u:"
    LEVEL = "v:"
    WORD = "w:"
    EXAM = "x:"
    TYPE = "y:"


#: what a question is that has no such thing
NONE = "-"
NEVER = "0000-00-00"
ORIGINAL, LIVE, RETIRED = "original", "live", "retired"
#: tokens that do not follow from the text: the desk and the exams say them
NOT_OF_THE_TEXT = (Mark.TAG, Mark.STATE, Mark.EXAM, Mark.USED_ON)


def word_tokens(text: str) -> set[str]:
    """Return the tokens of the words of a text.

    >>> sorted(word_tokens("先开哪扇門? Ladies first"))
    ['w:first', 'w:ladies', 'w:先开', 'w:哪扇', 'w:开哪', 'w:扇门', 'w:门']
    """
    plain = plain_form(text)
    return {Mark.WORD + word for word in (*_LATIN.findall(plain), *pairs_of(plain))}


def pairs_of(plain: str) -> Iterator[str]:
    """Yield the pairs of neighbouring Chinese characters, and the last of each run alone."""
    for run in chinese_runs(plain):
        yield from (run[place : place + 2] for place in range(len(run)))


def pinyin_tokens(text: str) -> set[str]:
    """Return the tokens of the pinyin of a text.

    >>> sorted(pinyin_tokens("女士好"))
    ['p:h- hao ', 'p:ns nv shi', 'p:sh shi hao']
    """
    tokens: set[str] = set()
    for run in chinese_runs(plain_form(text)[:MOST_PINYIN]):
        syllables = syllables_of(run) or (NONE,)
        tokens |= {pinyin_pair(first, second) for first, second in pairwise(syllables)}
        tokens.add(pinyin_pair(syllables[-1], ""))
    return tokens


def pinyin_pair(first: str, second: str) -> str:
    """Return the token of two syllables that follow each other; the second is empty at the end."""
    return f"{Mark.PINYIN}{first[0]}{second[:1] or NONE} {first} {second}"


def topic_token(topic: str) -> str:
    """Return the token of a topic (知识点): its words in one form.

    >>> topic_token("Ladies_First"), topic_token(" 女士 優先")
    ('t:ladies first', 't:女士优先')
    """
    return Mark.TOPIC + plain_form(topic.replace("_", " "))


def tag_token(tag: str) -> str:
    """Return the token of a tag."""
    return Mark.TAG + tag
