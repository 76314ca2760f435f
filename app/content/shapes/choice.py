"""Single and multiple choice: ``- ( )``, ``- (x)``, ``- [ ]``, ``- [x]``."""

from collections.abc import Sequence

from app.content.answers import Entry
from app.content.escape import escape_block
from app.content.marks import Mark
from app.content.shapes.shape import OPTION_LIMIT, Answers, Shape, indent, quote
from app.content.tokens import split_block
from app.domain.items import Item, ItemType
from app.domain.keys import ChoiceKey
from app.domain.options import Option
from app.domain.scoring.normal import normal_form

_CHOICE_MARKS = ("", "x")
_NUMBERS = {1: "one", 2: "two", 3: "three"}


def is_option(entry: Entry, brackets: str) -> bool:
    """Whether this is an option with these brackets, whatever its mark."""
    return entry.marker.mark is Mark.OPTION and entry.marker.brackets == brackets


def _is_round(entry: Entry) -> bool:
    return is_option(entry, "()") and entry.marker.inside in _CHOICE_MARKS


def _is_square(entry: Entry) -> bool:
    return is_option(entry, "[]") and entry.marker.inside in _CHOICE_MARKS


def _is_single(answers: Answers) -> bool:
    return bool(answers.entries) and _is_round(answers.entries[0])


def _is_multiple(answers: Answers) -> bool:
    return bool(answers.entries) and _is_square(answers.entries[0])


def _read_single(answers: Answers) -> ChoiceKey | None:
    keys = [entry for entry in answers.entries if entry.marker.inside == "x"]
    if len(keys) > 1:
        fix = "one (x) only; several right options are written - [x] (多选)"
        answers.refuse("second-key", "this is the second right option", fix, keys[1].line)
    elif not keys:
        answers.refuse("no-key", "no option of this item is marked right", "write - (x) before the key")
    return _read_options(answers)


def _read_multiple(answers: Answers) -> ChoiceKey | None:
    is_kprim = (answers.attributes.get("scoring") or answers.multiple) == "kprim"
    if is_kprim and len(answers.entries) != 4:
        answers.refuse("kprim-four", "scoring kprim takes exactly 4 statements")
    elif not is_kprim and all(entry.marker.inside != "x" for entry in answers.entries):
        answers.refuse("no-key", "no option of this item is marked right", "write - [x] before each key")
    return _read_options(answers)


def _read_options(answers: Answers) -> ChoiceKey:
    check_options(answers.entries, answers)
    refuse_blocks(answers)
    return ChoiceKey(
        tuple(Option(entry.text, entry.marker.inside == "x", entry.remark) for entry in answers.entries)
    )


def check_options(entries: Sequence[Entry], answers: Answers, least: int = 2) -> None:
    """Refuse too few or too many options, empty and repeated ones."""
    if len(entries) < least:
        answers.refuse("too-few-options", f"this needs {_NUMBERS[least]} options or more")
    if len(entries) > OPTION_LIMIT:
        line = entries[OPTION_LIMIT].line
        answers.refuse("too-many-options", f"more than {OPTION_LIMIT} options", line=line)
    seen: dict[str, int] = {}
    for entry in entries:
        form = normal_form(entry.text)
        if not entry.text:
            answers.refuse("empty-option", "this option has no text", line=entry.line)
        elif form in seen:
            answers.refuse(
                "repeated-option", f"this option equals the one on line {seen[form]}", line=entry.line
            )
        seen.setdefault(form, entry.line)


def refuse_blocks(answers: Answers) -> None:
    """Refuse attributes at options that take none."""
    for entry in answers.entries:
        _, inside, _ = split_block(entry.first)
        if inside is not None:
            message = f"{{{inside}}} has no place at an option of this item"
            answers.refuse("misplaced-key", message, "write \\{ for text", entry.line)


def write_options(options: Sequence[Option], marks: Sequence[str], tails: Sequence[str] = ()) -> list[str]:
    """Write options after their marks, each with its feedback; a tail stands at the end of its first line."""
    lines: list[str] = []
    for number, (option, mark) in enumerate(zip(options, marks, strict=True)):
        first, *more = option.text.split("\n")
        tail = tails[number] if tails else ""
        lines += indent("\n".join([f"{escape_block(first)}{tail}", *more]), f"- {mark} ")
        lines += quote(option.feedback, "  ")
    return lines


def _write(item: Item, language: str) -> list[str]:
    opening, closing = "()" if item.type is ItemType.SINGLE else "[]"
    marks = [f"{opening}{'x' if option.is_key else ' '}{closing}" for option in item.options]
    return write_options(item.options, marks)


def _figure(item: Item) -> object:
    return tuple(option.is_key for option in item.options)


SINGLE = Shape(ItemType.SINGLE, _is_single, _is_round, _read_single, _write, _figure)
MULTIPLE = Shape(
    ItemType.MULTIPLE,
    _is_multiple,
    _is_square,
    _read_multiple,
    _write,
    _figure,
    keys=frozenset({"scoring"}),
)
