"""What the lines of a paper begin with: headings of sections, numbers, letters of options, labels."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.interchange.questions import HEADS, fold
from app.interchange.text_lines import Line
from app.interchange.type_words import find_points, find_type, plain

_CHINESE_NUMBER = "[一二三四五六七八九十]{1,3}"
_SECTION = re.compile(
    rf"(?:{_CHINESE_NUMBER}\s*[、.．:：]|第\s*{_CHINESE_NUMBER}\s*(?:大题|部分)\s*[、:：.]?|[(（]{_CHINESE_NUMBER}[)）]"
    r"|(?:Part|Section)\s+[IVX0-9]+\s*[.:、]?)\s*(?P<rest>.+)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(
    r"(?<!\s)\s*[(（【\[](?P<inside>[^()（）【】\[\]]{0,80}(?:分|题|point)[^()（）【】\[\]]{0,80})[)）】\]]\s*$"
)
_EACH = re.compile(r"每\s*小?[题空]\s*(?:得)?\s*([0-9.]+)\s*分|([0-9.]+)\s*points? each")
_TOTAL = re.compile(r"(?:共|计|合计|总分)\s*(?:计)?\s*([0-9.]+)\s*分")
_PART = re.compile(r"[少漏]选[^得\d一]{0,8}得?\s*([0-9.]+\s*分|一半)")
_NUMBER = re.compile(
    r"\s*(?:(?P<dot>[0-9０-９]{1,4})\s*(?:[、]|[.．](?=\s|[^0-9０-９\s]|$))"
    r"|第\s*(?P<word>[0-9]{1,4})\s*题\s*[.．、:：]?"
    r"|[(（]\s*(?P<paren>[0-9０-９]{1,3})\s*[)）][.．、]?)\s*(?P<rest>.*)",
    re.DOTALL,
)
_OPTION = re.compile(
    r"\s*(?:[(（]\s*([A-Za-zＡ-Ｚ])\s*[)）]|([A-Za-zＡ-Ｚ])\s*[.．、:：)）])\s*(.*)", re.DOTALL
)
_INLINE = r"(?:(?<=[\s　])|(?<=[。；;，,]))(?:[(（]\s*{0}\s*[)）]|{0}\s*[.．、])\s*"
_LABEL = re.compile(
    r"\s*(?:[\[【](?P<boxed>[^\]】\s]{1,10})[\]】]\s*[:：]?|(?P<bare>[A-Za-z\u4e00-\u9fff/ ]{1,16}?)\s*[:：])"
    r"\s*(?P<rest>.*)",
    re.DOTALL,
)
_MATERIAL = re.compile(
    r"\s*[\[【]?(?:案例|材料|背景材料|阅读材料|案例材料)[一二三四五六七八九十0-9]{0,2}[\]】]?\s*[:：】]\s*(?P<rest>.*)"
    r"|\s*[【\[](?:案例|材料)[一二三四五六七八九十0-9]{0,2}[】\]]\s*(?P<rest2>.*)",
    re.DOTALL,
)
_SHEET = re.compile(
    rf"\s*(?:{_CHINESE_NUMBER}、)?[【\[]?(?:试题|试卷|习题|本卷)?\s*(?:参考|标准)?\s*答案"
    r"(?:(?:及|与|和|、)(?:解析|评分标准|评分参考))?[】\]]?\s*(?P<colon>[:：]?)\s*"
)
_ASKING = re.compile(r"^\s*(?:问题?|请问|请回答(?:下列问题)?|试问)\s*[:：]\s*(?=[(（]\s*[0-9０-９])")
_TYPE_TAG = re.compile(r"\s*[\[【(（]([^\])）】\s]{2,10}题)[\]】)）]\s*")
_WORTH = re.compile(r"(?<!\s)\s*[(（【\[]\s*(?:本[小]?题)?\s*(?:满分)?\s*([0-9.]+)\s*分\s*[)）】\]]\s*$")
#: fields that one line says whole; the others go on over lines
SHORT_FIELDS = frozenset(
    {
        "type",
        "points",
        "difficulty",
        "topic",
        "level",
        "objectives",
        "module",
        "partial",
        "words",
        "files",
        "id",
    }
)
#: lines that only say that questions follow
ASKED = frozenset({"问题", "问题：", "问题:", "【问题】", "请回答：", "请回答下列问题：", "要求："})
_NO_LABELS = frozenset({"stem", "section", "parent", "id"})


@dataclass(slots=True)
class Heading:
    """The heading of a section: its title, and what it says of each of its questions."""

    title: str
    texts: dict[str, str] = field(default_factory=dict)
    total: Decimal | None = None


def read_heading(text: str) -> Heading | None:
    """Return the heading that a line is, None if it is none."""
    found = _SECTION.fullmatch(text.strip())
    rest = found["rest"].strip() if found else text.strip()
    if found and rest.startswith("\\"):
        return _heading(rest[1:], "")
    brackets = _BRACKETS.search(rest)
    title = rest[: brackets.start()].strip(" :：") if brackets else rest.strip(" :：")
    kind = find_type(title)
    if not title or len(title) > 60:
        return None
    if found:
        is_asked = title[-1] in "?？。" and not brackets
        return None if is_asked else _heading(title, brackets["inside"] if brackets else "")
    is_bare = kind is not None and len(title) <= 10 and not re.search("[:：.．、]|^[(（]", title)
    is_bare = is_bare and (title.endswith("题") or title == "名词解释")
    return _heading(title, brackets["inside"] if brackets else "") if is_bare else None


def _heading(title: str, inside: str) -> Heading:
    made = Heading(title)
    kind = find_type(title)
    if kind:
        made.texts["type"] = title
    each, total, part = _EACH.search(inside), _TOTAL.search(inside), _PART.search(inside)
    if each and (points := find_points(each[1] or each[2])):
        made.texts["per_blank" if "每空" in inside else "points"] = f"{points:f}"
    elif total:
        made.total = find_points(total[1])
    if part and kind == "multiple":
        made.texts["partial"] = part[1]
    return made


def read_number(text: str) -> tuple[int, str, bool] | None:
    """Return number and text of a numbered line, and whether the number stands in brackets.

    >>> read_number("12．题干"), read_number("（3）题干"), read_number("3.5米")
    ((12, '题干', False), (3, '题干', True), None)
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    digits = found["dot"] or found["word"] or found["paren"]
    return int(digits), found["rest"].strip(), bool(found["paren"])


def read_option(text: str, place: int) -> str | None:
    """Return the text of the option at a place, from 0, if a line is that option.

    >>> read_option("A．甲", 0), read_option("(B) 乙", 1), read_option("C. 丙", 0)
    ('甲', '乙', None)
    """
    found = _OPTION.fullmatch(text)
    if found is None or place > 25:
        return None
    return found[3].strip() if plain(found[1] or found[2]).upper() == chr(ord("A") + place) else None


def split_options(text: str, place: int) -> list[str]:
    """Part the text of an option where the next ones stand on its line.

    >>> split_options("甲  B. 乙 C．丙", 0)
    ['甲', '乙', '丙']
    """
    if text.startswith("\\"):
        return [text[1:]]
    parts: list[str] = []
    while place < 25:
        place += 1
        sign = chr(ord("A") + place)
        found = re.search(_INLINE.format(f"[{sign}{sign.lower()}{chr(ord(sign) + 0xFEE0)}]"), text)
        if found is None:
            break
        parts.append(text[: found.start()].strip())
        text = text[found.end() :]
    return [*parts, text.strip()]


def without_asking(line: Line) -> Line:
    """Return a line without ``问：`` before the number of a question in brackets."""
    if line.is_verbatim:
        return line
    return replace(line, text=_ASKING.sub("", line.text))


def read_label(text: str) -> tuple[str, str] | None:
    """Return the field that a line names, and its text.

    >>> read_label("【答案】AB"), read_label("正确答案：A"), read_label("时间：八点")
    (('answer', 'AB'), ('answer', 'A'), None)
    """
    found = _LABEL.fullmatch(text)
    if found is None:
        return None
    name = HEADS.get(fold(found["boxed"] or found["bare"]))
    return None if name is None or name in _NO_LABELS else (name, found["rest"].strip())


def read_material(text: str) -> str | None:
    """Return what a line says after ``材料：`` or ``案例一：``, None if it opens no material."""
    found = _MATERIAL.fullmatch(text)
    return None if found is None else (found["rest"] or found["rest2"] or "").strip()


def opens_sheet(text: str) -> bool | None:
    """Whether a line opens the answers at the end: None where only the next line can tell."""
    found = _SHEET.fullmatch(text)
    if found is None:
        return False
    return None if found["colon"] else True


def looks_special(text: str) -> bool:
    """Whether a line of text would be read as something else."""
    if text != text.strip() or text.startswith("\\") or text in ASKED:
        return True
    readers = (read_heading, read_number, read_label, read_material, _OPTION.fullmatch)
    return any(read(text) is not None for read in readers) or opens_sheet(text) is not False


def take_tag(stem: str) -> tuple[str, str]:
    """Return the type in brackets before a stem, and the stem without it.

    >>> take_tag("[单选题] 题干"), take_tag("（多选题）题干"), take_tag("题干")
    (('单选题', '题干'), ('多选题', '题干'), ('', '题干'))
    """
    found = _TYPE_TAG.match(stem)
    return (found[1], stem[found.end() :]) if found and find_type(found[1]) else ("", stem)


def take_worth(stem: str) -> tuple[str, str]:
    """Return the points at the end of a stem, and the stem without them.

    >>> take_worth("为什么？（5分）"), take_worth("为什么？")
    (('5', '为什么？'), ('', '为什么？'))
    """
    found = _WORTH.search(stem)
    return (found[1], stem[: found.start()]) if found else ("", stem)
