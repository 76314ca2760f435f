"""What the bank takes from a quiz's text: worked out once, before anybody's turn to write.

Of 450 questions this is most of the work; in a transaction it would hold up who saves an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.content.item_text import answer_text, item_hash, meaning_hash, stem_text
from app.content.parse import Kind
from app.domain.bank_entry import Entry, text_tokens
from app.domain.items import Item
from app.domain.question_types import question_type
from app.domain.quiz import Group, Quiz, points_of, with_inherited
from app.operations.documents import read_text

#: texts that are kept: those that are being published
KEPT = 16
#: earlier texts of which only the standings are kept: the job asks for a history once a slice
KEPT_STANDINGS = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """A scored question as its history needs it: the hash of what it says, and its name before."""

    content_hash: str
    was: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One scored question of a text, with what it inherits. ``tokens`` follow from the text alone."""

    item: Item
    content_hash: str
    meaning: str
    type: str
    stem: str
    points: Decimal
    whole: Item
    is_shared: bool
    tokens: frozenset[str]

    @property
    def standing(self) -> Standing:
        """What its history needs of it."""
        return Standing(self.content_hash, self.item.was)


@lru_cache(maxsize=KEPT)
def read_questions(source: str, language: str, is_translation: bool) -> Mapping[str, Reading]:
    """Return the scored questions of a quiz's text by id, in their order; none where it is no quiz."""
    quiz = read_text(source, Kind.QUIZ).document
    if not isinstance(quiz, Quiz):
        return {}
    pairs = ((item, group) for group in quiz.groups for item in group.items if item.is_scored)
    return {item.id: _read(quiz, (item, group), language, is_translation) for item, group in pairs}


@lru_cache(maxsize=KEPT_STANDINGS)
def read_standings(source: str) -> Mapping[str, Standing]:
    """Return how the scored questions of a quiz's text stand, by id; none where it is no quiz."""
    quiz = read_text(source, Kind.QUIZ).document
    if not isinstance(quiz, Quiz):
        return {}
    return {item.id: Standing(item_hash(item), item.was) for item in quiz.items if item.is_scored}


def _read(quiz: Quiz, pair: tuple[Item, Group], language: str, is_translation: bool) -> Reading:
    item, group = pair
    whole, kind, stem = with_inherited(item, group, quiz), question_type(item), stem_text(item, group)
    entry = Entry(whole, kind, stem, answer_text(whole), language, is_translation, quiz.use)
    return Reading(
        item=item,
        content_hash=item_hash(item),
        meaning=meaning_hash(item),
        type=kind,
        stem=stem,
        points=points_of(item, group),
        whole=whole,
        is_shared=bool(group.case or group.stem),
        tokens=frozenset(text_tokens(entry)),
    )
