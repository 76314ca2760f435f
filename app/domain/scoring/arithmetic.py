"""Arithmetic for keys: numbers, names, + - * / and brackets, read by hand and bounded.

Nothing is executed, and there are no powers.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException, localcontext

from app.domain.scoring.normal import compatible

LENGTH_LIMIT = 200
DEPTH_LIMIT = 20
MAGNITUDE_LIMIT = Decimal("1e15")

#: computed with 50 digits and rounded to 20 places, so that 1/3 * 3 is 1
DIGITS = 50
PLACES_LIMIT = 20
_PLACES = Decimal(1).scaleb(-PLACES_LIMIT)
NAME = r"[A-Za-z_\u3400-\u9fff][A-Za-z0-9_\u3400-\u9fff]{0,19}"
_TOKEN = re.compile(rf"\s*(?:([0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)|([-+*/()])|({NAME}))\s*")
_SIGNS = str.maketrans("×÷−–⁄", "*/--/")
_OPERATORS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": Decimal.__add__,
    "-": Decimal.__sub__,
    "*": Decimal.__mul__,
    "/": Decimal.__truediv__,
}


class BadExpression(ValueError):
    """This is no arithmetic, or its value is too large."""


def evaluate(expression: str, values: Mapping[str, Decimal] | None = None) -> Decimal:
    """Return the value of an expression in which names stand for these values.

    >>> evaluate("(2 + 1,000) × 0.5"), evaluate("1/3 * 3") == 1
    (Decimal('501'), True)
    >>> evaluate("X * 0.14", {"X": Decimal(300)})
    Decimal('42')

    :raises BadExpression: it cannot be read, names what has no value, divides by zero, or reaches 1e15.
    """
    with localcontext(prec=DIGITS):
        try:
            value = _Reader(_tokens(expression), values or {}).read().quantize(_PLACES)
        except DecimalException:
            raise BadExpression(expression) from None
        if abs(value) >= MAGNITUDE_LIMIT:
            raise BadExpression(expression)
        return value.normalize() if value % 1 else value.quantize(Decimal(1))


def _tokens(expression: str) -> list[str]:
    text = compatible(expression).translate(_SIGNS)
    if len(text) > LENGTH_LIMIT:
        raise BadExpression("the expression is too long")
    tokens: list[str] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise BadExpression(expression)
        tokens.append(found[1].replace(",", "") if found[1] else found[2] or found[3])
        place = found.end()
    return tokens


class _Reader:
    """Reads tokens from left to right; holds its place among them."""

    def __init__(self, tokens: list[str], values: Mapping[str, Decimal]) -> None:
        self.tokens = tokens[::-1]
        self.values = values

    def read(self) -> Decimal:
        value = self.sum(0)
        if self.tokens:
            raise BadExpression(self.tokens[-1])
        return value

    def sum(self, depth: int) -> Decimal:
        value = self.product(depth)
        while self.tokens and self.tokens[-1] in "+-":
            value = _OPERATORS[self.tokens.pop()](value, self.product(depth))
        return value

    def product(self, depth: int) -> Decimal:
        value = self.signed(depth)
        while self.tokens and self.tokens[-1] in "*/":
            value = _OPERATORS[self.tokens.pop()](value, self.signed(depth))
        return value

    def signed(self, depth: int) -> Decimal:
        token = self.tokens.pop() if self.tokens else ""
        if depth > DEPTH_LIMIT or not token:
            raise BadExpression(token or "the expression ends too early")
        if token in {"+", "-"}:
            value = self.signed(depth + 1)
            return -value if token == "-" else value
        return self.bracket(depth) if token == "(" else self.number(token)

    def number(self, token: str) -> Decimal:
        if token[0].isdecimal():
            return Decimal(token)
        if token not in self.values:
            raise BadExpression(f"{token} has no value")
        return self.values[token]

    def bracket(self, depth: int) -> Decimal:
        value = self.sum(depth + 1)
        if not self.tokens or self.tokens.pop() != ")":
            raise BadExpression("a bracket is not closed")
        return value
