"""From questions as they were written to items: what each becomes, with what is lost of it."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from app.domain.imported import Imported, Verdict, title_of, worth_of_points
from app.domain.items import Item, ItemType
from app.domain.keys import BlanksKey, ConstructedKey
from app.domain.scoring.rules import rules_of
from app.domain.words import Sentence, marked
from app.interchange.keys import Keyed, NoKey, letter, read_key
from app.interchange.questions import Question, clean
from app.interchange.type_words import (
    ANY_ORDER,
    KINDS,
    LEVELS,
    find_difficulty,
    find_points,
    find_rule_word,
    find_truth,
    plain,
)
from app.interchange.written_keys import files_of

_OPTIONED = frozenset({ItemType.SINGLE, ItemType.MULTIPLE, ItemType.ORDERING, ItemType.MATCHING})
LONGEST_NUMBER = 6
_LIST = re.compile(r"[,，、;；\n]+")
#: what a word of a topic cannot hold where it stands at an item
_UNWRITABLE = re.compile(r"[{}\\｛｝＼#＃=\s]+")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OBJECTIVE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_NO_HEADING = ("```", "~~~", "|", ">", "![", "- ", "* ", "#")


def build(question: Question) -> Imported:
    """Return what a question becomes."""
    question.texts = {name: clean(text).strip() for name, text in question.texts.items()}
    question.options = [clean(text).strip() for text in question.options]
    about = Imported(
        line=question.line,
        title=title_of(question["stem"]),
        verdict=Verdict.FAULT,
        section=question.section,
        place=question.place,
        number=_number(question),
    )
    try:
        if question.fault is not None:
            raise NoKey(question.fault)
        if not question["stem"]:
            raise NoKey(Sentence(NO_STEM))
        item = _item(question, read_key(question))
    except NoKey as refusal:
        return replace(about, said=(refusal.said,))
    verdict = Verdict.LOSSY if question.losses else Verdict.TAKEN
    return replace(about, verdict=verdict, said=tuple(question.losses), item=item)


def _number(question: Question) -> int:
    """Return the number that a question has in its text, or in its column; 0 where it has none."""
    written = question["id"]
    is_short = written.isascii() and written.isdecimal() and len(written) < LONGEST_NUMBER
    return question.number or (int(written) if is_short else 0)


def _item(question: Question, keyed: Keyed) -> Item:
    stem = question["stem"] if keyed.stem is None else keyed.stem
    heading, body = split_stem("\n\n".join([stem, *_lettered(question, keyed.type)]))
    if keyed.type is ItemType.INFO:
        return Item(id=_id(question), type=keyed.type, key=None, heading=heading, body=body)
    item = Item(
        id=_id(question),
        type=keyed.type,
        key=keyed.key,
        heading=heading,
        body=body,
        explanation=question["explanation"],
        hints=tuple(line for line in question["hint"].split("\n") if line.strip()),
        kind=KINDS.get(keyed.kind),
        file=tuple(files_of(question)) if keyed.type is ItemType.UPLOAD else (),
        topic=_topics(question),
        objectives=_objectives(question),
    )
    for read in (_with_points, _with_marking, _with_rule, _with_level, _with_difficulty, _with_words):
        item = read(item, question)
    return item


def _lettered(question: Question, kind: ItemType) -> list[str]:
    """Return the lettered lines that are no options of a type, and so a part of what is asked."""
    if kind in _OPTIONED:
        return []
    if kind is ItemType.TRUE_FALSE and all(find_truth(option) is not None for option in question.options):
        return []
    return [f"{letter(place)}. {option}" for place, option in enumerate(question.options) if option]


def split_stem(stem: str) -> tuple[str, str]:
    """Return a stem as heading and body: what is no plain line cannot be a heading.

    >>> split_stem("甲\\n\\n乙"), split_stem("| a |\\n| - |")
    (('甲', '乙'), ('', '| a |\\n| - |'))
    """
    first, _, rest = stem.partition("\n")
    if first.lstrip().startswith(_NO_HEADING):
        return "", stem
    return first.strip(), rest.strip("\n")


def _id(question: Question) -> str:
    text = plain(question["id"]).lower()
    return text if _ID.fullmatch(text) and not text.isdecimal() and len(text) <= 60 else ""


def _topics(question: Question) -> tuple[str, ...]:
    words = [*_LIST.split(question["topic"]), *_LIST.split(question["module"])]
    tidy = (_UNWRITABLE.sub("_", word.strip()).strip("_") for word in words)
    return tuple(dict.fromkeys(word for word in tidy if word))


def _objectives(question: Question) -> tuple[str, ...]:
    words = [word.strip().lower() for word in _LIST.split(question["objectives"]) if word.strip()]
    good = [word for word in words if _OBJECTIVE.fullmatch(word)]
    _lose(question, "objectives", len(good) == len(words))
    return tuple(dict.fromkeys(good))


def _lose(question: Question, name: str, is_kept: bool) -> None:
    if not is_kept:
        said = {"field": FIELD_NAMES[name], "text": question[name][:40]}
        question.losses.append(Sentence(NOT_UNDERSTOOD, said))


def _with_points(item: Item, question: Question) -> Item:
    points = find_points(question["points"])
    _lose(question, "points", points is not None or not question["points"])
    per_blank = find_points(question["per_blank"])
    if points is None and per_blank and isinstance(item.key, BlanksKey):
        points = per_blank * len(item.key.blanks)
    return replace(item, points=points)


def _with_marking(item: Item, question: Question) -> Item:
    """Keep marking points that add up to the question's points; others become what a marker looks for."""
    key = item.key
    if not isinstance(key, ConstructedKey) or not key.points:
        return item
    worth = worth_of_points(key)
    if not question.texts.get("points") and item.points != worth:
        return replace(item, points=worth)
    if item.points in {None, worth}:
        return item
    assert item.points is not None
    said = {"sum": _short(worth), "points": _short(item.points)}
    question.losses.append(Sentence(OTHER_SUM, said))
    lines = [f"{_short(one.points)}分：{one.text}" for one in key.points]
    return replace(item, key=ConstructedKey((), (*key.guidance, *lines)))


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _with_rule(item: Item, question: Question) -> Item:
    words = [word for word in _LIST.split(question["partial"]) if word.strip()]
    rule: str | None = None
    any_order = False
    for word in words:
        found = find_rule_word(word, item.points)
        if plain(word) == ANY_ORDER and item.type is ItemType.BLANKS:
            any_order = True
        elif found and _fits(found, item):
            rule = "exact" if found == "all" and item.type is ItemType.ORDERING else found
        elif "partial" in question.texts:
            _lose(question, "partial", False)
    return replace(item, scoring=rule, any_order=any_order)


def _fits(rule: str, item: Item) -> bool:
    if rule == "kprim" and len(item.options) != 4:
        return False
    rules = rules_of(item.type)
    return rule.partition(":")[0] in rules or (rule == "all" and "exact" in rules)


def _with_level(item: Item, question: Question) -> Item:
    level = LEVELS.get(plain(question["level"]).casefold())
    _lose(question, "level", level is not None or not question["level"])
    return replace(item, level=level)


def _with_difficulty(item: Item, question: Question) -> Item:
    difficulty = find_difficulty(question["difficulty"]) if question["difficulty"] else None
    _lose(question, "difficulty", difficulty is not None or not question["difficulty"])
    return replace(item, difficulty=difficulty)


def _with_words(item: Item, question: Question) -> Item:
    found = re.search("[0-9]{1,5}", plain(question["words"]))
    if found is None or item.type is not ItemType.CONSTRUCTED or int(found[0]) == 0:
        _lose(question, "words", not question["words"])
        return item
    return replace(item, words=int(found[0]))


#: fields as sentences name them
FIELD_NAMES = {
    "objectives": "目标",
    "points": "分值",
    "partial": "少选得分",
    "level": "层次",
    "difficulty": "难度",
    "words": "字数",
}
Builder = Callable[[Question], Imported]

NO_STEM = marked("There is no stem: nothing is asked.")
NOT_UNDERSTOOD = marked('%(field)s "%(text)s" was not understood and is left out.')
OTHER_SUM = marked(
    "The marking points add up to %(sum)s, the question is worth %(points)s: they are kept as what to look"
    " for."
)
