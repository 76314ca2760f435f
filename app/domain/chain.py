"""The chain of an attempt's events: canonical JSON, and hashes that each hold the one before."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

#: anything that JSON can say without a float
Json = Any


class FloatInBody(ValueError):
    """Bodies hold no floats: two machines would write them differently."""


def canonical_json(value: Json) -> str:
    """Return canonical JSON: UTF-8 text, sorted keys, no spaces, no floats.

    :raises FloatInBody: there is a float anywhere in the value.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def genesis(attempt: str, person: str, paper: str, layout: Mapping[str, Json]) -> str:
    """Return the hash on which an attempt's first event stands (64 hex digits).

    :param person: the salted person, see ``salted``.
    :param paper: SHA-256 of the paper's manifest.
    """
    body = canonical_json({"attempt": attempt, "person": person, "paper": paper, "layout": layout})
    return sha256(body.encode()).hexdigest()


def link(prev_hash: str, body: str) -> str:
    """Return the hash of an event: SHA-256 of the previous hash's bytes followed by the body's."""
    return sha256(bytes.fromhex(prev_hash) + body.encode()).hexdigest()


def salted(person: str, seed: str) -> str:
    """Return a person's mark in a chain, which cannot be traced without the attempt's seed."""
    return sha256(f"{seed}:{person}".encode()).hexdigest()


def _refuse_floats(value: Json) -> None:
    if isinstance(value, float):
        raise FloatInBody(repr(value))
    if isinstance(value, Mapping):
        for name, member in value.items():
            _refuse_floats(name)
            _refuse_floats(member)
    elif isinstance(value, list | tuple):
        for member in value:
            _refuse_floats(member)
