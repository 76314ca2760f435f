"""What the bank knows of one question: its facts, and the tokens by which it is found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.bank_words import (
    LIVE,
    NEVER,
    NONE,
    NOT_OF_THE_TEXT,
    ORIGINAL,
    RETIRED,
    Mark,
    pinyin_tokens,
    tag_token,
    topic_token,
    word_tokens,
)
from app.domain.items import Item
from app.domain.likeness import bands, stem_name


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as its text has it. ``answers`` are the words below its stem."""

    #: with what it inherits
    item: Item
    type: str
    stem: str
    answers: str
    language: str
    is_translation: bool
    use: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk and the exams say of a question: tags, retired or not, exams by id and day."""

    tags: Sequence[str] = ()
    is_retired: bool = False
    exams: Sequence[tuple[int, date]] = ()


def text_tokens(entry: Entry) -> set[str]:
    """Return the tokens that follow from the text alone."""
    item = entry.item
    words = ";".join((entry.stem, entry.answers, *item.topic))
    return {
        *word_tokens(words),
        *pinyin_tokens(entry.stem),
        *(topic_token(one) for one in item.topic),
        *(Mark.OBJECTIVE + one for one in item.objectives),
        Mark.TYPE + entry.type,
        Mark.DIFFICULTY + (item.difficulty or NONE),
        Mark.LEVEL + (item.level or NONE),
        Mark.USE + entry.use,
        Mark.LANGUAGE + entry.language,
        *_of_originals(entry),
    }


def _of_originals(entry: Entry) -> Iterator[str]:
    """Yield what only originals have: a translation is no double of anything."""
    if not entry.is_translation:
        yield Mark.LANGUAGE + ORIGINAL
        yield Mark.STEM + stem_name(entry.stem)
        words = word_tokens(f"{entry.stem};{entry.answers}")
        yield from (Mark.BAND + one for one in bands(words))


def desk_tokens(desk: Desk) -> set[str]:
    """Return the tokens that the desk and the exams give a question."""
    last = max((str(day) for _, day in desk.exams), default=NEVER)
    return {
        Mark.STATE + (RETIRED if desk.is_retired else LIVE),
        Mark.USED_ON + last,
        *(tag_token(one) for one in desk.tags),
        *(f"{Mark.EXAM}{number}" for number, _ in desk.exams),
    }


def without_desk(tokens: Iterable[str]) -> set[str]:
    """Return those of a question's tokens that follow from the text.

    >>> without_desk(["w:门", "g:期末", "s:live"])
    {'w:门'}
    """
    return {one for one in tokens if not one.startswith(NOT_OF_THE_TEXT)}
