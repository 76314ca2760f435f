"""Lint of quizzes: what a good item avoids. All of it are warnings."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from app.content.diagnostics import count_of
from app.content.findings import Findings
from app.content.lint_key import check_key, right_options
from app.content.ranges import overlap
from app.content.reading_time import reading_minutes
from app.domain.items import Item, ItemType
from app.domain.keys import MatchingKey
from app.domain.quiz import Quiz, points_of, scoring_of

_CHOICE = (ItemType.SINGLE, ItemType.MULTIPLE, ItemType.WEIGHTED, ItemType.BEST_WORST)
_ONE_RIGHT = (ItemType.SINGLE, ItemType.WEIGHTED, ItemType.BEST_WORST)
_ALL_OF_ABOVE = re.compile(
    r"(以上|上述|前述)(各项|选项|说法|答案|几项|全部)?(都|均|全|皆)?(正确|不对|不正确|不是|对|是|不选)"
    r"|(all|none|both|neither) of the (above|these)",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"不正确|不恰当|不合适|不妥|不当|不属于|不包括|不包含|不应|不该|不宜|不需|不必|不能|不是|错误的|有误的|除外"
    r"|\b(?:not|except|never|incorrect|wrong|false)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\*\*[^*]+\*\*|\*[^*]+\*|__[^_]+__|<u>[^<]*</u>|\b(?:NOT|EXCEPT|NEVER)\b")
#: from this many single items on, one position should not hold more than half of the keys
_ENOUGH_ITEMS = 8


def lint_quiz(quiz: Quiz, found: Findings) -> None:
    """Note what an author should look at."""
    for item in quiz.items:
        _check_options(item, found)
        _check_stem(item, found)
        if _explains(item) and not item.explanation:
            found.warn(item.id, "no-explanation", "this item has no explanation (解析)", "write > … below it")
        check_key(item, quiz, found)
    for group in quiz.groups:
        for item in group.items:
            _check_part(item, points_of(item, group), quiz, found)
    _check_positions(quiz, found)
    _check_time(quiz, found)


def _explains(item: Item) -> bool:
    """Whether an explanation belongs to an item: marking points and cases explain themselves."""
    return item.is_scored and not item.is_marked_by_person and item.type is not ItemType.WALK


def _check_options(item: Item, found: Findings) -> None:
    if item.type not in _CHOICE:
        return
    right = right_options(item)
    keys = [len(option.text) for place, option in enumerate(item.options, 1) if place in right]
    others = [len(option.text) for place, option in enumerate(item.options, 1) if place not in right]
    if keys and others and max(keys) > max(others):
        found.warn(
            item.id, "key-longest", "the key is the longest option", "make the options alike in length"
        )
    for number, option in enumerate(item.options, 1):
        if _ALL_OF_ABOVE.search(option.text):
            message = "an option sums the others up (以上都对)"
            found.warn(f"{item.id}/{number}", "all-of-the-above", message, "ask for several right options")
    pair = overlap([option.text for option in item.options])
    if pair is not None:
        message = f"this option overlaps option {pair[0]}"
        found.warn(f"{item.id}/{pair[1]}", "overlapping-options", message, "draw the limits apart")


def _check_stem(item: Item, found: Findings) -> None:
    if item.type in _CHOICE and _NEGATION.search(_MARKED.sub("", item.stem)):
        message = "the stem holds a negation that is easily overlooked"
        found.warn(item.id, "unmarked-negation", message, "write it **bold**, or ask for what is right")


def _check_part(item: Item, points: Decimal, quiz: Quiz, found: Findings) -> None:
    rule, _, part = (scoring_of(item, quiz) or "").partition(":")
    if rule == "fixed" and Decimal(part) == points:
        message = "a part of the right options earns as much as all of them"
        found.warn(item.id, "part-earns-all", message, "let a part earn less")


def _check_positions(quiz: Quiz, found: Findings) -> None:
    positions = Counter(_fixed_positions(quiz))
    total = sum(positions.values())
    if total < _ENOUGH_ITEMS:
        return
    position, count = positions.most_common(1)[0]
    if count * 2 > total:
        message = f"{count} of {total} keys stand at position {position}"
        found.warn("---", "unbalanced-keys", message, "spread them, or shuffle (乱序)")


def _fixed_positions(quiz: Quiz) -> Iterator[int]:
    """Yield the positions of keys that no shuffling moves."""
    for group in quiz.groups:
        if quiz.shuffle or group.shuffle:
            continue
        for item in group.items:
            if item.type in _ONE_RIGHT:
                yield from list(right_options(item))[:1]


def _check_time(quiz: Quiz, found: Findings) -> None:
    texts = [group.stem for group in quiz.groups]
    for item in quiz.items:
        texts += [item.stem, *(option.text for option in item.options)]
        if isinstance(item.key, MatchingKey):
            texts += [*item.key.lefts, *item.key.rights]
    check_minutes(texts, quiz.minutes, found)


def check_minutes(texts: list[str], minutes: int | None, found: Findings) -> None:
    """Warn where reading alone takes longer than the time given."""
    needed = reading_minutes(texts)
    if minutes is not None and needed > minutes:
        message = f"reading alone takes {count_of(round(needed), 'minute')}, {minutes} given"
        found.warn("key:minutes", "too-little-time", message, "give more time or shorten the texts")
