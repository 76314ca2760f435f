"""Chinese numerals as Arabic ones, where a reader would read a number.

What only looks like a number stays as it is: 七八 (seven or eight), 万一, 三三两两, 二百五十五十.
The library also reads malformed numerals, so a reading counts only if it is written back the same.
"""

import importlib
import re
from decimal import Decimal
from functools import lru_cache

_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_LOWER = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
_LONGEST = 40

# groups are repeated in atomic groups: Python below 3.11.5 goes wrong on (…)?+ and (…)*+ (its issue 106052)
_NUMERAL = "〇零一二两三四五六七八九十百千万亿"
_NUMERIC = re.compile(rf"[{_NUMERAL}分]")
_RUN = re.compile(
    rf"(?<![0-9{_NUMERAL}])([{_NUMERAL}]++)(?![0-9])"
    r"(?>(?:[点.]([〇零一二三四五六七八九]++)(?![十百千万亿分刻钟]))?)"
)
_POINTED = re.compile(
    rf"(?<![0-9{_NUMERAL}])([{_NUMERAL}]++)点([〇零一二三四五六七八九]++)(?=[十百千]?[万亿](?![0-9{_NUMERAL}]))"
)
_MIXED = re.compile(
    rf"(?<![0-9.,/{_NUMERAL}])([0-9]{{1,15}}+(?>(?:\.[0-9]{{1,15}}+)?))"
    rf"([十百千]?[万亿]|万亿|百(?!分之)|千(?![克米瓦卡升]|分之))(?![0-9{_NUMERAL}])"
)
_CHAIN = re.compile(
    rf"(?<![0-9.,/{_NUMERAL}])[1-9][0-9]{{0,3}}+[十百千万亿](?>(?:零?(?:[1-9][0-9]{{0,3}}+|[一二两三四五六七八九])"
    rf"[十百千万亿]++)*)(?>(?:零?[一二两三四五六七八九]|零[1-9][0-9]{{0,3}}+|(?<=十)[1-9])?)"
    rf"(?![0-9{_NUMERAL}分]|[.,/][0-9])"
)
_FIGURES = re.compile(r"[0-9]+")
_SHORT_PLACE = re.compile(r"[百千万亿][一二两三四五六七八九]$")
_PER = re.compile(r"(?<![0-9])([百千])分之([0-9]++(?>(?:\.[0-9]++)?))")
_FRACTION = re.compile(r"(?<![0-9])([0-9]++)分之([0-9]++)")
_POWER = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def with_arabic(text: str) -> str:
    """Write the Chinese numerals of a simplified text in Arabic digits.

    >>> [with_arabic(text) for text in ("十二个", "两百三", "1.5万", "二〇二四年", "三点一四")]
    ['12个', '230', '15000', '2024年', '3.14']
    >>> [with_arabic(text) for text in ("3万五千", "12万5千元", "1百二", "〇.一四", "12十")]
    ['35000', '125000元', '120', '0.14', '12十']
    >>> [with_arabic(text) for text in ("1百零5", "3百2十1", "1万零500", "1万500")]
    ['105', '321', '10500', '1万500']
    >>> [with_arabic(text) for text in ("百分之十四", "三分之二", "三点五分", "三千克", "3千克")]
    ['14%', '2/3', '3点5分', '3千克', '3千克']
    >>> [with_arabic(text) for text in ("七八个", "万一", "千万", "三两", "三三两两")]
    ['七八个', '万一', '千万', '3两', '三三两两']
    """
    if _NUMERIC.search(text) is None:
        return text
    text = _CHAIN.sub(_join, _MIXED.sub(_expand, _POINTED.sub(_point, text)))
    text = _RUN.sub(_spell, text).replace("百分之百", "100%")
    text = _PER.sub(lambda found: found[2] + ("%" if found[1] == "百" else "‰"), text)
    return _FRACTION.sub(r"\2/\1", text)


def _point(found: re.Match[str]) -> str:
    """Write 三点五 before 万 in Arabic digits: it is 35000 together."""
    whole = arabic(found[1])
    return found[0] if whole is None else f"{whole}.{_digit_by_digit(found[2])}"


def _expand(found: re.Match[str]) -> str:
    power = 1
    for unit in found[2]:
        power *= _POWER[unit]
    return f"{(Decimal(found[1]) * power).normalize():f}"


def _join(found: re.Match[str]) -> str:
    """Write 3万五千 in Arabic digits; what would be no number in Chinese ones stays."""
    library = importlib.import_module("cn2an")
    run = _FIGURES.sub(lambda figures: library.an2cn(figures[0]), found[0])
    bare, unit = _without_unit(run, found.string[found.end() : found.end() + 1])
    number = arabic(bare)
    return found[0] if number is None else number + unit


def _spell(found: re.Match[str]) -> str:
    run, decimals = found[1], found[2]
    if decimals is not None:
        return _point(found)
    run, unit = _without_unit(run, found.string[found.end() : found.end() + 1])
    number = arabic(run)
    return run + unit if number is None else number + unit


def _without_unit(run: str, following: str) -> tuple[str, str]:
    """Cut off what belongs to the unit: 三两, 三千克."""
    measures = following in {"克", "米", "瓦", "卡", "升"}
    if len(run) > 1 and run[-1] == "两":
        return run[:-1], "两"
    # 一万二千米 are 12000 metres: a digit after a higher place belongs to 千
    if len(run) > 1 and run[-1] == "千" and measures and not _SHORT_PLACE.search(run[:-1]):
        return run[:-1], "千"
    return run, ""


def arabic(run: str) -> str | None:
    """Return a run of Chinese numeral characters in Arabic digits, None if it is no number.

    >>> [arabic(run) for run in ("一千零五", "一百二", "零零七", "三五", "百", "十百")]
    ['1005', '120', '007', None, None, None]
    """
    if len(run) > _LONGEST:
        return None
    if not all(character in _DIGITS for character in run):
        return _counted(run)
    if len(run) == 1:
        return _DIGITS[run]
    is_sequence = len(run) > 2 or "零" in run or "〇" in run
    return _digit_by_digit(run) if is_sequence else None


def _digit_by_digit(run: str) -> str:
    return "".join(_DIGITS[character] for character in run)


@lru_cache(maxsize=4096)
def _counted(run: str) -> str | None:
    """Read a numeral with 十, 百, 千 … in it."""
    library = importlib.import_module("cn2an")
    written = _uniform(run)
    try:
        number = library.cn2an(written, "normal")
        again = _uniform(library.an2cn(number))
    except (ValueError, KeyError):
        return None
    return str(number) if again == written else None


def _uniform(run: str) -> str:
    """Spell a numeral in one way: 二 for 两, 零 for 〇, 十 for 一十, 三百五十 for 三百五."""
    run = run.replace("两", "二").replace("〇", "零")
    short = re.search(r"[一二三四五六七八九十百千]([百千万亿])[一二三四五六七八九]$", run)
    if short:
        run += _LOWER[short[1]]
    return run.replace("一十", "十")
