"""Situational judgement: ``- (+)`` best and ``- (-)`` worst, ``- [4.2]`` ratings, options with points."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from app.content.answers import Entry
from app.content.blocks import write_points
from app.content.escape import escape_tail
from app.content.hints import naming
from app.content.marks import Mark, narrow
from app.content.shapes.choice import check_options, is_option, refuse_blocks, write_options
from app.content.shapes.shape import Answers, Shape
from app.content.tokens import spaced_unit, split_block
from app.content.values import BadValue, plain_number, read_signed_points
from app.domain.items import Item, ItemType
from app.domain.keys import BestWorstKey, RatingKey, WeightedKey
from app.domain.options import Option

LEAST_JUDGED = 3
DEFAULT_SCALE = (1, 5)


def _is_round(entry: Entry) -> bool:
    return is_option(entry, "()") and entry.marker.inside in ("", "+", "-")


def _is_best_worst(answers: Answers) -> bool:
    entries = answers.entries
    marked = next((entry for entry in entries if entry.marker.inside), None)
    return bool(entries) and _is_round(entries[0]) and marked is not None and _is_round(marked)


def _read_best_worst(answers: Answers) -> BestWorstKey | None:
    entries = answers.entries
    best = _marked(entries, "+", answers)
    worst = _marked(entries, "-", answers)
    check_options(entries, answers, least=LEAST_JUDGED)
    refuse_blocks(answers)
    return BestWorstKey(_options(entries), best, worst)


def _marked(entries: Sequence[Entry], sign: str, answers: Answers) -> int:
    """Return the position of the one option with this mark."""
    places = [place for place, entry in enumerate(entries, 1) if entry.marker.inside == sign]
    name = {"+": "best", "-": "worst"}[sign]
    if not places:
        answers.refuse("no-key", f"no option of this item is marked {name}", f"write - ({sign}) before it")
    elif len(places) > 1:
        line = entries[places[1] - 1].line
        answers.refuse("second-key", f"this is the second option marked {name}", "mark one", line)
    return places[0] if places else 1


def _options(entries: Sequence[Entry]) -> tuple[Option, ...]:
    return tuple(Option(entry.text, feedback=entry.remark) for entry in entries)


def _write_best_worst(item: Item, language: str) -> list[str]:
    key = item.key
    if not isinstance(key, BestWorstKey):
        return []
    marks = {key.best: "(+)", key.worst: "(-)"}
    return write_options(key.options, [marks.get(place, "( )") for place in range(1, len(key.options) + 1)])


def _best_worst_figure(item: Item) -> object:
    return (item.key.best, item.key.worst) if isinstance(item.key, BestWorstKey) else None


def _is_mean(entry: Entry) -> bool:
    return is_option(entry, "[]") and entry.marker.inside[:1].isdecimal()


def _is_rating(answers: Answers) -> bool:
    return bool(answers.entries) and _is_mean(answers.entries[0])


def _read_rating(answers: Answers) -> RatingKey | None:
    low, high = answers.attributes.get("scale") or DEFAULT_SCALE
    means = [Decimal(entry.marker.inside) for entry in answers.entries]
    for entry, mean in zip(answers.entries, means, strict=True):
        if not low <= mean <= high:
            message = f"{plain_number(mean)} is outside the scale {low}..{high}"
            answers.refuse("bad-value", message, "write the panel's mean, or another scale=1..7", entry.line)
    check_options(answers.entries, answers, least=1)
    refuse_blocks(answers)
    return RatingKey(_options(answers.entries), tuple(means), low, high)


def _write_rating(item: Item, language: str) -> list[str]:
    key = item.key
    if not isinstance(key, RatingKey):
        return []
    return write_options(key.options, [f"[{plain_number(mean)}]" for mean in key.means])


def _rating_figure(item: Item) -> object:
    return (item.key.means, item.key.low, item.key.high) if isinstance(item.key, RatingKey) else None


def _is_plain_option(entry: Entry) -> bool:
    return is_option(entry, "()") and entry.marker.inside in ("", "x")


def _is_weighted(answers: Answers) -> bool:
    """Options with points; where one is marked right, only if all of them have points."""
    if not answers.entries or not _is_plain_option(answers.entries[0]):
        return False
    weighed = [weight_of(entry) is not None for entry in answers.entries]
    is_marked = any(entry.marker.inside == "x" for entry in answers.entries)
    return all(weighed) if is_marked else any(weighed)


def weight_of(entry: Entry) -> str | None:
    """Return the points at the end of an option as they are written, None where there are none."""
    if entry.marker.mark is not Mark.OPTION:
        return None
    _, inside, _ = split_block(entry.first)
    if inside is None:
        return None
    try:
        read_signed_points(inside.strip())
    except BadValue:
        return None
    return inside.strip()


def _read_weighted(answers: Answers) -> WeightedKey | None:
    with answers.sheet.watch() as watch:
        weights = [_read_weight(entry, answers) for entry in answers.entries]
    for entry in answers.entries:
        entry.first = split_block(entry.first)[0] if weight_of(entry) is not None else entry.first
    check_options(answers.entries, answers)
    best = max(weights)
    if watch.is_broken:
        return None
    if answers.points is not None and best != answers.points:
        said = f"the best option earns {plain_number(best)}, the item is worth {plain_number(answers.points)}"
        fix = naming(f"{plain_number(best)} ≠ {plain_number(answers.points)}", "make them equal")
        answers.refuse("points-sum", said, fix)
    elif best <= 0:
        answers.refuse("points-sum", "no option of this item earns anything", "give the best one points")
    return WeightedKey(_options(answers.entries), tuple(weights))


def _read_weight(entry: Entry, answers: Answers) -> Decimal:
    if entry.marker.inside == "x":
        message = "no option of an item with points (分级单选) is marked right"
        answers.refuse("mark-in-weighted", message, "write ( ) and give points: {3分}", entry.line)
    written = weight_of(entry)
    if written is None:
        answers.refuse("no-score", "this option has no score", "write {0分} or more at its end", entry.line)
        return Decimal(0)
    if slip := spaced_unit(narrow(written)):
        answers.refuse("bad-attribute", *slip, entry.line)
    if not split_block(entry.first)[2]:
        fix = "write a space before {, or \\{ for text"
        answers.refuse("no-space", "these points stand without a space before them", fix, entry.line)
    points = read_signed_points(written)
    if points < 0:
        answers.refuse("bad-value", "an option of an item earns 0 or more", "write {0分}", entry.line)
    return points


def _write_weighted(item: Item, language: str) -> list[str]:
    key = item.key
    if not isinstance(key, WeightedKey):
        return []
    tails = [f" {{{write_points(weight, language)}}}" for weight in key.weights]
    options = [replace(option, text=_escaped(option.text)) for option in key.options]
    return write_options(options, ["( )"] * len(tails), tails)


def _escaped(text: str) -> str:
    """Keep braces at the end of the first line that would be read as points."""
    first, *more = text.split("\n")
    return "\n".join([escape_tail(first), *more])


def _weighted_figure(item: Item) -> object:
    return item.key.weights if isinstance(item.key, WeightedKey) else None


BEST_WORST = Shape(
    ItemType.BEST_WORST, _is_best_worst, _is_round, _read_best_worst, _write_best_worst, _best_worst_figure
)
RATING = Shape(
    ItemType.RATING,
    _is_rating,
    _is_mean,
    _read_rating,
    _write_rating,
    _rating_figure,
    keys=frozenset({"scale"}),
)
WEIGHTED = Shape(
    ItemType.WEIGHTED, _is_weighted, _is_plain_option, _read_weighted, _write_weighted, _weighted_figure
)
