"""Public ids, ordered by time, not to be guessed, easy to read aloud; and names that are free in a text."""

from collections.abc import Container
from datetime import UTC, datetime, timedelta

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
CHANCE_BITS = 80
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def public_id(now: datetime, chance: int) -> str:
    """Return an id of 26 characters: 48 bits of milliseconds, then 80 bits of chance.

    >>> public_id(EPOCH, 1)
    '00000000000000000000000001'
    """
    milliseconds = (now - EPOCH) // timedelta(milliseconds=1)
    number = (milliseconds << CHANCE_BITS) | (chance & ((1 << CHANCE_BITS) - 1))
    return "".join(ALPHABET[number >> shift & 31] for shift in range((LENGTH - 1) * 5, -1, -5))


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that nothing has: this one, else with the first number from 2 that makes it so.

    >>> free_name("q1", {"q1", "q1-2"}), free_name("q3", {"q1"})
    ('q1-3', 'q3')
    """
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
