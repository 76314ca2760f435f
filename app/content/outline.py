"""A document as plain JSON for other programs: computed points, inherited values, keys."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from app.content.parse import Document
from app.domain.case import Case, Section, marking_total
from app.domain.items import BlanksKey, ConstructedKey, Item, MarkingPoint, NumericKey, TruthKey
from app.domain.quiz import Group, Quiz, with_inherited
from app.domain.syllabus import Module, Syllabus, listed_hours

_INSIDE = frozenset({"groups", "sections", "modules", "kind", "syntax", "format"})


def outline(document: Document) -> dict[str, Any]:
    """Return kind, front matter and the parts of a document."""
    front = {spec.name: plain(getattr(document, spec.name)) for spec in fields(document)}
    head: dict[str, Any] = {"kind": type(document).__name__.lower()}
    head |= {name: value for name, value in front.items() if name not in _INSIDE}
    match document:
        case Case():
            parts: dict[str, Any] = {
                "is_reading": document.is_reading,
                "sections": [_section(section) for section in document.sections],
            }
        case Quiz():
            parts = _quiz(document)
        case Syllabus():
            parts = {
                "listed_hours": plain(listed_hours(document)),
                "modules": [_module(module) for module in document.modules],
            }
    return head | parts


def plain(value: object) -> Any:
    """Return a value as JSON takes it: whole numbers as integers, others as floats."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return [plain(part) for part in value] if isinstance(value, tuple) else value


def _quiz(quiz: Quiz) -> dict[str, Any]:
    groups, items = [], []
    for group in quiz.groups:
        groups.append(_group(group))
        items += [_item(with_inherited(item, group, quiz)) for item in group.items]
    return {"groups": groups, "items": items}


def _group(group: Group) -> dict[str, Any]:
    names = ("title", "stem", "each", "draw", "shuffle", "case", "objectives", "level", "difficulty", "topic")
    shown = {name: plain(getattr(group, name)) for name in names}
    return shown | {"items": [item.id for item in group.items]}


def _item(item: Item) -> dict[str, Any]:
    names = ("id", "type", "points", "stem", "explanation", "hints", "scoring", "any_order", "kind", "words")
    shown = {name: plain(getattr(item, name)) for name in names}
    shown |= {name: plain(getattr(item, name)) for name in ("objectives", "level", "difficulty", "topic")}
    options = [{"text": option.text, "feedback": option.feedback} for option in item.options]
    return shown | {"options": options, "key": _key(item)}


def _key(item: Item) -> Any:
    """Return the key in the form of an answer: positions, a truth value, wordings, numbers."""
    match item.key:
        case TruthKey(value):
            return value
        case BlanksKey(blanks):
            return plain(blanks)
        case NumericKey():
            return {spec.name: getattr(item.key, spec.name) for spec in fields(item.key)}
        case ConstructedKey(points, guidance):
            return {"points": _points(points), "guidance": plain(guidance)}
        case None:
            return None
    positions = [str(place) for place, option in enumerate(item.options, 1) if option.is_key]
    return positions[0] if item.type == "single" else positions


def _points(points: tuple[MarkingPoint, ...]) -> list[dict[str, Any]]:
    return [{"points": plain(point.points), "text": point.text} for point in points]


def _section(section: Section) -> dict[str, Any]:
    names = ("id", "kind", "title", "body", "next", "reason", "reveal", "words", "question_kind")
    shown = {name: getattr(section, name) for name in names}
    when = section.when
    shown["when"] = f"{when.dimension}{when.operator}{when.value}" if when else None
    shown["points"] = plain(marking_total(section)) if section.kind == "question" else None
    shown["marking_points"] = _points(section.marking_points)
    shown["guidance"] = plain(section.guidance)
    shown["options"] = [
        {
            "text": choice.text,
            "target": choice.target,
            "points": plain(choice.points),
            "effects": {effect.dimension: effect.change for effect in choice.effects},
            "feedback": choice.feedback,
        }
        for choice in section.choices
    ]
    return shown


def _module(module: Module) -> dict[str, Any]:
    names = ("id", "title", "hours", "body", "cases", "quizzes", "readings", "files")
    shown = {name: plain(getattr(module, name)) for name in names}
    objectives = [{"id": one.id, "text": one.text, "level": one.level} for one in module.objectives]
    return shown | {"objectives": objectives}
