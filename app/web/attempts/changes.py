"""How an answer changed: short ones side by side, of long texts what was taken out and put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

SAME = "same"
#: texts up to this length are shown whole, before and after
SHORT = 160
#: how much of what stayed the same is shown on either side of a change
AROUND = 40
#: with less in common, two texts are two texts
ALIKE = 0.3
#: texts are compared piece by piece: clause by clause
PIECE = re.compile(r"[^，。；！？,.;!?\s]*[，。；！？,.;!?\s]|[^，。；！？,.;!?\s]+")
#: more pieces than these between what is alike at both ends are not compared one by one
MOST_PIECES = 150


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: same, out (taken out) or in (put in)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """An answer before and after, both "" for none. Where ``parts`` are given, they tell it shorter."""

    before: str
    after: str
    parts: Sequence[Part] = ()


def change_of(before: str, after: str) -> Change:
    """Tell a change; of two long texts that have much in common, only where they differ.

    >>> change_of("前排", "后排").parts
    ()
    >>> long = "，".join(["先为女宾开门"] * 40) + "。"
    >>> [(part.kind, part.text) for part in change_of(long, long + "完。").parts][1:]
    [('in', '完。')]
    """
    if max(len(before), len(after)) <= SHORT or not before or not after:
        return Change(before, after)
    parts = _parts(PIECE.findall(before), PIECE.findall(after))
    same = sum(len(part.text) for part in parts if part.kind == SAME)
    if same < ALIKE * max(len(before), len(after)):
        return Change(before, after)
    return Change(before, after, _shortened(parts))


def _parts(old: Sequence[str], new: Sequence[str]) -> list[Part]:
    """Tell what two texts have in common, first at both ends, then between them."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    parts = [_part(SAME, old[:start]), *_between(gone, come), _part(SAME, old[len(old) - end :])]
    return [part for part in parts if part.text]


def _between(gone: Sequence[str], come: Sequence[str]) -> Iterator[Part]:
    if max(len(gone), len(come)) > MOST_PIECES:
        yield from (_part("out", gone), _part("in", come))
        return
    for step, a, b, c, d in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        if step == "equal":
            yield _part(SAME, gone[a:b])
        else:
            yield from (_part("out", gone[a:b]), _part("in", come[c:d]))


def _part(kind: str, pieces: Sequence[str]) -> Part:
    return Part(kind, "".join(pieces))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the pieces in which two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shortened(parts: Sequence[Part]) -> list[Part]:
    """Leave out the middle of what stayed the same, and all that is far from any change."""
    last = len(parts) - 1
    return [
        Part(SAME, _ends(part.text, is_first=n == 0, is_last=n == last)) if part.kind == SAME else part
        for n, part in enumerate(parts)
    ]


def _ends(text: str, *, is_first: bool, is_last: bool) -> str:
    head, tail = "" if is_first else text[:AROUND], "" if is_last else text[-AROUND:]
    return text if len(text) <= len(head) + len(tail) + 1 else f"{head}…{tail}"
