"""Variables of calculated items (计算题): drawn from a stored seed, then put into key and texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from itertools import islice, product

from app.domain.items import Item, Variable
from app.domain.keys import NumericKey
from app.domain.scoring.arithmetic import evaluate

#: name -> value as it is shown
Values = Mapping[str, str]
#: values a variable may take
STEPS_LIMIT = 10_000
#: draws that are looked at one by one; of more, evenly many of each variable
DRAWS_LIMIT = 2_000
SAMPLES = 10


def draw_values(variables: Sequence[Variable], seed: str) -> dict[str, str]:
    """Draw a value for each variable; the same seed gives the same values for ever.

    >>> draw_values([Variable("X", "100", "900", "50")], "seed")
    {'X': '650'}
    """
    values = {}
    for variable in variables:
        digest = sha256(f"{seed}/{variable.name}".encode()).digest()
        chosen = int.from_bytes(digest[:8], "big") % count_of(variable)
        values[variable.name] = _value(variable, chosen)
    return values


def lowest_values(variables: Sequence[Variable]) -> dict[str, str]:
    """Return the lowest value of each variable."""
    return {variable.name: _value(variable, 0) for variable in variables}


def sample_draws(variables: Sequence[Variable], count: int = SAMPLES) -> list[dict[str, str]]:
    """Return so many draws for an author to look at."""
    return [draw_values(variables, f"sample/{number}") for number in range(1, count + 1)]


def count_of(variable: Variable) -> int:
    """Return how many values a variable can take.

    >>> count_of(Variable("X", "100", "900", "50"))
    17
    """
    span = Decimal(variable.high) - Decimal(variable.low)
    return int(span // Decimal(variable.step)) + 1


def every_draw(variables: Sequence[Variable]) -> Iterator[dict[str, str]]:
    """Give every draw, or where there are more than ``DRAWS_LIMIT``, draws spread over all values.

    The lowest and the highest value of each variable are always among them.
    """
    share = DRAWS_LIMIT
    while share > 2 and _total(variables, share) > DRAWS_LIMIT:
        share = share * 3 // 4
    ranges = [
        [_value(variable, place) for place in _spread(count_of(variable), share)] for variable in variables
    ]
    names = [variable.name for variable in variables]
    return (dict(zip(names, draw, strict=True)) for draw in islice(product(*ranges), DRAWS_LIMIT))


def with_values(item: Item, values: Values) -> Item:
    """Return an item whose key has the values put in and computed; without variables, the item itself.

    :raises BadExpression: the arithmetic has no value for these.
    """
    key = item.key
    if not isinstance(key, NumericKey) or not item.variables:
        return item
    numbers = {name: Decimal(value) for name, value in values.items()}

    def computed(expression: str | None) -> str | None:
        return None if expression is None else f"{evaluate(expression, numbers):f}"

    known = replace(
        key,
        value=computed(key.value),
        tolerance=computed(key.tolerance),
        low=computed(key.low),
        high=computed(key.high),
    )
    return replace(item, key=known, variables=())


def _value(variable: Variable, place: int) -> str:
    value = Decimal(variable.low) + Decimal(variable.step) * place
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _total(variables: Sequence[Variable], share: int) -> int:
    total = 1
    for variable in variables:
        total *= min(count_of(variable), share)
    return total


def _spread(count: int, share: int) -> list[int]:
    """Choose at most ``share`` of the places 0..count - 1, first and last among them."""
    if count <= share:
        return list(range(count))
    return sorted({place * (count - 1) // (share - 1) for place in range(share)})
