"""What the pages of the bank show of a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from app.content.gaps import split_gaps
from app.domain.bank_words import NEVER, RETIRED, Mark
from app.domain.items import Difficulty, Item
from app.domain.keys import MatchingKey
from app.domain.question_types import type_title
from app.domain.quiz import Quiz
from app.models import BankItem, Document
from app.operations.bank_places import QuestionName
from app.operations.bank_tokens import tokens_of
from app.operations.offerings import Place
from app.web.filters import level_name
from app.web.languages import current_language
from app.web.teach.names import difficulty_name

BLANK = "____"


@dataclass(frozen=True, slots=True)
class Line:
    """A question in a list. ``name`` is its address as one word: ``course/quiz/item``."""

    name: str
    where: Mapping[str, str]
    stem: str
    type: str
    points: Decimal
    level: str
    difficulty: str
    quiz: str
    topics: Sequence[str]
    tags: Sequence[str]
    exams: int
    last: str
    is_retired: bool
    is_shared: bool
    is_exam_only: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A question to be laid beside others: its stem and what stands below, with what is right."""

    line: Line
    stem: Markup
    options: Sequence[tuple[Markup, bool]]
    percent: int | None = None
    has_same_stem: bool = False


def line_of(row: BankItem, document: Document, place: Place, titles: Mapping[int, str]) -> Line:
    """Present a question in a list.

    :param titles: those of quizzes in the language of the page, by id.
    """
    tokens = tokens_of(row)
    where = {"course": place.course.slug, "quiz": document.slug, "item": row.item}
    if document.is_translation:
        where["language"] = document.language
    last = _of(tokens, Mark.USED_ON)
    return Line(
        name="/".join(where.values()),
        where=where,
        stem=row.stem,
        type=type_title(row.type, current_language()),
        points=row.points,
        level=level_name(row.level) if row.level else "",
        difficulty=difficulty_name(Difficulty(row.difficulty)) if row.difficulty else "",
        quiz=titles.get(document.id, document.title),
        topics=row.topics,
        tags=_of(tokens, Mark.TAG),
        exams=len(_of(tokens, Mark.EXAM)),
        last=last[0] if last and last[0] != NEVER else "",
        is_retired=Mark.STATE + RETIRED in tokens,
        is_shared=row.is_shared,
        is_exam_only=document.is_exam_only,
    )


def card_of(line: Line, quiz: Quiz, html: Mapping[str, Any], **alike: Any) -> Card:
    """Lay a question out; of a text that changed meanwhile only the stem is known."""
    item = next((one for one in quiz.items if one.id == line.where["item"]), None)
    if item is None:
        return Card(line, Markup.escape(line.stem), ())
    parts = split_gaps(html.get(f"{item.id}.stem", ""), {})
    stem = "".join(one if isinstance(one, str) else BLANK for one in parts)
    return Card(line, Markup(stem), list(_options(item, html)), **alike)


def _options(item: Item, html: Mapping[str, Any]) -> list[tuple[Markup, bool]]:
    if isinstance(item.key, MatchingKey):
        return [(Markup.escape(f"{one.left} ↔ {one.right}"), bool(one.left)) for one in item.key.pairs]
    return [
        (Markup(html.get(f"{item.id}.option.{number}", "")), option.is_key)
        for number, option in enumerate(item.options, 1)
    ]


def read_name(name: str) -> QuestionName | None:
    """Return the question of an address in one word, None where it is none."""
    parts = name.split("/")
    return QuestionName(*parts) if len(parts) in {3, 4} and all(parts) else None


def _of(tokens: set[str], mark: Mark) -> list[str]:
    return sorted(one.removeprefix(mark) for one in tokens if one.startswith(mark))
