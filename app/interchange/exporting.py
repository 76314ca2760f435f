"""From items to questions as other people's files write them, with what those files cannot say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.imported import Section, title_of
from app.domain.items import Item, ItemType
from app.domain.keys import (
    BlanksKey,
    ChoiceKey,
    ConstructedKey,
    Dropdown,
    MatchingKey,
    NumericKey,
    OrderingKey,
    TruthKey,
)
from app.domain.quiz import Group, Quiz, with_inherited
from app.domain.words import Sentence, marked
from app.interchange.answer_words import write_blanks, write_marking, write_numeric
from app.interchange.keys import PAIR, letter
from app.interchange.type_words import (
    ANY_ORDER,
    DIFFICULTY_NAMES,
    LEVEL_NAMES,
    RULE_NAMES,
    type_name,
)

MOST_OPTIONS = 26


@dataclass(frozen=True, slots=True)
class Row:
    """A question as files write it."""

    texts: Mapping[str, str]
    options: tuple[str, ...]
    is_scored: bool = True


@dataclass(frozen=True, slots=True)
class Loss:
    """What a file cannot say: of which question, by its id and title; of none, it is of the whole."""

    id: str
    title: str
    said: Sentence


@dataclass(slots=True)
class Export:
    """Questions by section as they are written, and what is lost."""

    title: str
    parts: list[tuple[Section, list[Row]]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[Row]:
        """All questions."""
        return (row for _, rows in self.parts for row in rows)


class Unsayable(Exception):
    """No file can say this."""


def export_quiz(quiz: Quiz) -> Export:
    """Return the questions of a quiz with what they inherit, and what is lost of it."""
    export = Export(quiz.title)
    for group in quiz.groups:
        _lose_of_group(group, export)
        rows = [row for item in group.items if (row := _row(with_inherited(item, group, quiz), export))]
        if rows:
            export.parts.append((Section(group.title, group.stem), rows))
    return export


def _lose_of_group(group: Group, export: Export) -> None:
    if group.case:
        export.losses.append(Loss("", group.title, Sentence(CASE_LOST, {"case": group.case})))
    if group.draw is not None or group.shuffle:
        export.losses.append(Loss("", group.title, Sentence(DRAW_LOST)))


def _row(item: Item, export: Export) -> Row | None:
    title = title_of(item.stem)
    try:
        answer, options = _answers(item)
    except Unsayable:
        export.losses.append(Loss(item.id, title, Sentence(LEFT_OUT)))
        return None
    if _has_feedback(item):
        export.losses.append(Loss(item.id, title, Sentence(FEEDBACK_LOST)))
    texts = _texts(item) | {"answer": answer}
    return Row({name: text for name, text in texts.items() if text}, options, item.is_scored)


def _texts(item: Item) -> dict[str, str]:
    is_written = isinstance(item.key, ConstructedKey)
    return {
        "type": type_name(item),
        "stem": item.stem,
        "points": f"{item.points.normalize():f}" if item.points and item.is_scored else "",
        "difficulty": DIFFICULTY_NAMES[item.difficulty] if item.difficulty else "",
        "topic": "、".join("_".join(word.split()) for word in item.topic),
        "level": LEVEL_NAMES[item.level] if item.level else "",
        "objectives": "、".join(item.objectives),
        "explanation": item.explanation,
        "criteria": write_marking(item.key.points) if isinstance(item.key, ConstructedKey) else "",
        "partial": _partial(item),
        "hint": "\n".join(_line(hint) for hint in item.hints),
        "words": str(item.words) if is_written and item.words else "",
        "files": "、".join(item.file),
        "id": item.id,
    }


def _line(text: str) -> str:
    return " ".join(text.split())


def _partial(item: Item) -> str:
    rule, colon, points = (item.scoring or "").partition(":")
    said = f"{points}分" if colon else RULE_NAMES.get(rule, "")
    return "，".join(word for word in (said, ANY_ORDER if item.any_order else "") if word)


def _has_feedback(item: Item) -> bool:
    pairs = item.key.pairs if isinstance(item.key, MatchingKey) else ()
    return any(option.feedback for option in item.options) or any(pair.feedback for pair in pairs)


def _answers(item: Item) -> tuple[str, tuple[str, ...]]:
    """Return answer and options.

    :raises Unsayable: the item is of a type, or has a key, that no file can say.
    """
    if item.type is ItemType.INFO:
        return "", ()
    write = _WRITERS.get(type(item.key))
    if write is None or item.variables or len(item.options) > MOST_OPTIONS:
        raise Unsayable
    return write(item.key)


def _choice(key: ChoiceKey) -> tuple[str, tuple[str, ...]]:
    letters = [letter(place) for place, option in enumerate(key.options) if option.is_key]
    return "".join(letters), tuple(option.text for option in key.options)


def _truth(key: TruthKey) -> tuple[str, tuple[str, ...]]:
    return "正确" if key.value else "错误", ()


def _blanks(key: BlanksKey) -> tuple[str, tuple[str, ...]]:
    wordings = [blank for blank in key.blanks if not isinstance(blank, Dropdown)]
    if key.is_cloze or len(wordings) < len(key.blanks):
        raise Unsayable
    return write_blanks(wordings), ()


def _numeric(key: NumericKey) -> tuple[str, tuple[str, ...]]:
    text = write_numeric(key)
    if text is None:
        raise Unsayable
    return text, ()


def _ordering(key: OrderingKey) -> tuple[str, tuple[str, ...]]:
    letters = "".join(letter(place) for place in range(len(key.options)))
    return letters, tuple(option.text for option in key.options)


def _matching(key: MatchingKey) -> tuple[str, tuple[str, ...]]:
    sides = [_line(side) for pair in key.pairs for side in (pair.left, pair.right)]
    if any(PAIR.search(side) for side in sides) or len(key.pairs) > MOST_OPTIONS:
        raise Unsayable
    return "", tuple(f"{_line(pair.left)} <-> {_line(pair.right)}".strip() for pair in key.pairs)


def _constructed(key: ConstructedKey) -> tuple[str, tuple[str, ...]]:
    return "\n".join(_line(text) for text in key.guidance), ()


_WRITERS: Mapping[type, Callable[..., tuple[str, tuple[str, ...]]]] = {
    ChoiceKey: _choice,
    TruthKey: _truth,
    BlanksKey: _blanks,
    NumericKey: _numeric,
    OrderingKey: _ordering,
    MatchingKey: _matching,
    ConstructedKey: _constructed,
}

LEFT_OUT = marked("No such file can say a question of this kind: it is left out.")
FEEDBACK_LOST = marked("The feedback of its options is left out.")
CASE_LOST = marked("The case %(case)s, which stands before this part, is left out.")
DRAW_LOST = marked("That questions of this part are drawn or shuffled is left out.")
