"""Canonical JSON and the chain of hashes."""

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.chain import FloatInBody, canonical_json, genesis, link, salted

START = "0" * 64
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "é"]}, '{"a":[true,null,"é"],"b":1}'),
        ("车门", '"车门"'),
        ('"\\\n', '"\\"\\\\\\n"'),
        ((1, 2), "[1,2]"),
        ({}, "{}"),
    ],
)
def test_canonical_json_has_one_form(value, text):
    assert canonical_json(value) == text


@given(values)
def test_canonical_json_says_what_was_put_in(value):
    text = canonical_json(value)

    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


@pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": [1.5]}}, {1.5: "a"}, (2.0,), float("nan")])
def test_floats_are_refused_wherever_they_stand(value):
    with pytest.raises(FloatInBody):
        canonical_json(value)


def chain(bodies):
    hashes = [START]
    for body in bodies:
        hashes.append(link(hashes[-1], body))
    return hashes[1:]


def test_a_hash_is_sha256_of_the_hash_before_and_the_body():
    assert link(START, "车") == sha256(bytes(32) + "车".encode()).hexdigest()


@given(st.lists(st.binary(min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_a_byte_changed_anywhere_breaks_the_chain_from_there_on(bodies, data):
    bodies = [body.hex() for body in bodies]
    place = data.draw(st.integers(0, len(bodies) - 1))
    at = data.draw(st.integers(0, len(bodies[place]) - 1))
    other = data.draw(st.sampled_from("0123456789abcdef").filter(lambda sign: sign != bodies[place][at]))
    changed = [*bodies]
    changed[place] = bodies[place][:at] + other + bodies[place][at + 1 :]

    before, after = chain(bodies), chain(changed)

    assert before[:place] == after[:place]
    assert all(one != two for one, two in zip(before[place:], after[place:], strict=True))


def test_leaving_out_or_swapping_events_breaks_the_chain():
    whole = chain(["a", "b", "c"])

    assert chain(["a", "c"])[-1] != whole[-1]
    assert chain(["b", "a", "c"])[-1] != whole[-1]


@pytest.mark.parametrize(
    "changed",
    [
        {"attempt": "a2"},
        {"person": "p2"},
        {"paper": "q2"},
        {"layout": {"items": [1]}},
    ],
)
def test_the_beginning_stands_on_attempt_person_paper_and_layout(changed):
    told: dict[str, Any] = {"attempt": "a", "person": "p", "paper": "q", "layout": {"items": []}}

    assert genesis(**told) == genesis(**told)
    assert genesis(**told | changed) != genesis(**told)
    assert len(genesis(**told)) == 64


def test_a_person_cannot_be_told_without_the_seed():
    assert salted("p", "s") == salted("p", "s")
    assert len({salted("p", "s"), salted("p", "t"), salted("q", "s")}) == 3
