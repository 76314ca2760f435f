"""Shapes that are known by their look but cannot be read yet: each is an error, never text."""

import re
from collections.abc import Callable

from app.content.answers import Entry
from app.content.marks import Mark, narrow
from app.content.shapes.shape import Answers
from app.content.tokens import split_block
from app.content.values import BadValue, read_signed_points

_CLOZE = re.compile(r"(?<!\\)\[\[")
_KEYS = {"file": "附件题", "walk": "案例决策题", "scale": "情境评定题"}


def refuse_later(answers: Answers) -> bool:
    """Note an error where the item has a shape that is not read here; tell whether it has."""
    for key, name in _KEYS.items():
        if key in answers.attributes.values:
            _refuse(answers, answers.head.line, f"{key}= ({name})")
            return True
    for line in answers.body.plain_stem():
        if _CLOZE.search(narrow(line.text)):
            _refuse(answers, line.number, "[[…]] (完形填空)")
            return True
    if _CLOZE.search(narrow(answers.head.text)):
        _refuse(answers, answers.head.line, "[[…]] (完形填空)")
        return True
    return bool(answers.entries) and _refuse_first(answers)


def _refuse_first(answers: Answers) -> bool:
    first = answers.entries[0]
    if first.marker.mark is Mark.OPTION and _is_weighted(answers):
        _refuse(answers, first.line, "options with points (分级单选)")
        return True
    for looks, name in _LOOKS:
        if looks(first):
            _refuse(answers, first.line, name)
            return True
    return False


def _refuse(answers: Answers, line: int, name: str) -> None:
    answers.refuse("later-shape", f"items with {name} cannot be read yet", "see the author's guide", line)


def _is_weighted(answers: Answers) -> bool:
    return all(_has_points(entry) for entry in answers.entries) and answers.entries[0].marker.brackets == "()"


def _has_points(entry: Entry) -> bool:
    _, inside, _ = split_block(entry.first)
    try:
        return inside is not None and read_signed_points(inside.strip()) is not None
    except BadValue:
        return False


def _holds(entry: Entry, brackets: str, test: Callable[[str], bool]) -> bool:
    marker = entry.marker
    return marker.mark is Mark.OPTION and marker.brackets == brackets and test(marker.inside)


_LOOKS: tuple[tuple[Callable[[Entry], bool], str], ...] = (
    (lambda entry: entry.marker.mark is Mark.PAIR, "<-> (连线题)"),
    (lambda entry: entry.marker.mark is Mark.VARIABLE, "@ variables"),
    (lambda entry: _holds(entry, "()", str.isdecimal), "(1) (2) … (排序题)"),
    (lambda entry: _holds(entry, "()", lambda inside: inside in ("+", "-")), "(+) and (-) (情境判断题)"),
    (lambda entry: _holds(entry, "[]", lambda inside: inside[:1].isdecimal()), "[4.2] (情境评定题)"),
)
