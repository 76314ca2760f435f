"""What depends on a text, and may be wrong since the text changed. Pure: from texts to names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.content.aspects import PartSort
from app.content.changes import OTHER, Change, Sort, changes_between
from app.content.item_text import meaning_hash
from app.content.shared_texts import stand_alone
from app.domain.case import Case
from app.domain.item_walk import opening
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus

Document = Case | Quiz | Syllabus


class Why(StrEnum):
    """How a dependent hangs on what changed."""

    #: it says the same in another language
    TRANSLATION = "translation"
    #: the quiz belongs to the case
    BELONGS = "belongs"
    #: the item stands below the opening of the case
    SHOWS = "shows"
    #: the item is a walk of the case
    WALKS = "walks"
    #: the item is a copy of one that changed
    COPY = "copy"
    #: the paper of the exam was frozen from an older revision
    PAPER = "paper"


#: of the settings of a text, what changes what it asks or earns
_SETTINGS = frozenset({"use", "multiple", "ordering", "dimensions", OTHER})
#: what is told of a part without changing it
_ABOUT = frozenset(
    {"objectives", "level", "difficulty", "topic", "was", "cases", "quizzes", "readings", "files"}
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a course, by the id of its document."""

    id: int
    kind: str
    slug: str
    is_translation: bool
    document: Document


@dataclass(frozen=True, slots=True)
class Dependent:
    """A text that may be wrong, or one item of it."""

    id: int
    why: Why
    item: str = ""


def changes_that_matter(old: Document, new: Document) -> list[Change]:
    """Return what changed from one text to another, but for places and for what says nothing else.

    A part that moved says the same, and so does one that only has another level, topic or material.
    """
    return [one for one in changes_between(old, new) if _matters(one)]


def _matters(change: Change) -> bool:
    if change.sort is not Sort.CHANGED:
        return change.sort is not Sort.MOVED
    facts = {fact.name for fact in change.facts}
    return bool(facts & _SETTINGS if change.kind is PartSort.TEXT else facts - _ABOUT)


def find_dependents(old: Document, changed: Text, texts: Sequence[Text]) -> list[Dependent]:
    """Return what depends on the parts of a text that changed, among the texts of its course.

    :param old: what the text said before.
    """
    if changed.is_translation or not changes_that_matter(old, changed.document):
        return []
    found = [
        Dependent(one.id, Why.TRANSLATION)
        for one in texts
        if one.is_translation and (one.kind, one.slug) == (changed.kind, changed.slug)
    ]
    quizzes = [one for one in texts if isinstance(one.document, Quiz) and not one.is_translation]
    match old, changed.document:
        case Case() as before, Case() as after:
            found += _of_case(before, after, changed.slug, quizzes)
        case Quiz() as before, Quiz() as after:
            found += _copies(before, after, [one for one in quizzes if one.id != changed.id])
    return found


def _of_case(old: Case, new: Case, slug: str, quizzes: Iterable[Text]) -> Iterator[Dependent]:
    is_other_opening = opening(old) != opening(new)
    for text in quizzes:
        assert isinstance(text.document, Quiz)
        if text.slug == new.quiz:
            yield Dependent(text.id, Why.BELONGS)
        yield from (Dependent(text.id, Why.WALKS, one.id) for one in text.document.items if one.walk == slug)
        if is_other_opening:
            below = (group for group in text.document.groups if group.case == slug)
            items = (item for group in below for item in group.items if item.is_scored)
            yield from (Dependent(text.id, Why.SHOWS, item.id) for item in items if item.walk != slug)


def _copies(old: Quiz, new: Quiz, quizzes: Iterable[Text]) -> Iterator[Dependent]:
    """Yield the copies of items that ask something else now."""
    before, now = _meanings(old), _meanings(new)
    outdated = {one for name in before.keys() & now.keys() for one in before[name] - now[name]}
    for text in quizzes:
        assert isinstance(text.document, Quiz)
        for item in text.document.items:
            if item.is_scored and outdated and meaning_hash(item) in outdated:
                yield Dependent(text.id, Why.COPY, item.id)


def _meanings(quiz: Quiz) -> dict[str, set[str]]:
    """Return the hashes of what scored items ask: as they stand, and with the text above them in them."""
    return {
        item.id: {meaning_hash(one) for one in (item, stand_alone(item, group.stem) if group.stem else item)}
        for group in quiz.groups
        for item in group.items
        if item.is_scored
    }


def items_that_stand(old: Document, new: Document) -> set[str]:
    """Return the items of a quiz that a revision left as they were; nobody looked at them."""
    changed = {one.part for one in changes_that_matter(old, new)}
    return {item.id for item in new.items} - changed if isinstance(new, Quiz) else set()
