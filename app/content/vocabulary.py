"""The words of the formats in Chinese and English; every other file asks here."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum

from app.content.hints import Hint
from app.domain.case import SectionKind
from app.domain.items import Difficulty, ItemType, Level
from app.domain.options import ConstructedKind


class Kind(StrEnum):
    """The kinds of text."""

    CASE = "case"
    QUIZ = "quiz"
    SYLLABUS = "syllabus"


COMMON_KEYS = {
    "title": "标题",
    "language": "语言",
    "syntax": "syntax",
    "format": "format",
    "source": "出处",
    "use": "用途",
}
FRONT_KEYS: Mapping[Kind, Mapping[str, str]] = {
    Kind.QUIZ: COMMON_KEYS
    | {
        "minutes": "时间",
        "pass": "及格",
        "module": "模块",
        "objectives": "目标",
        "topic": "知识点",
        "difficulty": "难度",
        "shuffle": "乱序",
        "multiple": "多选计分",
        "ordering": "排序计分",
    },
    Kind.CASE: COMMON_KEYS
    | {
        "kind": "类型",
        "minutes": "时间",
        "module": "模块",
        "objectives": "目标",
        "dimensions": "维度",
        "quiz": "测验",
    },
    Kind.SYLLABUS: COMMON_KEYS
    | {
        "hours": "学时",
        "code": "课程编号",
        "credits": "学分",
        "type": "课程类型",
        "prerequisites": "先修课程",
        "department": "开课单位",
        "term": "开课学期",
        "audience": "授课对象",
        "assessment": "考核方式",
        "pass": "及格",
        "public": "公开",
    },
}

#: keys of attribute blocks; a flag stands without a value
ATTRIBUTE_KEYS = {
    "objectives": "目标",
    "level": "层次",
    "difficulty": "难度",
    "topic": "知识点",
    "each": "每题",
    "draw": "抽",
    "shuffle": "乱序",
    "case": "案例",
    "scoring": "计分",
    "type": "题型",
    "kind": "类型",
    "words": "字数",
    "file": "附件",
    "any-order": "不计顺序",
    "scale": "量表",
    "info": "说明",
    "walk": "路径",
    "was": "旧名",
    "next": "下一步",
    "when": "当",
    "reason": "理由",
    "reveal": "公布",
    "hours": "学时",
}
FLAGS = frozenset({"shuffle", "any-order", "info"})

LEVELS = {
    "了解": Level.KNOW,
    "理解": Level.UNDERSTAND,
    "熟悉": Level.FAMILIAR,
    "掌握": Level.MASTER,
    "熟练掌握": Level.PROFICIENT,
}
DIFFICULTIES = {"易": Difficulty.EASY, "中": Difficulty.MEDIUM, "难": Difficulty.HARD}
CONSTRUCTED_KINDS = {
    "名词解释": ConstructedKind.TERM,
    "简答": ConstructedKind.SHORT,
    "论述": ConstructedKind.ESSAY,
    "案例分析": ConstructedKind.CASE,
}
#: item types by their Chinese names; of several names the first is written
TYPES = {
    "单选": ItemType.SINGLE,
    "多选": ItemType.MULTIPLE,
    "不定项": ItemType.MULTIPLE,
    "判断": ItemType.TRUE_FALSE,
    "填空": ItemType.BLANKS,
    "完形填空": ItemType.BLANKS,
    "选词填空": ItemType.BLANKS,
    "计算": ItemType.NUMERIC,
    "排序": ItemType.ORDERING,
    "连线": ItemType.MATCHING,
    "情境判断": ItemType.BEST_WORST,
    "情境评定": ItemType.RATING,
    "分级单选": ItemType.WEIGHTED,
    "问答": ItemType.CONSTRUCTED,
    "附件": ItemType.UPLOAD,
    "案例决策": ItemType.WALK,
    "说明": ItemType.INFO,
}
USES = {"练习": "practice", "考试": "exam"}
CASE_KINDS = {"案例": "case", "阅读": "reading"}
REASONS = {"不问": "no", "可选": "optional", "必填": "required"}
REVEALS = {"提交后": "commit", "发布后": "release"}
SCORINGS = {
    "全对才得分": "all",
    "少选得一半": "half",
    "少选按比例": "share",
    "逐项计分": "signed",
    "四项判断": "kprim",
    "相邻计分": "pairs",
}
ORDERINGS = {"全对才得分": "exact", "相邻计分": "pairs"}
SECTIONS = {
    "情境": SectionKind.SCENE,
    "决策点": SectionKind.DECISION,
    "后果": SectionKind.OUTCOME,
    "结局": SectionKind.ENDING,
    "材料": SectionKind.EXHIBIT,
    "思考题": SectionKind.QUESTION,
    "分析提示": SectionKind.HINT,
    "参考答案": SectionKind.MODEL_ANSWER,
}
SECTION_NAMES = {kind: kind.replace("-", " ").capitalize() for kind in SectionKind}
#: the fix for a heading of a case without a keyword
SECTION_WORDS = tuple(f"{word} {SECTION_NAMES[kind]}" for word, kind in SECTIONS.items())
SECTION_FIX = Hint("write " + ", ".join(SECTION_WORDS), known=SECTION_WORDS)
MATERIALS = {"案例": "cases", "测验": "quizzes", "阅读": "readings", "文件": "files"}


def is_chinese(language: str) -> bool:
    """Whether a document of this language writes Chinese keys."""
    return language.partition("-")[0] == "zh"


def write_word(value: str, table: Mapping[str, str], language: str) -> str:
    """Return the word of a value in the document's language."""
    if not is_chinese(language):
        return str(value)
    return next((word for word, known in table.items() if known == value), str(value))


def read_word(word: str, table: Mapping[str, str]) -> str | None:
    """Return what a Chinese or English word stands for, None if it is unknown."""
    if word in table:
        return table[word]
    return next((known for known in table.values() if known == word), None)


def key_of(name: str, names: Mapping[str, str]) -> str | None:
    """Return the English key of a key in either language."""
    if name in names:
        return name
    return next((key for key, chinese in names.items() if chinese == name), None)


def nearest(name: str, known: Iterable[str]) -> Hint:
    """Say which known word was probably meant."""
    words = list(dict.fromkeys(known))
    close = get_close_matches(name.lower()[:40], words, n=1, cutoff=0.5)
    return _meaning(name, close[0]) if close else Hint("known: " + ", ".join(words), name, known=words)


def _meaning(name: str, meant: str) -> Hint:
    return Hint(f"did you mean {meant}?", name, meant=meant)


def nearest_key(name: str, names: Mapping[str, str]) -> Hint:
    """Say which known key was probably meant, by either of its names."""
    close = get_close_matches(name.lower()[:40], [*names, *names.values()], n=1, cutoff=0.5)
    if close:
        return _meaning(name, close[0])
    both = [key if key == chinese else f"{key} {chinese}" for key, chinese in names.items()]
    return Hint("known: " + ", ".join(both), name, known=both)
