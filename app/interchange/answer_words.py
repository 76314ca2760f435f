"""What an answer says: letters of options, wordings of blanks, numbers, marking points."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from app.domain.keys import NumericKey
from app.domain.options import MarkingPoint
from app.interchange.type_words import find_points, plain

_BETWEEN = re.compile(r"[\s,、;，；./和与]+")
_BARS = re.compile("[|｜]")
_SEMICOLONS = re.compile("[;；]")
#: signs that part, where a backslash makes them text, and what stands for them meanwhile
_SIGNS = ";；|｜\\"
_HELD = {f"\\{sign}": chr(0xE000 + place) for place, sign in enumerate(_SIGNS)}
_ESCAPED = re.compile(r"\\[;；|｜\\]")
_KEPT = {0xE000 + place: sign for place, sign in enumerate(_SIGNS)}
_COMMAS = re.compile(r"[、，,]|\s{2,}|\t")
_SPACES = re.compile(r"\s+")
_NUMBERED = re.compile(r"(?:[(（]\s*[0-9]{1,2}\s*[)）]|[①-⑳]|第[0-9一二三四五六七八九十]空[:：])\s*")
_BLANK = re.compile(r"_{2,}|[(（][\s　_]*[)）]|【[\s　_]*】|\[\s+\]")
_NUMBER = r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?"
_NUMERIC = re.compile(
    rf"(?P<value>{_NUMBER})\s*"
    rf"(?:(?:±|\+/?-)\s*(?P<tolerance>[0-9]{{1,15}}(?:\.[0-9]{{1,15}})?)"
    rf"|(?:\.\.|~|至)\s*(?P<high>{_NUMBER})|\(\s*(?P<places>[0-9]{{1,2}})\s*\))?"
    r"\s*(?P<unit>[%‰°℃]|[\u3400-\u9fff]+|[A-Za-z/]+)?"
)
_POINT_FIRST = re.compile(r"\s*[(（【\[]?\s*([0-9.]+)\s*分\s*[)）】\]]?\s*[:：、.]?\s*(.+)")
_POINT_LAST = re.compile(r"(.+?)\s*[(（【\[]\s*([0-9.]+)\s*分\s*[)）】\]]\s*[。;；.]?\s*")


def read_letters(answer: str, options: Sequence[str]) -> list[int] | None:
    """Return the places, from 0, of the options that an answer names by letter or by text, else None.

    >>> read_letters("A、c", ["甲", "乙", "丙"]), read_letters("乙", ["甲", "乙"]), read_letters("对", ["甲"])
    ([0, 2], [1], None)
    """
    text = plain(answer).strip("()[]【】。 ")
    same = [place for place, option in enumerate(options) if plain(option) == text]
    letters = _BETWEEN.sub("", text).upper()
    if letters.isascii() and letters.isalpha():
        return sorted({ord(letter) - ord("A") for letter in letters})
    return same[:1] or None


def count_blanks(stem: str) -> int:
    """Return how many blanks a stem leaves: runs of underscores and empty brackets."""
    return len(_BLANK.findall(stem))


def with_blanks(stem: str, wanted: int = 0) -> str:
    """Write every blank of a stem as ``____``.

    Where there are runs of underscores, brackets are text, unless so many blanks are wanted.
    """
    runs, both = len(re.findall(r"_{2,}", stem)), count_blanks(stem)
    if runs and (runs == wanted or both != wanted):
        return re.sub(r"(?<!_)_{2,3}(?!_)", "____", stem)
    return _BLANK.sub(lambda found: found[0] if found[0].startswith("____") else "____", stem)


def count_runs(stem: str) -> int:
    """Return how many blanks a stem leaves by four underscores or more."""
    return len(re.findall(r"(?<![\\_])_{4,}", stem))


def read_blanks(answer: str, blanks: int) -> tuple[tuple[str, ...], ...]:
    """Return the wordings of every blank: ``|`` parts blanks, ``;`` wordings.

    Several blanks may also be parted as people do: numbered, by semicolons, commas or spaces.

    >>> read_blanks("水;H2O|氧气", 2), read_blanks("水、氧气", 2), read_blanks("水，氧气", 1)
    ((('水', 'H2O'), ('氧气',)), (('水',), ('氧气',)), (('水，氧气',),))
    """
    answer = _hold(answer)
    parts = _split(_BARS, answer)
    if len(parts) == 1 and blanks > 1:
        parts = _parted(answer, blanks)
    return tuple(tuple(one.translate(_KEPT) for one in _split(_SEMICOLONS, part)) for part in parts)


def _parted(answer: str, blanks: int) -> list[str]:
    for divided in (
        [one for one in _NUMBERED.split(answer) if one.strip()],
        _split(_SEMICOLONS, answer),
        _split(_COMMAS, answer),
        _split(_SPACES, answer),
    ):
        if len(divided) == blanks:
            return [one.strip().strip(";；，,、") for one in divided]
    return [answer]


def _split(sign: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in sign.split(text.strip()) if part.strip()]


def _hold(text: str) -> str:
    """Put other signs for those that a backslash makes text."""
    return _ESCAPED.sub(lambda found: _HELD[found[0]], text)


def write_blanks(blanks: Sequence[Sequence[str]]) -> str:
    r"""Write the wordings of blanks as they are read.

    >>> write_blanks([("水", "H2O"), ("a|b",)])
    '水;H2O|a\\|b'
    """
    return "|".join(
        ";".join(re.sub(r"([;；|｜\\])", r"\\\1", wording) for wording in blank) for blank in blanks
    )


def read_numeric(answer: str) -> NumericKey | None:
    """Return the number that an answer is, None where it is none.

    >>> read_numeric("45±5克").tolerance, read_numeric("24..48").high, read_numeric("约三天")
    ('5', '48', None)
    """
    found = _NUMERIC.fullmatch(unicodedata.normalize("NFKC", answer).strip())
    if found is None:
        return None
    value, high, unit = found["value"], found["high"], found["unit"] or ""
    if high is not None:
        return None if Decimal(value) > Decimal(high) else NumericKey(low=value, high=high, unit=unit)
    places = None if found["places"] is None else int(found["places"])
    return NumericKey(value=value, tolerance=found["tolerance"], places=places, unit=unit)


def write_numeric(key: NumericKey) -> str | None:
    """Write a number as it is read, None where it must be calculated."""
    if key.low is not None:
        text = f"{key.low}..{key.high}"
    elif key.tolerance is not None:
        text = f"{key.value}±{key.tolerance}"
    else:
        text = f"{key.value}" if key.places is None else f"{key.value} ({key.places})"
    text = f"{text} {key.unit}" if key.unit else text
    return text if read_numeric(text) == key else None


def read_marking(text: str) -> tuple[list[MarkingPoint], list[str]]:
    """Return the marking points of a text, and its lines that name no points.

    >>> points, other = read_marking("2分：指出错误；说明规则（3分）")
    >>> [(str(one.points), one.text) for one in points], other
    ([('2', '指出错误'), ('3', '说明规则')], [])
    """
    points: list[MarkingPoint] = []
    others: list[str] = []
    for line in _criteria(text):
        found = _point(line)
        if found is None:
            others.append(line)
        else:
            points.append(found)
    return points, others


def _criteria(text: str) -> list[str]:
    """Return the lines of a text; one line of several parts that each name points is as many."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) != 1:
        return lines
    parts = [
        part.replace("\ue000", "\\;").replace("\ue001", "\\；")
        for part in _split(_SEMICOLONS, _hold(lines[0]))
    ]
    return parts if len(parts) > 1 and all(_point(part) for part in parts) else lines


def _point(line: str) -> MarkingPoint | None:
    first = _POINT_FIRST.fullmatch(line)
    if first and (worth := find_points(first[1])):
        return MarkingPoint(worth, _plain_point(first[2]))
    last = _POINT_LAST.fullmatch(line)
    if last and (worth := find_points(last[2])):
        return MarkingPoint(worth, _plain_point(last[1]))
    return None


def _plain_point(text: str) -> str:
    return re.sub(r"\\([;；])", r"\1", text).strip()


def write_marking(points: Sequence[MarkingPoint]) -> str:
    """Write marking points as they are read, each on a line."""
    lines = [f"{one.points.normalize():f}分：{' '.join(one.text.split())}" for one in points]
    text = "\n".join(lines)
    return text if len(_criteria(text)) == len(lines) else re.sub(r"([;；])", r"\\\1", text)
