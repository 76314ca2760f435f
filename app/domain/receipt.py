"""Receipts: what a learner holds of a hand-in, signed so that anybody can tell it was not altered.

A receipt is canonical JSON with a signature (Ed25519, RFC 8032) over the same JSON without it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.domain.chain import canonical_json
from app.domain.errors import BadReceipt

VERSION = 1
SIGNATURE = "signature"
NAMES = frozenset(
    {"v", "attempt", "exam", "person", "items", "answered", "seq", "head", "at", "cause", "key", SIGNATURE}
)
#: more than any receipt has
MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Handed:
    """What a receipt says: an attempt at an exam by a (salted) person, its items and how many were
    answered, the last event (seq) and its hash (head), when it was handed in and who did (cause)."""

    attempt: str
    exam: str
    person: str
    items: int
    answered: int
    seq: int
    head: str
    at: datetime
    cause: str


def sign_receipt(handed: Handed, key: Ed25519PrivateKey) -> str:
    """Return the receipt as it is stored and given, byte by byte."""
    body = {
        "v": VERSION,
        "attempt": handed.attempt,
        "exam": handed.exam,
        "person": handed.person,
        "items": handed.items,
        "answered": handed.answered,
        "seq": handed.seq,
        "head": handed.head,
        "at": handed.at.isoformat(timespec="milliseconds"),
        "cause": handed.cause,
        "key": key_id(key.public_key()),
    }
    signature = urlsafe_b64encode(key.sign(canonical_json(body).encode())).decode()
    return canonical_json(body | {SIGNATURE: signature})


def read_receipt(text: str, key: Ed25519PublicKey) -> dict[str, Any]:
    """Return what a receipt says, after its signature was verified.

    :raises BadReceipt: it is no receipt (``form``), was signed with another key (``key``), or was
        altered (``altered``).
    """
    said = _members(text)
    signature = said.pop(SIGNATURE)
    if said["key"] != key_id(key):
        raise BadReceipt("key")
    try:
        key.verify(_signature(signature), canonical_json(said).encode())
    except (InvalidSignature, BadBase64, UnicodeError):
        raise BadReceipt("altered") from None
    return said


def key_id(key: Ed25519PublicKey) -> str:
    """Return the name of a public key: the first 16 hex digits of its SHA-256."""
    return sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_text(key: Ed25519PublicKey) -> str:
    """Return a public key as text (base64url), for those who verify receipts by themselves."""
    return urlsafe_b64encode(key.public_bytes_raw()).decode()


def _signature(text: str) -> bytes:
    """Read a signature as it is written by us alone: base64 passes over signs and bits that are too many."""
    signature = urlsafe_b64decode(text.encode())
    if urlsafe_b64encode(signature).decode() != text:
        raise BadReceipt("altered")
    return signature


def _members(text: str) -> dict[str, Any]:
    """Read the members of what should be a receipt; white space around and between them is no harm.

    A name that stands twice would be read one way by a person and another way here.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadReceipt("form")
    try:
        pairs = json.loads(text, object_pairs_hook=list, parse_int=_whole)
    except (ValueError, RecursionError):
        raise BadReceipt("form") from None
    if not isinstance(pairs, list) or not all(_is_member(one) for one in pairs):
        raise BadReceipt("form")
    said = dict(pairs)
    if len(pairs) != len(said) or set(said) != NAMES or not isinstance(said[SIGNATURE], str):
        raise BadReceipt("form")
    return said


def _is_member(pair: Any) -> bool:
    """Whether this is a name with a text or a whole number."""
    return isinstance(pair, tuple) and isinstance(pair[1], str | int)


def _whole(digits: str) -> int:
    """Read a whole number that is written in the one way in which we write it: not ``-0``."""
    number = int(digits)
    if str(number) != digits:
        raise ValueError(digits)
    return number
