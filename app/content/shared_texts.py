"""Items under a shared text (材料题) made to stand alone: the text is written into each of them."""

import re
from collections.abc import Set
from dataclasses import replace
from itertools import pairwise

from app.content.escape import escape_paragraph, escape_text
from app.content.fences import outside_fences
from app.content.marks import narrow
from app.content.vocabulary import Kind
from app.domain.bank_sources import Source
from app.domain.items import Item, ItemType
from app.domain.quiz import Group, Quiz

#: places where text, in the stem of an item, would be a blank
_BRACKETS = re.compile(r"(?<=\[)(?=\[)")
_UNDERSCORES = re.compile(r"(?<![\\_])(?=_{4})")
#: types whose answers are written with ``=``, one a blank
_WITH_BLANKS = frozenset({ItemType.BLANKS, ItemType.TRUE_FALSE, ItemType.NUMERIC})


def with_texts(source: Source) -> Source:
    """Return a source whose items have the texts above them written in, each language its own.

    Instructions are no such texts, nor is what a case shows.
    """
    quizzes = {language: _told(quiz, source.instructions) for language, quiz in source.quizzes.items()}
    return replace(source, quizzes=quizzes, is_told=True)


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
