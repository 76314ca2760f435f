"""Written answers and uploads: ``____`` with marking points and what the marker should look for."""

from decimal import Decimal

from app.content.answers import Entry
from app.content.blocks import write_points
from app.content.hints import naming
from app.content.marks import Mark
from app.content.shapes.shape import Answers, Shape, indent
from app.content.values import BadValue, plain_number, read_points
from app.domain.items import Item, ItemType
from app.domain.keys import ConstructedKey
from app.domain.options import MarkingPoint

MARKS = frozenset({Mark.RULE, Mark.POINT, Mark.ANSWER})


def _claims(answers: Answers) -> bool:
    return bool(answers.entries) and answers.entries[0].marker.mark is Mark.RULE


def _claims_upload(answers: Answers) -> bool:
    return _claims(answers) and "file" in answers.attributes.values


def _accepts(entry: Entry) -> bool:
    return entry.marker.mark in (Mark.POINT, Mark.ANSWER)


def read_constructed(answers: Answers) -> ConstructedKey:
    """Read marking points and guidance; the points must add up."""
    rule, *entries = answers.entries
    if rule.extra is not None:
        answers.refuse("stray-text", "text stands under the answer space", line=rule.extra.number)
    with answers.sheet.watch() as watch:
        points = tuple(_read_point(entry, answers) for entry in entries if entry.marker.mark is Mark.POINT)
        guidance = tuple(entry.text for entry in entries if entry.marker.mark is Mark.ANSWER)
        if not all(guidance) or not all(point.text for point in points):
            line = next(entry.line for entry in entries if not entry.text)
            answers.refuse("empty-answer", "this line has no text", line=line)
        if not watch.is_broken:
            _check_sum(points, answers)
    return ConstructedKey(points, guidance)


def _read_point(entry: Entry, answers: Answers) -> MarkingPoint:
    try:
        return MarkingPoint(read_points(entry.marker.inside), entry.text)
    except BadValue as bad:
        answers.refuse("bad-value", bad.message, bad.fix, entry.line)
        return MarkingPoint(Decimal(1), entry.text)


def _check_sum(points: tuple[MarkingPoint, ...], answers: Answers) -> None:
    total = sum((point.points for point in points), Decimal(0))
    if points and answers.points is not None and total != answers.points:
        message = f"the marking points add up to {plain_number(total)}, the item is worth"
        fix = naming(f"{plain_number(total)} ≠ {plain_number(answers.points)}", "make them equal")
        answers.refuse("points-sum", f"{message} {plain_number(answers.points)}", fix)


def write_constructed(key: ConstructedKey, language: str) -> list[str]:
    """Write the answer space with what belongs to it."""
    lines = ["____"]
    for point in key.points:
        lines += indent(point.text, f"- {{{write_points(point.points, language)}}} ")
    for text in key.guidance:
        lines += indent(text, "= ")
    return lines


def _write(item: Item, language: str) -> list[str]:
    return write_constructed(item.key, language) if isinstance(item.key, ConstructedKey) else []


def _figure(item: Item) -> object:
    if not isinstance(item.key, ConstructedKey):
        return None
    return tuple(point.points for point in item.key.points), len(item.key.guidance)


CONSTRUCTED = Shape(
    ItemType.CONSTRUCTED,
    _claims,
    _accepts,
    read_constructed,
    _write,
    _figure,
    keys=frozenset({"kind", "words"}),
)
UPLOAD = Shape(
    ItemType.UPLOAD,
    _claims_upload,
    _accepts,
    read_constructed,
    _write,
    _figure,
    keys=frozenset({"file"}),
)
