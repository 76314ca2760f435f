"""Strategies that make items of every type, as an author could have written them."""

from decimal import Decimal

from hypothesis import strategies as st

from app.content.shapes.blanks import needs_force
from app.domain.file_types import FILE_TYPES
from app.domain.items import Item, ItemType
from app.domain.keys import Dropdown, TruthKey
from app.domain.options import ConstructedKind
from tests.content.item_keys import (
    best_worst_keys,
    blanks_keys,
    calculated_keys,
    choice_keys,
    cloze_keys,
    constructed_keys,
    matching_keys,
    numeric_keys,
    ordering_keys,
    rating_keys,
    variables,
    weighted_keys,
)
from tests.content.wordings import (
    answer_texts,
    difficulties,
    id_lists,
    ids,
    item_texts,
    levels,
    points,
    stem_lines,
    texts,
    word_lists,
)

MULTIPLE_RULES = ["all", "half", "share", "fixed:0.5", "signed"]
TYPES = st.sampled_from(ItemType)
hint_lists = st.lists(answer_texts, max_size=2).map(tuple)
old_names = st.none() | st.just("old-name")
shared_fields = st.fixed_dictionaries(
    {"objectives": id_lists, "level": levels, "difficulty": difficulties, "topic": word_lists}
)


@st.composite
def items(draw, name, types=TYPES):
    item_type = draw(types)
    fields = {"heading": draw(stem_lines), "body": draw(item_texts).replace("_", "-")}
    if item_type is not ItemType.INFO:
        fields |= draw(shared_fields)
        fields["points"] = draw(st.none() | points)
        fields["hints"] = draw(hint_lists)
    if item_type not in (ItemType.INFO, ItemType.WALK):
        fields["explanation"] = draw(texts)
    fields |= draw(OWN_FIELDS[item_type](fields))
    return Item(id=name, type=item_type, was=draw(old_names), **fields)


def keyed(keys, **others):
    """Make the fields of a type from its keys and attributes, whatever the other fields are."""
    made = st.fixed_dictionaries({"key": keys, **others})
    return lambda fields: made


def blanks_fields(fields):
    return written_blanks(fields) | cloze_fields(fields)


@st.composite
def written_blanks(draw, fields):
    key = draw(blanks_keys)
    heading = fields["heading"] + "".join("，____" for _ in key.blanks)
    return {
        "key": key,
        "heading": heading,
        "any_order": draw(st.booleans()),
        "scoring": draw(st.none() | st.just("all")),
        "forced_type": needs_force(key),
    }


@st.composite
def cloze_fields(draw, fields):
    """Return blanks in the stem; the last one stands at its end, so that no quotation follows."""
    key = draw(cloze_keys)
    gaps = [f"，[[{number}]]" for number in range(1, len(key.blanks) + 1)]
    cut = draw(st.integers(0, len(gaps) - 1))
    last = "".join(gaps[cut:])
    has_choice = any(isinstance(blank, Dropdown) for blank in key.blanks)
    return {
        "key": key,
        "heading": fields["heading"] + "".join(gaps[:cut]),
        "body": f"{fields['body']}\n\n{last}" if fields["body"] else last,
        "any_order": not has_choice and draw(st.booleans()),
        "scoring": draw(st.none() | st.just("all")),
    }


plain_numeric_fields = st.fixed_dictionaries({"key": numeric_keys})


def numeric_fields(fields):
    return plain_numeric_fields | calculated_fields(fields)


@st.composite
def calculated_fields(draw, fields):
    shown = draw(st.sampled_from(["，{X} 元", "，{X}", ""]))
    return {
        "key": draw(calculated_keys),
        "variables": draw(variables),
        "heading": fields["heading"] + shown,
    }


@st.composite
def marked_fields(draw, fields):
    """Return marking points that add up to the item's points, where it has any."""
    key = draw(constructed_keys)
    total = sum((point.points for point in key.points), Decimal(0))
    return {"key": key, "points": total if key.points and fields["points"] else fields["points"]}


@st.composite
def constructed_fields(draw, fields):
    kinds = st.none() | st.sampled_from(ConstructedKind)
    return draw(marked_fields(fields)) | {"kind": draw(kinds), "words": draw(st.none() | st.integers(1, 999))}


endings = st.lists(st.sampled_from(list(FILE_TYPES)), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def upload_fields(draw, fields):
    return draw(marked_fields(fields)) | {"file": draw(endings)}


@st.composite
def weighted_fields(draw, fields):
    key = draw(weighted_keys)
    return {"key": key, "points": max(key.weights) if fields["points"] else None}


#: one line an item type
OWN_FIELDS = {
    ItemType.SINGLE: keyed(choice_keys(ItemType.SINGLE)),
    ItemType.MULTIPLE: keyed(
        choice_keys(ItemType.MULTIPLE), scoring=st.none() | st.sampled_from(MULTIPLE_RULES)
    ),
    ItemType.TRUE_FALSE: keyed(st.builds(TruthKey, st.booleans())),
    ItemType.BLANKS: blanks_fields,
    ItemType.NUMERIC: numeric_fields,
    ItemType.ORDERING: keyed(ordering_keys, scoring=st.sampled_from([None, "exact", "pairs"])),
    ItemType.MATCHING: keyed(matching_keys),
    ItemType.BEST_WORST: keyed(best_worst_keys),
    ItemType.RATING: keyed(rating_keys),
    ItemType.WEIGHTED: weighted_fields,
    ItemType.CONSTRUCTED: constructed_fields,
    ItemType.UPLOAD: upload_fields,
    ItemType.WALK: keyed(st.none(), walk=ids),
    ItemType.INFO: keyed(st.none()),
}
