"""Compare two texts line by line, by the lines that both have exactly once (patience).

The number of steps grows with the length of the texts alone, whatever stands in them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_CONTEXT = 3
#: stretches within stretches are looked at so deep; what is left is other text
_DEEPEST = 16

Pair = tuple[int, int]
#: from and to in the old text, from and to in the new one
Stretch = tuple[int, int, int, int]


class LineSort(StrEnum):
    """What became of a line."""

    ADDED = "added"
    REMOVED = "removed"
    SAME = "same"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison with its numbers in the old and the new text; skipped lines are one."""

    sort: LineSort
    old: int | None
    new: int | None
    text: str


def diff_lines(old: str, new: str) -> list[DiffLine]:
    """Compare two texts line by line; long stretches that are the same are skipped.

    >>> [(one.sort.value, one.text) for one in diff_lines("a\\nb", "a\\nc")]
    [('same', 'a'), ('removed', 'b'), ('added', 'c')]
    """
    before, after = old.split("\n"), new.split("\n")
    found: list[DiffLine] = []
    i = j = 0
    for i1, j1, size in [*_runs(stays(before, after)), (len(before), len(after), 0)]:
        found += [DiffLine(LineSort.REMOVED, at + 1, None, before[at]) for at in range(i, i1)]
        found += [DiffLine(LineSort.ADDED, None, at + 1, after[at]) for at in range(j, j1)]
        i, j = i1 + size, j1 + size
        found += _kept(before[i1:i], (i1, j1), (i1 == j1 == 0, i == len(before) and j == len(after)))
    return found


def stays(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Pair]:
    """Return the places of the lines that stay, in the old and the new text, rising in both."""
    found: list[Pair] = []
    todo = [(0, (0, len(before), 0, len(after)))]
    while todo:
        depth, stretch = todo.pop()
        pairs, (i1, i2, j1, j2) = _trim(before, after, stretch)
        found += pairs
        anchors = _anchors(before[i1:i2], after[j1:j2]) if depth < _DEEPEST else []
        i, j = i1, j1
        for a, b in [(i1 + a, j1 + b) for a, b in anchors]:
            found.append((a, b))
            todo.append((depth + 1, (i, a, j, b)))
            i, j = a + 1, b + 1
        if anchors:
            todo.append((depth + 1, (i, i2, j, j2)))
    return sorted(found)


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Return a longest rising row among different numbers, in their order.

    >>> longest_rising([3, 1, 2])
    [1, 2]
    """
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    row: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        row.append(last)
        last = before[last]
    return row[::-1]


def _trim(
    before: Sequence[Hashable], after: Sequence[Hashable], stretch: Stretch
) -> tuple[list[Pair], Stretch]:
    """Take away the lines at both ends of a stretch that are the same."""
    i1, i2, j1, j2 = stretch
    pairs: list[Pair] = []
    while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
        pairs.append((i1, j1))
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and before[i2 - 1] == after[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
        pairs.append((i2, j2))
    return pairs, (i1, i2, j1, j2)


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Pair]:
    """Return where lines stand that both have once, as many as rise in both."""
    there, here = _once(before), _once(after)
    old_place = {here[line]: there[line] for line in here if line in there}
    new_place = {old: new for new, old in old_place.items()}
    return [(old, new_place[old]) for old in longest_rising([old_place[new] for new in sorted(old_place)])]


def _once(lines: Sequence[Hashable]) -> dict[Hashable, int]:
    counted = Counter(lines)
    return {line: place for place, line in enumerate(lines) if counted[line] == 1}


def _runs(pairs: Sequence[Pair]) -> Iterator[tuple[int, int, int]]:
    """Gather pairs that follow each other in both texts: where they begin, and how many they are."""
    start, size = (0, 0), 0
    for i, j in pairs:
        if size and (i, j) == (start[0] + size, start[1] + size):
            size += 1
            continue
        if size:
            yield *start, size
        start, size = (i, j), 1
    if size:
        yield *start, size


def _kept(lines: Sequence[str], start: Pair, edges: tuple[bool, bool]) -> list[DiffLine]:
    """Return lines that are the same, without the middle of a long stretch."""
    old, new = start
    same = [DiffLine(LineSort.SAME, old + n + 1, new + n + 1, text) for n, text in enumerate(lines)]
    head, tail = (0 if edges[0] else _CONTEXT), (0 if edges[1] else _CONTEXT)
    if len(same) <= head + tail + 1:
        return same
    skipped = DiffLine(LineSort.SKIPPED, None, None, str(len(same) - head - tail))
    return [*same[:head], skipped, *same[len(same) - tail :]]
