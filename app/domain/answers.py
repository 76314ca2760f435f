"""Answers: when one is blank, and which forms an item takes.

Answers have the JSON forms of the interface; positions are strings and count here in the order of
the file: "1", "2", …
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from app.domain.errors import BadAnswer, UnknownChoice, WalkEnded
from app.domain.item_walk import stand_of
from app.domain.items import Item, ItemType
from app.domain.keys import Blank, BlanksKey, Dropdown, MatchingKey, RatingKey, WalkKey

#: bytes of all text in one answer
SIZE_LIMIT = 256 * 1024
CONTAINERS = (dict, list, tuple)
#: files in one answer
FILE_LIMIT = 10
SHA256 = re.compile(r"[0-9a-f]{64}")
CHOICE = re.compile(r"[1-9][0-9]?")


def is_blank(answer: object) -> bool:
    """Whether an answer says nothing: null, white space, or a container of blanks.

    >>> [is_blank(answer) for answer in (None, " ", [], {"1": ""}, [None, "　"])]
    [True, True, True, True, True]
    >>> [is_blank(answer) for answer in (False, 0, "-", ["", "a"])]
    [False, False, False, False]
    """
    return all(map(is_empty, _leaves(answer)))


def check_answer(item: Item, answer: object) -> None:
    """Refuse an answer that its item cannot take; None always clears. Free text may say anything.

    :raises BadAnswer: with a short reason.
    """
    if answer is not None:
        _check_texts(answer)
        CHECKS[item.type](item, answer)


def _leaves(answer: object) -> Iterable[object]:
    """Return what stands in an answer's lists and objects, however deep, without recursion."""
    if not isinstance(answer, CONTAINERS):
        return (answer,)
    parts = answer.values() if isinstance(answer, dict) else answer
    for part in parts:
        if isinstance(part, CONTAINERS):
            return _deep_leaves(answer)
    return parts


def _deep_leaves(answer: Any) -> Iterator[object]:
    pending = [answer]
    while pending:
        part = pending.pop()
        for inner in part.values() if isinstance(part, dict) else part:
            if isinstance(inner, CONTAINERS):
                pending.append(inner)
            else:
                yield inner


def _check_texts(answer: object) -> None:
    size = sum(_size(leaf) for leaf in _leaves(answer) if isinstance(leaf, str))
    if size > SIZE_LIMIT:
        raise BadAnswer("the text is longer than 256 KiB")


def _size(text: str) -> int:
    if "\0" in text:
        raise BadAnswer("the text holds a NUL character")
    if text.isascii():
        return len(text)
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        raise BadAnswer("the text holds half a character") from None


def _check_text(_item: Item, answer: object) -> None:
    if not isinstance(answer, str):
        raise BadAnswer("the answer must be a text")


def _check_truth(_item: Item, answer: object) -> None:
    if not isinstance(answer, bool):
        raise BadAnswer("the answer must be true or false")


def _check_single(item: Item, answer: object) -> None:
    if not isinstance(answer, str):
        raise BadAnswer("the answer must be the position of an option, as a text")
    if answer.strip():
        _check_position(item, answer)


def _check_multiple(item: Item, answer: object) -> None:
    if not isinstance(answer, list):
        raise BadAnswer("the answer must be a list of positions")
    known = positions(len(item.options))
    for position in answer:
        if not isinstance(position, str) or position not in known:
            _check_position(item, position)
    if len(set(answer)) < len(answer):
        raise BadAnswer("the answer names an option twice")


def _check_position(item: Item, position: object) -> None:
    _check_one_of(position, len(item.options), "option")


def _check_one_of(position: object, count: int, noun: str) -> None:
    if not isinstance(position, str):
        raise BadAnswer("a position must be a text")
    if position not in positions(count):
        raise BadAnswer(f"the item has no {noun} {position[:10]!r}")


@lru_cache(maxsize=128)
def positions(count: int) -> frozenset[str]:
    """Return the names of so many positions: "1", "2", …"""
    return frozenset(str(number) for number in range(1, count + 1))


def _check_ordering(item: Item, answer: object) -> None:
    _check_multiple(item, answer)
    if isinstance(answer, list) and answer and len(answer) < len(item.options):
        raise BadAnswer("the answer leaves out a step")


def _check_matching(item: Item, answer: object) -> None:
    key = item.key if isinstance(item.key, MatchingKey) else MatchingKey(())
    lefts, rights = positions(len(key.lefts)), positions(len(key.pairs))
    for left, right in _mapping(answer).items():
        if left not in lefts:
            _check_one_of(left, len(key.lefts), "left side")
        if not ((isinstance(right, str) and right in rights) or is_empty(right)):
            _check_one_of(right, len(key.pairs), "right side")


def _check_best_worst(item: Item, answer: object) -> None:
    chosen = _mapping(answer)
    if strange := chosen.keys() - {"best", "worst"}:
        raise BadAnswer(f"the answer names {min(strange)[:10]!r}; it takes best and worst")
    named = [position for position in chosen.values() if not is_empty(position)]
    for position in named:
        _check_position(item, position)
    if len(named) == 2 and named[0] == named[1]:
        raise BadAnswer("best and worst must be two options")


def _check_rating(item: Item, answer: object) -> None:
    low, high = (item.key.low, item.key.high) if isinstance(item.key, RatingKey) else (1, 0)
    for position, value in _mapping(answer).items():
        _check_position(item, position)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadAnswer("a rating must be a whole number")
        if not low <= value <= high:
            raise BadAnswer(f"a rating must be from {low} to {high}")


def _mapping(answer: object) -> Mapping[str, object]:
    if not isinstance(answer, dict) or not all(isinstance(name, str) for name in answer):
        raise BadAnswer("the answer must be an object")
    return answer


def is_empty(value: object) -> bool:
    """Whether nothing was chosen or written in one place of an answer."""
    return value is None or (isinstance(value, str) and not value.strip())


def _check_blanks(item: Item, answer: object) -> None:
    if not isinstance(answer, list):
        raise BadAnswer("the answer must be a list of texts, one a blank")
    if not all(text is None or isinstance(text, str) for text in answer):
        raise BadAnswer("what stands in a blank must be a text")
    blanks: tuple[Blank, ...] = item.key.blanks if isinstance(item.key, BlanksKey) else ()
    if len(answer) > len(blanks):
        raise BadAnswer(f"the item has {len(blanks)} blanks, the answer {len(answer)}")
    for blank, text in zip(blanks, answer, strict=False):
        if isinstance(blank, Dropdown) and not is_empty(text):
            _check_one_of(text, len(blank.options), "option")


def _check_files(item: Item, answer: object) -> None:
    if not isinstance(answer, list) or not all(isinstance(name, str) for name in answer):
        raise BadAnswer("the answer must be a list of files")
    if len(answer) > FILE_LIMIT:
        raise BadAnswer(f"an answer holds at most {FILE_LIMIT} files")
    if len(set(answer)) < len(answer):
        raise BadAnswer("the answer names a file twice")
    if not all(SHA256.fullmatch(name) for name in answer):
        raise BadAnswer("a file is named by its SHA-256")


def _check_walk(item: Item, answer: object) -> None:
    if not isinstance(answer, list) or not all(isinstance(choice, str) for choice in answer):
        raise BadAnswer("the answer must be a list of option numbers, one a decision")
    if not all(CHOICE.fullmatch(choice) for choice in answer):
        raise BadAnswer("an option of a decision is named by its number")
    if not isinstance(item.key, WalkKey):
        raise BadAnswer("the case of this item is not at hand")
    try:
        stand_of(item.key.case, answer)
    except UnknownChoice as refusal:
        raise BadAnswer(f"a decision has no option {refusal}") from None
    except WalkEnded:
        raise BadAnswer("the case ended before all choices were made") from None


def _check_info(_item: Item, _answer: object) -> None:
    raise BadAnswer("this item takes no answer")


#: one line an item type: the form that its answers have
CHECKS: Mapping[ItemType, Callable[[Item, object], None]] = {
    ItemType.SINGLE: _check_single,
    ItemType.MULTIPLE: _check_multiple,
    ItemType.TRUE_FALSE: _check_truth,
    ItemType.BLANKS: _check_blanks,
    ItemType.NUMERIC: _check_text,
    ItemType.ORDERING: _check_ordering,
    ItemType.MATCHING: _check_matching,
    ItemType.BEST_WORST: _check_best_worst,
    ItemType.RATING: _check_rating,
    ItemType.WEIGHTED: _check_single,
    ItemType.CONSTRUCTED: _check_text,
    ItemType.UPLOAD: _check_files,
    ItemType.WALK: _check_walk,
    ItemType.INFO: _check_info,
}
