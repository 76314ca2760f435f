"""What changed between two texts, by part: not the lines, but what they mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.content.comparison import longest_rising
from app.content.parity_parts import Part, parts_of
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus


class Sort(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is new, gone, moved, or changed; then ``facts`` name what of it.

    ``part`` is the id of an item, section, module or objective, ``#n`` a group, ``---`` the whole text.
    """

    sort: Sort
    part: str
    facts: tuple[str, ...] = ()


def changes_between(old: Case | Quiz | Syllabus, new: Case | Quiz | Syllabus) -> list[Change]:
    """Return what changed from one text to another, in the order of the new one; what is gone comes last."""
    before = {part.id: part for part in parts_of(old)}
    after = {part.id: part for part in parts_of(new)}
    moved = _moved([name for name in before if name in after], [name for name in after if name in before])
    found: list[Change] = []
    for name, part in after.items():
        if name not in before:
            found.append(Change(Sort.ADDED, name))
        elif facts := tuple(_facts(before[name], part)):
            found.append(Change(Sort.CHANGED, name, facts))
        elif name in moved:
            found.append(Change(Sort.MOVED, name))
    return [*found, *(Change(Sort.REMOVED, name) for name in before if name not in after)]


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the parts that do not stand in the longest common order."""
    place = {name: number for number, name in enumerate(before)}
    kept = {before[number] for number in longest_rising([place[name] for name in after])}
    return set(after) - kept


def _facts(before: Part, after: Part) -> Iterator[str]:
    """Yield what differs; a part that went to another group with it has not changed itself."""
    for fact in dict.fromkeys([*before.facts, *after.facts]):
        if fact != "group" and before.facts.get(fact) != after.facts.get(fact):
            yield fact
    if before.options != after.options and len(before.options) == len(after.options):
        yield "key" if any("mark" in option for option in after.options) else "options"
    if before.wording != after.wording:
        yield "wording"
