"""What changed between two texts, by part: not the lines, but what they mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.content.aspects import Aspect, PartSort, aspects_of
from app.content.canonical import content_hash
from app.content.comparison import longest_rising
from app.content.fact_values import shown
from app.content.key_marks import Marks
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus

Document = Case | Quiz | Syllabus
#: something that no fact names
OTHER = "other text"


class Sort(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Fact:
    """What changed of a part, by its name; from what to what, where that is short."""

    name: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is new, gone, moved, or changed; then ``facts`` name what of it.

    ``part`` is an id; of a group its title or ``#n``, of the whole text ``---``.
    """

    sort: Sort
    kind: PartSort
    part: str
    facts: tuple[Fact, ...] = ()
    #: of a question the one that is printed beside it, 0: it has none
    number: int = field(default=0, compare=False)


def changes_between(old: Document, new: Document) -> list[Change]:
    """Return what changed from one text to another, in the order of the new one; what is gone comes last."""
    before = {(part.sort, part.id): part for part in aspects_of(old)}
    after = {(part.sort, part.id): part for part in aspects_of(new)}
    moved = _moved([name for name in before if name in after], [name for name in after if name in before])
    found: list[Change] = []
    for name, part in after.items():
        if name not in before:
            found.append(Change(Sort.ADDED, *name, number=part.number))
        elif facts := tuple(_facts(before[name], part, (old.language, new.language))):
            found.append(Change(Sort.CHANGED, *name, facts, number=part.number))
        elif name in moved:
            found.append(Change(Sort.MOVED, *name, number=part.number))
    found += [
        Change(Sort.REMOVED, *name, number=one.number) for name, one in before.items() if name not in after
    ]
    if not found and content_hash(old) != content_hash(new):
        return [Change(Sort.CHANGED, PartSort.TEXT, "---", (Fact(OTHER),))]
    return found


def _moved(
    before: Sequence[tuple[PartSort, str]], after: Sequence[tuple[PartSort, str]]
) -> set[tuple[PartSort, str]]:
    """Return the parts that do not stand in the longest common order."""
    place: Mapping[tuple[PartSort, str], int] = {name: number for number, name in enumerate(before)}
    kept = {before[number] for number in longest_rising([place[name] for name in after])}
    return set(after) - kept


def _facts(before: Aspect, after: Aspect, languages: tuple[str, str]) -> Iterator[Fact]:
    """Yield what differs, in the order in which a part lists it."""
    for name in after.facts:
        old, new = before.facts.get(name), after.facts[name]
        if old == new or (isinstance(old, Marks) and not old.differs(new)):
            continue
        values = shown(name, old, languages[0]), shown(name, new, languages[1])
        is_told = None not in values and values[0] != values[1]
        yield Fact(name, *(value or "" for value in values)) if is_told else Fact(name)
