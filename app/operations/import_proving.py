"""Prove what is read of a file: each question is written as text, and read as the same."""

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.content.parse import Kind, parse_text
from app.content.writer import format_document
from app.domain.imported import Imported, Section, Verdict, fault
from app.domain.items import Item
from app.domain.keys import BlanksKey, NumericKey
from app.domain.quiz import Group, Quiz
from app.domain.words import Sentence, marked

#: items that are proven together
AT_ONCE = 100
#: a sign that a backslash makes text, as CommonMark has it
_SIGN = re.compile(r"\\([!-/:-@\[-`{-~])")


def prove_all(questions: Sequence[Imported], language: str) -> list[Imported]:
    """Prove questions, many at once: one by one only where one of them does not come back as it was."""
    done: list[Imported] = []
    for start in range(0, len(questions), AT_ONCE):
        some = questions[start : start + AT_ONCE]
        items = [replace(one.item, id=f"q{place}") for place, one in enumerate(some) if one.item]
        is_sound = not items or _read_back(items, language) == items
        done += some if is_sound else [prove(one, language) for one in some]
    return done


def _read_back(items: Sequence[Item], language: str) -> list[Item] | None:
    text = format_document(Quiz("x", (Group(items=tuple(items)),), language=language))
    document = parse_text(text, Kind.QUIZ).document
    return [replace(one, forced_type=False) for one in document.items] if isinstance(document, Quiz) else None


def prove(question: Imported, language: str) -> Imported:
    """Return a question whose item is read as it was written, or the same with a sentence why not."""
    if question.item is None:
        return question
    item = replace(question.item, id=question.item.id or "q1")
    text = format_document(Quiz("x", (Group(items=(item,)),), language=language))
    parsed = parse_text(text, Kind.QUIZ)
    if not isinstance(parsed.document, Quiz):
        message = next((one.message for one in parsed.diagnostics if one.is_error), "")
        return fault(question, Sentence(NOT_WRITTEN, {"why": message[:120]}))
    (read,) = parsed.document.items
    if not _is_same(replace(read, forced_type=item.forced_type), item):
        return fault(question, Sentence(READ_OTHERWISE))
    return replace(question, item=replace(read, id=question.item.id))


def prove_sections(questions: Sequence[Imported], language: str) -> list[Imported]:
    """Return questions whose sections can be written; of those that cannot be, each is told."""
    good: dict[Section, bool] = {}
    done: list[Imported] = []
    for one in questions:
        if one.section not in good:
            good[one.section] = _is_sound(one.section, language)
        if good[one.section]:
            done.append(one)
        elif one.section.stem:
            done.append(fault(one, Sentence(BAD_MATERIAL)))
        else:
            done.append(lossy(replace(one, section=Section()), Sentence(BAD_TITLE)))
    return done


def _is_sound(section: Section, language: str) -> bool:
    if section == Section():
        return True
    item = parse_text("---\ntitle: x\n---\n## x\n= 对\n", Kind.QUIZ).document
    assert isinstance(item, Quiz)
    group = Group(title=section.title or "x", stem=section.stem, items=tuple(item.items))
    read = parse_text(format_document(Quiz("y", (group,), language=language)), Kind.QUIZ).document
    return isinstance(read, Quiz) and read.groups == (group,)


def _is_same(read: Item, item: Item) -> bool:
    """Whether an item was read as it was written, but for a backslash that no reader of it will see."""
    if read == item:
        return True
    # a backslash is seen in code, and counts in what answers are compared with
    if "`" in repr(item) or isinstance(item.key, BlanksKey | NumericKey):
        return False
    same: bool = _as_seen(read) == _as_seen(item)
    return same


def _as_seen(value: Any) -> Any:
    """Return a value with its texts as they are seen."""
    if isinstance(value, str):
        return _SIGN.sub(r"\1", value)
    if isinstance(value, tuple):
        return tuple(_as_seen(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _as_seen(getattr(value, one.name)) for one in fields(value) if one.init}
        )
    return value


def lossy(question: Imported, said: Sentence) -> Imported:
    if question.item is None:
        return question
    return replace(question, verdict=Verdict.LOSSY, said=(*question.said, said))


NOT_WRITTEN = marked("This cannot be written as a question: %(why)s")
READ_OTHERWISE = marked(
    "This cannot be written as a question without a change of its text. Look for special signs in it."
)
BAD_MATERIAL = marked("The material before this question has signs that cannot be kept.")
BAD_TITLE = marked("The heading of its part has signs that cannot be kept; it is left out.")
