"""Readers of single values: each returns the value or raises ``BadValue`` with the reason."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Self

from app.content.hints import Hint, known_words, to_write
from app.content.marks import narrow
from app.content.vocabulary import SCORINGS, TYPES, nearest, read_word
from app.domain.case import Condition
from app.domain.file_types import ALIASES, FILE_TYPES
from app.domain.items import ItemType
from app.domain.scoring.rules import find_rule, rules_of

Reader = Callable[[str], Any]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_OBJECTIVE = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_SEPARATOR = re.compile(r"[,，、]")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:分钟|min|minutes)?")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*%?")
_HOURS = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s*(学时|hours|h)?")
_POINTS = re.compile(r"([-+]?\d{1,4}(?:\.\d{1,2})?)\s*(分|pt)")
_SCALE = re.compile(r"(\d{1,2})\.\.(\d{1,2})")
SCALE_LIMIT = 10
_WHOLE = re.compile(r"\d{1,4}")
_CONDITION = re.compile(r"([^\s<>=]+)(<=|>=|<|>|=)([-+]?\d{1,4})")
_YES_NO = Hint("write yes or no (是 否)", known=("yes", "no", "是", "否"))
_POINTS_FIX = Hint("write 5分 or 0.5pt, at most two decimals", known=("5分", "0.5pt"))
_DIMENSION = re.compile(r"[^\s<>=+\-{}#,，、;|\\]{1,40}")


class BadValue(ValueError):
    """A value has not the form that its key asks for."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class Measured(Decimal):
    """A number that remembers the unit it was typed with; it compares as the number."""

    unit: str

    def __new__(cls, value: str | Decimal = "0", unit: str = "") -> Self:
        number = super().__new__(cls, value)
        number.unit = unit
        return number


def read_text(value: str) -> str:
    """Take the value as it stands."""
    if not value:
        raise BadValue("the value is missing")
    return value


def read_id(value: str) -> str:
    """Read an id or slug."""
    if not _ID.fullmatch(value):
        raise BadValue(f"{value or 'nothing'} is no id", "use a-z, 0-9 and -, 64 at most")
    return value


def read_objective(value: str) -> str:
    """Read the id of an objective, which may hold dots."""
    if not _OBJECTIVE.fullmatch(value):
        raise BadValue(f"{value or 'nothing'} is no id of an objective", "use a-z, 0-9, - and ., 64 at most")
    return value


def read_list(value: str) -> tuple[str, ...]:
    """Read words separated by , ， or 、."""
    words = tuple(word.strip() for word in _SEPARATOR.split(value))
    if not all(words):
        raise BadValue("a word is missing in this list", "separate words by one , or 、")
    repeated = next((word for word in words if words.count(word) > 1), None)
    if repeated is not None:
        raise BadValue(f"{repeated} stands twice in this list")
    return words


def read_objectives(value: str) -> tuple[str, ...]:
    """Read ids of objectives."""
    return tuple(read_objective(word) for word in read_list(value))


def read_slugs(value: str) -> tuple[str, ...]:
    """Read slugs of cases or quizzes."""
    return tuple(read_id(word) for word in read_list(value))


def read_dimensions(value: str) -> tuple[str, ...]:
    """Read names of dimensions (维度): they must not hold what an effect is made of."""
    names = read_list(value)
    for name in names:
        if not _DIMENSION.fullmatch(name):
            raise BadValue(f"{name} cannot be a dimension (维度)", "no spaces, no + - < > = { }")
    return names


def read_language(value: str) -> str:
    """Read a language tag such as zh or en."""
    if not _LANGUAGE.fullmatch(value):
        raise BadValue(f"{value or 'nothing'} is no language", Hint("write zh or en", known=("zh", "en")))
    return value


def read_syntax(value: str) -> str:
    """Read the version of the syntax; there is one."""
    if value != "1":
        raise BadValue(f"syntax {value or 'nothing'} is not known here", "write 1 or leave it out")
    return value


def read_yes(value: str) -> bool:
    """Read yes or no (是 否)."""
    if value.lower() in ("yes", "是"):
        return True
    if value.lower() in ("no", "否"):
        return False
    raise BadValue(f"{value or 'nothing'} is neither yes nor no", _YES_NO)


def read_minutes(value: str) -> int:
    """Read whole minutes."""
    match = _MINUTES.fullmatch(narrow(value))
    if match is None or int(match[1]) == 0:
        raise BadValue(f"{value or 'nothing'} is no number of minutes", to_write("90"))
    return int(match[1])


def read_percent(value: str) -> Decimal:
    """Read a percentage from 0 to 100."""
    match = _PERCENT.fullmatch(narrow(value))
    if match is None or Decimal(match[1]) > 100:
        raise BadValue(f"{value or 'nothing'} is no percentage", to_write("60%"))
    return Decimal(match[1])


def read_hours(value: str) -> Decimal:
    """Read class hours (学时)."""
    match = _HOURS.fullmatch(narrow(value))
    if match is None:
        raise BadValue(f"{value or 'nothing'} is no number of class hours (学时)", to_write("48"))
    return Measured(match[1], match[2] or "")


def read_signed_points(value: str) -> Decimal:
    """Read points with their unit; a decision's option may lose some."""
    if match := _POINTS.fullmatch(narrow(value)):
        return Measured(match[1].removeprefix("+"), match[2])
    raise BadValue(f"{value or 'nothing'} are no points", _POINTS_FIX)


def read_points(value: str) -> Decimal:
    """Read points above 0 with their unit."""
    points = read_signed_points(value)
    if points <= 0:
        raise BadValue(f"{value} is not above 0", "an item that earns nothing is {info} (说明)")
    return points


def read_whole(value: str) -> int:
    """Read a whole number above 0."""
    if _WHOLE.fullmatch(narrow(value)) and int(value) > 0:
        return int(value)
    raise BadValue(f"{value or 'nothing'} is no whole number above 0")


def read_scoring(value: str) -> str:
    """Read a scoring rule (计分); which type takes it is checked by the type."""
    rule = find_rule(narrow(value))
    if rule is None:
        raise BadValue(f"{value or 'nothing'} is no scoring rule", nearest(value, SCORINGS))
    name, _, points = rule.partition(":")
    return f"{name}:{plain_number(Decimal(points))}" if points else name


def read_multiple(value: str) -> str:
    """Read the rule of a quiz's multiple items: one that fits them."""
    rule = read_scoring(value)
    known = rules_of(ItemType.MULTIPLE)
    if rule.partition(":")[0] not in known:
        raise BadValue(f"multiple items are not scored by {rule}", known_words(sorted(known)))
    return rule


def read_type(value: str) -> str:
    """Read a type (题型); its Chinese name may end in 题."""
    known = read_word(value.removesuffix("题"), TYPES) or read_word(value, TYPES)
    if known is None:
        raise BadValue(f"{value or 'nothing'} is no type (题型)", nearest(value, [*TYPES, *TYPES.values()]))
    return known


def read_files(value: str) -> tuple[str, ...]:
    """Read types of files (附件), by their usual endings."""
    endings = [name.lower().lstrip(".") for name in read_list(value)]
    names = tuple(ALIASES.get(ending, ending) for ending in endings)
    for name in names:
        if name not in FILE_TYPES:
            raise BadValue(f"{name} is no type of file here", known_words(FILE_TYPES))
    return tuple(dict.fromkeys(names))


def read_scale(value: str) -> tuple[int, int]:
    """Read a scale (量表) of whole numbers such as 1..7."""
    match = _SCALE.fullmatch(narrow(value))
    if match is None or int(match[1]) >= int(match[2]) or int(match[2]) - int(match[1]) > SCALE_LIMIT:
        raise BadValue(f"{value or 'nothing'} is no scale", to_write("1..5"))
    return int(match[1]), int(match[2])


def read_target(value: str) -> str:
    """Read ``#id``."""
    if not value.startswith("#"):
        raise BadValue(f"{value or 'nothing'} is no target", to_write(f"#{value}"))
    return read_id(value[1:])


def read_condition(value: str) -> Condition:
    """Read one comparison of a dimension, such as 礼貌<0."""
    match = _CONDITION.fullmatch(narrow(value))
    if match is None:
        raise BadValue(f"{value or 'nothing'} is no condition", Hint("write one like 礼貌<0", write="礼貌<0"))
    return Condition(value[: match.end(1)], match[2], int(match[3]))


def read_from(table: Mapping[str, str]) -> Reader:
    """Make a reader of one of these words, in either language."""

    def read(value: str) -> str:
        known = read_word(value, table)
        if known is None:
            fix = nearest(value, [*table, *table.values()])
            raise BadValue(f"{value or 'nothing'} is not known here", fix)
        return known

    return read


def plain_number(number: Decimal) -> str:
    """Write a number without exponent or trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
