"""Chance in tests: numbers of its own for each test, the same ones whenever it runs.

A test that fails with one draw in a hundred would be red on a day when nobody touched it.
"""

from random import Random

_numbers = Random()


def begin_chance(name: str) -> None:
    """Draw from here on what is drawn for this name."""
    _numbers.seed(name)


def randbits(bits: int) -> int:
    """Return so many random bits, as ``secrets.randbits`` does."""
    return _numbers.getrandbits(bits)
