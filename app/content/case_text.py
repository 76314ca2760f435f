"""Lines → case: sections by keyword, decisions with arrows and effects, questions."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.content.answers import Body, Entry, Room, read_body
from app.content.arrows import find_arrow
from app.content.attributes import UNCLOSED, Place, read_attributes
from app.content.case_targets import check_targets, keep_id, note_broken
from app.content.headings import LABEL, Head, drop_number, name_head, read_head
from app.content.hints import Hint, naming
from app.content.marks import Mark, narrow
from app.content.scanner import Block, Line, looks_like_heading
from app.content.shapes.choice import check_options
from app.content.shapes.constructed import MARKS, read_constructed
from app.content.shapes.shape import Answers
from app.content.sheet import Sheet
from app.content.tokens import is_open, split_block
from app.content.values import BadValue, read_signed_points, read_target
from app.content.vocabulary import SECTION_FIX, SECTION_NAMES, SECTIONS, nearest
from app.domain.case import Case, Choice, Section, SectionKind

_KEYWORDS = {**SECTIONS, **{name.lower(): kind for kind, name in SECTION_NAMES.items()}}
_KEYWORDS["model-answer"] = SectionKind.MODEL_ANSWER
_PATH = frozenset({"id", "was", "next", "when"})
_PLACES = {
    SectionKind.SCENE: _PATH,
    SectionKind.EXHIBIT: _PATH,
    SectionKind.OUTCOME: _PATH,
    SectionKind.DECISION: _PATH | {"reason"},
    SectionKind.QUESTION: _PATH | {"points", "words", "kind"},
    SectionKind.ENDING: _PATH - {"next"},
    SectionKind.HINT: frozenset({"id", "was", "reveal"}),
    SectionKind.MODEL_ANSWER: frozenset({"id", "was", "reveal"}),
}
_CHOICE_PLACE = Place(
    frozenset({"points"}),
    {"points": read_signed_points},
    takes_effects=True,
    name="at an option of a decision",
)
_ROOMS = {
    SectionKind.DECISION: Room(frozenset({Mark.OPTION}), reason="a decision takes options only"),
    SectionKind.QUESTION: Room(MARKS, reason="a question (思考题) takes ____ and marking points only"),
}
_TEXT = Room(reason="options stand under a decision (决策点), ____ under a question (思考题)")
#: faults of an option that leave no doubt where its arrow leads
_BESIDE = frozenset({"bad-attribute", "bad-value", "misplaced-key", "repeated-key", "unknown-dimension"})
_NO_DIMENSIONS = "write “dimensions: …” (维度) in the front matter"
_READING = frozenset({SectionKind.SCENE, SectionKind.EXHIBIT})


def read_case(front: dict[str, Any], blocks: Sequence[Block], sheet: Sheet) -> Case:
    """Read a case; where errors were noted, what of it could be read."""
    found = [_read_section_head(block, sheet) for block in _split_labels(blocks, sheet)]
    heads = [pair for pair in found if pair is not None]
    for _, head in heads:
        name_head(head, "s", sheet)
    sections = [_read_section(kind, head, front, sheet) for kind, head in heads]
    if not sections and not sheet.error_count:
        sheet.error(
            sheet.places.get("---", 1), "no-sections", "this case has no sections", "open each with ##"
        )
    check_targets([head for _, head in heads], sections, sheet)
    return Case(sections=tuple(sections), **{"title": "", **front})


def _split_labels(blocks: Sequence[Block], sheet: Sheet) -> list[Block]:
    """Open a section at each paragraph that begins with 【分析提示】 or 【参考答案】."""
    parts: list[Block] = []
    for block in blocks:
        parts.append(Block(block.level, block.line, block.heading))
        for line in block.lines:
            match = LABEL.match(line.text) if "【" in line.text and not line.is_fenced else None
            if match is None:
                parts[-1].lines.append(line)
            else:
                rest = Line(line.number, line.text[match.end() :])
                if looks_like_heading(rest.text):
                    message = "a heading begins at the line's start"
                    sheet.error(line.number, "bad-heading", message, f"write it below 【{match[1]}】")
                parts.append(Block(2, line.number, match[1], [rest]))
    return parts


def _read_section_head(block: Block, sheet: Sheet) -> tuple[SectionKind, Head] | None:
    if block.level == 1:
        if block.line not in sheet.spoilt:
            fix = "sections of a case open with ##"
            sheet.error(block.line, "misplaced-heading", "groups (大题) stand in a quiz only", fix)
        keep_id(block, sheet)
        return None
    before = split_block(drop_number(block.heading))[0]
    colon = narrow(before).find(":")
    kind = _keyword((before if colon < 0 else before[:colon]).strip(), block, sheet)
    if kind is None:
        return None
    head = read_head(block, Place(_PLACES[kind], name=f"at a section of this kind ({kind})"), sheet)
    if head.is_broken:
        note_broken(head, sheet)
    if colon >= 0 and before[colon] != ":":
        sheet.wide.append(block.line)
    head.text = "" if colon < 0 else head.text[colon + 1 :].strip()
    return kind, head


def _keyword(name: str, block: Block, sheet: Sheet) -> SectionKind | None:
    kind = _KEYWORDS.get(name.lower())
    if kind is None:
        keep_id(block, sheet)
        if block.line not in sheet.spoilt:
            message = f"“{name}” is no keyword of a section"
            sheet.error(block.line, "unknown-section", message, naming(name, SECTION_FIX))
    return kind


def _read_section(kind: SectionKind, head: Head, front: dict[str, Any], sheet: Sheet) -> Section:
    if front.get("kind") == "reading" and kind not in _READING:
        message = f"a reading (阅读) has scenes and exhibits only, no {kind}"
        sheet.error(head.line, "reading-section", message, "take “kind: reading” away")
    with sheet.watch() as watch:
        body = read_body(head.block.lines, _ROOMS.get(kind, _TEXT), sheet)
        fields = head.attributes.only("next", "when", "reason", "reveal", "points", "words", "was")
        if not head.text and not body.stem and not watch.is_broken and not head.is_broken:
            sheet.error(head.line, "empty-section", "this section has neither title nor text")
        elif kind is SectionKind.DECISION:
            fields["choices"] = _read_choices(head, body, front, sheet, watch.is_broken or head.is_broken)
        elif kind is SectionKind.QUESTION and not watch.is_broken:
            fields |= _read_question(head, body, sheet)
    _check_condition(head, front, sheet)
    return Section(id=head.id, kind=kind, title=head.text, body=body.stem, **fields)


def _read_choices(
    head: Head, body: Body, front: dict[str, Any], sheet: Sheet, is_broken: bool
) -> tuple[Choice, ...]:
    with sheet.watch() as watch:
        choices = tuple(_read_choice(entry, front, sheet) for entry in body.entries)
        if not is_broken and not watch.is_broken:
            check_options(body.entries, Answers(head, body, sheet))
    for number, entry in enumerate(body.entries, 1):
        sheet.places[f"{head.id}/{number}"] = entry.line
    return choices


def _read_choice(entry: Entry, front: dict[str, Any], sheet: Sheet) -> Choice:
    start = len(sheet.diagnostics)
    with sheet.watch() as watch:
        _check_mark(entry, sheet)
        attributes = read_attributes(entry.first, entry.line, _CHOICE_PLACE, sheet)
        text, target = _read_arrow(attributes.text, entry.line, sheet)
        entry.first = text
        if not watch.is_broken and "points" not in attributes.values:
            said = ("this option has no score", "write {0分} or more at its end")
            sheet.error(entry.line, "no-score", *(UNCLOSED if is_open(attributes.text) else said))
        for effect in () if watch.is_broken else attributes.effects:
            _check_dimension(effect.dimension, entry.line, front, sheet)
    if not {one.code for one in sheet.diagnostics[start:]} <= _BESIDE:
        target = None
    points = attributes.get("points", Decimal(0))
    return Choice(entry.text, target, points, attributes.effects, entry.remark)


def _check_mark(entry: Entry, sheet: Sheet) -> None:
    if entry.marker.brackets != "()" or entry.marker.inside not in ("", "x"):
        fix = "write - ( ) before each option"
        sheet.error(entry.line, "other-shape", "the options of a decision begin with - ( )", fix)
    elif entry.marker.inside == "x":
        message = "no option of a decision (决策点) is marked right"
        sheet.error(entry.line, "mark-in-decision", message, "write ( ) and give points: {5分}")


def _read_arrow(text: str, line: int, sheet: Sheet) -> tuple[str, str | None]:
    plain = narrow(text)
    start = find_arrow(plain)
    if start is None:
        return text, None
    before, target = text[:start].rstrip(), plain[start:].lstrip("->→").strip()
    try:
        read_target(target)
    except BadValue:
        said = UNCLOSED if is_open(target) else (f"“{text[start:]}” leads to no section", "write -> #id")
        sheet.error(line, "bad-arrow", *said)
        target = ""
    if find_arrow(narrow(before)) is not None:
        sheet.error(line, "bad-arrow", "two arrows end this option", "write one, or \\-> for text")
    elif split_block(before, takes_effects=True)[1] is not None:
        sheet.error(line, "stray-attributes", "the attributes stand after the arrow", "write -> #id {5分}")
    if text[start:] != plain[start:] or plain[start] == "→":
        sheet.wide.append(line)
    return before, target.removeprefix("#") or None


def _check_dimension(name: str, line: int, front: dict[str, Any], sheet: Sheet) -> None:
    known = front.get("dimensions", ())
    if name not in known and (known or "dimensions" not in sheet.broken):
        fix = nearest(name, known) if known else Hint(_NO_DIMENSIONS, name, f"维度: {name}")
        sheet.error(line, "unknown-dimension", f"{name} is no dimension (维度) of this case", fix)


def _check_condition(head: Head, front: dict[str, Any], sheet: Sheet) -> None:
    condition = head.attributes.get("when")
    if condition is not None:
        _check_dimension(condition.dimension, head.line, front, sheet)


def _read_question(head: Head, body: Body, sheet: Sheet) -> dict[str, Any]:
    answers = Answers(head, body, sheet, head.attributes.get("points"))
    if head.is_broken or not _has_space(answers):
        return {}
    key = read_constructed(answers)
    fields: dict[str, Any] = {"marking_points": key.points, "guidance": key.guidance}
    if "kind" in head.attributes.values:
        fields["question_kind"] = head.attributes.get("kind")
    return fields


def _has_space(answers: Answers) -> bool:
    spaces = [entry for entry in answers.entries if entry.marker.mark is Mark.RULE]
    if not answers.entries:
        answers.refuse("no-answer", "this question (思考题) has no answer space", "write ____ under it")
    elif not spaces or answers.entries[0] is not spaces[0]:
        line = answers.entries[0].line
        answers.refuse("bad-marker", "marking points stand after ____", "write ____ above", line)
    elif len(spaces) > 1:
        answers.refuse("other-shape", "a question (思考题) has one answer space", line=spaces[1].line)
    else:
        return True
    return False
