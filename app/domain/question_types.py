"""Question types (题型) as papers tell them apart: their order and the titles of their big questions."""

from collections.abc import Mapping

from app.domain.items import Item

#: question types (题型) in the order of Chinese papers: the titles of their big questions, zh and en
QUESTION_TYPES: Mapping[str, tuple[str, str]] = {
    "single": ("单项选择题", "Single choice"),
    "multiple": ("多项选择题", "Multiple choice"),
    "true-false": ("判断题", "True or false"),
    "blanks": ("填空题", "Fill in the blanks"),
    "term": ("名词解释", "Terms"),
    "matching": ("连线题", "Matching"),
    "ordering": ("排序题", "Put in order"),
    "weighted": ("分级单选题", "Best choice"),
    "best-worst": ("情境判断题", "Best and worst"),
    "rating": ("情境评定题", "Rating"),
    "numeric": ("计算题", "Calculation"),
    "short": ("简答题", "Short answers"),
    "constructed": ("问答题", "Written answers"),
    "essay": ("论述题", "Essays"),
    "case": ("案例分析题", "Case analysis"),
    "walk": ("案例决策题", "Cases to decide"),
    "upload": ("附件题", "Files"),
}
TYPE_ORDER = tuple(QUESTION_TYPES)
#: what is no question, and has a name all the same
_TITLES: Mapping[str, tuple[str, str]] = {**QUESTION_TYPES, "info": ("说明", "Information")}


def question_type(item: Item) -> str:
    """Return the question type (题型): written answers are told apart by their kind."""
    return (item.kind or item.type).value


def type_title(name: str, language: str) -> str:
    """Return what papers, pages and files call a question type: there are no other names.

    >>> type_title("single", "zh"), type_title("single", "en")
    ('单项选择题', 'Single choice')
    """
    return _TITLES[name][0 if language.startswith("zh") else 1]
