"""Strategies that make the keys of items."""

from hypothesis import strategies as st

from app.domain.items import BlanksKey, ChoiceKey, ConstructedKey, ItemType, MarkingPoint, NumericKey, Option
from tests.content.wordings import answer_texts, feedback, option_texts, points


@st.composite
def choice_keys(draw, item_type):
    options = draw(option_texts)
    chosen = {draw(st.integers(0, len(options) - 1))}
    if item_type is ItemType.MULTIPLE:
        chosen |= draw(st.sets(st.integers(0, len(options) - 1)))
    return ChoiceKey(
        tuple(Option(text, place in chosen, draw(feedback)) for place, text in enumerate(options))
    )


wordings = st.lists(
    st.text("护顶服务ab12 -|(对T", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=3
).map(tuple)
blanks_keys = st.lists(wordings, min_size=1, max_size=3).map(lambda blanks: BlanksKey(tuple(blanks)))
numbers = st.decimals(-999, 999, places=1).map(str)
units = st.sampled_from(["", "克", "小时", "%", "℃", "km/h"])
numeric_keys = st.one_of(
    st.builds(NumericKey, value=numbers, unit=units),
    st.builds(NumericKey, value=numbers, tolerance=st.sampled_from(["0.5", "10"]), unit=units),
    st.builds(NumericKey, value=numbers, places=st.integers(0, 4), unit=units),
    st.builds(NumericKey, low=st.just("-5"), high=st.sampled_from(["0", "12.5"]), unit=units),
)
marking_points = st.lists(st.builds(MarkingPoint, points, answer_texts), max_size=3).map(tuple)
guidance = st.lists(answer_texts, max_size=2).map(tuple)
constructed_keys = st.builds(ConstructedKey, marking_points, guidance)
