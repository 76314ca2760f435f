"""Lines → quiz: groups, items and their attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.content.answers import Body, Entry, Room, read_body
from app.content.attributes import Attributes, Place
from app.content.headings import Head, name_head, read_head
from app.content.marks import Mark
from app.content.scanner import Block
from app.content.shapes import SHAPES, find_shape
from app.content.shapes.blanks import is_blanks_forced
from app.content.shapes.cloze import CLOZE
from app.content.shapes.shape import Answers, Shape
from app.content.shapes.variables import read_variables
from app.content.sheet import Sheet
from app.content.values import plain_number
from app.domain.items import Item, ItemType
from app.domain.keys import BlanksKey
from app.domain.quiz import ONE, Group, Quiz
from app.domain.scoring.rules import rules_of

ITEM_LIMIT = 500

_SHARED = frozenset({"objectives", "level", "difficulty", "topic"})
_EVERY_ITEM = _SHARED | {"id", "points", "was", "type"}
_ITEM_KEYS = _EVERY_ITEM.union(*(shape.keys for shape in SHAPES))
_INFO_KEYS = frozenset({"id", "was", "info", "type"})
_OWN_FIELDS = ("points", "scoring", "any-order", "kind", "words", "file", "walk", "was", *sorted(_SHARED))
GROUP_PLACE = Place(_SHARED | {"each", "draw", "shuffle", "case"}, name="at a group (大题)")
ITEM_PLACE = Place(_ITEM_KEYS, name="at an item")
_ANSWERS = frozenset({Mark.OPTION, Mark.ANSWER, Mark.RULE, Mark.POINT, Mark.PAIR, Mark.VARIABLE})
ITEM_ROOM = Room(_ANSWERS, takes_hints=True, takes_explanation=True, is_item=True)
INFO_ROOM = Room(code="other-shape", reason="information (说明) takes no answer")
WALK_ROOM = Room(takes_hints=True, code="other-shape", reason="the decisions of a walk stand in its case")
GROUP_ROOM = Room(reason="answer lines stand under an item: open it with ##")


@dataclass(slots=True)
class _Part:
    """A group's heading (None: the unnamed first group) and its items' headings."""

    head: Head | None
    items: list[Head]

    @property
    def attributes(self) -> Attributes:
        return self.head.attributes if self.head else Attributes("")


def read_quiz(front: dict[str, Any], blocks: Sequence[Block], sheet: Sheet) -> Quiz:
    """Read a quiz; where errors were noted, what of it could be read."""
    parts = _split_parts(blocks, sheet)
    heads = [head for part in parts for head in part.items]
    for head in heads:
        name_head(head, "q", sheet)
    _check_count(heads, sheet)
    groups = tuple(_read_group(part, number, front, sheet) for number, part in enumerate(parts, 1))
    _check_title(parts, front, sheet)
    return Quiz(groups=groups, **{"title": "", **front})


def _split_parts(blocks: Sequence[Block], sheet: Sheet) -> list[_Part]:
    parts = [_Part(None, [])]
    for block in blocks:
        if block.level == 1:
            parts.append(_Part(read_head(block, GROUP_PLACE, sheet), []))
        else:
            parts[-1].items.append(read_head(block, ITEM_PLACE, sheet))
    return parts if parts[0].items else parts[1:]


def _check_count(heads: Sequence[Head], sheet: Sheet) -> None:
    if len(heads) > ITEM_LIMIT:
        line = heads[ITEM_LIMIT].line
        sheet.error(line, "too-many-items", f"a quiz has at most {ITEM_LIMIT} items", "split it")
    elif not heads and not sheet.error_count:
        line = sheet.places.get("---", 1)
        sheet.error(line, "no-items", "this quiz has no items", "open each with ##")


def _check_title(parts: Sequence[_Part], front: dict[str, Any], sheet: Sheet) -> None:
    for part in parts:
        if part.head and part.head.text and part.head.text == front.get("title"):
            message = "this group (大题) has the title of the quiz"
            sheet.warn(part.head.line, "title-repeated", message, "leave the heading out")


def _read_group(part: _Part, number: int, front: dict[str, Any], sheet: Sheet) -> Group:
    stem = ""
    if part.head:
        sheet.places[f"#{number}"] = part.head.line
        if part.head.line not in sheet.spoilt:
            stem = read_body(part.head.block.lines, GROUP_ROOM, sheet).stem
        _check_group(part, part.head, sheet)
    items = tuple(_read_item(head, part, front, sheet) for head in part.items)
    fields = part.attributes.only("each", "draw", "shuffle", "case", *sorted(_SHARED))
    title = part.head.text if part.head else ""
    return Group(title=title, stem=stem, items=tuple(item for item in items if item), **fields)


def _check_group(part: _Part, head: Head, sheet: Sheet) -> None:
    if head.is_broken:
        return
    scored = sum(1 for item in part.items if not item.attributes.get("info"))
    draw = part.attributes.get("draw")
    if not head.text:
        sheet.error(head.line, "no-title", "this group (大题) has no title")
    elif not part.items:
        sheet.error(head.line, "empty-group", "this group (大题) has no items", "open each with ##")
    elif draw is not None and draw > scored:
        sheet.error(head.line, "draw-too-many", f"{draw} are drawn (抽) out of {scored} items")


def _read_item(head: Head, part: _Part, front: dict[str, Any], sheet: Sheet) -> Item | None:
    with sheet.watch() as watch:
        body = read_body(head.block.lines, _room_of(head), sheet)
        points: Decimal | None = head.attributes.get("points", part.attributes.get("each"))
        variables = read_variables([one for one in body.entries if _is_variable(one)], sheet)
        body.entries, lines = [one for one in body.entries if not _is_variable(one)], body.entries
        answers = Answers(head, body, sheet, points, front.get("multiple"), variables)
        if watch.is_broken or head.is_broken:
            return None
        item = _read_shape(answers)
        if item and variables and item.type is not ItemType.NUMERIC:
            line = next(one.line for one in lines if _is_variable(one))
            answers.refuse("other-shape", f"a {item.type} item has no variables", "take @ away", line)
        return item


def _room_of(head: Head) -> Room:
    if head.attributes.get("info"):
        return INFO_ROOM
    return WALK_ROOM if "walk" in head.attributes.values else ITEM_ROOM


def _is_variable(entry: Entry) -> bool:
    return entry.marker.mark is Mark.VARIABLE


def _read_shape(answers: Answers) -> Item | None:
    shape = find_shape(answers)
    if shape is None:
        _refuse_shapeless(answers)
        return None
    first = 0 if shape is CLOZE else 1
    other = next((one for one in answers.entries[first:] if not shape.accepts(one)), None)
    if other is not None:
        message = f"this line has another shape than the {shape.type} item above"
        answers.refuse("other-shape", message, "one item has one shape", other.line)
        return None
    if not _check_heading(shape, answers):
        return None
    for number, entry in enumerate(answers.entries, 1):
        answers.sheet.places[f"{answers.head.id}/{number}"] = entry.line
    return _make_item(shape, answers)


def _refuse_shapeless(answers: Answers) -> None:
    if answers.entries:
        line = answers.entries[0].line
        answers.refuse("bad-marker", "marking points stand after ____", "write ____ above", line)
    else:
        fix = "write options, = …, ____ for a written answer, or {info} (说明)"
        answers.refuse("no-answer", "this item has no answer lines", fix)


def _check_heading(shape: Shape, answers: Answers) -> bool:
    with answers.sheet.watch() as watch:
        allowed = _INFO_KEYS if shape.type is ItemType.INFO else _EVERY_ITEM | shape.keys
        for key in answers.attributes.values.keys() - allowed:
            answers.refuse("misplaced-key", f"{key} has no place at a {shape.type} item")
        scoring = answers.attributes.get("scoring")
        rules = rules_of(shape.type)
        if scoring and "scoring" in allowed and _own_rule(shape, scoring).partition(":")[0] not in rules:
            known = ", ".join(sorted(rules))
            answers.refuse("bad-value", f"{shape.type} items are not scored by {scoring}", f"known: {known}")
        wanted = answers.attributes.get("type")
        if wanted is not None and wanted != shape.type:
            answers.refuse("bad-value", f"the answer lines make this a {shape.type} item, not {wanted}")
        if not answers.head.text and not answers.body.stem:
            answers.refuse("empty-stem", "this item has no stem", "write it in the heading or below")
        return not watch.is_broken


def _make_item(shape: Shape, answers: Answers) -> Item | None:
    body: Body = answers.body
    with answers.sheet.watch() as watch:
        key = shape.read(answers)
        _check_scoring(shape, answers)
        if watch.is_broken:
            return None
    fields = answers.attributes.only(*_OWN_FIELDS)
    if fields.get("scoring"):
        fields["scoring"] = _own_rule(shape, fields["scoring"])
    return Item(
        id=answers.head.id,
        type=shape.type,
        key=key,
        heading=answers.head.text,
        body=body.stem,
        explanation=body.explanation,
        hints=tuple(hint.text for hint in body.hints),
        forced_type=isinstance(key, BlanksKey) and is_blanks_forced(answers, key),
        variables=answers.variables,
        **fields,
    )


def _own_rule(shape: Shape, rule: str) -> str:
    """Return the rule that an author means: of an ordering 全对才得分 is its exact order."""
    return "exact" if shape.type is ItemType.ORDERING and rule == "all" else rule


def _check_scoring(shape: Shape, answers: Answers) -> None:
    inherited = answers.multiple if shape.type is ItemType.MULTIPLE else None
    rule = answers.attributes.get("scoring") or inherited or ""
    name, _, part = rule.partition(":")
    points = ONE if answers.points is None else answers.points
    if name == "fixed" and Decimal(part) > points:
        message = f"a part ({rule}) cannot earn more than the item, {plain_number(points)}"
        answers.refuse("bad-value", message, "give the item more points or the part less")
