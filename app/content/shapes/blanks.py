"""Fill-in blanks: one ``=`` line a blank, ``|`` between accepted wordings."""

import re

from app.content.marks import narrow
from app.content.shapes.equals import (
    AMBIGUOUS_TRUTH,
    TRUTH,
    check_answers,
    is_answer,
    is_forced,
)
from app.content.shapes.number_key import read_number
from app.content.shapes.shape import Answers, Shape
from app.domain.items import Item, ItemType
from app.domain.keys import Blank, BlanksKey, Dropdown

_PIPE = re.compile(r"(?<!\\)[|｜]")


def _claims(answers: Answers) -> bool:
    return bool(answers.entries) and is_answer(answers.entries[0])


def _read(answers: Answers) -> BlanksKey | None:
    blanks: list[Blank] = []
    for entry in answers.entries:
        wordings = split_wordings(entry.first)
        if not all(wordings):
            answers.refuse("empty-wording", "a wording is missing here", line=entry.line)
        if "｜" in entry.first:
            answers.sheet.wide.append(entry.line)
        blanks.append(wordings)
    check_answers(answers)
    return BlanksKey(tuple(blanks))


def split_wordings(text: str) -> tuple[str, ...]:
    """Split at ``|``; ``\\|`` is a character of the wording.

    >>> split_wordings(r"护顶 | a\\|b")
    ('护顶', 'a|b')
    """
    return tuple(part.strip().replace("\\|", "|").replace("\\｜", "｜") for part in _PIPE.split(text))


def write_wordings(wordings: tuple[str, ...]) -> str:
    """Join wordings by ``|``."""
    return " | ".join(word.replace("|", "\\|").replace("｜", "\\｜") for word in wordings)


def needs_force(key: BlanksKey) -> bool:
    """Whether the default reading of these wordings would be another type, or an error."""
    if len(key.blanks) != 1 or key.is_cloze:
        return False
    text = narrow(_write_blank(key.blanks[0]))
    return text.lower() in TRUTH or text.lower() in AMBIGUOUS_TRUTH or read_number(text) is not None


def is_blanks_forced(answers: Answers, key: BlanksKey) -> bool:
    """Whether ``type=blanks`` is written and needed."""
    return is_forced(answers) and needs_force(key)


def _write_blank(blank: Blank) -> str:
    return write_wordings(() if isinstance(blank, Dropdown) else blank)


def _write(item: Item, language: str) -> list[str]:
    if not isinstance(item.key, BlanksKey) or item.key.is_cloze:
        return []
    return [f"= {_write_blank(blank)}" for blank in item.key.blanks]


def _figure(item: Item) -> object:
    """The number of blanks; of a cloze also the choices among them."""
    if not isinstance(item.key, BlanksKey) or not item.key.is_cloze:
        return len(item.key.blanks) if isinstance(item.key, BlanksKey) else 0
    return tuple(
        (len(blank.options), blank.key) if isinstance(blank, Dropdown) else "text"
        for blank in item.key.blanks
    )


BLANKS = Shape(
    ItemType.BLANKS,
    _claims,
    is_answer,
    _read,
    _write,
    _figure,
    keys=frozenset({"scoring", "any-order"}),
)
