"""Numeric items: reading a number and its unit, and comparing it with the key."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from app.domain.items import Item
from app.domain.keys import NumericKey
from app.domain.scoring.arithmetic import DIGITS, PLACES_LIMIT, BadExpression, evaluate
from app.domain.scoring.normal import compatible, plain_form, simplified
from app.domain.scoring.numerals import with_arabic
from app.domain.scoring.result import NOTHING, Earned

LENGTH_LIMIT = 40
#: a key without unit takes any unit but these: they change the value
SHARES = frozenset({"%", "‰"})

#: a unit does not begin as a number would go on: 12十, 5分之; but with 两 or 千克 it may
_NO_UNIT = r"[〇零一二三四五六七八九十百万亿]|千(?![克米瓦卡升])|两[〇零一二两三四五六七八九十百千万亿]|分之"
#: m2, s2: only what is squared or cubed ends in a figure
_PART = rf"(?!{_NO_UNIT})[\u3400-\u9fff]+|(?:[cdkmμ]?m|s)[23](?![a-zμ])|[a-zμω]+"
_UNIT = rf"[%‰°]|°[a-z]|(?:{_PART})(?:[/·](?:{_PART}))*"
_FIGURE = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_NUMBER = re.compile(
    rf"([-+]?) ?(?:(?:([0-9]+) )?([0-9]+) ?/ ?([0-9]+)|({_FIGURE})) ?({_UNIT})?",
)
_SIGNS = str.maketrans("−–⁄", "--/")
_IDLE_SPACE = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_SEPARATOR = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit written behind it, "" if none was."""

    value: Decimal
    unit: str = ""


def score_numeric(item: Item, answer: object, points: Decimal) -> Earned:
    """Score a number: within the key's range, boundaries included, in its unit or in none."""
    right = isinstance(item.key, NumericKey) and isinstance(answer, str) and accepts(item.key, answer)
    return Earned(points if right else NOTHING)


def accepts(key: NumericKey, answer: str) -> bool:
    """Whether an answer has the value and unit of the key.

    >>> [accepts(NumericKey(value="45", tolerance="5", unit="克"), a) for a in ("50克", "四十", "45斤")]
    [True, True, False]
    """
    quantity = read_quantity(answer, key.unit)
    return quantity is not None and _has_unit(key, quantity) and _has_value(key, quantity.value)


def read_quantity(answer: str, unit: str = "") -> Quantity | None:
    """Read a number as people write it; None if it is none, too long or too large.

    :param unit: the key's unit, which tells 3千 克 from 3 千克.

    >>> [read_quantity(text).value for text in ("1,234.5", "１２", "十二", "1/2", "负三点五")]
    [Decimal('1234.5'), Decimal('12'), Decimal('12'), Decimal('0.5'), Decimal('-3.5')]
    >>> read_quantity("百分之十四")
    Quantity(value=Decimal('14'), unit='%')
    """
    answer = answer.strip()
    return None if len(answer) > LENGTH_LIMIT else _read_short(answer, unit)


@lru_cache(maxsize=16_384)
def _read_short(answer: str, unit: str) -> Quantity | None:
    """Read what is short enough; many write the same numbers, so readings are kept."""
    text = _readable(answer)
    if len(text) > LENGTH_LIMIT:
        return None
    expected = unit_form(unit)
    if expected and text.endswith(expected):
        bare = _read(with_arabic(text.removesuffix(expected)))
        if bare is not None and not bare.unit:
            return Quantity(bare.value, expected)
    return _read(with_arabic(text))


@lru_cache(maxsize=1024)
def unit_form(unit: str) -> str:
    """Return the form in which units are compared."""
    return plain_form(unit)


@lru_cache(maxsize=4096)
def limits_of(key: NumericKey) -> tuple[Decimal, Decimal]:
    """Return the lowest and highest value that a key accepts; with ``places`` both are its value.

    :raises BadExpression: the key holds something that is no arithmetic, or an empty range.
    """
    if key.value is None:
        low, high = evaluate(key.low or ""), evaluate(key.high or "")
    else:
        value, tolerance = evaluate(key.value), evaluate(key.tolerance or "0")
        with localcontext(prec=DIGITS):
            low, high = value - tolerance, value + tolerance
    if low > high:
        raise BadExpression("the range is empty")
    return low, high


def round_to(value: Decimal, places: int) -> Decimal:
    """Round half up to so many decimals.

    >>> round_to(Decimal("3.145"), 2)
    Decimal('3.15')
    """
    with localcontext(prec=DIGITS):
        return value.quantize(Decimal(1).scaleb(-min(places, PLACES_LIMIT)), ROUND_HALF_UP)


def _has_unit(key: NumericKey, quantity: Quantity) -> bool:
    if not key.unit:
        return quantity.unit not in SHARES
    return quantity.unit in {"", unit_form(key.unit)}


def _has_value(key: NumericKey, value: Decimal) -> bool:
    low, high = limits_of(key)
    if key.places is not None:
        value, low, high = (round_to(number, key.places) for number in (value, low, high))
    return low <= value <= high


def _readable(answer: str) -> str:
    text = simplified(compatible(answer).casefold()).translate(_SIGNS)
    text = _IDLE_SPACE.sub("", " ".join(text.split()).rstrip(" .,;!?。、"))
    return re.sub(r"^负", "-", _SEPARATOR.sub("", text))


def _read(text: str) -> Quantity | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    sign, whole, numerator, denominator, figure, unit = found.groups()
    written = figure.rstrip(".") if figure else f"{whole or 0}+{numerator}/{denominator}"
    try:
        # a number that begins with its point gets a digit before it
        value = evaluate(f"0{written}")
    except BadExpression:
        return None
    return Quantity(value.copy_negate() if sign == "-" else value, unit or "")
