"""Strategies that make the keys of items."""

from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from app.content.escape import escape_block
from app.content.marks import narrow, read_marker
from app.domain.items import ItemType, Variable
from app.domain.keys import (
    BestWorstKey,
    BlanksKey,
    ChoiceKey,
    ConstructedKey,
    Dropdown,
    MatchingKey,
    NumericKey,
    OrderingKey,
    Pair,
    RatingKey,
    WeightedKey,
)
from app.domain.options import MarkingPoint, Option
from tests.content.wordings import answer_texts, are_distinct, feedback, first_lines, option_texts, points


@st.composite
def choice_keys(draw, item_type):
    options = draw(option_texts)
    chosen = {draw(st.integers(0, len(options) - 1))}
    if item_type is ItemType.MULTIPLE:
        chosen |= draw(st.sets(st.integers(0, len(options) - 1)))
    return ChoiceKey(
        tuple(Option(text, place in chosen, draw(feedback)) for place, text in enumerate(options))
    )


@st.composite
def plain_options(draw, texts=option_texts):
    """Return options none of which is marked."""
    return tuple(Option(text, feedback=draw(feedback)) for text in draw(texts))


options_of_two = plain_options()
options_of_three = plain_options(option_texts.filter(lambda texts: len(texts) > 2))
ordering_keys = st.builds(OrderingKey, options_of_two)


@st.composite
def make_best_worst_keys(draw):
    options = draw(options_of_three)
    best, worst = draw(st.permutations(range(1, len(options) + 1)))[:2]
    return BestWorstKey(options, best, worst)


scales = st.sampled_from([(1, 5), (1, 7), (0, 3), (2, 12)])


@st.composite
def make_rating_keys(draw):
    options = draw(options_of_two)
    low, high = draw(scales)
    means = tuple(draw(st.decimals(low, high, places=2)) for _ in options)
    return RatingKey(options, means, low, high)


weights_of_others = st.just(Decimal(0)) | points


@st.composite
def make_weighted_keys(draw):
    options = draw(options_of_two)
    weights = [draw(weights_of_others) for _ in options[1:]]
    return WeightedKey(options, tuple(draw(st.permutations([*weights, draw(points)]))))


def is_left(text: str) -> bool:
    """Whether a line that begins with this text can be a pair."""
    return "\n" not in text and read_marker(f"- {text} <-> x") is None


def is_text(line: str) -> bool:
    """Whether the first of these lines ends in no braces that would be read as attributes."""
    first = line.partition("\n")[0]
    return escape_block(first) == first


def has_no_arrow(text: str) -> bool:
    return "<-" not in narrow(text)


sides = option_texts.filter(lambda texts: all(map(has_no_arrow, texts)))
#: sides of pairs that hold an arrow as text
arrows = st.sampled_from(["去 <-> 回", "左 ↔ 右", "<->"])
lefts = (first_lines.filter(has_no_arrow) | arrows).filter(is_left)


@st.composite
def make_matching_keys(draw):
    rights = draw(sides)
    if draw(st.booleans()):
        rights = [*rights[:-1], draw(arrows)]
    count = draw(st.integers(2, len(rights)))
    # a sign at its end makes each left differ from the others
    pairs = [
        Pair(f"{draw(lefts)} {'甲乙丙丁戊'[place]}", right, draw(feedback))
        for place, right in enumerate(rights[:count])
    ]
    if draw(st.booleans()):
        pairs.append(Pair("另一个", rights[0]))
    pairs += [Pair("", right) for right in rights[count:]]
    # an author had put a backslash before braces that begin left and end right
    assume(all(is_text(f"{pair.left} <-> {pair.right}") for pair in pairs))
    return MatchingKey(tuple(draw(st.permutations(pairs))))


best_worst_keys = make_best_worst_keys()
rating_keys = make_rating_keys()
weighted_keys = make_weighted_keys()
matching_keys = make_matching_keys()


wordings = st.lists(
    st.text("护顶服务ab12 -|(对T", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=3
).map(tuple)
blanks_keys = st.lists(wordings, min_size=1, max_size=3).map(lambda blanks: BlanksKey(tuple(blanks)))
inside = st.text("护顶服务ab12 -|([]~～", min_size=1, max_size=6).map(str.strip).filter(bool)
dropdowns = (
    st.lists(inside, min_size=2, max_size=4)
    .filter(are_distinct)
    .flatmap(lambda options: st.builds(Dropdown, st.just(tuple(options)), st.integers(1, len(options))))
)
cloze_keys = st.lists(
    st.lists(inside, min_size=1, max_size=3).map(tuple) | dropdowns, min_size=1, max_size=4
).map(lambda blanks: BlanksKey(tuple(blanks), is_cloze=True))
numbers = st.decimals(-999, 999, places=1).map(str)
units = st.sampled_from(["", "克", "小时", "%", "℃", "km/h"])
numeric_keys = st.one_of(
    st.builds(NumericKey, value=numbers, unit=units),
    st.builds(NumericKey, value=numbers, tolerance=st.sampled_from(["0.5", "10"]), unit=units),
    st.builds(NumericKey, value=numbers, places=st.integers(0, 4), unit=units),
    st.builds(NumericKey, low=st.just("-5"), high=st.sampled_from(["0", "12.5"]), unit=units),
    st.builds(NumericKey, value=st.sampled_from(["9 * 5", "1 / 3", "(2 + 3) × 4", "-(7)/2"]), unit=units),
)
variables = st.lists(
    st.builds(
        Variable,
        st.sampled_from(["Y", "晚数", "n_1"]),
        st.sampled_from(["-5", "0", "1.50"]),
        st.sampled_from(["9", "12.5"]),
        st.sampled_from(["1", "0.5", "2.50"]),
    ),
    max_size=2,
    unique_by=lambda variable: variable.name,
).map(lambda others: (Variable("X", "100", "900", "50"), *others))
calculations = st.sampled_from(
    ["X", "X * 0.14", "(X + 1) × 2", "X / 3", "-X", "2 * (X - 7)", "X*X", "100 - X/8", "(X)"]
)
calculated_keys = st.one_of(
    numeric_keys,
    st.builds(NumericKey, value=calculations, unit=units),
    st.builds(NumericKey, value=calculations, tolerance=st.just("0.01") | calculations, unit=units),
    st.builds(NumericKey, value=calculations, places=st.integers(0, 4), unit=units),
    st.builds(NumericKey, low=calculations, high=calculations | numbers, unit=units),
)
marking_points = st.lists(st.builds(MarkingPoint, points, answer_texts), max_size=3).map(tuple)
guidance = st.lists(answer_texts, max_size=2).map(tuple)
constructed_keys = st.builds(ConstructedKey, marking_points, guidance)
