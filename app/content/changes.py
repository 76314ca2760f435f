"""What changed between two texts, by part: not the lines, but what they mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.content.parity_parts import Part, parts_of
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus

_CONTEXT = 3


class Sort(StrEnum):
    """What became of a part, or of a line."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is new, gone, moved, or changed; then ``facts`` name what of it.

    ``part`` is the id of an item, section, module or objective, ``#n`` a group, ``---`` the whole text.
    """

    sort: Sort
    part: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison with its numbers in the old and the new text; skipped lines are one."""

    sort: Sort
    old: int | None
    new: int | None
    text: str


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
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = {name for block in matcher.get_matching_blocks() for name in after[block.b : block.b + block.size]}
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


def diff_lines(old: str, new: str) -> list[DiffLine]:
    """Compare two texts line by line; long stretches that are the same are skipped.

    >>> [(one.sort.value, one.text) for one in diff_lines("a\\nb", "a\\nc")]
    [('same', 'a'), ('removed', 'b'), ('added', 'c')]
    """
    before, after = old.split("\n"), new.split("\n")
    found: list[DiffLine] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _kept(before[i1:i2], (i1, j1), (i1 == 0, i2 == len(before)))
            continue
        found += [DiffLine(Sort.REMOVED, at + 1, None, before[at]) for at in range(i1, i2)]
        found += [DiffLine(Sort.ADDED, None, at + 1, after[at]) for at in range(j1, j2)]
    return found


def _kept(lines: Sequence[str], start: tuple[int, int], edges: tuple[bool, bool]) -> list[DiffLine]:
    """Return lines that are the same, without the middle of a long stretch."""
    old, new = start
    same = [DiffLine(Sort.SAME, old + n + 1, new + n + 1, text) for n, text in enumerate(lines)]
    head, tail = (0 if edges[0] else _CONTEXT), (0 if edges[1] else _CONTEXT)
    if len(same) <= head + tail + 1:
        return same
    skipped = DiffLine(Sort.SKIPPED, None, None, str(len(same) - head - tail))
    return [*same[:head], skipped, *same[len(same) - tail :]]
