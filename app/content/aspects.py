"""The parts of a document by id, with all that may change of each, under names."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import count
from typing import Any

from app.content.key_marks import feedback_of, key_of_item, marks_of, options_of
from app.domain.case import Case, Choice, Section
from app.domain.items import Item
from app.domain.keys import ConstructedKey
from app.domain.quiz import Group, Quiz
from app.domain.syllabus import Module, Objective, Syllabus

Facts = Mapping[str, object]
_INSIDE = frozenset({"groups", "sections", "modules", "syntax", "format"})
#: what an option of a decision carries
_CARRIED: Mapping[str, Callable[[Choice], object]] = {
    "ways": lambda one: one.target,
    "points of the options": lambda one: one.points,
    "effects": lambda one: frozenset(one.effects),
    "feedback": lambda one: one.feedback,
}
_SHARED = ("objectives", "level", "difficulty", "topic")


class PartSort(StrEnum):
    """What a part is."""

    TEXT = "text"
    GROUP = "group"
    ITEM = "item"
    SECTION = "section"
    MODULE = "module"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True)
class Aspect:
    """A part: what it is, its id, and what it says by the names of its facts.

    Groups have no id: they are known by their title, or by their number as ``#n``.
    """

    sort: PartSort
    id: str
    facts: Facts
    #: of a question its number in the order of the file, 0: it has none
    number: int = 0


def aspects_of(document: Case | Quiz | Syllabus) -> Iterator[Aspect]:
    """Yield the parts in text order, first the settings of the whole text as ``---``."""
    yield Aspect(PartSort.TEXT, "---", _settings(document))
    match document:
        case Case():
            yield from (Aspect(PartSort.SECTION, one.id, _section(one)) for one in document.sections)
        case Quiz():
            yield from _quiz(document)
        case Syllabus():
            for module in document.modules:
                yield Aspect(PartSort.MODULE, module.id, _module(module))
                yield from (_objective(one, module) for one in module.objectives)


def _settings(document: Case | Quiz | Syllabus) -> Facts:
    names = (spec.name for spec in fields(document) if spec.name not in _INSIDE)
    return {_name(name): getattr(document, name) for name in names}


def _name(field: str) -> str:
    return {"pass_mark": "pass", "any_order": "any-order", "question_kind": "kind"}.get(field, field)


def _written(part: object, *names: str) -> dict[str, Any]:
    return {_name(name): getattr(part, name) for name in names}


def _quiz(quiz: Quiz) -> Iterator[Aspect]:
    titles = Counter(group.title for group in quiz.groups)
    asked = count(1)
    for number, group in enumerate(quiz.groups, 1):
        name = group.title if group.title and titles[group.title] == 1 else f"#{number}"
        yield Aspect(PartSort.GROUP, name, _group(group))
        for item in group.items:
            yield Aspect(PartSort.ITEM, item.id, _item(item), next(asked) if item.is_scored else 0)


def _group(group: Group) -> Facts:
    wording = {"wording": (group.title, group.stem)}
    return wording | _written(group, "each", "draw", "shuffle", "case", *_SHARED)


def _item(item: Item) -> Facts:
    written = ("type", "points", "scoring", "any_order", "kind", "words", "file", "walk", *_SHARED)
    facts = _written(item, *written, "variables", "explanation", "hints", "was")
    key = item.key if isinstance(item.key, ConstructedKey) else ConstructedKey()
    facts |= {"wording": (item.heading, item.body), "key": key_of_item(item.key)}
    facts |= {"options": options_of(item.key), "feedback": feedback_of(item.key)}
    return facts | {"marking points": key.points, "guidance": key.guidance}


def _section(section: Section) -> Facts:
    facts = _written(section, "next", "when", "reason", "reveal", "points", "words", "question_kind", "was")
    facts |= {"type": section.kind, "wording": (section.title, section.body)}
    facts |= {"marking points": section.marking_points, "guidance": section.guidance}
    texts = tuple(one.text for one in section.choices)
    facts |= {"options": texts}
    for name, carried in _CARRIED.items():
        facts[name] = marks_of(texts, [carried(one) for one in section.choices])
    return facts


def _module(module: Module) -> Facts:
    facts = _written(module, "hours", "cases", "quizzes", "readings", "files", "was")
    return facts | {"wording": (module.title, module.body)}


def _objective(one: Objective, module: Module) -> Aspect:
    facts = _written(one, "level", "was") | {"wording": one.text, "module": module.id}
    return Aspect(PartSort.OBJECTIVE, one.id, facts)
