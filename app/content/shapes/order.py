"""Orderings ``- (1) …`` and matchings ``- 左 <-> 右``."""

import re
from collections.abc import Iterator, Sequence

from app.content.answers import Entry
from app.content.escape import escape_block
from app.content.marks import Mark, narrow
from app.content.shapes.choice import check_options, is_option, refuse_blocks, write_options
from app.content.shapes.shape import OPTION_LIMIT, Answers, Shape, indent, quote
from app.domain.items import Item, ItemType
from app.domain.keys import MatchingKey, OrderingKey, Pair
from app.domain.options import Option
from app.domain.scoring.normal import normal_form

_ARROW = re.compile(r"(?<!\\)(?:<->|↔)")


def _is_step(entry: Entry) -> bool:
    return is_option(entry, "()") and entry.marker.inside.isdecimal()


def _is_ordering(answers: Answers) -> bool:
    return bool(answers.entries) and _is_step(answers.entries[0])


def _read_ordering(answers: Answers) -> OrderingKey | None:
    for place, entry in enumerate(answers.entries, 1):
        if int(entry.marker.inside) != place:
            message = f"step {place} is numbered {entry.marker.inside}"
            fix = f"write ({place}): the steps stand in the right order from top to bottom"
            answers.refuse("bad-step", message, fix, entry.line)
            break
    check_options(answers.entries, answers)
    refuse_blocks(answers)
    return OrderingKey(tuple(Option(entry.text, feedback=entry.remark) for entry in answers.entries))


def _write_ordering(item: Item, language: str) -> list[str]:
    return write_options(item.options, [f"({place})" for place in range(1, len(item.options) + 1)])


def _ordering_figure(item: Item) -> object:
    return len(item.options)


def _is_pair(entry: Entry) -> bool:
    return entry.marker.mark is Mark.PAIR


def _is_matching(answers: Answers) -> bool:
    return bool(answers.entries) and _is_pair(answers.entries[0])


def _read_matching(answers: Answers) -> MatchingKey | None:
    with answers.sheet.watch() as watch:
        pairs = [_read_pair(entry, answers) for entry in answers.entries]
    if len(pairs) > OPTION_LIMIT:
        line = answers.entries[OPTION_LIMIT].line
        answers.refuse("too-many-options", f"more than {OPTION_LIMIT} pairs", line=line)
    refuse_blocks(answers)
    if not watch.is_broken:
        _check_sides(pairs, answers)
    return MatchingKey(tuple(pairs))


def _read_pair(entry: Entry, answers: Answers) -> Pair:
    text = entry.text
    arrows = list(_ARROW.finditer(narrow(text)))
    if len(arrows) > 1:
        answers.refuse("two-arrows", "two <-> stand in one pair", "write \\<-> for text", entry.line)
    start, end = arrows[0].span() if arrows else (0, 0)
    if narrow(text[start:end]) != "<->" or text[start:end] != "<->":
        answers.sheet.wide.append(entry.line)
    left, right = text[:start].strip(), text[end:].strip()
    if not right:
        answers.refuse("empty-option", "the right side of this pair is missing", line=entry.line)
    return Pair(_unescaped(left), _unescaped(right), entry.remark)


def _check_sides(pairs: Sequence[Pair], answers: Answers) -> None:
    with answers.sheet.watch() as watch:
        _check_repeats(pairs, answers)
    if watch.is_broken:
        return
    if sum(bool(pair.left) for pair in pairs) < 2:
        answers.refuse("too-few-options", "this needs two pairs or more", "write - 左 <-> 右")
    elif len({normal_form(pair.right) for pair in pairs}) < 2:
        answers.refuse("repeated-option", "all right sides are equal", "write two or more")


def _check_repeats(pairs: Sequence[Pair], answers: Answers) -> None:
    lefts: dict[str, int] = {}
    matched = {normal_form(pair.right) for pair in pairs if pair.left}
    distractors: set[str] = set()
    for pair, entry in zip(pairs, answers.entries, strict=True):
        form = normal_form(pair.left or pair.right)
        if pair.left and form in lefts:
            message = f"this left side equals the one on line {lefts[form]}"
            answers.refuse("repeated-option", message, line=entry.line)
        elif not pair.left and pair.right and (form in matched or form in distractors):
            message = "this distractor equals another right side"
            answers.refuse("repeated-option", message, "take it away", entry.line)
        if pair.left:
            lefts.setdefault(form, entry.line)
        else:
            distractors.add(form)


def _unescaped(text: str) -> str:
    return text.replace("\\<->", "<->").replace("\\↔", "↔")


def _escaped(text: str) -> str:
    return _ARROW.sub(lambda found: f"\\{found[0]}", text)


def _write_matching(item: Item, language: str) -> list[str]:
    return list(_pair_lines(item.key)) if isinstance(item.key, MatchingKey) else []


def _pair_lines(key: MatchingKey) -> Iterator[str]:
    for pair in key.pairs:
        left = f"{_escaped(pair.left)} " if pair.left else ""
        first, *more = f"{left}<-> {_escaped(pair.right)}".split("\n")
        yield from indent("\n".join([escape_block(first), *more]), "- ")
        yield from quote(pair.feedback, "  ")


def _matching_figure(item: Item) -> object:
    """Which pairs are distractors, and which right sides are equal."""
    if not isinstance(item.key, MatchingKey):
        return None
    first: dict[str, int] = {}
    equals = (first.setdefault(normal_form(right), number) for number, right in enumerate(item.key.rights, 1))
    return tuple(zip((bool(pair.left) for pair in item.key.pairs), equals, strict=True))


ORDERING = Shape(
    ItemType.ORDERING,
    _is_ordering,
    _is_step,
    _read_ordering,
    _write_ordering,
    _ordering_figure,
    keys=frozenset({"scoring"}),
)
MATCHING = Shape(ItemType.MATCHING, _is_matching, _is_pair, _read_matching, _write_matching, _matching_figure)
