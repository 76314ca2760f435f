"""Numbers without variables: ``= 45 ± 5 克``, ``= 24..48``, ``= 3.14 (2)``."""

import re
from dataclasses import dataclass
from decimal import Decimal

from app.content.shapes.equals import check_answers, is_answer, single_text
from app.content.shapes.shape import Answers, Shape
from app.domain.items import Item, ItemType, NumericKey

_NUMBER = r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_UNIT = r"(?P<unit>[%‰°℃]|[\u3400-\u9fff]+|[A-Za-z/]+)?"
_KEY = re.compile(
    rf"(?P<value>{_NUMBER})\s*"
    rf"(?:(?:±|\+/?-)\s*(?P<tolerance>{_NUMBER})|\.\.\s*(?P<high>{_NUMBER})|\(\s*(?P<places>[0-9]{{1,2}})\s*\))?"
    rf"\s*{_UNIT}"
)
_STARTS = re.compile(r"[-+]?\.?[0-9]")
_DASHED = re.compile(r"[0-9][-~–][0-9]")
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9,])")
_EXPRESSION = re.compile(rf"[-+*/().0-9\s×÷]*[-+*/×÷][-+*/().0-9\s×÷]*{_UNIT}")
_LONG = re.compile(r"[-+]?[0-9]*\.?[0-9]{16,}")
_FORCE = "{type=blanks} makes it a wording"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line that is meant as a number is none."""

    code: str
    message: str
    fix: str = _FORCE


def read_number(text: str) -> NumericKey | Fault | None:
    """Read the text of a ``=`` line, narrowed; None when it is a wording."""
    if _DASHED.search(text):
        return Fault("ambiguous-range", f"“{text}” may be a range or a wording", f"write 24..48; {_FORCE}")
    if not _STARTS.match(text):
        return None
    match = _KEY.fullmatch(text)
    if match is not None:
        return _key(match)
    return _find_fault(text)


def _find_fault(text: str) -> Fault | None:
    if "%" in text:
        return Fault("bad-number", "% is a unit and stands last", f"write 14 ± 1 %; {_FORCE}")
    if _EXPRESSION.fullmatch(text):
        return Fault(
            "later-shape", "keys that are calculated cannot be read yet", f"write the result; {_FORCE}"
        )
    if _THOUSANDS.match(text):
        return Fault("bad-number", "a number is written without commas", f"write 1234; {_FORCE}")
    if text.startswith(".") or _LONG.match(text):
        return Fault("bad-number", "write a digit before the point, at most 15 digits before and after it")
    if "±" in text or "+-" in text or "+/-" in text or ".." in text:
        return Fault("bad-number", "the unit stands once, at the end", f"write 45 ± 5 克; {_FORCE}")
    return None


def _key(match: re.Match[str]) -> NumericKey | Fault:
    value, high, unit = match["value"], match["high"], match["unit"] or ""
    if high is not None:
        if Decimal(value) > Decimal(high):
            return Fault("bad-range", f"{value} is above {high}", f"write {high}..{value}")
        return NumericKey(low=value, high=high, unit=unit)
    tolerance = match["tolerance"]
    if tolerance is not None and Decimal(tolerance) < 0:
        return Fault(
            "bad-range", f"the tolerance {tolerance} is below 0", "write ± and a number without sign"
        )
    places = None if match["places"] is None else int(match["places"])
    return NumericKey(value=value, tolerance=tolerance, places=places, unit=unit)


def _claims(answers: Answers) -> bool:
    text = single_text(answers)
    return text is not None and read_number(text) is not None


def _read(answers: Answers) -> NumericKey | None:
    entry = answers.entries[0]
    key = read_number(single_text(answers) or "")
    if isinstance(key, Fault):
        answers.refuse(key.code, key.message, key.fix, entry.line)
        return None
    check_answers(answers)
    if _is_wide(entry.text):
        answers.sheet.wide.append(entry.line)
    return key


def _is_wide(text: str) -> bool:
    return any("！" <= char <= "～" for char in text) or "+-" in text or "+/-" in text


def _write(item: Item, language: str) -> list[str]:
    key = item.key
    return [f"= {write_number(key)}"] if isinstance(key, NumericKey) else []


def write_number(key: NumericKey) -> str:
    """Write a numeric key; numbers and unit stay as typed."""
    unit = f" {key.unit}" if key.unit else ""
    if key.low is not None:
        return f"{key.low}..{key.high}{unit}"
    if key.tolerance is not None:
        return f"{key.value} ± {key.tolerance}{unit}"
    places = "" if key.places is None else f" ({key.places})"
    return f"{key.value}{places}{unit}"


def _figure(item: Item) -> object:
    key = item.key
    if not isinstance(key, NumericKey):
        return None
    numbers = (key.value, key.tolerance, key.low, key.high)
    return tuple(None if number is None else Decimal(number) for number in numbers), key.places


NUMERIC = Shape(ItemType.NUMERIC, _claims, is_answer, _read, _write, _figure)
