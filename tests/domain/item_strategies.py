"""Strategies that make items of every type, and answers to them of the right form or of any."""

from decimal import Decimal

from hypothesis import strategies as st

from app.domain.items import Item, ItemType, Variable
from app.domain.keys import BlanksKey, Dropdown, MatchingKey, NumericKey, RatingKey, WalkKey
from app.domain.walk import walk_choices
from tests.domain.builders import (
    make_best_worst,
    make_blanks,
    make_calculated,
    make_car_door,
    make_cloze,
    make_constructed,
    make_info,
    make_matching,
    make_multiple,
    make_numeric,
    make_ordering,
    make_rating,
    make_single,
    make_truth,
    make_upload,
    make_walk,
    make_weighted,
)

RULES = ["all", "half", "share", "fixed:1.5", "signed", "kprim"]
worth = st.integers(1, 2000).map(lambda cents: str(Decimal(cents) / 100))
words = st.text(max_size=20) | st.sampled_from(
    ["1", "2", "3", "4", "5", "护顶", "红", "十二", "45克", "1/0", "*", "\ud800", "best", "worst", "0" * 64]
)
leaves = st.none() | st.booleans() | st.integers() | st.integers(0, 8) | st.floats() | words
json_values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)
colours = st.sampled_from(["红", "绿", "蓝", "红 | 绿", "~红 | 绿", "绿 | ~红 | 蓝"])


@st.composite
def multiples(draw):
    keys = "".join(sorted(draw(st.sets(st.sampled_from("1234"), min_size=1))))
    return make_multiple(keys, draw(st.none() | st.sampled_from(RULES)), points=draw(worth))


@st.composite
def matchings(draw):
    """Return a matching with equal rights and distractors in any places, two rights different."""
    lefts = draw(st.lists(st.booleans(), min_size=2, max_size=6).filter(lambda sides: sum(sides) > 1))
    rights = draw(
        st.lists(st.sampled_from(["红", "绿", "蓝", "黄"]), min_size=len(lefts), max_size=len(lefts)).filter(
            lambda texts: len(set(texts)) > 1
        )
    )
    pairs = (
        f"左{number}={right}" if left else f"={right}"
        for number, (left, right) in enumerate(zip(lefts, rights, strict=True))
    )
    return make_matching(*pairs, points=draw(worth))


@st.composite
def best_worsts(draw):
    count = draw(st.integers(3, 6))
    best, worst = draw(st.permutations(range(1, count + 1)))[:2]
    return make_best_worst(best, worst, count, draw(worth))


@st.composite
def ratings(draw):
    low = draw(st.integers(0, 2))
    high = low + draw(st.integers(1, 7))
    means = draw(st.lists(st.decimals(low, high, places=1).map(str), min_size=1, max_size=5))
    return make_rating(*means, scale=(low, high), points=draw(worth))


@st.composite
def weighteds(draw):
    others = draw(st.lists(st.integers(0, 500), min_size=1, max_size=5))
    weights = draw(st.permutations([*others, draw(st.integers(1, 500))]))
    return make_weighted(*(str(Decimal(cents) / 100) for cents in weights))


ITEMS = {
    ItemType.SINGLE: st.builds(make_single, st.sampled_from("1234"), st.just(4), worth),
    ItemType.MULTIPLE: multiples(),
    ItemType.TRUE_FALSE: st.builds(make_truth, st.booleans(), worth),
    ItemType.BLANKS: st.one_of(
        st.lists(colours.filter(lambda text: "~" not in text), min_size=1, max_size=4).flatmap(
            lambda lines: st.builds(
                lambda rule, free, points: make_blanks(*lines, rule=rule, any_order=free, points=points),
                st.sampled_from([None, "all"]),
                st.booleans(),
                worth,
            )
        ),
        st.lists(colours, min_size=1, max_size=4).map(lambda lines: make_cloze(*lines)),
    ),
    ItemType.NUMERIC: st.sampled_from(
        [
            make_numeric(NumericKey(value="45", tolerance="5", unit="克")),
            make_numeric(NumericKey(low="-1", high="48")),
            make_numeric(NumericKey(value="3.14", places=2)),
        ]
    ),
    ItemType.ORDERING: st.builds(
        make_ordering, st.integers(2, 6), st.sampled_from([None, "exact", "pairs"]), worth
    ),
    ItemType.MATCHING: matchings(),
    ItemType.BEST_WORST: best_worsts(),
    ItemType.RATING: ratings(),
    ItemType.WEIGHTED: weighteds(),
    ItemType.CONSTRUCTED: st.builds(make_constructed, worth),
    ItemType.UPLOAD: st.builds(make_upload, worth),
    ItemType.WALK: st.builds(make_walk, st.just(make_car_door()), worth),
    ItemType.INFO: st.just(make_info()),
}
items = st.sampled_from(ItemType).flatmap(lambda item_type: ITEMS[item_type])
#: items that only a layout sees: their variables are drawn there
drawn_items = items | st.just(make_calculated(NumericKey(value="X * 2"), Variable("X", "1", "9")))


def positions(count):
    return st.integers(1, count).map(str)


@st.composite
def walks(draw, key):
    """Return choices from the beginning of a case, to an ending or less far."""
    choices: list[int] = []
    while draw(st.booleans()):
        state = walk_choices(key.case, choices)
        if state.ended or state.at is None:
            break
        choices.append(draw(st.integers(1, len(key.case.section(state.at).choices))))
    return [str(choice) for choice in choices]


@st.composite
def best_worst_answers(draw, count):
    best, worst = draw(st.permutations([str(place) for place in range(1, count + 1)]))[:2]
    return draw(st.sampled_from([{"best": best, "worst": worst}, {"best": best}, {"worst": worst}, {}]))


def blank_answers(key):
    fillings = (
        (st.none() | st.just("") | positions(len(blank.options)))
        if isinstance(blank, Dropdown)
        else (st.none() | st.sampled_from(["", "红", "绿", "紫"]))
        for blank in key.blanks
    )
    return st.tuples(*fillings).map(list)


def shown_rights(key: MatchingKey):
    """Return the rights that a page shows: of equal ones the first."""
    return [str(key.rights.index(right) + 1) for right in dict.fromkeys(key.rights)]


def answers_to(item: Item):
    """Return a strategy of answers that the item takes, in file order; an info item takes none."""
    count = len(item.options)
    match item.key:
        case BlanksKey():
            return blank_answers(item.key)
        case MatchingKey():
            lefts = positions(len(item.key.lefts))
            return st.dictionaries(lefts, st.none() | st.sampled_from(shown_rights(item.key)), max_size=6)
        case RatingKey():
            return st.dictionaries(positions(count), st.none() | st.integers(item.key.low, item.key.high))
        case WalkKey():
            return walks(item.key)
    digests = st.integers(0, 99).map("{:064x}".format)
    by_type = {
        ItemType.SINGLE: lambda: positions(count),
        ItemType.WEIGHTED: lambda: positions(count),
        ItemType.MULTIPLE: lambda: st.lists(positions(count), unique=True),
        ItemType.TRUE_FALSE: st.booleans,
        ItemType.NUMERIC: lambda: st.sampled_from(["45", "四十克", "3.14", "x", ""]),
        ItemType.ORDERING: lambda: st.permutations([str(step) for step in range(1, count + 1)]),
        ItemType.BEST_WORST: lambda: best_worst_answers(count),
        ItemType.CONSTRUCTED: lambda: st.sampled_from(["", "因为她是主宾。"]),
        ItemType.UPLOAD: lambda: st.lists(digests, unique=True, max_size=10),
        ItemType.INFO: st.none,
    }
    return by_type[item.type]()


answered_items = items.flatmap(lambda item: st.tuples(st.just(item), answers_to(item)))
