"""A document as plain JSON for other programs: computed points, inherited values, keys."""

from dataclasses import fields
from typing import Any

from app.content.key_json import extras_json, key_json, options_json, plain, points_json
from app.content.parse import Document
from app.domain.case import Case, Section, marking_total
from app.domain.items import Item
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
    shown["options"] = options_json(item)
    return shown | {"key": key_json(item)} | extras_json(item)


def _section(section: Section) -> dict[str, Any]:
    names = ("id", "kind", "title", "body", "next", "reason", "reveal", "words", "question_kind")
    shown = {name: getattr(section, name) for name in names}
    when = section.when
    shown["when"] = f"{when.dimension}{when.operator}{when.value}" if when else None
    shown["points"] = plain(marking_total(section)) if section.kind == "question" else None
    shown["marking_points"] = points_json(section.marking_points)
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
