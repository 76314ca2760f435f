"""The key of a calculated item: ``45 ± 5 克``, ``24..48``, ``3.14 (2)``, ``X * 0.14 ± 0.01 元``."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.content.hints import naming, to_write
from app.domain.keys import NumericKey
from app.domain.scoring.arithmetic import NAME, BadExpression, evaluate

_NUMBER = r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_UNIT = r"(?P<unit>[%‰°℃]|[\u3400-\u9fff]+|[A-Za-z/]+)?"
_KEY = re.compile(
    rf"(?P<value>{_NUMBER})\s*"
    rf"(?:(?:±|\+/?-)\s*(?P<tolerance>{_NUMBER})|\.\.\s*(?P<high>{_NUMBER})|\(\s*(?P<places>[0-9]{{1,2}})\s*\))?"
    rf"\s*{_UNIT}"
)
_DASHED = re.compile(r"[0-9][-~–][0-9]")
_DATE = re.compile(r"[0-9]{4}/[0-9]{1,2}(?:/[0-9]{1,2})?")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9,])")
_ARITHMETIC = re.compile(rf"[-+*/().0-9\s×÷]*[-+*/×÷][-+*/().0-9\s×÷]*{_UNIT}")
_STARTS = re.compile(r"[-+]?\.?[0-9]")
_LONG = re.compile(r"[-+]?[0-9]*\.?[0-9]{16,}")
_TOKEN = re.compile(rf"\s*(?:[0-9]+(?:\.[0-9]+)?|(?P<name>{NAME})|(?P<sign>[-+*/()×÷])|(?P<parting>±|\.\.))")
_PLACES = re.compile(r"(?<=[0-9A-Za-z_)\u3400-\u9fff])\s*\(\s*([0-9]{1,2})\s*\)$")
_PLUS_MINUS = re.compile(r"\+/?-")
#: values that no sensible key divides by the difference of: they show whether the arithmetic can be read
_PROBES = (Decimal("7.31"), Decimal("11.93"), Decimal("2.57"), Decimal("17.77"))
_FORCE = "{type=blanks} makes it a wording"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line that is meant as a number is none."""

    code: str
    message: str
    fix: str = _FORCE


def read_number(text: str, names: Collection[str] = ()) -> NumericKey | Fault | None:
    """Read the text of a ``=`` line, narrowed; None when it is a wording.

    :param names: the variables that the item declares.
    """
    if _DASHED.search(text):
        fix = naming(text, f"write 24..48; {_FORCE}")
        return Fault("ambiguous-range", f"“{text}” may be a range or a wording", fix)
    if _DATE.fullmatch(text):
        fix = naming(text, f"write {text.replace('/', ' / ')} to divide; {_FORCE}")
        return Fault("ambiguous-date", f"“{text}” may be a date or a division", fix)
    match = _KEY.fullmatch(text)
    if match is not None:
        return _key(match)
    return _calculated(text, names) or _find_fault(text, names)


def _find_fault(text: str, names: Collection[str]) -> Fault | None:
    if names:
        said = f"“{text}” cannot be calculated from {', '.join(names)}"
        return Fault("bad-number", said, "write numbers, + - * / ( ), variables and then the unit")
    if _ARITHMETIC.fullmatch(text) and re.search("[0-9]", text):
        return Fault("bad-number", f"“{text}” cannot be calculated", f"use + - * / and ( ); {_FORCE}")
    return _slip(text) if _STARTS.match(text) else None


def _slip(text: str) -> Fault | None:
    if "%" in text:
        return Fault("bad-number", "% is a unit and stands last", f"write 14 ± 1 %; {_FORCE}")
    if _THOUSANDS.match(text):
        return Fault("bad-number", "a number is written without commas", f"write 1234; {_FORCE}")
    if text.startswith(".") or _LONG.match(text):
        return Fault("bad-number", "write a digit before the point, at most 15 digits before and after it")
    if any(sign in text for sign in ("±", "+-", "+/-", "..")):
        return Fault("bad-number", "the unit stands once, at the end", f"write 45 ± 5 克; {_FORCE}")
    return None


def _key(match: re.Match[str]) -> NumericKey | Fault:
    value, high, unit = match["value"], match["high"], match["unit"] or ""
    if high is not None:
        if Decimal(value) > Decimal(high):
            return Fault("bad-range", f"{value} is above {high}", to_write(f"{high}..{value}"))
        return NumericKey(low=value, high=high, unit=unit)
    tolerance = match["tolerance"]
    if tolerance is not None and Decimal(tolerance) < 0:
        return Fault(
            "bad-range", f"the tolerance {tolerance} is below 0", "write ± and a number without sign"
        )
    places = None if match["places"] is None else int(match["places"])
    return NumericKey(value=value, tolerance=tolerance, places=places, unit=unit)


def _calculated(text: str, names: Collection[str]) -> NumericKey | None:
    """Read arithmetic, as far as it goes, and the unit behind it."""
    plain = _PLUS_MINUS.sub("±", text)
    end, is_arithmetic, partings = _scan(plain, names)
    unit = re.fullmatch(_UNIT, plain[end:].strip())
    if unit is None or not is_arithmetic or len(partings) > 1:
        return None
    first, parting, second = plain[:end].strip(), *(partings or [""]), ""
    if parting:
        first, _, second = (part.strip() for part in first.partition(parting))
    key = _parts(first, parting, second, unit["unit"] or "")
    return key if all(can_be_read(part, names) for part in key.expressions) else None


def _parts(first: str, parting: str, second: str, unit: str) -> NumericKey:
    if parting == "..":
        return NumericKey(low=first, high=second, unit=unit)
    if parting:
        return NumericKey(value=first, tolerance=second, unit=unit)
    places = _PLACES.search(first)
    if places is None:
        return NumericKey(value=first, unit=unit)
    return NumericKey(value=first[: places.start()], places=int(places[1]), unit=unit)


def _scan(text: str, names: Collection[str]) -> tuple[int, bool, list[str]]:
    """Tell where the arithmetic ends, whether it is more than a number, and its ± or .. signs."""
    partings: list[str] = []
    place, is_arithmetic = 0, False
    for found in _tokens(text):
        if found["name"] and found["name"] not in names:
            break
        is_arithmetic = is_arithmetic or bool(found["name"]) or (found["sign"] or "(") not in "()"
        partings += [found["parting"]] if found["parting"] else []
        place = found.end()
    return place, is_arithmetic, partings


def _tokens(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while found := _TOKEN.match(text, place):
        yield found
        place = found.end()


def can_be_read(expression: str, names: Collection[str]) -> bool:
    """Whether this is arithmetic of numbers and these variables.

    >>> can_be_read("X * 0.14", ["X"]), can_be_read("9**9**9", []), can_be_read("1 / (X - 7)", ["X"])
    (True, False, True)
    """
    return any(_has_value(expression, names, probe) for probe in _PROBES)


def _has_value(expression: str, names: Collection[str], probe: Decimal) -> bool:
    values = {name: probe + place for place, name in enumerate(sorted(names))}
    try:
        evaluate(expression, values)
    except BadExpression:
        return False
    return True


def write_number(key: NumericKey) -> str:
    """Write a numeric key; numbers, arithmetic and unit stay as typed."""
    unit = f" {key.unit}" if key.unit else ""
    if key.low is not None:
        return f"{key.low}..{key.high}{unit}"
    if key.tolerance is not None:
        return f"{key.value} ± {key.tolerance}{unit}"
    places = "" if key.places is None else f" ({key.places})"
    return f"{key.value}{places}{unit}"


def figure_of(key: NumericKey) -> object:
    """Return what a translation's key must share: the numbers, or the arithmetic without spaces."""
    numbers = (key.value, key.tolerance, key.low, key.high)
    return tuple(None if number is None else _figure(number) for number in numbers), key.places


def _figure(expression: str) -> Decimal | str:
    try:
        return evaluate(expression)
    except BadExpression:
        return "".join(expression.split())
