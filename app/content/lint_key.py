"""Lint of keys: what no answer can reach, and what a draw of variables makes of a calculated key."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.content.findings import Findings
from app.domain.items import Item
from app.domain.keys import BestWorstKey, BlanksKey, ChoiceKey, Dropdown, NumericKey, OrderingKey, WeightedKey
from app.domain.quiz import Quiz, scoring_of
from app.domain.scoring.arithmetic import BadExpression
from app.domain.scoring.normal import normal_form
from app.domain.scoring.number import limits_of
from app.domain.variables import every_draw, with_values

#: decimals that a learner is asked to write without being told to round
MOST_PLACES = 4
_STEPS_TO_THINK = 3
_BOLD = re.compile(r"\*\*[^*]+\*\*")


def check_key(item: Item, quiz: Quiz, found: Findings) -> None:
    """Note what is wrong with a key although it can be read."""
    if isinstance(item.key, BlanksKey):
        _check_wordings(item, item.key, found)
    if isinstance(item.key, NumericKey):
        _check_draws(item, item.key, found)
        _check_variables(item, item.key, found)
    elif isinstance(item.key, OrderingKey) and len(item.key.options) < _STEPS_TO_THINK:
        message = "two steps are never shown in the right order, so the key can be guessed"
        found.warn(item.id, "two-steps", message, "write three steps or more")
    elif isinstance(item.key, ChoiceKey) and scoring_of(item, quiz) == "kprim" and not right_options(item):
        message = "nothing is right here, and an empty answer counts as none: at most half can be earned"
        found.warn(item.id, "kprim-none", message, "make one of the four statements right")


def _check_wordings(item: Item, key: BlanksKey, found: Findings) -> None:
    for number, blank in enumerate(key.blanks, 1):
        if isinstance(blank, Dropdown):
            continue
        where = item.id if key.is_cloze else f"{item.id}/{number}"
        forms = [normal_form(wording) for wording in blank]
        if any(not form.strip("*") for form in forms):
            message = f"blank {number} takes any answer at all"
            found.warn(where, "takes-anything", message, "write more than * alone")
        elif any(_BOLD.fullmatch(wording.strip()) for wording in blank):
            message = "here ** is no bold: each * stands for any characters"
            found.warn(where, "bold-wording", message, "take the stars away")
        if len(set(blank)) < len(blank):
            found.warn(where, "twin-wordings", f"blank {number} has a wording twice", "keep one of them")


def right_options(item: Item) -> tuple[int, ...]:
    """Return the positions of the options that earn most."""
    match item.key:
        case ChoiceKey(options):
            return tuple(place for place, option in enumerate(options, 1) if option.is_key)
        case WeightedKey(_, weights):
            return tuple(place for place, weight in enumerate(weights, 1) if weight == max(weights))
        case BestWorstKey(_, best, _):
            return (best,)
    return ()


def _check_draws(item: Item, key: NumericKey, found: Findings) -> None:
    """Refuse a key that some draw leaves without a value, or with one that nobody would write."""
    for values in every_draw(item.variables):
        drawn = ", ".join(f"{name} = {value}" for name, value in values.items())
        fault = _fault_of(item, key, values)
        if fault:
            message, fix = fault
            found.error(item.id, "bad-draw", f"{message} with {drawn}" if drawn else message, fix)
            return


def _fault_of(item: Item, key: NumericKey, values: Mapping[str, str]) -> tuple[str, str] | None:
    try:
        drawn = with_values(item, values).key
        assert isinstance(drawn, NumericKey)
        low, high = limits_of(drawn)
    except BadExpression:
        return (
            "the answer cannot be calculated",
            "keep divisors away from 0, values below 1e15, ranges upwards",
        )
    if low == high and key.places is None and _places(low) > MOST_PLACES:
        return f"the answer is {low:f}", "say how to round it: = X / 3 (2), or give a tolerance: ± 0.01"
    return None


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _check_variables(item: Item, key: NumericKey, found: Findings) -> None:
    used = set(_names_in(key))
    for variable in item.variables:
        if not re.search(rf"(?<!\\)\{{{re.escape(variable.name)}\}}", item.stem):
            message = f"the stem does not show the variable {variable.name}"
            found.warn(
                item.id, "hidden-variable", message, f"write {{{variable.name}}} where its value stands"
            )
        elif variable.name not in used:
            message = f"the key does not depend on the variable {variable.name}"
            found.warn(item.id, "unused-variable", message, "use it, or take its @ line away")


def _names_in(key: NumericKey) -> Iterator[str]:
    for expression in key.expressions:
        yield from re.findall(r"[^\W\d]\w*", expression)
