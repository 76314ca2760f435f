"""Items under a shared text (材料题) made to stand alone: the text is written into each of them."""

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import pairwise

from app.content.escape import escape_paragraph, escape_text
from app.content.fences import outside_fences
from app.content.marks import narrow
from app.content.scanner import fence_flags
from app.content.vocabulary import Kind
from app.domain.bank_sources import Source
from app.domain.items import Item, ItemType
from app.domain.quiz import Group, Quiz

#: places where text, in the stem of an item, would be a blank
_BRACKETS = re.compile(r"(?<=\[)(?=\[)")
_UNDERSCORES = re.compile(r"(?<![\\_])(?=_{4})")
_INDENTED = re.compile(r" {4}| {0,3}\t")
#: types whose answers are written with ``=``, one a blank
_WITH_BLANKS = frozenset({ItemType.BLANKS, ItemType.TRUE_FALSE, ItemType.NUMERIC})


def with_texts(source: Source) -> Source:
    """Return a source whose items have the texts above them written in, each language its own.

    Instructions are no such texts, nor is what a case shows. Items that cannot have theirs are noted.
    """
    quizzes = {language: _told(quiz, source.instructions) for language, quiz in source.quizzes.items()}
    untold = frozenset(
        item.id
        for quiz in source.quizzes.values()
        for item, text in _below_texts(quiz, source.instructions)
        if not can_stand_alone(item, text)
    )
    return replace(source, quizzes=quizzes, is_told=True, untold=untold)


def can_stand_alone(item: Item, text: str) -> bool:
    """Whether all of a text above an item can stand in it as text.

    In code no backslash keeps a blank or a variable text: it would be shown itself.

    >>> item = Item("q1", ItemType.SINGLE, None)
    >>> can_stand_alone(item, "表 [[1]]"), can_stand_alone(item, "写 `a[[1]]`")
    (True, False)
    """
    lines, kept = text.split("\n"), _kept(text, item).split("\n")
    is_fenced, _ = fence_flags(lines)
    return not any(
        is_fenced[number] or _is_code(lines, number, place)
        for number, pair in enumerate(zip(lines, kept, strict=True))
        for place in _inserted(*pair)
    )


def stand_alone(item: Item, text: str) -> Item:
    """Return an item whose body is a text above it, then its own heading and body.

    Whatever an item would read as a blank, a variable or an answer line in that text stays text.

    >>> from app.domain.items import ItemType
    >>> item = Item("q1", ItemType.CONSTRUCTED, None, heading="- 为什么？")
    >>> stand_alone(item, "[[1]] 雨天").body
    '[\\\\[1]] 雨天\\n\\n\\\\- 为什么？'
    """
    parts = (_kept(text, item), escape_paragraph(item.heading, Kind.QUIZ), item.body)
    return replace(item, heading="", body="\n\n".join(part for part in parts if part))


def _inserted(line: str, kept: str) -> Iterator[int]:
    """Yield the places of a line at which the kept one has one more backslash."""
    place = 0
    for sign in kept:
        if place < len(line) and sign == line[place]:
            place += 1
        else:
            yield place


def _is_code(lines: list[str], number: int, place: int) -> bool:
    """Whether a place may stand in a span of code or in indented code; rather too often than too seldom."""
    first, last = number, number
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    before = "\n".join([*lines[first:number], lines[number][:place]])
    after = "\n".join([lines[number][place:], *lines[number + 1 : last + 1]])
    return ("`" in before and "`" in after) or _INDENTED.match(lines[first]) is not None


def _below_texts(quiz: Quiz, instructions: Set[int]) -> Iterator[tuple[Item, str]]:
    """Yield the scored items that stand below a text, each with it."""
    for number, group in enumerate(quiz.groups, start=1):
        if number not in instructions and group.case is None and group.stem:
            yield from ((item, group.stem) for item in group.items if item.is_scored)


def _told(quiz: Quiz, instructions: Set[int]) -> Quiz:
    groups = [
        group if number in instructions else _told_group(group)
        for number, group in enumerate(quiz.groups, start=1)
    ]
    return replace(quiz, groups=tuple(groups))


def _told_group(group: Group) -> Group:
    if group.case is not None or not group.stem:
        return group
    items = (stand_alone(item, group.stem) if item.is_scored else item for item in group.items)
    return replace(group, items=tuple(items))


def _kept(text: str, item: Item) -> str:
    """Return a text as it is written in an item so that all of it stays text."""
    text = outside_fences(text, lambda line: _escaped(line, _BRACKETS))
    if item.type in _WITH_BLANKS:
        text = outside_fences(text, lambda line: _escaped(line, _UNDERSCORES))
    if item.variables:
        names = "|".join(re.escape(variable.name) for variable in item.variables)
        text = re.sub(rf"(?<!\\)(?=\{{(?:{names})\}})", r"\\", text)
    return escape_text(text, Kind.QUIZ)


def _escaped(line: str, places: re.Pattern[str]) -> str:
    """Put a backslash into a line at places that are found in it as full-width signs too."""
    cuts = [0, *(found.start() for found in places.finditer(narrow(line))), len(line)]
    return "\\".join(line[start:end] for start, end in pairwise(cuts))
