"""Lines → syllabus: modules with objectives and the material they are paired with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.content.answers import Room, dedent, plain_text, read_body
from app.content.attributes import Attributes, Place, read_attributes
from app.content.headings import Head, name_head, read_head
from app.content.hints import naming, to_write
from app.content.marks import Mark, narrow, read_marker
from app.content.scanner import Block, Line, tidy
from app.content.sheet import Sheet
from app.content.values import BadValue, Reader, read_list, read_objective, read_slugs
from app.content.vocabulary import LEVELS, MATERIALS
from app.domain.syllabus import Module, Objective, Syllabus

MODULE_PLACE = Place(frozenset({"id", "hours", "was"}), name="at a module")
OBJECTIVE_PLACE = Place(frozenset({"id", "was"}), {"id": read_objective}, name="at an objective")
_ROOM = Room(reason="a syllabus has objectives and material only")
_MATERIAL = re.compile(r"(案例|测验|阅读|文件|cases?|quiz(?:zes)?|readings?|files?)\s*:", re.IGNORECASE)
_READERS: dict[str, Reader] = {
    "cases": read_slugs,
    "quizzes": read_slugs,
    "readings": read_slugs,
    "files": read_list,
}


@dataclass(slots=True)
class _Draft:
    """An objective before its id is known."""

    attributes: Attributes
    line: int
    more: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _ModuleDraft:
    """A module while its lines are read."""

    head: Head
    body: list[Line] = field(default_factory=list)
    objectives: list[_Draft] = field(default_factory=list)
    material: dict[str, Any] = field(default_factory=dict)
    material_lines: dict[str, int] = field(default_factory=dict)
    is_stray: bool = False

    @property
    def has_lists(self) -> bool:
        """Whether an objective or material stood before."""
        return bool(self.objectives or self.material)


def read_syllabus(front: dict[str, Any], blocks: Sequence[Block], sheet: Sheet) -> Syllabus:
    """Read a syllabus; where errors were noted, what of it could be read."""
    drafts = [_read_module(block, sheet) for block in blocks if _is_module(block, sheet)]
    for draft in drafts:
        name_head(draft.head, "m", sheet)
    modules = tuple(_make_module(draft, sheet) for draft in drafts)
    return Syllabus(modules=modules, **{"title": "", "hours": Decimal(0), **front})


def _is_module(block: Block, sheet: Sheet) -> bool:
    if block.level == 1 and block.line not in sheet.spoilt:
        fix = "modules open with ##"
        sheet.error(block.line, "misplaced-heading", "groups (大题) stand in a quiz only", fix)
    return block.level == 2


def _read_module(block: Block, sheet: Sheet) -> _ModuleDraft:
    draft = _ModuleDraft(read_head(block, MODULE_PLACE, sheet))
    if not draft.head.text and not draft.head.is_broken:
        sheet.error(block.line, "no-title", "this module has no title")
    for line in block.lines:
        _take_line(line, draft, sheet)
    read_body(draft.body, _ROOM, sheet)
    return draft


def _take_line(line: Line, draft: _ModuleDraft, sheet: Sheet) -> None:
    plain = "" if line.is_fenced else narrow(line.text)
    material = _MATERIAL.match(plain)
    if material is not None:
        _take_material(line, material, draft, sheet)
    elif plain[:2] in ("- ", "* ") and read_marker(line.text) is None:
        _take_objective(line, draft, sheet)
    else:
        _take_text(line, draft, sheet)


def _take_text(line: Line, draft: _ModuleDraft, sheet: Sheet) -> None:
    marker = None if line.is_fenced else read_marker(line.text)
    if marker is not None and marker.mark is not Mark.QUOTE:
        draft.body.append(line)  # refused when the body is read
    elif draft.objectives and line.is_indented:
        draft.objectives[-1].more.append(line)
    elif not draft.has_lists or line.is_blank:
        draft.body.append(line)
    elif not draft.is_stray:
        draft.is_stray = True
        message = "text stands after the objectives or material of this module"
        sheet.error(line.number, "stray-text", message, "move it up, or write “- ” for an objective")


def _take_material(line: Line, match: re.Match[str], draft: _ModuleDraft, sheet: Sheet) -> None:
    name = match[1]
    key = MATERIALS.get(name) or (name if name in MATERIALS.values() else None)
    if key is None:
        plural = {"case": "cases", "quiz": "quizzes", "reading": "readings", "file": "files"}
        fix = to_write(f"{plural.get(name.lower(), name.lower())}:", f"{name}:")
        sheet.error(line.number, "bad-marker", f"“{name}:” looks like material and is not", fix)
    elif key in draft.material:
        sheet.error(line.number, "repeated-key", f"{name} stands twice in this module", "join the lines")
    else:
        _read_material(line, key, match.end(), (draft, sheet))


def _read_material(line: Line, key: str, start: int, where: tuple[_ModuleDraft, Sheet]) -> None:
    draft, sheet = where
    if line.text[start - 1] != ":":
        sheet.wide.append(line.number)
    draft.material[key] = ()
    try:
        draft.material[key] = _READERS[key](line.text[start:].strip())
    except BadValue as bad:
        word = line.text[start:].strip()
        sheet.error(line.number, "bad-value", f"{key}: {bad.message}", naming(word, bad.fix))
    draft.material_lines[key] = line.number


def _take_objective(line: Line, draft: _ModuleDraft, sheet: Sheet) -> None:
    if line.text[0] not in "-*" or line.text[1] != " ":
        sheet.wide.append(line.number)
    attributes = read_attributes(line.text[2:].strip(), line.number, OBJECTIVE_PLACE, sheet)
    if not attributes.text:
        sheet.error(line.number, "empty-objective", "this objective (目标) has no text")
    if "id" in attributes.values:
        sheet.claim(attributes.values["id"], line.number)
    draft.objectives.append(_Draft(attributes, line.number))


def _make_module(draft: _ModuleDraft, sheet: Sheet) -> Module:
    head = draft.head
    for key, line in draft.material_lines.items():
        sheet.places[f"{head.id}/{key}"] = line
    return Module(
        id=head.id,
        title=head.text,
        body=plain_text(draft.body),
        objectives=tuple(_make_objective(objective, sheet) for objective in draft.objectives),
        **head.attributes.only("hours", "was"),
        **draft.material,
    )


def _make_objective(draft: _Draft, sheet: Sheet) -> Objective:
    name = draft.attributes.get("id") or sheet.name("o", draft.line)
    first, level = draft.attributes.text, None
    word, space, rest = first.partition(" ")
    if space and word in LEVELS:
        first, level = rest.lstrip(), LEVELS[word]
    elif space and word in LEVELS.values():
        first, level = rest.lstrip(), next(known for known in LEVELS.values() if known == word)
    text = tidy([first, *dedent(draft.more)])
    return Objective(id=name, text=text, level=level, was=draft.attributes.get("was"))
