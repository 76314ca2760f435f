"""What several kinds of items are made of: options, marking points, kinds of written answers."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ConstructedKind(StrEnum):
    """Kinds of constructed answers: 名词解释, 简答, 论述, 案例分析."""

    TERM = "term"
    SHORT = "short"
    ESSAY = "essay"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an item; its position is its place in the tuple. Only choice items mark keys in it."""

    text: str
    is_key: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class MarkingPoint:
    """A marking point (评分要点): what earns how much."""

    points: Decimal
    text: str
