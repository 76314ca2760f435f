"""What question types, difficulties, levels and scoring rules are called in papers and tables."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from app.domain.items import Difficulty, Item, Level
from app.domain.options import ConstructedKind
from app.domain.question_types import TYPE_ORDER, question_type, type_title

#: in the order in which a word is asked for them: the first that it holds is its type
_TYPES: tuple[tuple[str, str], ...] = (
    ("不定项", "multiple"),
    ("多项", "multiple"),
    ("多选", "multiple"),
    ("multiple", "multiple"),
    ("单项", "single"),
    ("单选", "single"),
    ("single", "single"),
    ("选择", "choice"),
    ("choice", "choice"),
    ("判断", "true-false"),
    ("是非", "true-false"),
    ("true", "true-false"),
    ("填空", "blanks"),
    ("blank", "blanks"),
    ("名词解释", "term"),
    ("term", "term"),
    ("简答", "short"),
    ("short", "short"),
    ("简述", "short"),
    ("论述", "essay"),
    ("essay", "essay"),
    ("计算", "calc"),
    ("calc", "calc"),
    ("numeric", "calc"),
    ("案例", "case"),
    ("材料", "case"),
    ("综合", "case"),
    ("case", "case"),
    ("排序", "ordering"),
    ("order", "ordering"),
    ("连线", "matching"),
    ("匹配", "matching"),
    ("配对", "matching"),
    ("match", "matching"),
    ("附件", "upload"),
    ("file", "upload"),
    ("upload", "upload"),
    ("说明", "info"),
    ("note", "info"),
    ("info", "info"),
    ("问答", "constructed"),
    ("主观", "constructed"),
    ("written", "constructed"),
)
#: types that a shared stem may have, with the kind of a written answer to it
MATERIAL = "case"
KINDS: Mapping[str, ConstructedKind | None] = {
    "term": ConstructedKind.TERM,
    "short": ConstructedKind.SHORT,
    "essay": ConstructedKind.ESSAY,
    "case": ConstructedKind.CASE,
    "calc": None,
    "constructed": None,
}
#: types that have no options: lettered lines belong to what is asked
WITHOUT_OPTIONS = frozenset({"term", "short", "essay", "calc", "constructed", "upload", "info"})
#: how a type is written into a file: it is read as the same
TYPE_NAMES: Mapping[str, str] = {name: type_title(name, "zh") for name in (*TYPE_ORDER, "info")}
DIFFICULTIES: Mapping[str, Difficulty] = {
    **dict.fromkeys(("易", "容易", "简单", "较易", "偏易", "1", "2", "easy"), Difficulty.EASY),
    **dict.fromkeys(("中", "中等", "一般", "适中", "3", "medium"), Difficulty.MEDIUM),
    **dict.fromkeys(("难", "困难", "较难", "偏难", "4", "5", "hard", "difficult"), Difficulty.HARD),
}
DIFFICULTY_NAMES = {Difficulty.EASY: "易", Difficulty.MEDIUM: "中", Difficulty.HARD: "难"}
LEVELS: Mapping[str, Level] = {
    **dict.fromkeys(("了解", "识记", "know"), Level.KNOW),
    **dict.fromkeys(("理解", "领会", "understand"), Level.UNDERSTAND),
    **dict.fromkeys(("熟悉", "familiar"), Level.FAMILIAR),
    **dict.fromkeys(("掌握", "简单应用", "master"), Level.MASTER),
    **dict.fromkeys(("熟练掌握", "应用", "综合应用", "proficient"), Level.PROFICIENT),
}
LEVEL_NAMES = {
    Level.KNOW: "了解",
    Level.UNDERSTAND: "理解",
    Level.FAMILIAR: "熟悉",
    Level.MASTER: "掌握",
    Level.PROFICIENT: "熟练掌握",
}
TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("正确", "对", "√", "✓", "✔", "是", "同意", "t", "true", "yes", "y", "right"), True),
    **dict.fromkeys(
        ("错误", "错", "×", "✗", "✘", "x", "否", "不同意", "f", "false", "no", "n", "wrong"), False
    ),
}
ANY_ORDER = "不计顺序"
#: rule -> how it is written
RULE_NAMES: Mapping[str, str] = {
    "all": "不得分",
    "half": "一半",
    "share": "按比例",
    "signed": "逐项计分",
    "kprim": "四项判断",
    "exact": "全对才得分",
    "pairs": "相邻计分",
}
_RULES: Mapping[str, str] = {
    **{name: rule for rule, name in RULE_NAMES.items()},
    **dict.fromkeys(("0", "0分", "全对才得分", "少选不得分", "all"), "all"),
    **dict.fromkeys(("50%", "少选得一半", "得一半", "half"), "half"),
    **dict.fromkeys(("少选按比例", "比例", "share"), "share"),
}
_NUMBER = re.compile(r"([0-9]{1,6}(?:\.[0-9]+)?)\s*(?:分|points?|pts?)?", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a short text in its simplest signs, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def find_type(word: str) -> str | None:
    """Return the type that a word names, None if it names none.

    >>> find_type("不定项选择题"), find_type("一、单项选择题"), find_type("Essay"), find_type("口语")
    ('multiple', 'single', 'essay', None)
    """
    folded = "".join(plain(word).casefold().split())
    return next((kind for needle, kind in _TYPES if needle in folded), None)


def find_truth(word: str) -> bool | None:
    """Return what a word says of a statement, None if it says nothing.

    >>> find_truth("√"), find_truth(" 不同意 "), find_truth("F"), find_truth("AB")
    (True, False, False, None)
    """
    return TRUTHS.get(plain(word).casefold().strip("()。.[]【】 "))


def find_points(text: str) -> Decimal | None:
    """Return the points that a text names, above 0 and with at most two decimals, else None.

    >>> find_points("2.5分"), find_points("0.125"), find_points("两分")
    (Decimal('2.5'), None, None)
    """
    found = _NUMBER.fullmatch(plain(text))
    if found is None:
        return None
    points = Decimal(found[1])
    return points.normalize() + 0 if points > 0 and points == points.quantize(Decimal("0.01")) else None


def find_difficulty(text: str) -> Difficulty | None:
    """Return a difficulty by its word, its step from 1 to 5, or its share from 0 to 1 (0.3 is easy).

    >>> [find_difficulty(one).value for one in ("易", "3", "0.8", "0.5")]
    ['easy', 'medium', 'hard', 'medium']
    """
    word = plain(text).casefold().removesuffix("度")
    if word in DIFFICULTIES:
        return DIFFICULTIES[word]
    if not re.fullmatch(r"0?\.[0-9]{1,4}", word):
        return None
    share = Decimal(word)
    if share < Decimal("0.4"):
        return Difficulty.EASY
    return Difficulty.MEDIUM if share <= Decimal("0.7") else Difficulty.HARD


def find_rule_word(word: str, points: Decimal | None) -> str | None:
    """Return the scoring rule that a word names: of points that fewer options earn, ``fixed:n``.

    >>> find_rule_word("按比例", None), find_rule_word("0.5分", Decimal(2)), find_rule_word("3", Decimal(2))
    ('share', 'fixed:0.5', None)
    """
    simple = plain(word)
    if simple in _RULES:
        return _RULES[simple]
    part = find_points(simple.removeprefix("少选得").removeprefix("漏选得"))
    if part is None or part > (points or 1):
        return None
    return f"fixed:{part:f}"


def type_name(item: Item) -> str:
    """Return the name of an item's type as files have it."""
    return TYPE_NAMES[question_type(item)]
