"""Receipts: anybody can tell whether one was altered."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from string import printable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadReceipt
from app.domain.receipt import MOST_CHARACTERS, Handed, key_id, public_text, read_receipt, sign_receipt

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
HANDED = Handed(
    attempt="01JNE7ZT3V8Q4W9M2R5X6Y7B1C",
    exam="01JNE7ZT3V8Q4W9M2R5X6Y7B1D",
    person="ab" * 32,
    items=50,
    answered=0,
    seq=117,
    head="cd" * 32,
    at=datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=UTC),
    cause="person",
)
RECEIPT = sign_receipt(HANDED, KEY)


def problem(text, key=PUBLIC):
    """Return what is wrong with a receipt, None if nothing is."""
    try:
        read_receipt(text, key)
    except BadReceipt as refusal:
        return str(refusal)
    return None


def test_a_receipt_says_what_was_handed_in():
    said = read_receipt(RECEIPT, PUBLIC)

    assert said == {
        "v": 1,
        "attempt": HANDED.attempt,
        "exam": HANDED.exam,
        "person": HANDED.person,
        "items": 50,
        "answered": 0,
        "seq": 117,
        "head": HANDED.head,
        "at": "2026-03-02T01:02:03.456+00:00",
        "cause": "person",
        "key": key_id(PUBLIC),
    }


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = st.integers(0, 2**31)


@given(
    st.builds(
        Handed,
        attempt=names,
        exam=names,
        person=names,
        items=numbers,
        answered=numbers,
        seq=numbers,
        head=names,
        at=st.datetimes(timezones=st.just(UTC)),
        cause=st.sampled_from(["person", "deadline"]),
    )
)
def test_what_is_signed_can_be_read(handed):
    said = read_receipt(sign_receipt(handed, KEY), PUBLIC)

    assert (said["attempt"], said["answered"], said["head"]) == (handed.attempt, handed.answered, handed.head)


def test_signing_the_same_again_gives_the_same_bytes():
    assert sign_receipt(HANDED, KEY) == RECEIPT


def test_every_other_character_in_any_place_is_found():
    signs = sorted(set(printable) | {"\0", "é", "０", "\u200b", "\ufeff"})

    missed = [
        (place, sign)
        for place, right in enumerate(RECEIPT)
        for sign in signs
        if sign != right and problem(RECEIPT[:place] + sign + RECEIPT[place + 1 :]) is None
    ]

    assert missed == []


def test_every_character_that_is_missing_is_found():
    missed = [n for n in range(len(RECEIPT)) if problem(RECEIPT[:n] + RECEIPT[n + 1 :]) is None]

    assert missed == []


def test_every_character_that_was_added_is_found_but_white_space_between_members():
    signs = [*sorted(set(printable) - set(" \t\n\r")), "\0", "é", "\u200b", "\xa0"]

    missed = [
        (place, sign)
        for place in range(len(RECEIPT) + 1)
        for sign in signs
        if problem(RECEIPT[:place] + sign + RECEIPT[place:]) is None
    ]

    assert missed == []


def test_members_in_another_order_and_white_space_are_no_harm():
    said = json.loads(RECEIPT)
    turned = dict(reversed(said.items()))

    for text in (f"\n {RECEIPT}\r\n", json.dumps(said, indent=4), json.dumps(turned, ensure_ascii=False)):
        assert read_receipt(text, PUBLIC) == read_receipt(RECEIPT, PUBLIC)


def test_white_space_inside_a_text_is_an_alteration():
    assert problem(RECEIPT.replace(HANDED.attempt, f"{HANDED.attempt} ")) == "altered"
    assert problem(RECEIPT.replace('=="', '== "')) == "altered"


def test_another_key_is_named():
    other = Ed25519PrivateKey.generate()

    assert problem(RECEIPT, other.public_key()) == "key"
    assert problem(sign_receipt(HANDED, other)) == "key"


def test_the_name_of_our_key_does_not_make_another_signature_ours():
    other = Ed25519PrivateKey.generate()
    forged = sign_receipt(HANDED, other).replace(key_id(other.public_key()), key_id(PUBLIC))

    assert problem(forged) == "altered"


@pytest.mark.parametrize("name", sorted(json.loads(RECEIPT)))
def test_a_name_that_stands_twice_is_no_receipt(name):
    """A person reads the first one, a program the last one: neither is taken."""
    value = json.dumps(json.loads(RECEIPT)[name])
    lie = "7" if value.isdigit() else '"x"'

    for text in (
        f'{{"{name}":{lie},{RECEIPT[1:]}',
        f'{RECEIPT[:-1]},"{name}":{lie}}}',
        f'{RECEIPT[:-1]},"{name}":{value}}}',
        RECEIPT.replace(f'"{name}":', f'"\\u00{ord(name[0]):x}{name[1:]}":{lie},"{name}":'),
    ):
        assert problem(text) == "form"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ('"items":50', '"items":50.0'),
        ('"items":50', '"items":5e1'),
        ('"items":50', '"items":NaN'),
        ('"items":50', '"items":Infinity'),
        ('"items":50', '"items":null'),
        ('"items":50', '"items":[50]'),
        ('"items":50', '"items":{"n":50}'),
        ('"items":50', '"items":050'),
        ('"answered":0', '"answered":-0'),
        ('"answered":0,', ""),
        ('"answered":0', '"more":1,"answered":0'),
        ('"signature":"', '"signature":["'),
    ],
)
def test_what_no_receipt_holds_is_none(before, now):
    assert before in RECEIPT
    assert problem(RECEIPT.replace(before, now)) == "form"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ('"v":1', '"v":true'),
        ('"items":50', '"items":"50"'),
        ('"answered":0', '"answered":false'),
        ('"cause":"person"', '"cause":"deadline"'),
        ('"seq":117', '"seq":118'),
        ('"seq":117', '"seq":-117'),
        ('"seq":117', f'"seq":{10**600}'),
        ("2026-03-02T01:02:03.456+00:00", "2026-03-02T09:02:03.456+08:00"),
        ("01JNE7ZT3V8Q4W9M2R5X6Y7B1C", "\\ud800"),
    ],
)
def test_what_says_something_else_is_altered(before, now):
    assert before in RECEIPT
    assert problem(RECEIPT.replace(before, now)) == "altered"


def test_a_signature_is_read_only_as_we_write_it():
    """Base64 leaves bits over in its last sign, and readers of it pass over what is no sign of it."""
    written = json.loads(RECEIPT)["signature"]
    signature = urlsafe_b64decode(written)
    assert len(signature) == 64

    others = [
        *(f"{written[:-3]}{sign}==" for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if sign != written[-3]),
        written.rstrip("="),
        f"{written}=",
        f"!{written}",
        f"{written[:9]}\\n{written[9:]}",
        urlsafe_b64encode(signature + b"\0").decode(),
        "",
        "é",
        "\\ud800",
    ]
    assert {problem(RECEIPT.replace(written, other)) for other in others} == {"altered"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "null",
        "1",
        '"receipt"',
        "[]",
        "{}",
        f"[{RECEIPT}]",
        RECEIPT[:-1],
        RECEIPT + "x",
        RECEIPT * 2,
        "[" * MOST_CHARACTERS,
        '{"v":' * 600,
        RECEIPT.replace('"items":50', '"items":' + "[" * 900 + "]" * 900),
        RECEIPT + " " * MOST_CHARACTERS,
        "收据",
    ],
)
def test_any_other_text_is_no_receipt(text):
    assert problem(text) == "form"


@given(st.text(max_size=200) | st.recursive(st.none() | st.integers(), st.lists).map(json.dumps))
def test_no_text_breaks_the_reader(text):
    assert problem(text) == "form"


def test_the_public_key_as_text_verifies_a_receipt_by_hand():
    """What the manual tells those who trust nobody: the JSON without its signature, sorted, no spaces."""
    key = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(public_text(PUBLIC)))
    said = json.loads(RECEIPT)
    signature = urlsafe_b64decode(said.pop("signature"))

    body = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    key.verify(signature, body.encode())
