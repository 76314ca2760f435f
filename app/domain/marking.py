"""Marking by a person: points as they are typed, marking points that add up, answers without names."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from unicodedata import normalize

from app.domain.errors import BadMark
from app.domain.options import MarkingPoint

ZERO = Decimal(0)
CENT = Decimal("0.01")
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}", re.ASCII)
NEGATIVE = re.compile(r"[-−]\s*[\d.]+")
TOKEN_LENGTH = 20


class MarkFault(StrEnum):
    """Why a mark cannot be taken."""

    EMPTY = "empty"
    COMMA = "comma"
    NO_NUMBER = "no-number"
    NEGATIVE = "negative"
    TOO_MANY = "too-many"
    TOO_FINE = "too-fine"
    UNKNOWN_POINT = "unknown-point"
    NO_REASON = "no-reason"
    TOO_LONG = "too-long"


#: what is wrong with the form of typed points, in the order in which it is looked for
FORM_FAULTS: Mapping[MarkFault, Callable[[str], bool]] = {
    MarkFault.EMPTY: lambda typed: not typed,
    MarkFault.COMMA: lambda typed: "," in typed,
    MarkFault.NEGATIVE: lambda typed: NEGATIVE.fullmatch(typed) is not None,
    MarkFault.NO_NUMBER: lambda typed: NUMBER.fullmatch(typed) is None,
}


def read_points(text: str, maximum: Decimal) -> Decimal:
    """Read points as a marker types them: 0 to the maximum, at most two decimals.

    :raises BadMark: with a ``MarkFault``.

    >>> read_points(" 2.5 ", Decimal(4)), read_points("３", Decimal(4))
    (Decimal('2.5'), Decimal('3'))
    """
    typed = normalize("NFKC", text).strip()
    fault = next((fault for fault, is_so in FORM_FAULTS.items() if is_so(typed)), None)
    if fault is not None:
        raise BadMark(fault)
    points = Decimal(typed)
    if points > maximum:
        raise BadMark(MarkFault.TOO_MANY)
    if points != points.quantize(CENT):
        raise BadMark(MarkFault.TOO_FINE)
    return points


def sum_awarded(points: Sequence[MarkingPoint], awarded: Iterable[int], maximum: Decimal) -> Decimal:
    """Add up the marking points (评分要点) that were awarded, by number from 1; never more than the item.

    :raises BadMark: the item has no such marking point.
    """
    numbers = set(awarded)
    if not numbers <= set(range(1, len(points) + 1)):
        raise BadMark(MarkFault.UNKNOWN_POINT)
    total = sum((points[number - 1].points for number in numbers), ZERO)
    return min(total, maximum)


def token_of(exam: str, item: str, seed: str) -> str:
    """Return what stands for a response instead of its learner: another one at each item.

    It cannot be traced without the attempt's seed, which nobody is shown.
    """
    return sha256(f"{exam}/{item}/{seed}".encode()).hexdigest()[:TOKEN_LENGTH]


def next_token(tokens: Iterable[str], wanted: Collection[str], current: str) -> str | None:
    """Return the wanted response that comes after the current one, from the beginning again after the last.

    >>> next_token("abcd", {"b", "d"}, "b"), next_token("abcd", {"b"}, "b"), next_token("abcd", {"a"}, "c")
    ('d', None, 'a')
    """
    order = [token for token in tokens if token in wanted and token != current]
    return next((token for token in order if token > current), next(iter(order), None))


class ScriptState(StrEnum):
    """Where a response stands in marking; in conflict are two marks of which one must be chosen."""

    TO_MARK = "to-mark"
    MARKED = "marked"
    CONFLICT = "conflict"


def script_state(*, has_score: bool, is_in_conflict: bool) -> ScriptState:
    """Tell where a response stands; one without a score waits, whatever was marked before."""
    if not has_score:
        return ScriptState.TO_MARK
    return ScriptState.CONFLICT if is_in_conflict else ScriptState.MARKED
